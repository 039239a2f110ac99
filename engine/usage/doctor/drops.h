#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DROPS_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DROPS_H_

#include <cstddef>
#include <vector>

#include "promlite/engine/usage/doctor/series_evidence.h"

namespace promlite::internal {

// Where values go down.
struct Drops {
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

inline Drops DropsIn(const std::vector<Sample>& samples) {
  Drops drops;
  for (size_t i = 1; i < samples.size(); ++i) drops.Look(samples[i - 1].value, samples[i].value);
  return drops;
}

// The last sample before the range among them.
inline Drops DropsIn(const StreamEvidence& stream) {
  Drops drops = DropsIn(stream.samples);
  if (stream.before) drops.Look(stream.before->value, stream.samples.front().value);
  return drops;
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DROPS_H_
