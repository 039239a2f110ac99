// Delta temporality as it is counted by default, and starts to the nanosecond: OTLP requests into a
// head. Expected values are added up by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "promlite/storage/metrics/head.h"
#include "promlite/storage/otlp/metrics/ingester.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

constexpr auto kDelta = otlp::AGGREGATION_TEMPORALITY_DELTA;

// A sum's point: what it says and when, in nanoseconds.
struct Point {
  uint64_t start_ns = 0;
  uint64_t time_ns = 0;
  double value = 0;
};

void Fill(const Point& from, otlp::NumberDataPoint* point) {
  point->set_start_time_unix_nano(from.start_ns);
  point->set_time_unix_nano(from.time_ns);
  point->set_as_double(from.value);
}

class RunningTotalTest : public testing::Test {
 protected:
  explicit RunningTotalTest(OtlpOptions::Delta delta = OtlpOptions::Delta::kRunningTotal)
      : ingester_([&] {
          OtlpOptions options;
          options.delta = delta;
          return options;
        }()) {}

  void Receive(const otlp::ExportMetricsServiceRequest& request) {
    const auto appender = head_.StartAppend();
    const absl::Status status = ingester_.Ingest(
        request.SerializeAsString(), OtlpEncoding::kProtobuf, appender.get(), &warnings_);
    ASSERT_TRUE(status.ok()) << status;
    appender->Commit(Appender::Publish::kNow);
  }
  void ReceiveSum(const Point& point, otlp::AggregationTemporality temporality = kDelta) {
    RequestBuilder request;
    Fill(point, request.AddSum("c", {}, temporality));
    Receive(request.Get());
  }

  using Pairs = std::vector<std::pair<int64_t, double>>;  // milliseconds
  Pairs Series(const std::string& name) {
    const auto snapshot = head_.TakeSnapshot();
    const std::vector<Matcher> matchers = {
        *Matcher::Create(Matcher::Type::kEqual, "__name__", name)};
    Pairs pairs;
    SampleBuffer buffer;
    for (const SeriesId id : snapshot->Select(matchers)) {
      const SamplesView view = snapshot->Read(id, 0, std::numeric_limits<int64_t>::max(),
                                              Snapshot::StartTimes::kSkip, &buffer);
      for (size_t i = 0; i < view.size; ++i) pairs.emplace_back(view.times[i], view.values[i]);
    }
    return pairs;
  }
  StreamSummary Stream() { return head_.TakeSnapshot()->Streams(SeriesId(0)).front(); }

  Head head_;
  OtlpMetricsIngester ingester_;
  std::vector<std::string> warnings_;
};

TEST_F(RunningTotalTest, OfTwoWritersOutOfOrder_IsTheSumInTheOrderOfTime) {
  ReceiveSum({1 * kSecond, 11 * kSecond, 3});
  ReceiveSum({0, 10 * kSecond, 4});
  ReceiveSum({11 * kSecond, 21 * kSecond, 1});
  ReceiveSum({10 * kSecond, 20 * kSecond, 2});
  EXPECT_EQ(Series("c_total"), (Pairs{{10'000, 4}, {11'000, 7}, {20'000, 9}, {21'000, 10}}));
}

TEST_F(RunningTotalTest, IsACounter) {
  ReceiveSum({0, 10 * kSecond, 4});
  EXPECT_EQ(head_.TakeSnapshot()->Metadata("c_total")->type, "counter");
  EXPECT_TRUE(Stream().holds_increments);
}

