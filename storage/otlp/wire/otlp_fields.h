#ifndef PROMLITE_STORAGE_OTLP_WIRE_OTLP_FIELDS_H_
#define PROMLITE_STORAGE_OTLP_WIRE_OTLP_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {

// The messages of OTLP.
enum class OtlpMessage : uint8_t {
  kNone,
  // Of all signals.
  kResource,
  kInstrumentationScope,
  kKeyValue,
  kAnyValue,
  kArrayValue,
  kKeyValueList,
  // Of metrics.
  kExportMetricsServiceRequest,
  kResourceMetrics,
  kScopeMetrics,
  kMetric,
  kGauge,
  kSum,
  kHistogram,
  kExponentialHistogram,
  kSummary,
  kNumberDataPoint,
  kHistogramDataPoint,
  kExponentialHistogramDataPoint,
  kBuckets,
  kSummaryDataPoint,
  kValueAtQuantile,
  kExemplar,
  // Of logs.
  kExportLogsServiceRequest,
  kResourceLogs,
  kScopeLogs,
  kLogRecord,
  // Of traces, which are recognized and not read.
  kSpan,
};
inline constexpr size_t kOtlpMessageCount = static_cast<size_t>(OtlpMessage::kSpan) + 1;

struct OtlpField {
  OtlpMessage message = OtlpMessage::kNone;  // whose field it is
  std::string_view name;                     // as in OTLP's own .proto files
  uint32_t number = 0;
  ProtobufField::WireType wire_type = ProtobufField::kVarint;
  OtlpMessage content = OtlpMessage::kNone;  // the message that it holds, if it holds one
};

