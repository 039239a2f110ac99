#include "promlite/engine/kernels/rising_sequences.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace promlite::internal {
namespace {

// The last values of the sequences, in descending order.
class Tops {
 public:
  // Puts the value on the largest one not above it, which it returns, or begins a sequence: the
  // order holds, since all before that place are above the value.
  std::optional<double> Put(double value) {
    const auto place = std::lower_bound(tops_.begin(), tops_.end(), value, std::greater<>());
    if (place != tops_.end()) return std::exchange(*place, value);
    tops_.push_back(value);
    return std::nullopt;
  }
  size_t size() const { return tops_.size(); }
  double Sum() const { return std::accumulate(tops_.begin(), tops_.end(), 0.0); }

 private:
  std::vector<double> tops_;
};

// Negated and backwards, first values are last ones.
double SumOfFirst(std::span<const double> values) {
  Tops firsts;
  for (size_t i = values.size(); i-- > 0;) firsts.Put(-values[i]);
  return firsts.size() == 0 ? 0 : -firsts.Sum();
}

// The largest step that is left if as many larger ones are left out; 0 if there are no more.
double LargestStepBut(size_t left_out, std::vector<double> steps) {
  if (steps.size() <= left_out) return 0;
  const auto place = steps.begin() + static_cast<ptrdiff_t>(left_out);
  std::nth_element(steps.begin(), place, steps.end(), std::greater<>());
  return *place;
}

// Counts leaps: walks along the values, with those before drops that have not been reached again.
class LeapCount {
 public:
  explicit LeapCount(RisingSequences* cover) : cover_(*cover) {}

  void Step(double from, double to) {
    if (to < from) {
      peaks_.push_back(from);
      steps_.clear();
    } else if (to > from && !peaks_.empty()) {
      StepUp(from, to);
    }
  }

 private:
  void StepUp(double from, double to) {
    std::optional<double> reached;
    while (!peaks_.empty() && peaks_.back() <= to) {
      reached = std::max(reached.value_or(peaks_.back()), peaks_.back());
      peaks_.pop_back();
    }
    const double size = to - from;
    if (!reached) {
      steps_.push_back(size);
      return;
    }
    ++cover_.leaps;
    cover_.overshoot += (to - *reached) / size;
    cover_.climbs += static_cast<size_t>(
        std::count_if(steps_.begin(), steps_.end(), [&](double step) { return step >= size / 2; }));
    steps_.clear();
  }

  RisingSequences& cover_;
  std::vector<double> peaks_;  // descending
  std::vector<double> steps_;  // up, since the last drop
};

}  // namespace

bool RisingSequences::TakeTurns() const {
  // Steps that end anywhere overshoot by a half on the average.
  constexpr double kSmallOvershoot = 0.25;
  // More steps of one size are those of one counter.
  constexpr size_t kMostClimbs = 4;
  const size_t opened = drops - returns;
  const bool leap_back = leaps > 0 && overshoot < kSmallOvershoot * static_cast<double>(leaps) &&
                         climbs <= kMostClimbs * leaps;
  return rises > 0 || (returns > 0 && 3 * returns >= opened && leap_back);
}

RisingSequences CoverByRisingSequences(std::span<const double> values) {
  RisingSequences cover;
  if (values.empty()) return cover;
  Tops tops;
  LeapCount leaps(&cover);
  std::vector<double> steps, rises;
  for (size_t i = 0; i < values.size(); ++i) {
    const std::optional<double> below = tops.Put(values[i]);
    if (i > 0) leaps.Step(values[i - 1], values[i]);
    if (i > 0 && values[i] < values[i - 1]) {
      ++cover.drops;
      cover.returns += below ? 1 : 0;
    }
    if (!below) continue;
    steps.push_back(values[i] - *below);
    const double rise = values[i] - values[i - 1];
    if (*below != values[i - 1] && steps.back() < rise / 2) rises.push_back(rise);
  }
  cover.sequences = tops.size();
  const double step = LargestStepBut(cover.sequences - 1, std::move(steps));
  cover.rises = static_cast<size_t>(
      std::count_if(rises.begin(), rises.end(), [&](double rise) { return rise > step; }));
  cover.last = tops.Sum();
  cover.first = SumOfFirst(values);
  cover.largest = *std::max_element(values.begin(), values.end());
  return cover;
}

bool TakeTurns(std::span<const double> values) {
  return !std::is_sorted(values.begin(), values.end()) &&
         CoverByRisingSequences(values).TakeTurns();
}

}  // namespace promlite::internal