TEST_F(RunningTotalTest, LeavesOutWhatIsNotANumber_AndSaysSo) {
  for (int i = 1; i <= 3; ++i) {  // the third is of a series that is known
    const uint64_t time = static_cast<uint64_t>(10 * i) * kSecond;
    ReceiveSum({0, time, i == 2 ? 5 : std::nan("")});
  }
  EXPECT_EQ(Series("c_total"), (Pairs{{20'000, 5}}));
  const std::string warning = "deltas of NaN of c_total add nothing";
  EXPECT_EQ(warnings_, (std::vector<std::string>{warning, warning}));
}

TEST_F(RunningTotalTest, OfAHistogram_IsThatOfItsCountsAndSum) {
  for (uint64_t i = 0; i < 2; ++i) {
    RequestBuilder request;
    otlp::HistogramDataPoint* point = request.AddHistogram("h", {}, kDelta);
    point->set_start_time_unix_nano((10 * i) * kSecond);
    point->set_time_unix_nano((10 * i + 10) * kSecond);
    point->add_explicit_bounds(1);
    point->add_bucket_counts(2);
    point->add_bucket_counts(1 + i);
    point->set_count(3 + i);
    point->set_sum(5);
    Receive(request.Get());
  }
  EXPECT_EQ(Series("h_sum"), (Pairs{{10'000, 5}, {20'000, 10}}));
  EXPECT_EQ(Series("h_count"), (Pairs{{10'000, 3}, {20'000, 7}}));
  // le="+Inf", then le="1".
  EXPECT_EQ(Series("h_bucket"), (Pairs{{10'000, 3}, {20'000, 7}, {10'000, 2}, {20'000, 4}}));
}

TEST_F(RunningTotalTest, OfNativeHistograms_IsAddedUpInTheOrderOfArrival_AndSaysWhatIsLate) {
  for (const uint64_t second : {10, 30, 20}) {
    RequestBuilder request;
    otlp::ExponentialHistogramDataPoint* point = request.AddExponentialHistogram("e", kDelta);
    point->set_time_unix_nano(second * kSecond);
    point->set_count(2);
    point->set_zero_count(2);
    Receive(request.Get());
  }
  const auto snapshot = head_.TakeSnapshot();
  const auto samples = snapshot->ReadHistograms(SeriesId(0), 0, 100'000);
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[1].timestamp_ms, 30'000);
  EXPECT_EQ(samples[1].histogram->count, 4);
  EXPECT_EQ(warnings_, (std::vector<std::string>{
                           "native histograms of delta temporality of e that are not newer than "
                           "those added up before them are dropped"}));
}

// Whoever sends it is no label: only what OTLP tells streams apart by does.
class EqualPointsTest : public RunningTotalTest {
 protected:
  // A request of one sum and one histogram; each equals those of the other requests.
  static void Fill(RequestBuilder* request, const AttributeList& attributes = {},
                   const std::string& name = "c") {
    otlp::NumberDataPoint* sum = request->AddSum(name, attributes, kDelta);
    sum->set_as_double(1);
    otlp::HistogramDataPoint* histogram = request->AddHistogram("h", attributes, kDelta);
    histogram->set_count(2);
    histogram->set_sum(0.5);
  }
  void ExpectTwice() {
    const int64_t time_ms = 1'000'000;
    EXPECT_EQ(Series("c_total"), (Pairs{{time_ms, 2}}));
    EXPECT_EQ(Series("h_count"), (Pairs{{time_ms, 4}}));
    EXPECT_EQ(Series("h_sum"), (Pairs{{time_ms, 1}}));
    EXPECT_EQ(head_.repeated_increments(), 0u);
  }
};

TEST_F(EqualPointsTest, OfTwoMeters_BothCount) {
  for (const char* meter : {"a", "b"}) {
    RequestBuilder request;
    request.scope_metrics()->mutable_scope()->set_name(meter);
    Fill(&request);
    Receive(request.Get());
  }
  ExpectTwice();
}

TEST_F(EqualPointsTest, OfTwoResources_BothCount_AlsoWhereTheSeriesIsKnown) {
  for (const char* host : {"one", "two"}) {
    RequestBuilder request{{"host.name", host}};
    Fill(&request);
    Receive(request.Get());
  }
  ExpectTwice();
}

TEST_F(EqualPointsTest, OfTwoMetersOfOneRequest_BothCount) {
  RequestBuilder request;
  Fill(&request);
  request.scope_metrics()->mutable_scope()->set_name("a");
  RequestBuilder other;
  Fill(&other);
  other.scope_metrics()->mutable_scope()->set_name("b");
  *request.request()->mutable_resource_metrics(0)->add_scope_metrics() = *other.scope_metrics();
  Receive(request.Get());
  ExpectTwice();
}

TEST_F(EqualPointsTest, SentTwice_CountOnce_WhateverTheOrderOfAttributes_AndAreCounted) {
  RequestBuilder request{{"host.name", "one"}, {"os.type", "linux"}};
  Fill(&request, {{"x", "1"}, {"y", "2"}});
  Receive(request.Get());
  RequestBuilder again{{"os.type", "linux"}, {"host.name", "one"}};
  Fill(&again, {{"y", "2"}, {"x", "1"}});
  Receive(again.Get());
  Receive(request.Get());
  EXPECT_EQ(Series("c_total"), (Pairs{{1'000'000, 1}}));
  EXPECT_EQ(Series("h_count"), (Pairs{{1'000'000, 2}}));
  EXPECT_EQ(Series("h_sum"), (Pairs{{1'000'000, 0.5}}));
  EXPECT_EQ(head_.repeated_increments(), 4u);  // two points, each twice too often
}

// A head that was given requests, and all that its readers of series see.
using AllSeries = std::map<std::string, std::vector<std::pair<int64_t, uint64_t>>>;
AllSeries SeriesOf(const std::vector<std::string>& requests, OtlpOptions::Delta delta) {
  OtlpOptions options;
  options.delta = delta;
  OtlpMetricsIngester ingester(options);
  Head head;
  for (const std::string& request : requests) {
    const auto appender = head.StartAppend();
    EXPECT_TRUE(ingester.Ingest(request, OtlpEncoding::kProtobuf, appender.get()).ok());
    appender->Commit(Appender::Publish::kNow);
  }
  const auto snapshot = head.TakeSnapshot();
  AllSeries all;
  SampleBuffer buffer;
  for (const SeriesId id : snapshot->Select({})) {
    const SamplesView view = snapshot->Read(id, 0, std::numeric_limits<int64_t>::max(),
                                            Snapshot::StartTimes::kSkip, &buffer);
    auto& samples = all[snapshot->LabelsOf(id).ToString()];
    for (size_t i = 0; i < view.size; ++i) {
      samples.emplace_back(view.times[i], std::bit_cast<uint64_t>(view.values[i]));
    }
  }
  return all;
}

TEST(RunningTotalOfACapture, IsWhatDeltatocumulativeMakesOfIt_ToTheBit_InAnyOrderOfRequests) {
  std::vector<std::string> requests =
      ReadRequests("tests/data/captures/claude-code-delta.metrics.binpb");
  const AllSeries added_up = SeriesOf(requests, OtlpOptions::Delta::kToCumulative);
  EXPECT_GT(added_up.size(), 10u);
  EXPECT_EQ(SeriesOf(requests, OtlpOptions::Delta::kRunningTotal), added_up);
  std::reverse(requests.begin(), requests.end());
  EXPECT_EQ(SeriesOf(requests, OtlpOptions::Delta::kRunningTotal), added_up);
  requests.insert(requests.end(), requests.begin(), requests.end());
  EXPECT_EQ(SeriesOf(requests, OtlpOptions::Delta::kRunningTotal), added_up);
}

class NativeTotalTest : public RunningTotalTest {
 protected:
  NativeTotalTest() {
    OtlpOptions options;
    options.convert_histograms_to_nhcb = true;
    native_ = std::make_unique<OtlpMetricsIngester>(options);
  }
  void ReceiveHistogram(uint64_t second, double bound) {
    RequestBuilder request;
    otlp::HistogramDataPoint* point = request.AddHistogram("h", {}, kDelta);
    point->set_time_unix_nano(second * kSecond);
    point->set_count(2);
    point->add_explicit_bounds(bound);
    point->add_bucket_counts(1);
    point->add_bucket_counts(1);
    const auto appender = head_.StartAppend();
    ASSERT_TRUE(native_
                    ->Ingest(request.Get().SerializeAsString(), OtlpEncoding::kProtobuf,
                             appender.get(), &warnings_)
                    .ok());
    appender->Commit(Appender::Publish::kNow);
  }

  std::unique_ptr<OtlpMetricsIngester> native_;
};

TEST_F(NativeTotalTest, SaysWhereBoundsChange_SinceItBeginsAnewThere) {
  ReceiveHistogram(10, 1);
  ReceiveHistogram(20, 1);
  EXPECT_TRUE(warnings_.empty());
  ReceiveHistogram(30, 2);
  EXPECT_EQ(warnings_,
            (std::vector<std::string>{"native histograms of delta temporality of h have other "
                                      "bounds than before: they are added up anew from there"}));
  const auto samples = head_.TakeSnapshot()->ReadHistograms(SeriesId(0), 0, 100'000);
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_EQ(samples[1].histogram->count, 4);
  EXPECT_EQ(samples[2].histogram->count, 2);
}

class DroppedDeltasTest : public RunningTotalTest {
 protected:
  DroppedDeltasTest() : RunningTotalTest(OtlpOptions::Delta::kToCumulative) {}
};

TEST_F(DroppedDeltasTest, AreLostToTheSeries_ButNotToItsStream_AndAreCounted) {
  ReceiveSum({10 * kSecond, 20 * kSecond, 3});
  ReceiveSum({0, 10 * kSecond, 4});
  ReceiveSum({20 * kSecond, 30 * kSecond, 1});
  EXPECT_EQ(Series("c_total"), (Pairs{{20'000, 3}, {30'000, 4}}));
  EXPECT_EQ(ingester_.delta_counts().dropped, 1u);
  EXPECT_EQ(Stream().samples, 3u);
  EXPECT_TRUE(Stream().holds_increments);
}

// OTLP: a start is known that lies before the first point, by however little.
TEST_F(RunningTotalTest, AStartWithinTheMillisecondOfTheFirstPoint_IsKnown) {
  ReceiveSum({10 * kSecond + 1, 10 * kSecond + 2, 5}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_TRUE(Stream().start_is_known);
}

TEST_F(RunningTotalTest, AStartAtTheFirstPoint_IsUnknown) {
  ReceiveSum({10 * kSecond + 1, 10 * kSecond + 1, 5}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_FALSE(Stream().start_is_known);
}

TEST_F(RunningTotalTest, AStartBehindTheFirstPoint_IsUnknown) {
  ReceiveSum({10 * kSecond + 2, 10 * kSecond + 1, 5}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_FALSE(Stream().start_is_known);
}

TEST_F(RunningTotalTest, AStartAMillisecondBefore_IsKnown) {
  ReceiveSum({10 * kSecond, 10 * kSecond + 1'000'000, 5}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_TRUE(Stream().start_is_known);
}

TEST_F(RunningTotalTest, AStartWithinTheMillisecondOfALaterPoint_SaysNothingOfAnEarlierOne) {
  const auto cumulative = otlp::AGGREGATION_TEMPORALITY_CUMULATIVE;
  ReceiveSum({10 * kSecond + 1, 10 * kSecond + 2, 5}, cumulative);
  ReceiveSum({10 * kSecond + 1, 5 * kSecond, 5}, cumulative);
  EXPECT_FALSE(Stream().start_is_known);
}

}  // namespace
}  // namespace promlite::internal
