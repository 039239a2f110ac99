#include "promlite/engine/kernels/rising_sequences.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace promlite::internal {
namespace {

// The last values of the sequences, in descending order.
class Tops {
 public:
  // Puts the value on the largest one not above it, or begins a sequence: the order holds, since
  // all before that place are above the value. Whether it began one.
  bool Put(double value) {
    const auto place = std::lower_bound(tops_.begin(), tops_.end(), value, std::greater<>());
    if (place != tops_.end()) {
      *place = value;
      return false;
    }
    tops_.push_back(value);
    return true;
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

}  // namespace

RisingSequences CoverByRisingSequences(std::span<const double> values) {
  RisingSequences cover;
  if (values.empty()) return cover;
  Tops tops;
  for (size_t i = 0; i < values.size(); ++i) {
    const bool begins = tops.Put(values[i]);
    if (i == 0 || !(values[i] < values[i - 1])) continue;
    ++cover.drops;
    cover.returns += begins ? 0 : 1;
  }
  cover.sequences = tops.size();
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
