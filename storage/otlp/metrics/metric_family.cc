#include "promlite/storage/otlp/metrics/metric_family.h"

#include <utility>

#include "absl/status/status.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/storage/otlp/metrics/metric_name.h"
#include "promlite/storage/otlp/metrics/stream_identity.h"
#include "promlite/storage/otlp/metrics/unit.h"

namespace promlite::internal {

namespace {

bool HasTemporality(MetricKind kind) {
  return kind == MetricKind::kSum || kind == MetricKind::kHistogram ||
         kind == MetricKind::kExponentialHistogram;
}

absl::Status CheckTemporality(const MetricHeader& header, const OtlpOptions& options) {
  if (header.kind == MetricKind::kUnset) {
    return absl::InvalidArgumentError("could not get aggregation temporality for " +
                                      std::string(header.name) +
                                      " as it has unsupported metric type Empty");
  }
  const bool is_taken_delta =
      header.temporality == kDelta && options.delta != OtlpOptions::Delta::kRefuse;
  if (!HasTemporality(header.kind) || header.temporality == kCumulative || is_taken_delta) {
    return absl::OkStatus();
  }
  std::string error =
      "invalid temporality and type combination for metric " + DoubleQuoted(header.name);
  if (header.temporality != kDelta) {
    error +=
        ": whether its values add up is not said; its exporter has to set aggregationTemporality, "
        "to 2 (cumulative) or 1 (delta)";
  }
  return absl::InvalidArgumentError(error);
}

StreamTemporality TemporalityOf(const MetricHeader& header, const OtlpOptions& options) {
  if (!HasTemporality(header.kind) || header.temporality != kDelta) {
    return StreamTemporality::kCumulative;
  }
  switch (options.delta) {
    case OtlpOptions::Delta::kToCumulative:
      return StreamTemporality::kAddedUp;  // before the metric came here
    case OtlpOptions::Delta::kKeep:
      return StreamTemporality::kDeltaAsSent;
    case OtlpOptions::Delta::kRunningTotal:
    case OtlpOptions::Delta::kRefuse:
      break;
  }
  return StreamTemporality::kDelta;
}

std::string MetadataType(const MetricHeader& header, StreamTemporality temporality) {
  // There is no way to mark a delta as such, so its type is left open.
  if (temporality == StreamTemporality::kDeltaAsSent) return "unknown";
  switch (header.kind) {
    case MetricKind::kSum:
      return header.is_monotonic ? "counter" : "gauge";
    case MetricKind::kGauge:
      return "gauge";
    case MetricKind::kHistogram:
    case MetricKind::kExponentialHistogram:
      return "histogram";
    case MetricKind::kSummary:
      return "summary";
    case MetricKind::kUnset:
      break;
  }
  return "unknown";
}

SuffixKind SuffixKindOf(const MetricHeader& header) {
  if (header.kind == MetricKind::kGauge) return SuffixKind::kGauge;
  return header.kind == MetricKind::kSum && header.is_monotonic ? SuffixKind::kMonotonicSum
                                                                : SuffixKind::kOther;
}

}  // namespace

absl::StatusOr<MetricFamily> BuildMetricFamily(const MetricHeader& header,
                                               const OtlpOptions& options) {
  if (absl::Status status = CheckTemporality(header, options); !status.ok()) return status;
  absl::StatusOr<std::string> name =
      BuildMetricName(header.name, header.unit, SuffixKindOf(header), options.translation_strategy);
  if (!name.ok()) return name.status();
  MetricFamily family;
  family.name = *std::move(name);
  family.temporality = TemporalityOf(header, options);
  family.identity = IdentityOfMetric(header.name, header.unit);
  family.metadata = {MetadataType(header, family.temporality),
                     BuildUnit(header.unit, Escaping::kUnderscores),
                     std::string(header.description)};
  family.type_label = family.metadata.type;
  // Built a second time from what was built: that is what the receiver does.
  family.unit_label = BuildUnit(family.metadata.unit, EscapingOf(options.translation_strategy));
  return family;
}

}  // namespace promlite::internal
