#include "promlite/engine/histograms/findings.h"

#include <string>

#include "promlite/parser/text/quoting.h"

namespace promlite::internal {
namespace {

enum class Severity { kWarning, kInfo };

struct Text {
  HistogramFinding finding;
  Severity severity;
  const char* text;
  bool names_metric;
};

constexpr Text kTexts[] = {
    {HistogramFinding::kMixedKinds, Severity::kWarning,
     "encountered a mix of histograms and floats for metric name ", true},
    {HistogramFinding::kNotCounter, Severity::kWarning,
     "this native histogram metric is not a counter: ", true},
    {HistogramFinding::kNotGauge, Severity::kWarning,
     "this native histogram metric is not a gauge: ", true},
    {HistogramFinding::kMixedSchemas, Severity::kWarning,
     "vector contains a mix of histograms with exponential and custom buckets schemas for metric "
     "name ",
     true},
    {HistogramFinding::kIgnoredInRange, Severity::kInfo,
     "ignored histograms in a range containing both floats and histograms for metric name ", true},
    {HistogramFinding::kAdditionReconciled, Severity::kInfo,
     "mismatched custom buckets were reconciled during addition", false},
    {HistogramFinding::kSubtractionReconciled, Severity::kInfo,
     "mismatched custom buckets were reconciled during subtraction", false},
    {HistogramFinding::kAggregationReconciled, Severity::kInfo,
     "mismatched custom buckets were reconciled during aggregation", false},
    {HistogramFinding::kAdditionCollided, Severity::kWarning,
     "conflicting counter resets during histogram addition", false},
    {HistogramFinding::kSubtractionCollided, Severity::kWarning,
     "conflicting counter resets during histogram subtraction", false},
    {HistogramFinding::kAggregationCollided, Severity::kWarning,
     "conflicting counter resets during histogram aggregation", false},
    {HistogramFinding::kMixedKindsInAggregation, Severity::kWarning,
     "encountered a mix of histograms and floats for aggregation", false},
};

}  // namespace

void HistogramFindings::Raise(std::string_view metric_name, PositionRange position,
                              Annotations* annotations) const {
  if (empty()) return;
  for (const Text& text : kTexts) {
    if (!Has(text.finding)) continue;
    std::string message = text.text;
    if (text.names_metric) message += DoubleQuoted(metric_name);
    if (text.severity == Severity::kWarning) {
      annotations->Warn(std::move(message), position);
    } else {
      annotations->Info(std::move(message), position);
    }
  }
}

}  // namespace promlite::internal
