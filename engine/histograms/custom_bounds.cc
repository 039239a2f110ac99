#include "promlite/engine/histograms/custom_bounds.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace promlite::internal {

std::vector<double> CommonBounds(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return common;
}

int32_t IndexInBounds(int32_t index, const std::vector<double>& bounds,
                      const std::vector<double>& common) {
  const auto at = static_cast<size_t>(index);
  if (at >= bounds.size()) return static_cast<int32_t>(common.size());
  const auto bound = std::lower_bound(common.begin(), common.end(), bounds[at]);
  return static_cast<int32_t>(bound - common.begin());
}

}  // namespace promlite::internal
