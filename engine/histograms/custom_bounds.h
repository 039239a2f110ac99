#ifndef PROMLITE_ENGINE_HISTOGRAMS_CUSTOM_BOUNDS_H_
#define PROMLITE_ENGINE_HISTOGRAMS_CUSTOM_BOUNDS_H_

#include <cstdint>
#include <vector>

namespace promlite::internal {

// The bounds that both ascending lists have.
std::vector<double> CommonBounds(const std::vector<double>& a, const std::vector<double>& b);

// The bucket of `common` bounds in which bucket `index` of `bounds` lies: the first that ends no
// earlier, or the one behind the last bound.
int32_t IndexInBounds(int32_t index, const std::vector<double>& bounds,
                      const std::vector<double>& common);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_CUSTOM_BOUNDS_H_
