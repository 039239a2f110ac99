#include "promlite/engine/kernels/linear_regression.h"

#include <cmath>
#include <limits>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

struct Line {
  double slope = 0;
  double intercept = 0;
};

class RegressionFold {
 public:
  // The intercept is the line's value at `origin_ms`.
  RegressionFold(const RangeInput& input, Window window, int64_t origin_ms)
      : times_(input.times),
        samples_(input.values),
        origin_ms_(origin_ms),
        first_(input.values[window.begin]) {}

  void Add(uint32_t k) {
    const double x = SecondsBetween(origin_ms_, times_[k]), y = samples_[k];
    // The first sample is compared with itself: NaN makes no line either way.
    is_constant_ &= y == first_;
    count_ += 1;
    x_.Add(x);
    y_.Add(y);
    xy_.Add(x * y);
    xx_.Add(x * x);
  }

  Line Result() const {
    if (is_constant_) {
      if (!std::isinf(first_)) return {0, first_};
      constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
      return {kNaN, kNaN};
    }
    const double x = x_.Total(), y = y_.Total();
    const double covariance = xy_.Total() - x * y / count_;
    const double variance = xx_.Total() - x * x / count_;
    const double slope = covariance / variance;
    return {slope, y / count_ - slope * x / count_};
  }

 private:
  const int64_t* times_;
  const double* samples_;
  int64_t origin_ms_;
  double first_;
  bool is_constant_ = true;
  double count_ = 0;
  KahanSum x_, y_, xy_, xx_;
};

Line Regression(const RangeInput& input, Window window, int64_t origin_ms) {
  RegressionFold fold(input, window, origin_ms);
  for (uint32_t k = window.begin; k < window.end; ++k) fold.Add(k);
  return fold.Result();
}

}  // namespace

KernelFindings Deriv(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 2, values, presence, [&](size_t, Window window) {
    return Regression(input, window, input.times[window.begin]).slope;
  });
  return {};
}

KernelFindings PredictLinear(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 2, values, presence, [&](size_t i, Window window) {
    const Line line = Regression(input, window, input.evaluation_ms(i));
    return line.slope * input.parameters[0][i] + line.intercept;
  });
  return {};
}

}  // namespace promlite::internal
