// OTLP/JSON: the same message must come out as of the protobuf form.

#include "promlite/storage/otlp/metrics/request_json.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"

namespace promlite::internal {
namespace {

otlp::ExportMetricsServiceRequest Read(const std::string& json) {
  otlp::ExportMetricsServiceRequest request;
  std::vector<std::string> lost_points;
  const absl::Status status = ReadOtlpJson(json, &request, &lost_points);
  EXPECT_TRUE(status.ok()) << status;
  return request;
}

std::string ErrorOf(const std::string& json) {
  otlp::ExportMetricsServiceRequest request;
  std::vector<std::string> lost_points;
  const absl::Status status = ReadOtlpJson(json, &request, &lost_points);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
  return std::string(status.message());
}

otlp::Metric ReadMetric(const std::string& json) {
  return Read(R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[)" + json + "]}]}]}")
      .resource_metrics(0)
      .scope_metrics(0)
      .metrics(0);
}

otlp::AnyValue ReadValue(const std::string& json) {
  return Read(R"({"resourceMetrics":[{"resource":{"attributes":[{"key":"k","value":)" + json +
              "}]}}]}")
      .resource_metrics(0)
      .resource()
      .attributes(0)
      .value();
}

TEST(OtlpJson, EveryField_IsRead) {
  const otlp::ExportMetricsServiceRequest request = Read(R"({"resourceMetrics":[{
      "resource":{"attributes":[{"key":"a","value":{"stringValue":"é\n\u20ac"}}],
                  "droppedAttributesCount":0},
      "scopeMetrics":[{"scope":{"name":"n","version":"v",
                                "attributes":[{"key":"b","value":{"boolValue":true}}]},
                       "metrics":[{"name":"m","description":"d","unit":"u",
                                   "summary":{"dataPoints":[{"count":"3","sum":1.5,"flags":1,
                                      "startTimeUnixNano":"1","timeUnixNano":"2",
                                      "attributes":[{"key":"c","value":{"intValue":"-4"}}],
                                      "quantileValues":[{"quantile":0.5,"value":7}]}]}}],
                       "schemaUrl":"s"}],
      "schemaUrl":"ignored"}]})");
  ASSERT_EQ(request.resource_metrics_size(), 1);
  const otlp::ResourceMetrics& resource_metrics = request.resource_metrics(0);
  EXPECT_EQ(resource_metrics.resource().attributes(0).key(), "a");
  EXPECT_EQ(resource_metrics.resource().attributes(0).value().string_value(), "é\n€");
  const otlp::ScopeMetrics& scope_metrics = resource_metrics.scope_metrics(0);
  EXPECT_EQ(scope_metrics.schema_url(), "s");
  EXPECT_EQ(scope_metrics.scope().name(), "n");
  EXPECT_EQ(scope_metrics.scope().version(), "v");
  EXPECT_TRUE(scope_metrics.scope().attributes(0).value().bool_value());
  const otlp::Metric& metric = scope_metrics.metrics(0);
  EXPECT_EQ(metric.name() + metric.description() + metric.unit(), "mdu");
  const otlp::SummaryDataPoint& point = metric.summary().data_points(0);
  EXPECT_EQ(point.count(), 3u);
  EXPECT_EQ(point.sum(), 1.5);
  EXPECT_EQ(point.flags(), 1u);
  EXPECT_EQ(point.start_time_unix_nano(), 1u);
  EXPECT_EQ(point.time_unix_nano(), 2u);
  EXPECT_EQ(point.attributes(0).value().int_value(), -4);
  EXPECT_EQ(point.quantile_values(0).quantile(), 0.5);
  EXPECT_EQ(point.quantile_values(0).value(), 7);
}

TEST(OtlpJson, SumsAndHistograms_AreRead) {
  const otlp::Metric sum = ReadMetric(
      R"({"sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[
          {"asInt":"-9223372036854775808","exemplars":[{"asDouble":2,"timeUnixNano":"9",
             "traceId":"00FF","spanId":"","filteredAttributes":[{"key":"f"}]}]},
          {"asDouble":0.25},{}]}})");
  EXPECT_TRUE(sum.sum().is_monotonic());
  EXPECT_EQ(sum.sum().aggregation_temporality(), otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_EQ(sum.sum().data_points(0).as_int(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(sum.sum().data_points(0).exemplars(0).trace_id(), std::string("\0\xff", 2));
  EXPECT_EQ(sum.sum().data_points(0).exemplars(0).as_double(), 2);
  EXPECT_EQ(sum.sum().data_points(1).as_double(), 0.25);
  EXPECT_EQ(sum.sum().data_points(2).value_case(), otlp::NumberDataPoint::VALUE_NOT_SET);

  const otlp::Metric histogram = ReadMetric(
      R"({"histogram":{"aggregationTemporality":1,"dataPoints":[{"bucketCounts":["1",2],
          "explicitBounds":[0.5,1e3],"count":18446744073709551615,"sum":0,"min":-1,"max":4}]}})");
  const otlp::HistogramDataPoint& point = histogram.histogram().data_points(0);
  EXPECT_EQ(histogram.histogram().aggregation_temporality(), otlp::AGGREGATION_TEMPORALITY_DELTA);
  EXPECT_EQ(point.bucket_counts(0) * 10 + point.bucket_counts(1), 12u);
  EXPECT_EQ(point.explicit_bounds(1), 1000);
  EXPECT_EQ(point.count(), std::numeric_limits<uint64_t>::max());
  EXPECT_TRUE(point.has_sum());
  EXPECT_EQ(point.min() + point.max(), 3);

  const otlp::Metric exponential = ReadMetric(
      R"({"exponentialHistogram":{"dataPoints":[{"scale":-3,"zeroCount":"4","zeroThreshold":0.1,
          "positive":{"offset":-2,"bucketCounts":[1,"2"]},"negative":{}}]}})");
  const auto& point2 = exponential.exponential_histogram().data_points(0);
  EXPECT_EQ(point2.scale(), -3);
  EXPECT_EQ(point2.zero_count(), 4u);
  EXPECT_EQ(point2.positive().offset(), -2);
  EXPECT_EQ(point2.positive().bucket_counts(1), 2u);
}

