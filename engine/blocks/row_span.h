#ifndef PROMLITE_ENGINE_BLOCKS_ROW_SPAN_H_
#define PROMLITE_ENGINE_BLOCKS_ROW_SPAN_H_

#include <algorithm>
#include <cstdint>

namespace promlite::internal {

// The steps [first, last) in which a row lives.
struct RowSpan {
  uint32_t first = 0;
  uint32_t last = 0;

  bool empty() const { return first >= last; }
};

// The steps in which both spans live.
inline RowSpan Intersection(RowSpan a, RowSpan b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

// The steps from the first to the last in which either lives.
inline RowSpan Union(RowSpan a, RowSpan b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_ROW_SPAN_H_
