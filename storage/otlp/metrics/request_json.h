#ifndef PROMLITE_STORAGE_OTLP_METRICS_REQUEST_JSON_H_
#define PROMLITE_STORAGE_OTLP_METRICS_REQUEST_JSON_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "otlp_metrics.pb.h"

namespace promlite::internal {

// Reads an ExportMetricsServiceRequest from OTLP's JSON form: as protobuf's own, but for enum
// values as numbers (names are taken too) and trace and span ids in hexadecimal. Unknown fields are
// passed over. InvalidArgument says at which byte, in which field, and what is wrong. Data points
// with `null` for a number without which they say nothing are left out: a sentence for each metric
// that has such is added to `lost_points`.
absl::Status ReadOtlpJson(std::string_view json, otlp::ExportMetricsServiceRequest* request,
                          std::vector<std::string>* lost_points);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_REQUEST_JSON_H_
