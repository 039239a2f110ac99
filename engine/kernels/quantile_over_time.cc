#include "promlite/engine/kernels/quantile_over_time.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/quantile_rank.h"

namespace promlite::internal {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// A window's samples in order, kept in order while it moves. Equal ones (0 and -0) stand as they
// came, as a stable sort leaves them.
class SortedWindow {
 public:
  SortedWindow(const double* samples, std::vector<double>* sorted)
      : samples_(samples), sorted_(*sorted) {
    sorted_.clear();
  }

  void MoveTo(Window window) {
    const size_t leaving = std::min(window.begin, window_.end) - window_.begin;
    const size_t arriving = window.end - std::max(window.begin, window_.end);
    const size_t staying = window.size() - arriving;
    // Moving one sample shifts half of the others, which is fast, but not for many.
    constexpr size_t kMostMoves = 64;
    if (leaving + arriving > std::min(kMostMoves, staying)) {
      Sort(window);
    } else {
      for (uint32_t k = window_.begin; k < window.begin; ++k) Remove(samples_[k]);
      for (uint32_t k = window_.end; k < window.end; ++k) Insert(samples_[k]);
    }
    window_ = window;
  }

  double at(size_t k) const { return k < nans_ ? kNaN : sorted_[k - nans_]; }
  size_t nans() const { return nans_; }

 private:
  void Sort(Window window) {
    sorted_.clear();
    for (uint32_t k = window.begin; k < window.end; ++k) {
      if (!std::isnan(samples_[k])) sorted_.push_back(samples_[k]);
    }
    nans_ = window.size() - sorted_.size();
    std::stable_sort(sorted_.begin(), sorted_.end());
  }

  void Insert(double sample) {
    if (std::isnan(sample)) {
      ++nans_;
    } else {
      sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), sample), sample);
    }
  }

  // The sample that leaves came first of those equal to it.
  void Remove(double sample) {
    if (std::isnan(sample)) {
      --nans_;
    } else {
      sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), sample));
    }
  }

  const double* const samples_;
  std::vector<double>& sorted_;  // all but NaN
  size_t nans_ = 0;
  Window window_;
};

// The median distance of a window's samples, none of them NaN, from their median.
double MedianDeviation(const SortedWindow& window, size_t count) {
  const auto sample = [&](size_t k) { return window.at(k); };
  const double median = QuantileOfOrdered(0.5, count, ExactRank::kIsTheSample, sample);
  // Half of the samples or more are then as infinite as the median, and NaN apart from it.
  if (!std::isfinite(median)) return kNaN;
  // Distances grow to both sides of the median. Of the two next ones the smaller is taken, until
  // the middle of the distances is reached.
  size_t right = 0;
  while (right < count && sample(right) <= median) ++right;
  size_t left = right;
  const size_t upper = std::min(count - 1, (count - 1) / 2 + 1);
  double before = 0, distance = 0;
  for (size_t k = 0; k <= upper; ++k) {
    const double infinity = std::numeric_limits<double>::infinity();
    const double to_left = left > 0 ? std::fabs(sample(left - 1) - median) : infinity;
    const double to_right = right < count ? std::fabs(sample(right) - median) : infinity;
    const bool take_left = left > 0 && (right == count || to_left <= to_right);
    before = distance;
    distance = take_left ? to_left : to_right;
    if (take_left) {
      --left;
    } else {
      ++right;
    }
  }
  return QuantileOfOrdered(0.5, count, ExactRank::kIsTheSample,
                           [&](size_t k) { return k == upper ? distance : before; });
}

template <ExactRank exact_rank>
KernelFindings Quantiles(const RangeInput& input, double* values, uint64_t* presence) {
  SortedWindow sorted(input.values, &input.scratch->values);
  EachWindow(input, 1, values, presence, [&](size_t i, Window window) {
    sorted.MoveTo(window);
    return QuantileOfOrdered(input.parameters[0][i], window.size(), exact_rank,
                             [&](size_t k) { return sorted.at(k); });
  });
  return {};
}

}  // namespace

KernelFindings QuantileOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  return Quantiles<ExactRank::kIsTheSample>(input, values, presence);
}

KernelFindings QuantileOverTimePrometheus2(const RangeInput& input, double* values,
                                           uint64_t* presence) {
  return Quantiles<ExactRank::kLiesOnTheLine>(input, values, presence);
}

KernelFindings MadOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  SortedWindow sorted(input.values, &input.scratch->values);
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    sorted.MoveTo(window);
    if (sorted.nans() > 0) return kNaN;
    return MedianDeviation(sorted, window.size());
  });
  return {};
}

}  // namespace promlite::internal