// The one table of what stands where on OTLP's wire; whoever reads the wire names a field as it is
// named here. A test holds it to the .proto files beside it, message by message and field by field.
// Only spans, of which promlite decodes nothing, and the two fields of log records that tell them
// from other signals' are not in those files.
inline constexpr auto kOtlpFields = [] {
  using enum OtlpMessage;
  using enum ProtobufField::WireType;
  return std::to_array<OtlpField>({
      {kResource, "attributes", 1, kLengthDelimited, kKeyValue},

      {kInstrumentationScope, "name", 1, kLengthDelimited},
      {kInstrumentationScope, "version", 2, kLengthDelimited},
      {kInstrumentationScope, "attributes", 3, kLengthDelimited, kKeyValue},

      {kKeyValue, "key", 1, kLengthDelimited},
      {kKeyValue, "value", 2, kLengthDelimited, kAnyValue},

      {kAnyValue, "string_value", 1, kLengthDelimited},
      {kAnyValue, "bool_value", 2, kVarint},
      {kAnyValue, "int_value", 3, kVarint},
      {kAnyValue, "double_value", 4, kFixed64},
      {kAnyValue, "array_value", 5, kLengthDelimited, kArrayValue},
      {kAnyValue, "kvlist_value", 6, kLengthDelimited, kKeyValueList},
      {kAnyValue, "bytes_value", 7, kLengthDelimited},

      {kArrayValue, "values", 1, kLengthDelimited, kAnyValue},

      {kKeyValueList, "values", 1, kLengthDelimited, kKeyValue},

      {kExportMetricsServiceRequest, "resource_metrics", 1, kLengthDelimited, kResourceMetrics},

      {kResourceMetrics, "resource", 1, kLengthDelimited, kResource},
      {kResourceMetrics, "scope_metrics", 2, kLengthDelimited, kScopeMetrics},

      {kScopeMetrics, "scope", 1, kLengthDelimited, kInstrumentationScope},
      {kScopeMetrics, "metrics", 2, kLengthDelimited, kMetric},
      {kScopeMetrics, "schema_url", 3, kLengthDelimited},

      {kMetric, "name", 1, kLengthDelimited},
      {kMetric, "description", 2, kLengthDelimited},
      {kMetric, "unit", 3, kLengthDelimited},
      {kMetric, "gauge", 5, kLengthDelimited, kGauge},
      {kMetric, "sum", 7, kLengthDelimited, kSum},
      {kMetric, "histogram", 9, kLengthDelimited, kHistogram},
      {kMetric, "exponential_histogram", 10, kLengthDelimited, kExponentialHistogram},
      {kMetric, "summary", 11, kLengthDelimited, kSummary},

      {kGauge, "data_points", 1, kLengthDelimited, kNumberDataPoint},

      {kSum, "data_points", 1, kLengthDelimited, kNumberDataPoint},
      {kSum, "aggregation_temporality", 2, kVarint},
      {kSum, "is_monotonic", 3, kVarint},

      {kHistogram, "data_points", 1, kLengthDelimited, kHistogramDataPoint},
      {kHistogram, "aggregation_temporality", 2, kVarint},

      {kExponentialHistogram, "data_points", 1, kLengthDelimited, kExponentialHistogramDataPoint},
      {kExponentialHistogram, "aggregation_temporality", 2, kVarint},

      {kSummary, "data_points", 1, kLengthDelimited, kSummaryDataPoint},

      {kNumberDataPoint, "start_time_unix_nano", 2, kFixed64},
      {kNumberDataPoint, "time_unix_nano", 3, kFixed64},
      {kNumberDataPoint, "as_double", 4, kFixed64},
      {kNumberDataPoint, "exemplars", 5, kLengthDelimited, kExemplar},
      {kNumberDataPoint, "as_int", 6, kFixed64},
      {kNumberDataPoint, "attributes", 7, kLengthDelimited, kKeyValue},
      {kNumberDataPoint, "flags", 8, kVarint},

      {kHistogramDataPoint, "start_time_unix_nano", 2, kFixed64},
      {kHistogramDataPoint, "time_unix_nano", 3, kFixed64},
      {kHistogramDataPoint, "count", 4, kFixed64},
      {kHistogramDataPoint, "sum", 5, kFixed64},
      {kHistogramDataPoint, "bucket_counts", 6, kLengthDelimited},
      {kHistogramDataPoint, "explicit_bounds", 7, kLengthDelimited},
      {kHistogramDataPoint, "exemplars", 8, kLengthDelimited, kExemplar},
      {kHistogramDataPoint, "attributes", 9, kLengthDelimited, kKeyValue},
      {kHistogramDataPoint, "flags", 10, kVarint},
      {kHistogramDataPoint, "min", 11, kFixed64},
      {kHistogramDataPoint, "max", 12, kFixed64},

      {kExponentialHistogramDataPoint, "attributes", 1, kLengthDelimited, kKeyValue},
      {kExponentialHistogramDataPoint, "start_time_unix_nano", 2, kFixed64},
      {kExponentialHistogramDataPoint, "time_unix_nano", 3, kFixed64},
      {kExponentialHistogramDataPoint, "count", 4, kFixed64},
      {kExponentialHistogramDataPoint, "sum", 5, kFixed64},
      {kExponentialHistogramDataPoint, "scale", 6, kVarint},
      {kExponentialHistogramDataPoint, "zero_count", 7, kFixed64},
      {kExponentialHistogramDataPoint, "positive", 8, kLengthDelimited, kBuckets},
      {kExponentialHistogramDataPoint, "negative", 9, kLengthDelimited, kBuckets},
      {kExponentialHistogramDataPoint, "flags", 10, kVarint},
      {kExponentialHistogramDataPoint, "exemplars", 11, kLengthDelimited, kExemplar},
      {kExponentialHistogramDataPoint, "min", 12, kFixed64},
      {kExponentialHistogramDataPoint, "max", 13, kFixed64},
      {kExponentialHistogramDataPoint, "zero_threshold", 14, kFixed64},

      {kBuckets, "offset", 1, kVarint},
      {kBuckets, "bucket_counts", 2, kLengthDelimited},

      {kSummaryDataPoint, "start_time_unix_nano", 2, kFixed64},
      {kSummaryDataPoint, "time_unix_nano", 3, kFixed64},
      {kSummaryDataPoint, "count", 4, kFixed64},
      {kSummaryDataPoint, "sum", 5, kFixed64},
      {kSummaryDataPoint, "quantile_values", 6, kLengthDelimited, kValueAtQuantile},
      {kSummaryDataPoint, "attributes", 7, kLengthDelimited, kKeyValue},
      {kSummaryDataPoint, "flags", 8, kVarint},

      {kValueAtQuantile, "quantile", 1, kFixed64},
      {kValueAtQuantile, "value", 2, kFixed64},

      {kExemplar, "time_unix_nano", 2, kFixed64},
      {kExemplar, "as_double", 3, kFixed64},
      {kExemplar, "span_id", 4, kLengthDelimited},
      {kExemplar, "trace_id", 5, kLengthDelimited},
      {kExemplar, "as_int", 6, kFixed64},
      {kExemplar, "filtered_attributes", 7, kLengthDelimited, kKeyValue},

      {kExportLogsServiceRequest, "resource_logs", 1, kLengthDelimited, kResourceLogs},

      {kResourceLogs, "resource", 1, kLengthDelimited, kResource},
      {kResourceLogs, "scope_logs", 2, kLengthDelimited, kScopeLogs},

      {kScopeLogs, "scope", 1, kLengthDelimited, kInstrumentationScope},
      {kScopeLogs, "log_records", 2, kLengthDelimited, kLogRecord},

      {kLogRecord, "time_unix_nano", 1, kFixed64},
      {kLogRecord, "severity_number", 2, kVarint},
      {kLogRecord, "body", 5, kLengthDelimited, kAnyValue},
      {kLogRecord, "attributes", 6, kLengthDelimited, kKeyValue},
      {kLogRecord, "flags", 8, kFixed32},
      {kLogRecord, "observed_time_unix_nano", 11, kFixed64},
      {kLogRecord, "event_name", 12, kLengthDelimited},

      {kSpan, "kind", 6, kVarint},
      {kSpan, "start_time_unix_nano", 7, kFixed64},
      {kSpan, "end_time_unix_nano", 8, kFixed64},
      {kSpan, "flags", 16, kFixed32},
  });
}();

