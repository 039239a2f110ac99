#ifndef PROMLITE_ENGINE_KERNELS_RANGE_BORDERS_H_
#define PROMLITE_ENGINE_KERNELS_RANGE_BORDERS_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>

namespace promlite::internal {

// The samples at or around the borders of a range under `anchored` or `smoothed`.
template <typename Iterator>
struct RangeBorders {
  Iterator first;  // the newest one at or before the start; else the first of all
  Iterator last;   // smoothed: the oldest one at or behind the end; else the last of all
};

// Finds them in [begin, end), ascending in time, of which `time` tells the milliseconds. REQUIRES:
// not empty. Nothing if no sample lies behind the start. Where all lie behind the end, which only
// smoothed ranges read, functions have no result, but a bare range selector has.
template <typename Iterator, typename Time = std::identity>
std::optional<RangeBorders<Iterator>> FindRangeBorders(Iterator begin, Iterator end,
                                                       int64_t start_ms, int64_t end_ms,
                                                       bool smoothed, Time time = {}) {
  // Both searches leave the final sample out, as Prometheus' do.
  const Iterator final_sample = end - 1;
  Iterator first = std::ranges::upper_bound(begin, final_sample, start_ms, {}, time);
  if (first != begin) --first;
  const Iterator last =
      smoothed ? std::ranges::lower_bound(begin, final_sample, end_ms, {}, time) : final_sample;
  if (std::invoke(time, *last) <= start_ms) return std::nullopt;
  return RangeBorders<Iterator>{first, last};
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RANGE_BORDERS_H_
