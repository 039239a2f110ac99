// Exponential histograms as native ones, explicit ones as custom buckets.

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/otlp/metrics/points/bucket_layout.h"
#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

using Texts = std::vector<std::string>;

constexpr auto kDelta = otlp::AGGREGATION_TEMPORALITY_DELTA;

// What Prometheus 3.16's convertBucketsLayout makes of such buckets: "index:count" for each.
struct LayoutCase {
  std::vector<uint64_t> counts;
  int32_t offset;
  int scale_down;
  std::string_view layout;
};
const LayoutCase kLayouts[] = {
    {{0, 0, 5, 3}, 0, 1, "1:0 2:8"},
    {{1, 3, 0, 0, 0, 0}, 6, 0, "7:1 8:3 12:0"},
    {{0, 0, 0, 0, 0, 6, 0}, -6, 2, "-1:0 0:6 1:0"},
    {{0, 0, 8, 0, 0, 0, 6, 0, 0, 0, 0}, 2, 1, "2:0 3:8 4:0 5:6 6:0 7:0"},
    {{0, 5, 0, 0, 0, 0, 0, 0}, -5, 1, "-2:0 -1:5 0:0 1:0 2:0"},
    {{}, 4, 0, ""},
    {{0, 6, 0, 0}, -3, 1, "-1:0 0:6 1:0"},
    {{0, 3, 0, 6, 5, 0, 0, 0, 8, 0}, 7, 0, "8:0 9:3 10:0 11:6 12:5 16:8 17:0"},
    {{0, 3, 1, 2, 0}, 2, 2, "1:3 2:3"},
    {{1, 0, 0, 0, 0, 6, 0, 0, 0, 0, 7}, -5, 0, "-4:1 1:6 6:7"},
    {{0, 0, 2, 6, 0, 0}, 4, 2, "2:8 3:0"},
    {{0, 0, 0, 0, 0}, -9, 2, "-2:0 -1:0"},
    {{5, 8, 0, 0, 2, 1}, -6, 1, "-2:13 -1:0 0:3"},
    {{0, 0, 0, 0, 0}, -2, 2, "0:0 1:0"},
    {{5, 9, 0, 0, 7, 0}, -4, 1, "-1:14 0:0 1:7"},
    {{0, 0, 0, 0, 0}, -2, 3, "0:0 1:0"},
    {{4, 0, 0, 0, 9, 0, 0, 0, 8, 0}, -4, 3, "0:4 1:17"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 5, 0}, -4, 3, "0:0 1:13 2:0"},
    {{0, 1, 4, 0, 0, 0, 9, 0, 0}, -7, 2, "-1:5 0:9 1:0"},
    {{0, 0, 0, 2, 0, 0, 0, 0, 1}, -1, 0, "3:2 8:1"},
    {{1, 0, 0, 0, 6, 0, 0, 0, 0}, 4, 3, "1:1 2:6"},
    {{0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0}, 9, 0, "14:3 20:0"},
    {{0, 0, 4, 0, 0, 9, 2, 0}, -5, 2, "-1:0 0:4 1:11"},
    {{3, 3, 1, 9, 8}, 7, 1, "4:3 5:4 6:17"},
    {{5, 0}, 5, 3, "1:5"},
    {{0, 5, 8}, 1, 0, "2:0 3:5 4:8"},
    {{0, 0, 0}, 3, 1, "2:0 3:0"},
    {{0, 9, 0, 2, 0, 0, 0, 0, 0, 0}, 8, 0, "9:0 10:9 11:0 12:2 18:0"},
    {{0, 0, 0, 0}, -2, 1, "0:0 1:0"},
    {{0, 6, 1, 0, 0, 0, 0}, 0, 1, "1:6 2:1 3:0 4:0"},
    {{0, 0, 0, 0, 0, 7, 0, 0}, 6, 3, "1:0 2:7"},
    {{0, 0, 0, 5, 0, 9, 7, 6, 0, 0, 0}, -6, 3, "0:14 1:13"},
    {{0, 0, 0, 2, 0, 8, 9, 3, 0, 8, 0, 0, 4}, -3, 0, "1:2 2:0 3:8 4:9 5:3 6:0 7:8 8:0 9:0 10:4"},
    {{0, 0, 0, 0, 8, 4, 4, 0, 0, 0}, -1, 3, "0:0 1:16 2:0"},
    {{0, 0, 8, 0, 4, 0, 5, 0, 0, 2, 0}, 1, 3, "1:17 2:2"},
    {{9, 0, 0, 0, 0, 1, 4, 0, 0}, -1, 0, "0:9 5:1 6:4 7:0 8:0"},
    {{1, 0, 7, 0, 6, 8, 2}, 4, 2, "2:8 3:16"},
    {{}, -7, 2, ""},
    {{8, 9, 8, 0, 4, 0, 0, 5, 0, 5, 2, 0, 0}, -4, 1, "-1:17 0:8 1:4 2:5 3:5 4:2 5:0"},
    {{0, 0, 0, 7, 0, 0, 0, 6, 0}, -8, 1, "-3:0 -2:7 -1:0 0:6 1:0"},
    {{0, 6}, 7, 3, "1:0 2:6"},
};

