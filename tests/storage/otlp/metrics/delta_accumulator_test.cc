// Deltas added up, as the Collector's deltatocumulative processor does.

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

constexpr auto kDelta = otlp::AGGREGATION_TEMPORALITY_DELTA;

class DeltaTest : public testing::Test {
 protected:
  static OtlpOptions Options() {
    OtlpOptions options;
    options.delta = OtlpOptions::Delta::kToCumulative;
    return options;
  }

  // Sends one point of a sum; times in seconds.
  void Send(uint64_t start, uint64_t time, double value, const AttributeList& attributes = {}) {
    RequestBuilder request;
    otlp::NumberDataPoint* point = request.AddSum("c", attributes, kDelta);
    point->set_start_time_unix_nano(start * kSecond);
    point->set_time_unix_nano(time * kSecond);
    point->set_as_double(value);
    ASSERT_TRUE(receiver_.Receive(request.Get()).ok());
  }

  std::map<int64_t, double> Samples(const Labels& labels = {{"__name__", "c_total"}}) {
    const auto merged = receiver_.database().Merged();
    const auto found = merged.find(labels);
    return found == merged.end() ? std::map<int64_t, double>() : found->second;
  }

  Receiver receiver_{Options()};
};

TEST_F(DeltaTest, Sums_AddUp_UnderTheFirstStart) {
  Send(10, 20, 1);
  Send(20, 30, 2);
  Send(30, 40, 4);
  EXPECT_EQ(Samples(), (std::map<int64_t, double>{{20000, 1}, {30000, 3}, {40000, 7}}));
  EXPECT_EQ(receiver_.database().series().begin()->second.size(), 1u);
  EXPECT_TRUE(
      receiver_.database().series().begin()->second.contains(static_cast<int64_t>(10 * kSecond)));
  EXPECT_EQ(receiver_.database().metadata().at("c_total")[0], "counter");
}

TEST_F(DeltaTest, PointsThatAreLateOrStartEarlier_AreDropped) {
  Send(10, 20, 1);
  Send(10, 20, 100);  // not newer
  Send(15, 19, 100);
  Send(9, 30, 100);  // from before the stream
  EXPECT_EQ(Samples(), (std::map<int64_t, double>{{20000, 1}}));
  EXPECT_TRUE(receiver_.warnings().empty());
}

TEST_F(DeltaTest, Attributes_TellStreamsApart_WhateverTheirOrder) {
  Send(10, 20, 1, {{"a", "1"}, {"b", "2"}});
  Send(10, 20, 5, {{"a", "2"}, {"b", "1"}});
  Send(20, 30, 2, {{"b", "2"}, {"a", "1"}});
  EXPECT_EQ(Samples({{"__name__", "c_total"}, {"a", "1"}, {"b", "2"}}),
            (std::map<int64_t, double>{{20000, 1}, {30000, 3}}));
}

TEST_F(DeltaTest, ResourceScopeUnitAndMonotony_TellStreamsApart) {
  Send(10, 20, 1);
  const auto send = [&](uint64_t time, const std::function<void(RequestBuilder*)>& change) {
    RequestBuilder request;
    otlp::NumberDataPoint* point = request.AddSum("c", {}, kDelta);
    point->set_time_unix_nano(time * kSecond);
    point->set_start_time_unix_nano(10 * kSecond);
    point->set_as_double(10);
    change(&request);
    ASSERT_TRUE(receiver_.Receive(request.Get()).ok());
  };
  const auto metric = [](RequestBuilder* request) {
    return request->scope_metrics()->mutable_metrics(0);
  };
  send(21, [](RequestBuilder* request) {
    AddAttributes({{"x", "y"}},
                  request->request()->mutable_resource_metrics(0)->mutable_resource());
  });
  send(22,
       [](RequestBuilder* request) { request->scope_metrics()->mutable_scope()->set_name("s"); });
  send(23, [&](RequestBuilder* request) { metric(request)->set_unit("{u}"); });
  send(24, [&](RequestBuilder* request) {
    metric(request)->set_name("c.total");
    metric(request)->mutable_sum()->set_is_monotonic(false);
  });
  EXPECT_EQ(Samples(), (std::map<int64_t, double>{
                           {20000, 1}, {21000, 10}, {22000, 10}, {23000, 10}, {24000, 10}}));
}

