#include "promlite/storage/remote_write/remote_histogram.h"

#include <snappy.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/remote_write/ingester.h"
#include "promlite/tests/storage/metrics/histogram_text.h"
#include "promlite/tests/storage/metrics/recording_appender.h"
#include "remote_write.pb.h"

namespace promlite::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Spans = std::vector<std::pair<int32_t, uint32_t>>;

void AddPositive(const Spans& spans, const std::vector<int64_t>& deltas,
                 remote_write::Histogram* histogram) {
  for (const auto& [offset, length] : spans) {
    remote_write::BucketSpan* span = histogram->add_positive_spans();
    span->set_offset(offset);
    span->set_length(length);
  }
  for (const int64_t delta : deltas) histogram->add_positive_deltas(delta);
}

void AddNegative(const Spans& spans, const std::vector<int64_t>& deltas,
                 remote_write::Histogram* histogram) {
  for (const auto& [offset, length] : spans) {
    remote_write::BucketSpan* span = histogram->add_negative_spans();
    span->set_offset(offset);
    span->set_length(length);
  }
  for (const int64_t delta : deltas) histogram->add_negative_deltas(delta);
}

// "milliseconds: text", or the error.
std::string Read(const remote_write::Histogram& message) {
  const auto read = ReadRemoteHistogram(message.SerializeAsString());
  if (!read.ok()) return std::string(read.status().message());
  return std::to_string(read->timestamp_ms) + ": " + HistogramText(read->histogram);
}

TEST(RemoteHistogram, OfIntegers_AddsDeltasUp) {
  remote_write::Histogram message;
  message.set_timestamp(-7);
  message.set_count_int(21);
  message.set_sum(2.5);
  message.set_schema(-3);
  message.set_zero_threshold(0.125);
  message.set_zero_count_int(4);
  AddPositive({{-2, 2}, {3, 1}}, {3, -1, 4}, &message);  // 3 2 . . . 6
  AddNegative({{0, 2}}, {1, 4}, &message);
  EXPECT_EQ(Read(message),
            "-7: schema:-3 count:21 sum:2.5 zero:0.125/4 +[-2:3 -1:2 3:6] -[0:1 1:5]");
}

TEST(RemoteHistogram, OfFloats_TakesCounts) {
  remote_write::Histogram message;
  message.set_timestamp(1700000000000);
  message.set_count_float(7.5);
  message.set_zero_count_float(0.5);
  AddPositive({{1, 1}, {0, 1}}, {}, &message);
  message.add_positive_counts(3.25);
  message.add_positive_counts(1);
  AddNegative({{5, 1}}, {}, &message);
  message.add_negative_counts(2.75);
  // Buckets of floats need not add up.
  EXPECT_EQ(Read(message), "1700000000000: schema:0 count:7.5 zero:0/0.5 +[1:3.25 2:1] -[5:2.75]");
}

TEST(RemoteHistogram, WithCustomBuckets) {
  remote_write::Histogram message;
  message.set_schema(-53);
  message.set_count_int(5);
  AddPositive({{0, 1}, {1, 1}}, {2, 1}, &message);
  for (const double bound : {0.5, 1.0}) message.add_custom_values(bound);
  EXPECT_EQ(Read(message), "0: schema:-53 count:5 +[0:2 2:3] bounds[0.5 1]");
}

TEST(RemoteHistogram, KeepsTheHint) {
  remote_write::Histogram message;
  message.set_reset_hint(remote_write::Histogram::YES);
  EXPECT_EQ(Read(message), "0: schema:0 reset");
  message.set_reset_hint(remote_write::Histogram::NO);
  EXPECT_EQ(Read(message), "0: schema:0 not_reset");
  message.set_reset_hint(remote_write::Histogram::GAUGE);
  EXPECT_EQ(Read(message), "0: schema:0 gauge");
}

TEST(RemoteHistogram, WithTheMarkersSum_IsAStalenessMarker) {
  remote_write::Histogram message;
  message.set_sum(StalenessMarker());
  EXPECT_EQ(Read(message), "0: stale");
  message.set_count_float(0);
  EXPECT_EQ(Read(message), "0: stale");
}

TEST(RemoteHistogram, OfAFinerSchemaThanIsStored_IsReducedTo8) {
  remote_write::Histogram message;
  message.set_schema(10);  // four buckets make one: 1 to 4, 5 to 8
  message.set_count_int(10);
  AddPositive({{3, 3}, {2, 1}}, {1, 1, 1}, &message);
  message.add_positive_deltas(1);
  EXPECT_EQ(Read(message), "0: schema:8 count:10 +[1:3 2:7]");
  message.set_count_int(11);
  EXPECT_THAT(Read(message), HasSubstr("10 observations found in buckets"));
}

