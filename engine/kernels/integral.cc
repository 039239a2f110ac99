#include "promlite/engine/kernels/integral.h"

#include <cmath>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

constexpr KahanSum kNothing{0, 0};

// The mean of two samples and what rounding cut off of it.
KahanSum Mean(double left, double right) {
  KahanSum sum{left, 0};
  sum.Add(right);
  if (std::isinf(sum.sum) && std::isfinite(left) && std::isfinite(right)) {
    sum = {left / 2, 0};
    sum.Add(right / 2);
    return sum;
  }
  return {sum.sum / 2, sum.compensation / 2};
}

KahanSum Height(IntegralStrategy strategy, double left, double right) {
  switch (strategy) {
    case IntegralStrategy::kLeftPoint:
      return {left, 0};
    case IntegralStrategy::kRightPoint:
      return {right, 0};
    case IntegralStrategy::kTrapezoid:
      return left == 0 && right == 0 ? kNothing : Mean(left, right);
  }
  return kNothing;
}

double Area(const RangeInput& input, Window window, IntegralStrategy strategy) {
  KahanSum area;
  double left = 0;
  for (uint32_t k = window.begin; k < window.end; ++k) {
    const double right = std::isnan(input.values[k]) ? 0 : input.values[k];
    if (k > window.begin) {
      const KahanSum height = Height(strategy, left, right);
      if (height.sum != 0 || height.compensation != 0) {
        const double seconds = SecondsBetween(input.times[k - 1], input.times[k]);
        area.compensation += height.compensation * seconds;
        area.Add(height.sum * seconds);
      }
    }
    left = right;
  }
  return std::isinf(area.sum) ? area.sum : area.Total();
}

}  // namespace

bool IsIntegralStrategy(double number) { return number == 0 || number == 1 || number == 2; }

KernelFindings Integral(const RangeInput& input, double* values, uint64_t* presence) {
  const double* const strategies = input.parameters[0];
  EachWindow(input, 1, values, presence, [&](size_t i, Window window) {
    const bool given = strategies != nullptr && IsIntegralStrategy(strategies[i]);
    return Area(input, window,
                given ? static_cast<IntegralStrategy>(static_cast<int>(strategies[i]))
                      : IntegralStrategy::kTrapezoid);
  });
  return {};
}

}  // namespace promlite::internal
