#include "promlite/storage/otlp/wire/request_signal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/otlp/wire/otlp_fields.h"

namespace promlite::internal {
namespace {

// All fields of a metric are length-delimited. Those of log records and spans that are not tell
// them; so does a log record's attribute, whose number no field of a metric has.
constexpr std::array kFieldsOfLogRecords = {
    OtlpFieldNamed(OtlpMessage::kLogRecord, "time_unix_nano"),
    OtlpFieldNamed(OtlpMessage::kLogRecord, "severity_number"),
    OtlpFieldNamed(OtlpMessage::kLogRecord, "attributes"),
    OtlpFieldNamed(OtlpMessage::kLogRecord, "flags"),
    OtlpFieldNamed(OtlpMessage::kLogRecord, "observed_time_unix_nano")};
constexpr std::array kFieldsOfSpans = {OtlpFieldNamed(OtlpMessage::kSpan, "kind"),
                                       OtlpFieldNamed(OtlpMessage::kSpan, "start_time_unix_nano"),
                                       OtlpFieldNamed(OtlpMessage::kSpan, "end_time_unix_nano"),
                                       OtlpFieldNamed(OtlpMessage::kSpan, "flags")};

bool IsAmong(const ProtobufField& field, std::span<const OtlpField> known) {
  return std::any_of(known.begin(), known.end(), [&](const OtlpField& one) {
    return one.number == field.number && one.wire_type == field.wire_type;
  });
}

OtlpSignal SignalOfLeaf(std::string_view leaf) {
  OtlpSignal signal = OtlpSignal::kUnknown;
  bool may_be_metric = false;
  const MessageWalk walk = WalkMessage(leaf, [&](const ProtobufField& field) {
    if (IsAmong(field, kFieldsOfLogRecords)) signal = OtlpSignal::kLogs;
    if (IsAmong(field, kFieldsOfSpans)) signal = OtlpSignal::kTraces;
    may_be_metric = may_be_metric || field.wire_type == ProtobufField::kLengthDelimited;
    return signal == OtlpSignal::kUnknown;
  });
  return walk.is_whole() && may_be_metric ? OtlpSignal::kMetrics : signal;
}

// Calls `visit` with the bytes of each of the fields of one number, until it returns true. True if
// it did.
template <typename Visit>
bool VisitUntil(std::string_view message, uint32_t number, Visit visit) {
  const MessageWalk walk = WalkMessage(message, [&](const ProtobufField& field) {
    return !field.IsBytes(number) || !visit(field.bytes);
  });
  return walk.end == MessageWalk::End::kStopped;
}

}  // namespace

OtlpSignal SignalOfProtobuf(std::string_view request) {
  OtlpSignal signal = OtlpSignal::kUnknown;
  const auto in_leaf = [&](std::string_view leaf) {
    signal = SignalOfLeaf(leaf);
    return true;
  };
  const auto in_scope = [&](std::string_view scope) {
    return VisitUntil(scope, kLeavesField, in_leaf);
  };
  VisitUntil(request, kResourcesField, [&](std::string_view resource) {
    return VisitUntil(resource, kScopesField, in_scope);
  });
  return signal;
}

std::vector<SignalPart> SplitBySignal(std::string_view request) {
  std::vector<SignalPart> parts = {{OtlpSignal::kUnknown, request}};
  const MessageWalk walk = WalkMessage(request, [&](const ProtobufField& field) {
    if (!field.IsBytes(kResourcesField)) return true;
    const std::string_view rest = request.substr(static_cast<size_t>(field.start - request.data()));
    const auto size = static_cast<size_t>(field.bytes.data() + field.bytes.size() - field.start);
    const OtlpSignal signal = SignalOfProtobuf(rest.substr(0, size));
    if (signal == OtlpSignal::kUnknown || signal == parts.back().signal) return true;
    if (parts.back().signal == OtlpSignal::kUnknown) {
      parts.back().signal = signal;
      return true;
    }
    const std::string_view before = parts.back().bytes;
    parts.back().bytes = before.substr(0, before.size() - rest.size());
    parts.push_back({signal, rest});
    return true;
  });
  if (walk.is_whole()) return parts;
  return {{SignalOfProtobuf(request), request}};
}

bool IsWholeExportRequest(std::string_view bytes) {
  const auto is_resource = [](const ProtobufField& field) {
    return field.IsBytes(kResourcesField);
  };
  return WalkMessage(bytes, is_resource).is_whole();
}

}  // namespace promlite::internal
