#ifndef PROMLITE_PARSER_TEXT_RUNE_RANGES_H_
#define PROMLITE_PARSER_TEXT_RUNE_RANGES_H_

#include <algorithm>
#include <cstdint>
#include <span>

namespace promlite::internal {

// Code points from `first` to `last`, both included.
struct RuneRange {
  uint32_t first, last;
};

// Whether one of the ranges, which ascend, holds the code point.
inline bool ContainsRune(std::span<const RuneRange> ranges, uint32_t rune) {
  const auto range = std::lower_bound(
      ranges.begin(), ranges.end(), rune,
      [](const RuneRange& candidate, uint32_t value) { return candidate.last < value; });
  return range != ranges.end() && range->first <= rune;
}

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_RUNE_RANGES_H_
