#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_

#include <cstdint>
#include <optional>

#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What is extrapolated: by which function (one that extrapolates), the range (milliseconds), and
// whose formula.
struct Extrapolation {
  const promql::Function& function;
  int64_t range_start_ms = 0;
  int64_t range_end_ms = 0;
  int64_t range_ms = 0;
  Compatibility compatibility = Compatibility::kPrometheus3;

  bool is_counter() const { return function.expects_counter; }
  bool is_per_second() const { return function.unit == promql::UnitRule::kPerSecond; }
};

// The formula of kernels/extrapolation.h, step by step, for the samples in the range. Start times
// are looked at where the samples have them. Nothing if there are too few samples.
std::optional<ExtrapolationSteps> ExplainExtrapolation(const SamplesView& samples,
                                                       const Extrapolation& what);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_
