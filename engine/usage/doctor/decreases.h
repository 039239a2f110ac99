#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DECREASES_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DECREASES_H_

#include <cstddef>
#include <vector>

#include "promlite/engine/usage/doctor/series_evidence.h"

namespace promlite::internal {

// Where values go down.
struct Decreases {
  size_t count = 0;
  double before = 0;  // the values before them: what `increase` adds, taking them for resets
  double depth = 0;   // how far they go down

  void Look(double from, double to) {
    if (!(to < from)) return;
    ++count;
    before += from;
    depth += from - to;
  }
};

inline Decreases DecreasesIn(const std::vector<Sample>& samples) {
  Decreases decreases;
  for (size_t i = 1; i < samples.size(); ++i)
    decreases.Look(samples[i - 1].value, samples[i].value);
  return decreases;
}

// The last sample before the range among them.
inline Decreases DecreasesIn(const StreamEvidence& stream) {
  Decreases decreases = DecreasesIn(stream.samples);
  if (stream.before) decreases.Look(stream.before->value, stream.samples.front().value);
  return decreases;
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DECREASES_H_