TEST(BucketLayout, IsThatOfPrometheus) {
  for (const LayoutCase& one : kLayouts) {
    const auto buckets = LayOutBuckets(one.counts, one.offset, one.scale_down, 1);
    ASSERT_TRUE(buckets.ok());
    std::string layout;
    for (const IntegerBucket& bucket : *buckets) {
      layout += (layout.empty() ? "" : " ") + std::to_string(bucket.index) + ":" +
                std::to_string(bucket.count);
    }
    EXPECT_EQ(layout, one.layout) << "offset " << one.offset << ", scale down " << one.scale_down;
  }
}

TEST(BucketLayout, BeyondTheLastIndex_IsRefused) {
  constexpr int32_t kLast = std::numeric_limits<int32_t>::max();
  const std::vector<uint64_t> counts = {1, 2};
  // The words of Prometheus 3.16's checkHistogramSpans.
  EXPECT_EQ(LayOutBuckets(counts, kLast, 0, 1).status().message(),
            "span number 1 starts at bucket index -2147483648: histogram has a span whose bucket "
            "index is out of range");
  EXPECT_EQ(LayOutBuckets(counts, kLast - 1, 0, 1).status().message(),
            "span number 1 ends at bucket index 2147483648: histogram has a span whose bucket "
            "index is out of range");
  const std::vector<uint64_t> with_gap = {1, 0, 0, 0, 1, 1};
  EXPECT_EQ(LayOutBuckets(with_gap, kLast - 4, 0, 1).status().message(),
            "span number 2 ends at bucket index 2147483649: histogram has a span whose bucket "
            "index is out of range");
  EXPECT_TRUE(LayOutBuckets(counts, kLast, 1, 1).ok());
  EXPECT_TRUE(LayOutBuckets(counts, -kLast - 1, 0, 1).ok());
}

// The point of an exponential histogram "e" at 1,000 s, with a start at 900 s.
class ExponentialHistogramsTest : public testing::Test {
 protected:
  ExponentialHistogramsTest() : point_(request_.AddExponentialHistogram("e")) {
    point_->set_start_time_unix_nano(900 * kSecond);
  }

  void SetTemporality(otlp::AggregationTemporality temporality) {
    request_.scope_metrics()
        ->mutable_metrics(0)
        ->mutable_exponential_histogram()
        ->set_aggregation_temporality(temporality);
  }

  // The one histogram that is stored, or the receiver's refusal.
  std::string Received(const OtlpOptions& options = {}) {
    Receiver receiver(options);
    const absl::Status status = receiver.Receive(request_.Get());
    warnings_ = receiver.warnings();
    metadata_ = receiver.database().metadata();
    if (!status.ok()) return std::string(status.message());
    const Texts texts = receiver.database().HistogramTexts();
    if (texts.size() != 1) return std::to_string(texts.size()) + " histograms";
    constexpr std::string_view kWhere = "{__name__=\"e\"} 900000000000 1000000: ";
    if (!texts[0].starts_with(kWhere)) return texts[0];
    return texts[0].substr(kWhere.size());
  }

  RequestBuilder request_;
  otlp::ExponentialHistogramDataPoint* point_;
  Texts warnings_;
  StreamRecorder::Metadata metadata_;
};

void Fill(int32_t offset, const std::vector<uint64_t>& counts,
          otlp::ExponentialHistogramDataPoint::Buckets* buckets) {
  buckets->set_offset(offset);
  for (const uint64_t count : counts) buckets->add_bucket_counts(count);
}

