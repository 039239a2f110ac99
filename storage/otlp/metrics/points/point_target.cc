#include "promlite/storage/otlp/metrics/points/point_target.h"

#include <cmath>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {

namespace {

bool StartsWithinMillisecond(const PointMoment& moment) {
  return moment.start_ns != 0 && moment.start_ns < moment.time_ns &&
         FloorMilliseconds(moment.start_ns) == TruncatedMilliseconds(moment.time_ns);
}

}  // namespace

void AppendValue(Appender* appender, StreamId stream, const PointMoment& moment, double value) {
  const int64_t timestamp_ms = TruncatedMilliseconds(moment.time_ns);
  if (moment.is_stale || IsStalenessMarker(value)) {
    appender->AppendStalenessMarker(stream, timestamp_ms);
    return;
  }
  if (CollectsIncrements(moment.temporality)) {
    if (!std::isnan(value)) {
      appender->AppendIncrement(stream, {moment.start_ns, moment.time_ns, value, moment.point});
    }
    return;
  }
  appender->Append(stream, timestamp_ms, value);
  if (StartsWithinMillisecond(moment)) appender->NoteStartWithinMillisecond(stream);
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
