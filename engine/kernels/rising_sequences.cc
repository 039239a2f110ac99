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

}  // namespace

RisingSequences CoverByRisingSequences(std::span<const double> values) {
  RisingSequences cover;
  if (values.empty()) return cover;
  Tops tops;
  std::vector<double> steps, rises;
  for (size_t i = 0; i < values.size(); ++i) {
    const std::optional<double> below = tops.Put(values[i]);
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
  const auto drop = std::is_sorted_until(values.begin(), values.end());
  if (drop == values.end()) return false;
  // Descending, as in Tops; a value that goes on where the one before it stands is the rule, and
  // costs two comparisons.
  std::vector<double> tops = {drop[-1]};
  size_t current = 0;
  double last = tops[0];
  size_t drops = 0, returns = 0;
  for (auto at = drop; at != values.end(); last = *at++) {
    const double value = *at;
    if (value < last || (current > 0 && value >= tops[current - 1])) {
      const auto place = std::lower_bound(tops.begin(), tops.end(), value, std::greater<>());
      const bool begins = place == tops.end();
      if (!begins && *place != last && value - *place < (value - last) / 2) {
        return CoverByRisingSequences(values).TakeTurns();  // perhaps a rise to another one
      }
      drops += value < last ? 1 : 0;
      returns += value < last && !begins ? 1 : 0;
      current = static_cast<size_t>(place - tops.begin());
      if (begins) tops.push_back(value);
    }
    tops[current] = value;
  }
  return returns > 0 && drops >= 2 * (tops.size() - 1);
}

}  // namespace promlite::internal
