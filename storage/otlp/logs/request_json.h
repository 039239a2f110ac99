#ifndef PROMLITE_STORAGE_OTLP_LOGS_REQUEST_JSON_H_
#define PROMLITE_STORAGE_OTLP_LOGS_REQUEST_JSON_H_

#include <string_view>

#include "absl/status/status.h"
#include "otlp_logs.pb.h"

namespace promlite::internal {

// Reads an ExportLogsServiceRequest from OTLP's JSON form, as metrics/request_json.h does with
// metrics.
absl::Status ReadOtlpLogsJson(std::string_view json, otlp::ExportLogsServiceRequest* request);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_LOGS_REQUEST_JSON_H_