TEST_F(DeltaTest, Histograms_AddUp_AndStartAnewWhenBoundsChange) {
  const auto send = [&](uint64_t time, double bound, bool has_sum) {
    RequestBuilder request;
    otlp::HistogramDataPoint* point = request.AddHistogram("h", {}, kDelta);
    point->set_start_time_unix_nano(10 * kSecond);
    point->set_time_unix_nano(time * kSecond);
    point->add_explicit_bounds(bound);
    point->add_bucket_counts(1);
    point->add_bucket_counts(2);
    point->set_count(3);
    if (has_sum) point->set_sum(5);
    ASSERT_TRUE(receiver_.Receive(request.Get()).ok());
  };
  send(20, 1, true);
  send(30, 1, true);
  send(40, 1, false);
  send(50, 2, true);
  EXPECT_EQ(Samples({{"__name__", "h_sum"}}),
            (std::map<int64_t, double>{{20000, 5}, {30000, 10}, {50000, 5}}));
  EXPECT_EQ(Samples({{"__name__", "h_count"}}),
            (std::map<int64_t, double>{{20000, 3}, {30000, 6}, {40000, 9}, {50000, 3}}));
  EXPECT_EQ(Samples({{"__name__", "h_bucket"}, {"le", "1"}}),
            (std::map<int64_t, double>{{20000, 1}, {30000, 2}, {40000, 3}}));
  EXPECT_EQ(Samples({{"__name__", "h_bucket"}, {"le", "2"}}),
            (std::map<int64_t, double>{{50000, 1}}));
}

TEST_F(DeltaTest, CumulativePoints_PassUnchanged) {
  RequestBuilder request;
  request.AddSum("c")->set_as_int(5);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(receiver_.Receive(request.Get()).ok());
  EXPECT_EQ(Samples(), (std::map<int64_t, double>{{1'000'000, 5}}));
}

TEST_F(DeltaTest, ExponentialHistograms_AddUp_UnderTheFirstStart) {
  const auto send = [&](uint64_t start, uint64_t time, int32_t scale, int32_t offset) {
    RequestBuilder request;
    otlp::ExponentialHistogramDataPoint* point = request.AddExponentialHistogram("e", kDelta);
    point->set_start_time_unix_nano(start * kSecond);
    point->set_time_unix_nano(time * kSecond);
    point->set_scale(scale);
    point->mutable_positive()->set_offset(offset);
    point->mutable_positive()->add_bucket_counts(2);
    point->set_count(2);
    point->set_sum(5);
    ASSERT_TRUE(receiver_.Receive(request.Get()).ok());
  };
  send(10, 20, 0, 3);
  send(20, 30, 0, 4);
  send(20, 25, 0, 9);  // late
  send(30, 40, 1, 1);  // bucket 0 of scale 0
  EXPECT_EQ(receiver_.database().HistogramTexts(),
            (std::vector<std::string>{
                "{__name__=\"e\"} 10000000000 20000: schema:0 count:2 sum:5 zero:1e-128/0 +[4:2]",
                "{__name__=\"e\"} 10000000000 30000: schema:0 count:4 sum:10 zero:1e-128/0 "
                "+[4:2 5:2]",
                "{__name__=\"e\"} 10000000000 40000: schema:0 count:6 sum:15 zero:1e-128/0 "
                "+[1:2 2:0 3:0 4:2 5:2]"}));
}

TEST(DeltaLimit, BeyondIt_NoStreamBegins_AndAWarningCountsWhatIsDropped) {
  OtlpOptions options;
  options.delta = OtlpOptions::Delta::kToCumulative;
  Receiver receiver(options, OtlpMetricsIngester::Cache::kOn, {.delta_streams = 2});
  const auto send = [&](uint64_t time) {
    RequestBuilder request;
    for (const char* value : {"1", "2", "3", "4"}) {
      otlp::NumberDataPoint* point = request.AddSum("c", {{"a", value}}, kDelta);
      point->set_start_time_unix_nano(10 * kSecond);
      point->set_time_unix_nano(time * kSecond);
      point->set_as_double(1);
    }
    ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  };
  send(20);
  send(30);
  const std::string warning =
      "deltas of more than 2 streams are not added up: data points of others are dropped, 2 in "
      "this request";
  EXPECT_EQ(receiver.warnings(), (std::vector<std::string>{warning, warning}));
  const std::map<int64_t, double> sums = {{20000, 1}, {30000, 2}};
  EXPECT_EQ(receiver.database().Merged(), (std::map<Labels, std::map<int64_t, double>>{
                                              {{{"__name__", "c_total"}, {"a", "1"}}, sums},
                                              {{{"__name__", "c_total"}, {"a", "2"}}, sums}}));
}

TEST_F(DeltaTest, OtherTemporalities_AreRefused) {
  RequestBuilder request;
  request.AddSum("c", {}, otlp::AGGREGATION_TEMPORALITY_UNSPECIFIED);
  EXPECT_TRUE(std::string(receiver_.Receive(request.Get()).message())
                  .starts_with("invalid temporality and type combination for metric \"c\": "));
}

}  // namespace
}  // namespace promlite::internal
