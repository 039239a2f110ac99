#ifndef PROMLITE_ENGINE_KERNELS_QUANTILE_RANK_H_
#define PROMLITE_ENGINE_KERNELS_QUANTILE_RANK_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace promlite::internal {

// Whether a quantile whose rank is a sample's own is that sample, or still calculated from the next
// one too, as in Prometheus before 3.16, which makes NaN of an infinity beside it.
enum class ExactRank { kIsTheSample, kLiesOnTheLine };

// The quantile of `count` samples, at least one, on the line between the two next to its rank, as
// Prometheus calculates it. `at(k)` is the k-th in order; it is called for ascending k.
template <typename At>
double QuantileOfOrdered(double quantile, size_t count, ExactRank exact_rank, At at) {
  if (std::isnan(quantile)) return std::numeric_limits<double>::quiet_NaN();
  if (quantile < 0) return -std::numeric_limits<double>::infinity();
  if (quantile > 1) return std::numeric_limits<double>::infinity();
  const double rank = quantile * (static_cast<double>(count) - 1);
  const auto lower = static_cast<size_t>(std::floor(rank));
  const double weight = rank - std::floor(rank);
  const double low = at(lower);
  if (weight == 0 && exact_rank == ExactRank::kIsTheSample) return low;
  return low * (1 - weight) + at(std::min(count - 1, lower + 1)) * weight;
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_QUANTILE_RANK_H_
