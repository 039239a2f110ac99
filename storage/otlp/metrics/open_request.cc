#include "promlite/storage/otlp/metrics/open_request.h"

#include "absl/strings/str_join.h"

namespace promlite::internal {

void OpenRequest::Start(Appender* appender, std::vector<std::string>* warnings) {
  appender_ = appender;
  warnings_ = warnings;
  errors_.clear();
  refused_deltas_ = 0;
  refused_metrics_.clear();
  labels_.StartRequest(warnings);
  target_info_.StartRequest(appender);
}

absl::Status OpenRequest::Finish() {
  if (errors_.empty()) return absl::OkStatus();
  std::string message = absl::StrJoin(errors_, "\n");
  if (refused_deltas_ > 0) {
    message +=
        "\ndelta temporality is refused, as Prometheus refuses it: have deltas counted "
        "(delta=running_total, the default), or set "
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative in the exporter";
  }
  return absl::InvalidArgumentError(message);
}

}  // namespace promlite::internal
