#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/database_options.h"

namespace promlite::internal {

// Prometheus' name of an OTLP attribute, by the options' strategy and label_name_* settings.
// InvalidArgument, in Prometheus' words, for an empty name and one of underscores only.
absl::StatusOr<std::string> BuildLabelName(std::string_view attribute, const OtlpOptions& options);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_
