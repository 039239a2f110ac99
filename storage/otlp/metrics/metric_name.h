#ifndef PROMLITE_STORAGE_OTLP_METRICS_METRIC_NAME_H_
#define PROMLITE_STORAGE_OTLP_METRICS_METRIC_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/otlp/metrics/unit.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The two questions that a translation strategy answers.
inline Escaping EscapingOf(OtlpOptions::TranslationStrategy strategy) {
  using Strategy = OtlpOptions::TranslationStrategy;
  return strategy == Strategy::kUnderscoreEscapingWithSuffixes ||
                 strategy == Strategy::kUnderscoreEscapingWithoutSuffixes
             ? Escaping::kUnderscores
             : Escaping::kNone;
}
inline bool AddsSuffixes(OtlpOptions::TranslationStrategy strategy) {
  using Strategy = OtlpOptions::TranslationStrategy;
  return strategy == Strategy::kUnderscoreEscapingWithSuffixes ||
         strategy == Strategy::kNoUtf8EscapingWithSuffixes;
}

// What a metric's name says about its kind: monotonic sums end in _total, gauges of unit `1` in
// _ratio.
enum class SuffixKind { kMonotonicSum, kGauge, kOther };

// Prometheus' name of an OTLP metric. InvalidArgument, in Prometheus' words, if escaping leaves
// nothing of the name or underscores only.
absl::StatusOr<std::string> BuildMetricName(std::string_view name, std::string_view unit,
                                            SuffixKind kind,
                                            OtlpOptions::TranslationStrategy strategy);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_METRIC_NAME_H_