TEST(RemoteHistogram, IsRefusedInPrometheusWords) {
  const auto error = [](auto change) {
    remote_write::Histogram message;
    message.set_count_int(3);
    AddPositive({{0, 2}}, {1, 1}, &message);
    change(&message);
    return Read(message);
  };
  EXPECT_EQ(error([](auto*) {}), "0: schema:0 count:3 +[0:1 1:2]");
  EXPECT_EQ(error([](auto* m) { m->set_schema(53); }),
            "histogram has an invalid schema, which must be between -4 and 8 for exponential "
            "buckets, or -53 for custom buckets, got schema 53");
  EXPECT_EQ(error([](auto* m) { m->set_schema(-5); }),
            "histogram has an invalid schema, which must be between -4 and 8 for exponential "
            "buckets, or -53 for custom buckets, got schema -5");
  EXPECT_EQ(error([](auto* m) { m->set_count_int(4); }),
            "3 observations found in buckets, but the Count field is 4: histogram's observation "
            "count should equal the number of observations found in the buckets (in absence of "
            "NaN)");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(error([&](auto* m) {
              m->set_sum(nan);
              m->set_count_int(2);
            }),
            "3 observations found in buckets, but the Count field is 2: histogram's observation "
            "count should be at least the number of observations found in the buckets");
  EXPECT_THAT(error([&](auto* m) {
                m->set_sum(nan);
                m->set_count_int(4);
              }),
              HasSubstr("0: schema:0 count:4"));
  EXPECT_EQ(error([](auto* m) { m->add_positive_deltas(1); }),
            "positive side: spans need 2 buckets, have 3 buckets: histogram spans specify "
            "different number of buckets than provided");
  EXPECT_EQ(error([](auto* m) { AddNegative({{-3, 1}, {-1, 1}}, {1, 1}, m); }),
            "negative side: span number 2 with offset -1: histogram has a span whose offset is "
            "negative");
  EXPECT_EQ(error([](auto* m) { m->set_positive_deltas(1, -2); }),
            "positive side: bucket number 2 has observation count of -1: histogram has a bucket "
            "whose observation count is negative");
  EXPECT_EQ(error([](auto* m) { m->add_custom_values(1); }),
            "histogram with exponential schema must not have custom bounds");
}

TEST(RemoteHistogram, OfFloats_IsRefusedInPrometheusWords) {
  const auto error = [](auto change) {
    remote_write::Histogram message;
    message.set_count_float(3);
    AddPositive({{0, 2}}, {}, &message);
    message.add_positive_counts(1);
    message.add_positive_counts(2);
    change(&message);
    return Read(message);
  };
  EXPECT_EQ(error([](auto* m) { m->set_count_float(-0.5); }),
            "observation count is  -0.5: histogram's observation count is negative");
  EXPECT_EQ(error([](auto* m) { m->set_zero_count_float(-1e21); }),
            "zero bucket has observation count of -1e+21: histogram has a bucket whose "
            "observation count is negative");
  EXPECT_EQ(error([](auto* m) { m->set_positive_counts(0, -100000); }),
            "positive side: bucket number 1 has observation count of -100000: histogram has a "
            "bucket whose observation count is negative");
  // As Go's %v of these numbers: an exponent from 1e6 on.
  EXPECT_EQ(error([](auto* m) { m->set_count_float(-2000000); }),
            "observation count is  -2e+06: histogram's observation count is negative");
  EXPECT_EQ(error([](auto* m) { m->set_positive_counts(0, -1234567); }),
            "positive side: bucket number 1 has observation count of -1.234567e+06: histogram has "
            "a bucket whose observation count is negative");
  EXPECT_EQ(error([](auto* m) { m->set_zero_count_float(-999999); }),
            "zero bucket has observation count of -999999: histogram has a bucket whose "
            "observation count is negative");
}

