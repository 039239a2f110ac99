#include "promlite/engine/kernels/range_kernels.h"

#include "promlite/engine/kernels/double_exponential_smoothing.h"
#include "promlite/engine/kernels/exact_range.h"
#include "promlite/engine/kernels/extended_range.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/extremes_over_time.h"
#include "promlite/engine/kernels/integral.h"
#include "promlite/engine/kernels/last_two_samples.h"
#include "promlite/engine/kernels/linear_regression.h"
#include "promlite/engine/kernels/quantile_over_time.h"
#include "promlite/engine/kernels/resets_changes.h"
#include "promlite/engine/kernels/samples_over_time.h"
#include "promlite/engine/kernels/sum_over_time.h"
#include "promlite/engine/kernels/variance_over_time.h"

namespace promlite::internal {
namespace {

constexpr NamedRangeKernels kKernels[] = {
    {"avg_over_time", {.plain = {AvgOverTime}, .prometheus2 = {AvgOverTimePrometheus2}}},
    {"changes", {.plain = {Changes}, .anchored = {AnchoredChanges}}},
    {"count_over_time", {.plain = {CountOverTime}}},
    {"delta",
     {.plain = {Delta, PrepareIncrease}, .anchored = {AnchoredDelta}, .smoothed = {SmoothedDelta}}},
    {"deriv", {.plain = {Deriv}}},
    {"double_exponential_smoothing", {.plain = {DoubleExponentialSmoothing}}},
    {"first_over_time", {.plain = {FirstOverTime}}},
    {"idelta", {.plain = {Idelta}}},
    {"increase",
     {.plain = {Increase, PrepareIncrease},
      .prometheus2 = {IncreasePrometheus2, PrepareIncreasePrometheus2},
      .anchored = {AnchoredIncrease},
      .smoothed = {SmoothedIncrease},
      .exact = ExactIncrease,
      .exact_of_increments = ExactIncreaseOfIncrements,
      .uses_start_times = true}},
    {"integral", {.plain = {Integral}}},
    {"irate", {.plain = {Irate}, .uses_start_times = true}},
    {"last_over_time", {.plain = {LastOverTime}}},
    {"mad_over_time", {.plain = {MadOverTime}}},
    {"max_over_time", {.plain = {MaxOverTime}}},
    {"min_over_time", {.plain = {MinOverTime}}},
    {"predict_linear", {.plain = {PredictLinear}}},
    {"present_over_time", {.plain = {PresentOverTime}}},
    {"quantile_over_time",
     {.plain = {QuantileOverTime}, .prometheus2 = {QuantileOverTimePrometheus2}}},
    {"rate",
     {.plain = {Rate, PrepareRate},
      .prometheus2 = {RatePrometheus2, PrepareRatePrometheus2},
      .anchored = {AnchoredRate},
      .smoothed = {SmoothedRate},
      .exact = ExactIncrease,
      .exact_of_increments = ExactIncreaseOfIncrements,
      .uses_start_times = true}},
    {"resets",
     {.plain = {Resets},
      .anchored = {AnchoredResets},
      .exact = ExactResets,
      .exact_of_increments = ExactResetsOfIncrements,
      .uses_start_times = true}},
    {"stddev_over_time", {.plain = {StddevOverTime}}},
    {"stdvar_over_time", {.plain = {StdvarOverTime}}},
    {"sum_over_time", {.plain = {SumOverTime}}},
    {"ts_of_first_over_time", {.plain = {TimeOfFirstOverTime}}},
    {"ts_of_last_over_time", {.plain = {TimeOfLastOverTime}}},
    {"ts_of_max_over_time", {.plain = {TimeOfMaxOverTime}}},
    {"ts_of_min_over_time", {.plain = {TimeOfMinOverTime}}},
};

}  // namespace

std::span<const NamedRangeKernels> AllRangeKernels() { return kKernels; }

const RangeKernelSet* FindRangeKernel(std::string_view function) {
  for (const NamedRangeKernels& named : kKernels) {
    if (named.function == function) return &named.kernels;
  }
  return nullptr;
}

}  // namespace promlite::internal
