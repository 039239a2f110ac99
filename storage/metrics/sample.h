#ifndef PROMLITE_STORAGE_METRICS_SAMPLE_H_
#define PROMLITE_STORAGE_METRICS_SAMPLE_H_

#include <bit>
#include <cstdint>

namespace promlite {

// One measurement: milliseconds since the Unix epoch, and a value.
struct Sample {
  int64_t timestamp_ms = 0;
  double value = 0;
};

// The NaN that Prometheus stores to say "this series has ended here". It is a *signalling* NaN:
// arithmetic quietens it, so it is told by its bits, before anything is calculated.
inline constexpr uint64_t kStalenessMarkerBits = 0x7ff0000000000002;

inline double StalenessMarker() { return std::bit_cast<double>(kStalenessMarkerBits); }

inline bool IsStalenessMarker(double value) {
  return std::bit_cast<uint64_t>(value) == kStalenessMarkerBits;
}

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_SAMPLE_H_
