#include "promlite/engine/kernels/sum_over_time.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

class SumFold {
 public:
  explicit SumFold(const double* samples) : samples_(samples) {}

  void Add(uint32_t k) { sum_.Add(samples_[k]); }
  double Result() const { return std::isinf(sum_.sum) ? sum_.sum : sum_.Total(); }

 private:
  const double* samples_;
  KahanSum sum_;
};

class MeanFold {
 public:
  explicit MeanFold(const double* samples) : samples_(samples) {}

  void Add(uint32_t k) {
    const double x = samples_[k];
    count_ += 1;
    if (count_ == 1) {
      sum_.sum = x;
      return;
    }
    if (!moves_) {
      KahanSum next = sum_;
      next.Add(x);
      if (!std::isinf(next.sum)) {
        sum_ = next;
        return;
      }
      moves_ = true;
      sum_ = {sum_.sum / (count_ - 1), sum_.compensation / (count_ - 1)};
    }
    const double kept = (count_ - 1) / count_;
    sum_ = {kept * sum_.sum, kept * sum_.compensation};
    sum_.Add(x / count_);
  }

  double Result() const {
    return moves_ ? sum_.Total() : sum_.sum / count_ + sum_.compensation / count_;
  }

 private:
  const double* samples_;
  double count_ = 0;
  KahanSum sum_;  // of the samples, or the mean once it moves
  bool moves_ = false;
};

// Moves a compensated mean from sample to sample; once it is infinite, only an infinity of the
// other sign or NaN moves it.
class MovingMeanFold {
 public:
  explicit MovingMeanFold(const double* samples) : samples_(samples) {}

  void Add(uint32_t k) {
    const double x = samples_[k];
    count_ += 1;
    if (std::isinf(mean_.sum) && (std::isfinite(x) || x == mean_.sum)) return;
    // Not KahanSum::Add(), which drops the compensation at an infinity.
    const double increment = x / count_ - mean_.sum / count_;
    const double next = mean_.sum + increment;
    mean_.compensation += std::fabs(mean_.sum) >= std::fabs(increment)
                              ? (mean_.sum - next) + increment
                              : (increment - next) + mean_.sum;
    mean_.sum = next;
  }

  double Result() const { return std::isinf(mean_.sum) ? mean_.sum : mean_.Total(); }

 private:
  const double* samples_;
  double count_ = 0;
  KahanSum mean_;
};

// Sums of whole numbers are exact as long as they stay below 2^53, their compensation is zero, and
// their order makes no difference: the sum of a window is the difference of two running totals. If
// that holds for all windows, fills `totals`: element i is the sum of the samples before sample
// `begin` + i, modulo 2^64.
bool RunningTotals(const RangeInput& input, std::vector<uint64_t>* totals) {
  const auto [begin, end] = SamplesInWindows(input);
  uint32_t largest_window = 1;
  for (size_t i = 0; i < input.steps; ++i) {
    largest_window = std::max(largest_window, input.windows[i].size());
  }
  constexpr double kExact = 9007199254740992;          // 2^53
  constexpr double kRoundsToWhole = 6755399441055744;  // 2^52 + 2^51: leaves no room for fractions
  const double bound = std::min(kExact / largest_window, kExact / 4);
  constexpr size_t kStretch = 256;
  for (size_t from = begin; from < end; from += kStretch) {
    const size_t to = std::min(end, from + kStretch);
    uint64_t fractions = 0, signs = 0;
    for (size_t i = from; i < to; ++i) {
      const double x = input.values[i];
      const double whole = (x + kRoundsToWhole) - kRoundsToWhole;
      fractions |= std::bit_cast<uint64_t>(whole - x);  // NaN for NaN and infinities
      signs |= std::bit_cast<uint64_t>(bound - std::fabs(x));
    }
    if (fractions != 0 || signs >> 63 != 0) return false;
  }
  totals->resize(end - begin + 1);
  uint64_t total = 0;
  (*totals)[0] = 0;
  for (size_t i = begin; i < end; ++i) {
    total += static_cast<uint64_t>(static_cast<int64_t>(input.values[i]));
    (*totals)[i - begin + 1] = total;
  }
  return true;
}

// Calls result(sum, number of samples) for every window with samples.
template <typename Result>
void FromTotals(const RangeInput& input, double* values, uint64_t* presence, Result result) {
  const uint64_t* const totals = input.scratch->integers.data();
  const size_t begin = SamplesInWindows(input).first;
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    const uint64_t sum = totals[window.end - begin] - totals[window.begin - begin];
    return result(static_cast<double>(static_cast<int64_t>(sum)),
                  static_cast<double>(window.size()));
  });
}

}  // namespace

KernelFindings SumOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  if (RunningTotals(input, &input.scratch->integers)) {
    FromTotals(input, values, presence, [](double sum, double) { return sum; });
  } else {
    FoldEachWindow(input, 1, values, presence, [&](Window) { return SumFold(input.values); });
  }
  return {};
}

KernelFindings AvgOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  if (RunningTotals(input, &input.scratch->integers)) {
    FromTotals(input, values, presence, [](double sum, double count) { return sum / count; });
  } else {
    FoldEachWindow(input, 1, values, presence, [&](Window) { return MeanFold(input.values); });
  }
  return {};
}

KernelFindings AvgOverTimePrometheus2(const RangeInput& input, double* values, uint64_t* presence) {
  FoldEachWindow(input, 1, values, presence, [&](Window) { return MovingMeanFold(input.values); });
  return {};
}

}  // namespace promlite::internal
