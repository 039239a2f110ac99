#ifndef PROMLITE_STORAGE_METRICS_SAMPLE_H_
#define PROMLITE_STORAGE_METRICS_SAMPLE_H_

#include <cstdint>

namespace promlite {

// One measurement: milliseconds since the Unix epoch, and a value.
struct Sample {
  int64_t timestamp_ms = 0;
  double value = 0;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_SAMPLE_H_
