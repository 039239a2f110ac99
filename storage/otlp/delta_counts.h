#ifndef PROMLITE_STORAGE_OTLP_DELTA_COUNTS_H_
#define PROMLITE_STORAGE_OTLP_DELTA_COUNTS_H_

#include <cstdint>

namespace promlite {

// Data points of delta temporality that were not added up.
struct DeltaCounts {
  // In requests that were refused for them (OtlpOptions::Delta::kRefuse).
  uint64_t refused = 0;
  // Older than what had been added up of their stream, or of streams beyond the limit
  // (kToCumulative): PromQL does not see them, `exact` does.
  uint64_t dropped = 0;
  // Taken before, as in a batch that was sent twice: of the same resource, scope, metric and
  // attributes, with the same start, time and numbers. Such a point counts once.
  uint64_t repeated = 0;

  DeltaCounts& operator+=(const DeltaCounts& other) {
    refused += other.refused;
    dropped += other.dropped;
    repeated += other.repeated;
    return *this;
  }
  friend bool operator==(const DeltaCounts&, const DeltaCounts&) = default;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_OTLP_DELTA_COUNTS_H_