// The row of a field. It does not compile for a field that the table has not.
consteval OtlpField OtlpFieldNamed(OtlpMessage message, std::string_view name) {
  for (const OtlpField& field : kOtlpFields) {
    if (field.message == message && field.name == name) return field;
  }
  throw "the table has no such field";
}

consteval uint32_t OtlpNumber(OtlpMessage message, std::string_view name) {
  return OtlpFieldNamed(message, name).number;
}

// The byte that a field begins with where its tag is written as short as it may be. It does not
// compile for a field whose tag is longer than a byte.
consteval unsigned char OtlpTag(OtlpMessage message, std::string_view name) {
  const OtlpField field = OtlpFieldNamed(message, name);
  constexpr uint32_t kLargestNumber = 15;
  if (field.number > kLargestNumber) throw "the tag is longer than a byte";
  return static_cast<unsigned char>(field.number << 3 | field.wire_type);
}

// The message that a length-delimited field holds; kNone: none, or none that is known.
constexpr OtlpMessage OtlpContent(OtlpMessage message, uint32_t number) {
  constexpr size_t kNumbers = 17;
  constexpr auto kContents = [] {
    std::array<std::array<OtlpMessage, kNumbers>, kOtlpMessageCount> contents{};
    for (const OtlpField& field : kOtlpFields) {
      contents[static_cast<size_t>(field.message)][field.number] = field.content;
    }
    return contents;
  }();
  return number < kNumbers ? kContents[static_cast<size_t>(message)][number] : OtlpMessage::kNone;
}

// The outer shape, which the requests of all signals share: resources, each with its scopes, each
// with what was measured in it, the leaves: metrics, log records or spans.
inline constexpr uint32_t kResourcesField =
    OtlpNumber(OtlpMessage::kExportMetricsServiceRequest, "resource_metrics");
inline constexpr uint32_t kResourceField = OtlpNumber(OtlpMessage::kResourceMetrics, "resource");
inline constexpr uint32_t kScopesField = OtlpNumber(OtlpMessage::kResourceMetrics, "scope_metrics");
inline constexpr uint32_t kScopeField = OtlpNumber(OtlpMessage::kScopeMetrics, "scope");
inline constexpr uint32_t kLeavesField = OtlpNumber(OtlpMessage::kScopeMetrics, "metrics");
static_assert(kResourcesField ==
                  OtlpNumber(OtlpMessage::kExportLogsServiceRequest, "resource_logs") &&
              kResourceField == OtlpNumber(OtlpMessage::kResourceLogs, "resource") &&
              kScopesField == OtlpNumber(OtlpMessage::kResourceLogs, "scope_logs") &&
              kScopeField == OtlpNumber(OtlpMessage::kScopeLogs, "scope") &&
              kLeavesField == OtlpNumber(OtlpMessage::kScopeLogs, "log_records"));

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_OTLP_FIELDS_H_
