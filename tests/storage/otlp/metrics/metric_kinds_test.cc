// What each kind of metric becomes, and what makes the receiver refuse a request.

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

constexpr int64_t kTime = 1'000'000;  // milliseconds, of the builder's points

// Label set and value of every sample at kTime, in all streams.
std::map<Labels, double> SamplesOf(const RequestBuilder& request, const OtlpOptions& options = {}) {
  Receiver receiver(options);
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_TRUE(status.ok()) << status;
  std::map<Labels, double> samples;
  for (const auto& [labels, by_time] : receiver.database().Merged()) {
    EXPECT_EQ(by_time.size(), 1u);
    samples[labels] = by_time.at(kTime);
  }
  return samples;
}

std::string ErrorOf(const RequestBuilder& request, const OtlpOptions& options = {}) {
  Receiver receiver(options);
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(receiver.database().series().empty());
  EXPECT_TRUE(receiver.database().metadata().empty());
  return std::string(status.message());
}

using Samples = std::map<Labels, double>;

TEST(MetricKinds, GaugesAndSums_AreOneSampleAPoint) {
  RequestBuilder request;
  request.AddGauge("g", {{"a", "1"}})->set_as_double(-2.5);
  request.AddGauge("whole")->set_as_int(-7);
  request.AddGauge("no.value");
  request.AddSum("c")->set_as_int(std::numeric_limits<int64_t>::max());
  request.AddSum("up.down", {}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE, false)->set_as_double(3);
  EXPECT_EQ(SamplesOf(request), (Samples{{{{"__name__", "g"}, {"a", "1"}}, -2.5},
                                         {{{"__name__", "whole"}}, -7},
                                         {{{"__name__", "no_value"}}, 0},
                                         {{{"__name__", "c_total"}}, 0x1p63},
                                         {{{"__name__", "up_down"}}, 3}}));
}

TEST(MetricKinds, AHistogram_IsAClassicOne_WithCumulativeBuckets) {
  RequestBuilder request;
  otlp::HistogramDataPoint* point = request.AddHistogram("h", {{"le", "x"}, {"a", "1"}});
  for (const double bound : {0.005, 10.0, 1000000.0}) point->add_explicit_bounds(bound);
  for (const uint64_t count : {1, 2, 0, 4}) point->add_bucket_counts(count);
  point->set_count(7);
  point->set_sum(0.5);
  const auto bucket = [](const char* le) {
    return Labels{{"__name__", "h_bucket"}, {"a", "1"}, {"le", le}};
  };
  Samples expected = {{{{"__name__", "h_sum"}, {"a", "1"}, {"le", "x"}}, 0.5},
                      {{{"__name__", "h_count"}, {"a", "1"}, {"le", "x"}}, 7},
                      {bucket("0.005"), 1},
                      {bucket("10"), 3},
                      {bucket("1000000"), 3},
                      {bucket("+Inf"), 7}};
  EXPECT_EQ(SamplesOf(request), expected);

  point->clear_sum();
  point->mutable_bucket_counts()->Truncate(2);  // of bounds and counts the fewer decide
  expected.erase(Labels{{"__name__", "h_sum"}, {"a", "1"}, {"le", "x"}});
  expected.erase(bucket("1000000"));
  EXPECT_EQ(SamplesOf(request), expected);
}

TEST(MetricKinds, ASummary_IsItsSumCountAndQuantiles) {
  RequestBuilder request;
  otlp::SummaryDataPoint* point = request.AddSummary("s");
  point->set_count(3);
  point->set_sum(6);
  for (const double quantile : {0.0, 0.99, 1.0}) {
    auto* value = point->add_quantile_values();
    value->set_quantile(quantile);
    value->set_value(quantile * 10);
  }
  EXPECT_EQ(SamplesOf(request), (Samples{{{{"__name__", "s_sum"}}, 6},
                                         {{{"__name__", "s_count"}}, 3},
                                         {{{"__name__", "s"}, {"quantile", "0"}}, 0},
                                         {{{"__name__", "s"}, {"quantile", "0.99"}}, 9.9},
                                         {{{"__name__", "s"}, {"quantile", "1"}}, 10}}));
}