TEST(OtlpJson, SnakeCase_EnumNames_AndNulls_AreTaken) {
  const otlp::ExportMetricsServiceRequest request = Read(
      R"({"resource_metrics":[{"resource":null,"scope_metrics":[{"schema_url":"s","metrics":[
          {"gauge":null,"sum":{"aggregation_temporality":"AGGREGATION_TEMPORALITY_CUMULATIVE",
           "is_monotonic":true,"data_points":[{"time_unix_nano":"5","as_double":null,"as_int":3,
           "start_time_unix_nano":null}]}}]}]}]})");
  const otlp::ScopeMetrics& scope = request.resource_metrics(0).scope_metrics(0);
  EXPECT_EQ(scope.schema_url(), "s");
  const otlp::Sum& sum = scope.metrics(0).sum();
  EXPECT_EQ(sum.aggregation_temporality(), otlp::AGGREGATION_TEMPORALITY_CUMULATIVE);
  EXPECT_TRUE(sum.is_monotonic());
  EXPECT_EQ(sum.data_points(0).time_unix_nano(), 5u);
  EXPECT_EQ(sum.data_points(0).as_int(), 3);
}

TEST(OtlpJson, Values_OfEveryKind_AreRead) {
  EXPECT_EQ(ReadValue(R"({"intValue":1e9})").int_value(), 1000000000);
  EXPECT_EQ(ReadValue(R"({"doubleValue":"-Infinity"})").double_value(),
            -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(ReadValue(R"({"doubleValue":"NaN"})").double_value()));
  EXPECT_EQ(ReadValue(R"({"doubleValue":"2.5"})").double_value(), 2.5);
  EXPECT_EQ(ReadValue(R"({"bytesValue":"AP8="})").bytes_value(), std::string("\0\xff", 2));
  EXPECT_EQ(ReadValue(R"({"bytesValue":"_-8"})").bytes_value(), "\xff\xef");
  const otlp::AnyValue array = ReadValue(
      R"({"arrayValue":{"values":[{"boolValue":false},{"kvlistValue":{"values":[
          {"key":"x","value":{"stringValue":"y"}}]}},{}]}})");
  EXPECT_EQ(array.array_value().values_size(), 3);
  EXPECT_EQ(array.array_value().values(1).kvlist_value().values(0).value().string_value(), "y");
  EXPECT_EQ(ReadValue("{}").value_case(), otlp::AnyValue::VALUE_NOT_SET);
  EXPECT_EQ(ReadValue("null").value_case(), otlp::AnyValue::VALUE_NOT_SET);
  EXPECT_EQ(ReadValue(R"({"arrayValue":{}})").value_case(), otlp::AnyValue::kArrayValue);
}

TEST(OtlpJson, UnknownFields_ArePassedOver_ButMustBeWellFormed) {
  EXPECT_EQ(Read(R"({"x":[1,{"y":"\u00e9"},null,true,-2.5e3],"resourceMetrics":[{}]})")
                .resource_metrics_size(),
            1);
  EXPECT_NE(ErrorOf(R"({"x":[1,{"y":tru}]})").find("byte 13"), std::string::npos);
  EXPECT_NE(ErrorOf(R"({"x":01})").find("byte"), std::string::npos);
}

