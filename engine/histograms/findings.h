#ifndef PROMLITE_ENGINE_HISTOGRAMS_FINDINGS_H_
#define PROMLITE_ENGINE_HISTOGRAMS_FINDINGS_H_

#include <cstdint>
#include <string_view>

#include "promlite/engine/run/annotations.h"

namespace promlite::internal {

// What came up while histograms were calculated with, and deserves an annotation.
enum class HistogramFinding : uint8_t {
  // Of a metric: they name it.
  kMixedKinds,      // numbers and histograms in one range
  kNotCounter,      // a gauge where counters belong
  kNotGauge,        // a counter where gauges belong
  kMixedSchemas,    // exponential and custom buckets
  kIgnoredInRange,  // histograms in a range of which only the numbers count
  // Of an operation.
  kAdditionReconciled,  // custom buckets with other bounds
  kSubtractionReconciled,
  kAggregationReconciled,
  kAdditionCollided,  // counters of which one was reset, the other was not
  kSubtractionCollided,
  kAggregationCollided,
  kMixedKindsInAggregation,
};

// A set of findings. Not thread-safe: one a series, raised together at the end.
class HistogramFindings {
 public:
  void Add(HistogramFinding finding) { bits_ |= Bit(finding); }
  void AddIf(bool condition, HistogramFinding finding) {
    if (condition) Add(finding);
  }
  void AddAll(const HistogramFindings& others) { bits_ |= others.bits_; }
  bool Has(HistogramFinding finding) const { return (bits_ & Bit(finding)) != 0; }
  bool empty() const { return bits_ == 0; }

  void Raise(std::string_view metric_name, PositionRange position, Annotations* annotations) const;

 private:
  static uint16_t Bit(HistogramFinding finding) {
    return static_cast<uint16_t>(1u << static_cast<unsigned>(finding));
  }

  uint16_t bits_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_FINDINGS_H_
