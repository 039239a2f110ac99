#ifndef PROMLITE_STORAGE_OTLP_METRICS_OPTIONS_CHECK_H_
#define PROMLITE_STORAGE_OTLP_METRICS_OPTIONS_CHECK_H_

#include "absl/status/status.h"
#include "promlite/storage/database_options.h"

namespace promlite::internal {

// InvalidArgument, in Prometheus' words, if settings of the `otlp` section contradict each other.
absl::Status CheckOtlpOptions(const OtlpOptions& options);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_OPTIONS_CHECK_H_
