#include "promlite/storage/otlp/metrics/points/point_target.h"

#include "promlite/storage/metrics/staleness.h"

namespace promlite::internal {

void AppendValue(Appender* appender, StreamId stream, int64_t timestamp_ms, double value,
                 bool is_stale) {
  if (is_stale || IsStalenessMarker(value)) {
    appender->AppendStalenessMarker(stream, timestamp_ms);
  } else {
    appender->Append(stream, timestamp_ms, value);
  }
}

absl::Status CheckExemplars(const Exemplars& exemplars) {
  for (const otlp::Exemplar& exemplar : exemplars) {
    if (exemplar.value_case() == otlp::Exemplar::VALUE_NOT_SET) {
      return absl::InvalidArgumentError("unsupported exemplar value type: Empty");
    }
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
