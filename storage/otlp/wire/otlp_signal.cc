#include "promlite/storage/otlp/wire/otlp_signal.h"

#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {
namespace {

// All fields of a metric are length-delimited. Those of log records and spans that are not tell
// them: times (1 and 11 of a log record, 7 and 8 of a span, fixed64), a log record's severity (2,
// varint) and flags (8, fixed32), a span's kind (6, varint) and flags (16, fixed32). So does a log
// record's attribute: a metric has no field 6.
OtlpSignal SignalOfLeaf(std::string_view leaf) {
  ProtobufField field;
  bool named_data = false;
  while (TakeProtobufField(&leaf, &field)) {
    const bool is_fixed32 = field.wire_type == ProtobufField::kFixed32;
    if (field.IsFixed64(1) || field.IsFixed64(11) || field.IsVarint(2) || field.IsBytes(6) ||
        (is_fixed32 && field.number == 8)) {
      return OtlpSignal::kLogs;
    }
    if (field.IsFixed64(7) || field.IsFixed64(8) || field.IsVarint(6) ||
        (is_fixed32 && field.number == 16)) {
      return OtlpSignal::kTraces;
    }
    if (field.wire_type == ProtobufField::kLengthDelimited) named_data = true;
  }
  return named_data && leaf.empty() ? OtlpSignal::kMetrics : OtlpSignal::kUnknown;
}

}  // namespace

OtlpSignal SignalOfProtobuf(std::string_view request) {
  ProtobufField resource;
  while (TakeProtobufField(&request, &resource)) {
    if (!resource.IsBytes(1)) continue;
    ProtobufField scope;
    while (TakeProtobufField(&resource.bytes, &scope)) {
      if (!scope.IsBytes(2)) continue;
      ProtobufField leaf;
      while (TakeProtobufField(&scope.bytes, &leaf)) {
        if (leaf.IsBytes(2)) return SignalOfLeaf(leaf.bytes);
      }
    }
  }
  return OtlpSignal::kUnknown;
}

OtlpSignal SignalOfJson(std::string_view request) {
  struct Key {
    std::string_view text;
    OtlpSignal signal;
  };
  constexpr Key kKeys[] = {
      {"\"resourceMetrics\"", OtlpSignal::kMetrics}, {"\"resourceLogs\"", OtlpSignal::kLogs},
      {"\"resourceSpans\"", OtlpSignal::kTraces},    {"\"resource_metrics\"", OtlpSignal::kMetrics},
      {"\"resource_logs\"", OtlpSignal::kLogs},      {"\"resource_spans\"", OtlpSignal::kTraces}};
  // The first string of the request is its first key.
  const size_t quote = request.find('"');
  if (quote == std::string_view::npos) return OtlpSignal::kUnknown;
  for (const Key& key : kKeys) {
    if (request.substr(quote, key.text.size()) == key.text) return key.signal;
  }
  return OtlpSignal::kUnknown;
}

bool IsWholeExportRequest(std::string_view bytes) {
  ProtobufField field;
  while (!bytes.empty()) {
    if (!TakeProtobufField(&bytes, &field) || !field.IsBytes(1)) return false;
  }
  return true;
}

}  // namespace promlite::internal
