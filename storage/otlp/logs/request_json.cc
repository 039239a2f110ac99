#include "promlite/storage/otlp/logs/request_json.h"

#include <cstdint>

#include "promlite/storage/otlp/common_json.h"
#include "promlite/storage/otlp/json_reader.h"

namespace promlite::internal {
namespace {

using Value = JsonReader::Value;

bool ReadLogRecord(JsonReader* json, Value value, otlp::LogRecord* record) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "timeUnixNano") {
      return ReadOptional<uint64_t>(json, field,
                                    [&](uint64_t t) { record->set_time_unix_nano(t); });
    }
    if (name == "observedTimeUnixNano") {
      return ReadOptional<uint64_t>(json, field,
                                    [&](uint64_t t) { record->set_observed_time_unix_nano(t); });
    }
    if (name == "eventName") {
      return json->IsNull(&field) || json->Read(field, record->mutable_event_name());
    }
    if (name == "body") return ReadAnyValue(json, field, record->mutable_body());
    if (name == "attributes") {
      return ReadMessages(json, field, record->mutable_attributes(), ReadKeyValue);
    }
    return json->Skip(field);
  });
}

bool ReadScopeLogs(JsonReader* json, Value value, otlp::ScopeLogs* scope_logs) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "scope") return ReadScope(json, field, scope_logs->mutable_scope());
    if (name == "logRecords") {
      return ReadMessages(json, field, scope_logs->mutable_log_records(), ReadLogRecord);
    }
    return json->Skip(field);
  });
}

bool ReadResourceLogs(JsonReader* json, Value value, otlp::ResourceLogs* resource_logs) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "resource") return ReadResource(json, field, resource_logs->mutable_resource());
    if (name == "scopeLogs") {
      return ReadMessages(json, field, resource_logs->mutable_scope_logs(), ReadScopeLogs);
    }
    return json->Skip(field);
  });
}

}  // namespace

absl::Status ReadOtlpLogsJson(std::string_view text, otlp::ExportLogsServiceRequest* request) {
  JsonReader json;
  json.ReadDocument(text, [&](std::string_view name, Value field) {
    if (name == "resourceLogs") {
      return ReadMessages(&json, field, request->mutable_resource_logs(), ReadResourceLogs);
    }
    return json.Skip(field);
  });
  return json.status();
}

}  // namespace promlite::internal
