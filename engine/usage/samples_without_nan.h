#ifndef PROMLITE_ENGINE_USAGE_SAMPLES_WITHOUT_NAN_H_
#define PROMLITE_ENGINE_USAGE_SAMPLES_WITHOUT_NAN_H_

#include <cmath>
#include <vector>

#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The samples of a view whose value is a number: NaN, and staleness markers with it, left out.
inline std::vector<Sample> SamplesWithoutNaN(const SamplesView& samples) {
  std::vector<Sample> numbers;
  for (size_t i = 0; i < samples.size; ++i) {
    if (!std::isnan(samples.values[i])) numbers.push_back({samples.times[i], samples.values[i]});
  }
  return numbers;
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_SAMPLES_WITHOUT_NAN_H_
