#include "promlite/storage/otlp/metrics/open_request.h"

#include "absl/strings/str_join.h"

namespace promlite::internal {

void OpenRequest::Start(Appender* appender, std::vector<std::string>* warnings) {
  appender_ = appender;
  warnings_ = warnings;
  errors_.clear();
  has_refused_delta_ = false;
  labels_.StartRequest(warnings);
  target_info_.StartRequest(appender);
}

absl::Status OpenRequest::Finish() {
  if (errors_.empty()) return absl::OkStatus();
  std::string message = absl::StrJoin(errors_, "\n");
  if (has_refused_delta_) {
    message +=
        "\ndelta temporality is not taken: set "
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative in the exporter, or have "
        "deltas added up here (otlp-deltatocumulative)";
  }
  return absl::InvalidArgumentError(message);
}

}  // namespace promlite::internal
