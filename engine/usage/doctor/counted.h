#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_COUNTED_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_COUNTED_H_

#include <optional>
#include <set>

#include "promlite/engine/usage/doctor/diagnosis.h"
#include "promlite/engine/usage/doctor/verdict.h"

namespace promlite::internal {

struct SeriesEvidence;

// What was counted in a series or more of them, in the range: somewhere from low to high.
struct Counted {
  double low = 0;
  double high = 0;
  std::set<Doubt> doubts;
  // Where some streams take turns; of the others it has low and high.
  std::optional<TurnsEstimate> estimate;

  void Add(const Counted& other);
  // By how much an answer is outside: negative below, 0 inside.
  double ErrorOf(double answer) const;
};

// What the streams of a series tell, each by itself. `exact` is what the modifier answers.
Counted CountStreams(const SeriesEvidence& evidence, double exact);

// `witness`: what another record of the same says, if it is whole; it decides between what the
// counters leave open.
Verdict VerdictOn(const Counted& counted, const std::vector<FormulaAnswer>& answers,
                  std::optional<double> witness);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_COUNTED_H_