TEST(OtlpJson, Errors_SayWhereAndWhat) {
  EXPECT_EQ(ErrorOf(R"({"resourceMetrics":3})"),
            R"(OTLP/JSON: at byte 19: near "resourceMetrics": an array is expected)");
  EXPECT_EQ(ErrorOf(R"({"resourceMetrics":[{"resource":{"attributes":[{"key":7}]}}]})"),
            R"(OTLP/JSON: at byte 54: near "key": a string is expected)");
  EXPECT_EQ(ErrorOf(R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[)"
                    R"({"timeUnixNano":"soon"}]}}]}]}]})"),
            R"(OTLP/JSON: at byte 89: near "timeUnixNano": an integer from 0 is expected)");
  EXPECT_NE(ErrorOf("[]").find("byte 0: an object is expected"), std::string::npos);
  EXPECT_NE(ErrorOf(R"({"a":1}{"b":2})").find("more text after the end"), std::string::npos);
  for (const char* json : {"", " ", "{", "}", "nonsense", "{\"a\":1", "{\"a\" 1}", "{\"a\":1,}",
                           "{\"a\":\"\xff\"}", "{\"a\":\"\\q\"}", "{\"a\":1}}", "{\"a\":[1}"}) {
    EXPECT_NE(ErrorOf(json).find("byte"), std::string::npos) << json;
  }
}

TEST(OtlpJson, NumbersOutOfRange_AreErrors) {
  const auto point = [](const std::string& field) {
    return R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{)" + field +
           "}]}}]}]}]}";
  };
  for (const char* field :
       {R"("timeUnixNano":-1)", R"("timeUnixNano":"18446744073709551616")", R"("timeUnixNano":1.5)",
        R"("asInt":9223372036854775808)", R"("flags":4294967296)", R"("asDouble":"x")",
        R"("asDouble":1e999)", R"("asDouble":true)", R"("flags":"")", R"("asInt":[])"}) {
    EXPECT_NE(ErrorOf(point(field)).find("near"), std::string::npos) << field;
  }
}

TEST(OtlpJson, DeepNesting_IsAnError_WhereverItStands) {
  std::string any = "{}";
  for (int i = 0; i < 200; ++i) any = R"({"arrayValue":{"values":[)" + any + "]}}";
  EXPECT_NE(ErrorOf(R"({"resourceMetrics":[{"resource":{"attributes":[{"value":)" + any + "}]}}]}")
                .find("nested too deep"),
            std::string::npos);
  const std::string unknown = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_NE(ErrorOf(R"({"x":)" + unknown + "}").find("nested too deep"), std::string::npos);
}

// Adds up the last value of each stream in a capture of JSON lines, read as plain JSON.
void AddPoints(simdjson::dom::object metric, std::map<std::string, double>* last) {
  simdjson::dom::array points;
  if (metric["sum"]["dataPoints"].get(points) != simdjson::SUCCESS) return;
  for (simdjson::dom::object point : points) {
    std::string stream = simdjson::minify(metric["name"]);
    stream += simdjson::minify(point["startTimeUnixNano"]);
    stream += simdjson::minify(point["attributes"]);
    (*last)[stream] = point["asDouble"];
  }
}

TEST(OtlpJson, ACapture_StoresWhatItsLinesSay) {
  const std::vector<std::string> lines = ReadLines("tests/data/captures/claude-code.metrics.jsonl");
  Receiver receiver;
  std::map<std::string, double> last;
  for (const std::string& line : lines) {
    const absl::Status status = receiver.ReceiveJson(line);
    ASSERT_TRUE(status.ok()) << status;
    simdjson::dom::parser parser;
    for (simdjson::dom::object resource : parser.parse(line)["resourceMetrics"].get_array()) {
      for (simdjson::dom::object scope : resource["scopeMetrics"].get_array()) {
        for (simdjson::dom::object metric : scope["metrics"].get_array()) AddPoints(metric, &last);
      }
    }
  }
  double expected = 0;
  for (const auto& [stream, value] : last) expected += value;
  double stored = 0;
  size_t streams_stored = 0;
  for (const auto& [labels, streams] : receiver.database().series()) {
    if (labels.MetricName() == "target_info") continue;
    for (const auto& [start, samples] : streams) {
      stored += std::bit_cast<double>(samples.rbegin()->second);
      ++streams_stored;
    }
  }
  EXPECT_GT(streams_stored, 20u);
  EXPECT_EQ(streams_stored, last.size());
  EXPECT_DOUBLE_EQ(stored, expected);
}

TEST(OtlpJson, TheSameSdk_MakesTheSameSeries_InBothEncodings) {
  const std::string capture = "tests/data/captures/otel-sdk-all-types.metrics";
  Receiver of_json;
  for (const std::string& line : ReadLines(capture + ".jsonl")) {
    ASSERT_TRUE(of_json.ReceiveJson(line).ok());
  }
  Receiver of_protobuf;
  for (const std::string& request : ReadRequests(capture + ".binpb")) {
    ASSERT_TRUE(of_protobuf.ReceiveProtobuf(request).ok());
  }
  const auto labels_of = [](Receiver& receiver) {
    std::vector<Labels> all;
    for (const auto& [labels, streams] : receiver.database().series()) all.push_back(labels);
    return all;
  };
  EXPECT_EQ(labels_of(of_json), labels_of(of_protobuf));
  EXPECT_EQ(of_json.database().metadata(), of_protobuf.database().metadata());
}

}  // namespace
}  // namespace promlite::internal
