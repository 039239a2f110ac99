#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What is extrapolated: the function, the range (milliseconds), and whose formula.
struct Extrapolation {
  std::string_view function;  // "rate", "increase" or "delta"
  int64_t range_start_ms = 0;
  int64_t range_end_ms = 0;
  int64_t range_ms = 0;
  Compatibility compatibility = Compatibility::kPrometheus3;

  bool is_counter() const { return function != "delta"; }
};

// The formula of kernels/extrapolation.h, step by step, for the samples in the range. Start times
// are looked at where the samples have them. Nothing if there are too few samples.
std::optional<ExtrapolationSteps> ExplainExtrapolation(const SamplesView& samples,
                                                       const Extrapolation& what);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXTRAPOLATION_STEPS_H_
