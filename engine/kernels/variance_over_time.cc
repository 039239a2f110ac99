#include "promlite/engine/kernels/variance_over_time.h"

#include <cmath>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

class VarianceFold {
 public:
  explicit VarianceFold(const double* samples) : samples_(samples) {}

  void Add(uint32_t k) {
    const double x = samples_[k];
    count_ += 1;
    const double difference = x - mean_.Total();
    mean_.Add(difference / count_);
    squares_.Add(difference * (x - mean_.Total()));
  }

  double Result() const { return squares_.Total() / count_; }

 private:
  const double* samples_;
  double count_ = 0;
  KahanSum mean_, squares_;
};

}  // namespace

KernelFindings StdvarOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  FoldEachWindow(input, 1, values, presence, [&](Window) { return VarianceFold(input.values); });
  return {};
}

KernelFindings StddevOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  StdvarOverTime(input, values, presence);
  EachWindow(input, 1, values, presence, [&](size_t i, Window) { return std::sqrt(values[i]); });
  return {};
}

}  // namespace promlite::internal