TEST_F(ExponentialHistogramsTest, BecomeNativeOnes_WithIndicesOneHigher) {
  point_->set_scale(3);
  point_->set_zero_count(4);
  point_->set_zero_threshold(0.5);  // is not looked at
  Fill(-2, {1, 2}, point_->mutable_positive());
  Fill(5, {3}, point_->mutable_negative());
  point_->set_count(10);
  point_->set_sum(-2.5);
  EXPECT_EQ(Received(), "schema:3 count:10 sum:-2.5 zero:1e-128/4 +[-1:1 0:2] -[6:3]");
  EXPECT_EQ(metadata_.at("e")[0], "histogram");
  EXPECT_EQ(warnings_, Texts());
}

TEST_F(ExponentialHistogramsTest, FinerThan8_AreMergedDown) {
  point_->set_scale(10);
  Fill(-1, {1, 2, 3, 4, 5, 6}, point_->mutable_positive());
  point_->set_count(21);
  EXPECT_EQ(Received(), "schema:8 count:21 zero:1e-128/0 +[0:1 1:14 2:6]");
  point_->set_scale(std::numeric_limits<int32_t>::max());
  EXPECT_EQ(Received(), "schema:8 count:21 zero:1e-128/0 +[0:1 1:20]");
}

TEST_F(ExponentialHistogramsTest, OfScaleMinus4_AreTaken_CoarserOnesRefused) {
  point_->set_scale(-4);
  EXPECT_EQ(Received(), "schema:-4 zero:1e-128/0");
  point_->set_scale(-5);
  request_.AddGauge("g");
  EXPECT_EQ(Received(),
            "cannot convert exponential to native histogram. Scale must be >= -4, was -5");
}

TEST_F(ExponentialHistogramsTest, WithoutASum_HaveTheSum0) {
  point_->set_count(1);
  point_->set_zero_count(1);
  EXPECT_EQ(Received(), "schema:0 count:1 zero:1e-128/1");
}

TEST_F(ExponentialHistogramsTest, WithASumOfNoObservations_GiveAWarning) {
  point_->set_sum(2.5);
  EXPECT_EQ(Received(), "schema:0 sum:2.5 zero:1e-128/0");
  EXPECT_EQ(warnings_, Texts{"exponential histogram data point has zero count, but non-zero sum: "
                             "2.500000"});
}

TEST_F(ExponentialHistogramsTest, WithoutAValue_AreStalenessMarkers) {
  point_->set_flags(1);
  point_->set_sum(7);
  Fill(0, {1, 2}, point_->mutable_positive());
  EXPECT_EQ(Received(), "stale");
}

TEST_F(ExponentialHistogramsTest, ThatDoNotAddUp_RefuseTheRequest) {
  Fill(0, {1, 2}, point_->mutable_positive());
  point_->set_count(4);
  request_.AddGauge("g");
  EXPECT_EQ(Received(),
            "3 observations found in buckets, but the Count field is 4: histogram's observation "
            "count should equal the number of observations found in the buckets (in absence of "
            "NaN)");
  point_->set_sum(std::numeric_limits<double>::quiet_NaN());  // which is in no bucket
  EXPECT_EQ(Received().substr(0, 16), "schema:0 count:4");
}

TEST_F(ExponentialHistogramsTest, WithCountsBeyond63Bits_RefuseTheRequest) {
  Fill(0, {0, uint64_t{1} << 63}, point_->mutable_negative());
  EXPECT_EQ(Received(),
            "negative side: bucket number 2 has observation count of -9223372036854775808: "
            "histogram has a bucket whose observation count is negative");
}

TEST_F(ExponentialHistogramsTest, OfDeltas_AreGaugesWhereKept_AndRefusedWhereRefused) {
  SetTemporality(kDelta);
  OtlpOptions options;
  options.delta = OtlpOptions::Delta::kKeep;
  EXPECT_EQ(Received(options), "schema:0 gauge zero:1e-128/0");
  EXPECT_EQ(metadata_.at("e")[0], "unknown");
  options.delta = OtlpOptions::Delta::kRefuse;
  const std::string refusal = Received(options);
  EXPECT_EQ(refusal.substr(0, refusal.find('\n')),
            "invalid temporality and type combination for metric \"e\"");
}

TEST_F(ExponentialHistogramsTest, WithAnExemplarWithoutAValue_RefuseTheRequest) {
  point_->add_exemplars();
  EXPECT_EQ(Received(), "unsupported exemplar value type: Empty");
}

