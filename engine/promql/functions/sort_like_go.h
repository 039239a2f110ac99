#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORT_LIKE_GO_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORT_LIKE_GO_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// Sorts, stably, and ends with some order whatever the comparison says: std::sort's behaviour is
// undefined for one that is not a strict weak order, such as Prometheus' of label values. Up to
// twelve elements go through the same insertions as in Go's slices.SortFunc, so that even then the
// order is Prometheus'. `precedes(b, a)`: b must come before a, which stands before it.
template <typename T, typename Precedes>
void SortLikeGo(std::vector<T>* elements, Precedes precedes) {
  constexpr size_t kRun = 12;
  std::vector<T>& v = *elements;
  for (size_t begin = 0; begin < v.size(); begin += kRun) {
    const size_t end = std::min(begin + kRun, v.size());
    for (size_t i = begin + 1; i < end; ++i) {
      for (size_t j = i; j > begin && precedes(v[j], v[j - 1]); --j) std::swap(v[j], v[j - 1]);
    }
  }
  std::vector<T> merged;
  for (size_t width = kRun; width < v.size(); width *= 2) {
    merged.clear();
    merged.reserve(v.size());
    for (size_t begin = 0; begin < v.size(); begin += 2 * width) {
      const size_t middle = std::min(begin + width, v.size());
      const size_t end = std::min(middle + width, v.size());
      size_t a = begin, b = middle;
      while (a < middle && b < end) merged.push_back(precedes(v[b], v[a]) ? v[b++] : v[a++]);
      merged.insert(merged.end(), v.begin() + static_cast<ptrdiff_t>(a),
                    v.begin() + static_cast<ptrdiff_t>(middle));
      merged.insert(merged.end(), v.begin() + static_cast<ptrdiff_t>(b),
                    v.begin() + static_cast<ptrdiff_t>(end));
    }
    v.swap(merged);
  }
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORT_LIKE_GO_H_