TEST(RemoteHistogram, WithBadCustomBuckets_IsRefusedInPrometheusWords) {
  const auto error = [](std::vector<double> bounds, auto change) {
    remote_write::Histogram message;
    message.set_schema(-53);
    message.set_count_int(3);
    AddPositive({{1, 2}}, {1, 1}, &message);
    for (const double bound : bounds) message.add_custom_values(bound);
    change(&message);
    return Read(message);
  };
  const auto nothing = [](auto*) {};
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(error({1, 2}, nothing), "0: schema:-53 count:3 +[1:1 2:2] bounds[1 2]");
  EXPECT_EQ(error({1}, nothing),
            "custom buckets: only 1 custom bounds defined which is insufficient to cover total "
            "span length of 3: histogram custom bounds are too few");
  EXPECT_EQ(error({1, 1}, nothing),
            "custom buckets: previous bound is 1.000000 and current is 1.000000: histogram custom "
            "bounds must be in strictly increasing order");
  EXPECT_EQ(error({1, std::numeric_limits<double>::quiet_NaN()}, nothing),
            "custom buckets: histogram custom bounds must not be NaN");
  EXPECT_EQ(error({1, infinity}, nothing),
            "custom buckets: last +Inf bound must not be explicitly defined: histogram custom "
            "bounds must be finite");
  EXPECT_EQ(error({1, 2}, [](auto* m) { m->set_zero_count_int(1); }),
            "custom buckets: must have zero count of 0");
  EXPECT_EQ(error({1, 2}, [](auto* m) { m->set_zero_threshold(1); }),
            "custom buckets: must have zero threshold of 0");
  EXPECT_EQ(error({1, 2}, [](auto* m) { AddNegative({{0, 1}}, {1}, m); }),
            "custom buckets: must not have negative spans");
  EXPECT_EQ(error({1, 2}, [](auto* m) { m->mutable_positive_spans(0)->set_offset(-1); }),
            "custom buckets: span number 1 with offset -1: histogram has a span whose offset is "
            "negative");
}

TEST(RemoteHistogram, OfNonsense_IsRefused_WithoutTakingMemory) {
  remote_write::Histogram message;
  AddPositive({{0, std::numeric_limits<uint32_t>::max()}}, {1}, &message);
  EXPECT_EQ(Read(message),
            "positive side: span number 1 ends at bucket index 4294967294: histogram has a span "
            "whose bucket index is out of range");
  message.Clear();
  AddPositive({{0, 1'000'000'000}}, {1}, &message);
  EXPECT_THAT(Read(message), HasSubstr("spans need 1000000000 buckets, have 1 buckets"));
  message.Clear();
  message.set_count_int(2);
  AddPositive({{std::numeric_limits<int32_t>::max(), 2}}, {1, 0}, &message);
  EXPECT_EQ(
      Read(message),
      "positive side: span number 1 ends at bucket index 2147483648: histogram has a span whose "
      "bucket index is out of range");
  message.Clear();
  message.set_count_int(1);
  AddPositive({{std::numeric_limits<int32_t>::min(), 1}}, {1}, &message);
  EXPECT_EQ(Read(message),
            "positive side: span number 1 starts at bucket index -2147483648: histogram has a span "
            "whose bucket index is out of range");
  EXPECT_EQ(ReadRemoteHistogram("\x19\x01").status().message(), "the protobuf message is damaged");
  EXPECT_EQ(ReadRemoteHistogram("\x6a\x03xxx").status().message(),
            "the protobuf message is damaged");
}

TEST(RemoteHistogram, ReadsNumbersThatAreNotPacked) {
  // Two deltas (12) of 1, one field each; a span of two.
  const std::string message("\x08\x03\x5a\x02\x10\x02\x60\x02\x60\x02", 10);
  const auto read = ReadRemoteHistogram(message);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(HistogramText(read->histogram), "schema:0 count:3 +[0:1 1:2]");
}

TEST(RemoteWrite, AppendsNativeHistogramsBesideSamples) {
  remote_write::WriteRequest request;
  remote_write::TimeSeries* series = request.add_timeseries();
  remote_write::Label* label = series->add_labels();
  label->set_name("__name__");
  label->set_value("h");
  series->add_samples()->set_timestamp(5);
  for (const int64_t time : {1, 2}) {
    remote_write::Histogram* histogram = series->add_histograms();
    histogram->set_timestamp(time);
    histogram->set_count_int(1);
    histogram->set_zero_count_int(1);
  }
  const auto body = [&] {
    const std::string bytes = request.SerializeAsString();
    std::string body;
    snappy::Compress(bytes.data(), bytes.size(), &body);
    return body;
  };
  RecordingAppender appender;
  ASSERT_TRUE(IngestRemoteWrite(body(), RemoteWriteVersion::kUnknown, &appender).ok());
  EXPECT_THAT(appender.histograms["{__name__=\"h\"}"],
              ElementsAre("1: schema:0 count:1 zero:0/1", "2: schema:0 count:1 zero:0/1"));
  EXPECT_EQ(appender.samples["{__name__=\"h\"}"].size(), 1u);
  EXPECT_EQ(appender.sample_count(), 3u);

  series->mutable_histograms(1)->set_schema(99);
  EXPECT_THAT(
      std::string(IngestRemoteWrite(body(), RemoteWriteVersion::kUnknown, &appender).message()),
      HasSubstr("remote write: series 1: histogram has an invalid schema"));
}

}  // namespace
}  // namespace promlite::internal