// The point of an explicit histogram "h".
class CustomBucketsTest : public testing::Test {
 protected:
  CustomBucketsTest() : point_(request_.AddHistogram("h")) {
    options_.convert_histograms_to_nhcb = true;
  }

  std::string Received() {
    Receiver receiver(options_);
    const absl::Status status = receiver.Receive(request_.Get());
    warnings_ = receiver.warnings();
    if (!status.ok()) return std::string(status.message());
    EXPECT_TRUE(receiver.database().series().empty());  // nothing of a classic histogram
    EXPECT_EQ(receiver.database().metadata().at("h")[0],
              options_.delta == OtlpOptions::Delta::kKeep ? "unknown" : "histogram");
    const Texts texts = receiver.database().HistogramTexts();
    return texts.size() == 1 ? texts[0].substr(texts[0].find(": ") + 2) : "none";
  }

  void Fill(const std::vector<double>& bounds, const std::vector<uint64_t>& counts) {
    for (const double bound : bounds) point_->add_explicit_bounds(bound);
    for (const uint64_t count : counts) {
      point_->add_bucket_counts(count);
      point_->set_count(point_->count() + count);
    }
  }

  OtlpOptions options_;
  RequestBuilder request_;
  otlp::HistogramDataPoint* point_;
  Texts warnings_;
};

TEST_F(CustomBucketsTest, KeepTheBounds) {
  Fill({0.5, 1, 2.5}, {1, 0, 3, 4});
  point_->set_sum(12.5);
  EXPECT_EQ(Received(), "schema:-53 count:8 sum:12.5 +[0:1 1:0 2:3 3:4] bounds[0.5 1 2.5]");
}

TEST_F(CustomBucketsTest, BeginWithTheFirstThatIsPopulated) {
  Fill({1, 2, 3, 4, 5, 6}, {0, 0, 3, 0, 0, 0, 1});
  EXPECT_EQ(Received(), "schema:-53 count:4 +[2:3 6:1] bounds[1 2 3 4 5 6]");
}

TEST_F(CustomBucketsTest, MayAllBeEmpty_OrMissing) {
  Fill({1, 2}, {0, 0, 0});
  EXPECT_EQ(Received(), "schema:-53 bounds[1 2]");
  point_->clear_explicit_bounds();
  point_->clear_bucket_counts();
  EXPECT_EQ(Received(), "schema:-53");
}

TEST_F(CustomBucketsTest, WithoutAValue_AreStalenessMarkers) {
  Fill({1, 2}, {1, 2, 3});
  point_->set_flags(1);
  EXPECT_EQ(Received(), "stale");
}

TEST_F(CustomBucketsTest, WithASumOfNoObservations_GiveAWarning) {
  point_->set_sum(-1);
  EXPECT_EQ(Received(), "schema:-53 sum:-1");
  EXPECT_EQ(warnings_, Texts{"histogram data point has zero count, but non-zero sum: -1.000000"});
}

TEST_F(CustomBucketsTest, OfDeltas_AreGaugesWhereKept) {
  request_.scope_metrics()->mutable_metrics(0)->mutable_histogram()->set_aggregation_temporality(
      kDelta);
  options_.delta = OtlpOptions::Delta::kKeep;
  Fill({1}, {1, 2});
  EXPECT_EQ(Received(), "schema:-53 gauge count:3 +[0:1 1:2] bounds[1]");
}

TEST_F(CustomBucketsTest, ThatPrometheusRefuses_RefuseTheRequest) {
  Fill({1}, {1, 2, 3});
  EXPECT_EQ(Received(),
            "custom buckets: only 1 custom bounds defined which is insufficient to cover total "
            "span length of 3: histogram custom bounds are too few");
  point_->add_explicit_bounds(1);
  EXPECT_EQ(Received(),
            "custom buckets: previous bound is 1.000000 and current is 1.000000: histogram custom "
            "bounds must be in strictly increasing order");
  point_->set_explicit_bounds(1, 2);
  EXPECT_EQ(Received(), "schema:-53 count:6 +[0:1 1:2 2:3] bounds[1 2]");
  point_->set_count(5);
  EXPECT_EQ(Received(),
            "6 observations found in buckets, but the Count field is 5: histogram's observation "
            "count should equal the number of observations found in the buckets (in absence of "
            "NaN)");
}

}  // namespace
}  // namespace promlite::internal