TEST(MetricKinds, Metadata_IsGivenForEachFamily) {
  RequestBuilder request;
  otlp::Metric* metric = request.AddMetric("io", "By/s", "Help text");
  metric->mutable_sum()->set_is_monotonic(true);
  metric->mutable_sum()->set_aggregation_temporality(otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  metric->mutable_sum()->add_data_points();
  request.AddSum("up.down", {}, otlp::AGGREGATION_TEMPORALITY_CUMULATIVE, false);
  request.AddGauge("g", {}, "1");
  request.AddHistogram("h");
  request.AddSummary("s");
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  const StreamRecorder::Metadata expected = {
      {"io_bytes_per_second_total", {"counter", "bytes_per_second", "Help text"}},
      {"up_down", {"gauge", "", ""}},
      {"g_ratio", {"gauge", "", ""}},
      {"h", {"histogram", "", ""}},
      {"s", {"summary", "", ""}}};
  EXPECT_EQ(receiver.database().metadata(), expected);
}

TEST(MetricKinds, StartTimes_TellStreamsApart_InNanosecondsAsSent) {
  RequestBuilder request;
  request.AddSum("c")->set_start_time_unix_nano(123456789);
  request.AddSum("c")->set_start_time_unix_nano(123456790);
  request.AddSum("c");
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  ASSERT_EQ(receiver.database().series().size(), 1u);
  const StreamRecorder::Streams& streams = receiver.database().series().begin()->second;
  std::vector<int64_t> starts;
  for (const auto& [start, samples] : streams) starts.push_back(start);
  EXPECT_EQ(starts, (std::vector<int64_t>{0, 123456789, 123456790}));
}

TEST(MetricKinds, Times_AreTruncatedToMilliseconds) {
  RequestBuilder request;
  request.AddGauge("g")->set_time_unix_nano(1'999'999);
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_TRUE(receiver.database().Merged().begin()->second.contains(1));
}

TEST(MetricKinds, NoRecordedValue_MakesEverySampleAStalenessMarker) {
  RequestBuilder request;
  request.AddGauge("g")->set_flags(3);  // further bits mean nothing
  request.AddSum("c")->set_flags(1);
  otlp::HistogramDataPoint* histogram = request.AddHistogram("h");
  histogram->set_flags(1);
  histogram->set_sum(1);
  histogram->add_explicit_bounds(1);
  histogram->add_bucket_counts(1);
  otlp::SummaryDataPoint* summary = request.AddSummary("s");
  summary->set_flags(1);
  summary->add_quantile_values();
  Receiver receiver;
  for (int round = 0; round < 2; ++round) {  // the second goes by the cache
    ASSERT_TRUE(receiver.Receive(request.Get()).ok());
    for (otlp::Metric& metric : *request.scope_metrics()->mutable_metrics()) {
      if (metric.has_gauge())
        metric.mutable_gauge()->mutable_data_points(0)->set_time_unix_nano(5 * kSecond);
      if (metric.has_histogram()) {
        metric.mutable_histogram()->mutable_data_points(0)->set_time_unix_nano(5 * kSecond);
      }
    }
  }
  EXPECT_EQ(receiver.database().series().size(), 9u);
  size_t samples = 0;
  for (const auto& [labels, streams] : receiver.database().series()) {
    for (const auto& [time, bits] : streams.at(0)) {
      EXPECT_EQ(bits, kStalenessMarkerBits) << labels.ToString();
      ++samples;
    }
  }
  EXPECT_EQ(samples, 9u + 5u);
}

TEST(MetricKinds, AValueWithTheMarkersBits_IsAStalenessMarker) {
  RequestBuilder request;
  request.AddGauge("g")->set_as_double(StalenessMarker());
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(receiver.database().series().begin()->second.at(0).at(kTime), kStalenessMarkerBits);
}

TEST(MetricKinds, AMetricWithoutPoints_IsDroppedWithAWarning) {
  RequestBuilder request;
  request.AddMetric("empty.one")->mutable_gauge();
  request.AddGauge("g");
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(receiver.warnings(),
            std::vector<std::string>{"empty data points. empty.one is dropped"});
  EXPECT_EQ(receiver.database().metadata().size(), 1u);
}

TEST(MetricKinds, TheSameWarning_IsGivenOnceARequest) {
  RequestBuilder request;
  for (int i = 0; i < 3; ++i) request.AddMetric("empty")->mutable_gauge();
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(receiver.warnings().size(), 1u);
}

TEST(MetricKinds, AMetricWithoutAKind_RefusesTheRequest) {
  RequestBuilder request;
  request.AddGauge("g");
  request.AddMetric("x.y");
  EXPECT_EQ(
      ErrorOf(request),
      "could not get aggregation temporality for x.y as it has unsupported metric type Empty");
}

TEST(MetricKinds, UnspecifiedTemporality_RefusesTheRequest_AndSaysWhoHasToSayIt) {
  RequestBuilder request({{"service.name", "s"}, {"a", "b"}});
  request.AddGauge("g");
  request.AddSum("a\"b", {}, otlp::AGGREGATION_TEMPORALITY_UNSPECIFIED);
  request.AddMetric("h")->mutable_histogram();
  const std::string advice =
      ": whether its values add up is not said; its exporter has to set aggregationTemporality, to "
      "2 (cumulative) or 1 (delta)";
  EXPECT_EQ(ErrorOf(request),
            "invalid temporality and type combination for metric \"a\\\"b\"" + advice +
                "\ninvalid temporality and type combination for metric \"h\"" + advice);
}

TEST(MetricKinds, KeptDeltas_AreStoredAsTheyCome_WithoutAType) {
  OtlpOptions options;
  options.delta = OtlpOptions::Delta::kKeep;
  RequestBuilder request;
  request.AddSum("c", {}, otlp::AGGREGATION_TEMPORALITY_DELTA)->set_as_int(2);
  Receiver receiver(options);
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(receiver.database().metadata().at("c_total")[0], "unknown");
  EXPECT_EQ(SamplesOf(request, options), (Samples{{{{"__name__", "c_total"}}, 2}}));
}

TEST(MetricKinds, AnExemplarWithoutAValue_RefusesTheRequest_ButOfAGauge) {
  const std::string words = "unsupported exemplar value type: Empty";
  RequestBuilder sum;
  sum.AddSum("c")->add_exemplars();
  EXPECT_EQ(ErrorOf(sum), words);
  RequestBuilder histogram;
  histogram.AddHistogram("h")->add_exemplars();
  EXPECT_EQ(ErrorOf(histogram), words);
  RequestBuilder gauge;
  gauge.AddGauge("g")->add_exemplars();
  EXPECT_EQ(SamplesOf(gauge).size(), 1u);
  RequestBuilder with_value;
  with_value.AddSum("c")->add_exemplars()->set_as_double(1);
  EXPECT_EQ(SamplesOf(with_value).size(), 1u);
}

TEST(MetricKinds, ErrorsAreCollected_AndOneRefusesAll) {
  RequestBuilder request({{"service.name", "s"}, {"a", "b"}});
  request.AddGauge("good");
  request.AddGauge("..");
  request.AddGauge("g", {{"", "x"}});
  EXPECT_EQ(ErrorOf(request),
            "normalization for metric \"..\" resulted in empty name\n"
            "label name is empty");
}

TEST(MetricKinds, TextThatIsNoUtf8_IsTaken) {
  RequestBuilder request;
  request.AddGauge("g", {{"a", "\xff"}});
  EXPECT_EQ(SamplesOf(request), (Samples{{{{"__name__", "g"}, {"a", "\xff"}}, 0}}));
}

TEST(OtlpOptions, ContradictorySettings_AreRefusedInPrometheusWords) {
  const auto error = [](const OtlpOptions& options) {
    Receiver receiver(options);
    return std::string(receiver.Receive(otlp::ExportMetricsServiceRequest()).message());
  };
  OtlpOptions options;
  options.promote_resource_attributes = {"a", " a"};
  EXPECT_EQ(error(options),
            "invalid 'promote_resource_attributes': duplicated promoted OTel resource attribute "
            "\"a\"");
  options.promote_resource_attributes = {" "};
  EXPECT_EQ(error(options),
            "invalid 'promote_resource_attributes': empty promoted OTel resource attribute");
  options.promote_all_resource_attributes = true;
  EXPECT_EQ(error(options),
            "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be "
            "configured simultaneously");
  options = {};
  options.ignore_resource_attributes = {"a"};
  EXPECT_EQ(error(options),
            "'ignore_resource_attributes' cannot be configured unless "
            "'promote_all_resource_attributes' is true");
}

}  // namespace
}  // namespace promlite::internal
