#include "promlite/tests/twin/classic_histograms.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

std::vector<Bucket> SortedByBound(std::vector<Bucket> buckets) {
  std::stable_sort(buckets.begin(), buckets.end(),
                   [](const Bucket& a, const Bucket& b) { return a.upper_bound < b.upper_bound; });
  return buckets;
}

std::vector<Bucket> AddUpEqualBounds(const std::vector<Bucket>& sorted) {
  std::vector<Bucket> merged;
  for (const Bucket& bucket : sorted) {
    if (!merged.empty() && merged.back().upper_bound == bucket.upper_bound) {
      merged.back().count += bucket.count;
    } else {
      merged.push_back(bucket);
    }
  }
  return merged;
}

bool AlmostEqual(double a, double b) {
  if (std::isnan(a) && std::isnan(b)) return true;
  if (a == b) return true;
  constexpr double kSmallest = std::numeric_limits<double>::min();
  const double sum = std::fabs(a) + std::fabs(b), difference = std::fabs(a - b);
  if (a == 0 || b == 0 || sum < kSmallest) return difference < 1e-12 * kSmallest;
  return difference / std::min(sum, std::numeric_limits<double>::max()) < 1e-12;
}

// No count below the one before.
void Repair(std::vector<Bucket>* buckets) {
  double previous = buckets->front().count;
  for (size_t i = 1; i < buckets->size(); ++i) {
    double& count = (*buckets)[i].count;
    if (count == previous) continue;
    if (AlmostEqual(previous, count) || count < previous) {
      count = previous;
    } else {
      previous = count;
    }
  }
}

// The first index below `size` at which `holds`, by halving as Go's sort.Search; else `size`.
template <typename Holds>
size_t Search(size_t size, Holds holds) {
  size_t low = 0, high = size;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

std::optional<double> BoundOf(const std::string& le) {
  if (le.empty() || le[0] == ' ') return std::nullopt;
  char* end = nullptr;
  const double bound = std::strtod(le.c_str(), &end);
  if (end != le.c_str() + le.size() || std::isnan(bound)) return std::nullopt;
  return bound;
}

double BucketQuantile(double q, std::vector<Bucket> buckets) {
  if (std::isnan(q)) return kNaN;
  if (q < 0) return -kInfinity;
  if (q > 1) return kInfinity;
  buckets = SortedByBound(std::move(buckets));
  if (buckets.back().upper_bound != kInfinity) return kNaN;
  std::vector<Bucket> b = AddUpEqualBounds(buckets);
  Repair(&b);
  if (b.size() < 2 || b.back().count == 0) return kNaN;
  double rank = q * b.back().count;
  const size_t found = Search(b.size() - 1, [&](size_t i) { return b[i].count >= rank; });
  if (found == b.size() - 1) return b[b.size() - 2].upper_bound;
  if (found == 0 && b[0].upper_bound <= 0) return b[0].upper_bound;
  double start = 0, count = b[found].count;
  if (found > 0) {
    start = b[found - 1].upper_bound;
    count -= b[found - 1].count;
    rank -= b[found - 1].count;
  }
  return start + (b[found].upper_bound - start) * (rank / count);
}

double BucketFraction(double lower, double upper, std::vector<Bucket> buckets) {
  buckets = SortedByBound(std::move(buckets));
  if (buckets.back().upper_bound != kInfinity) return kNaN;
  const std::vector<Bucket> b = AddUpEqualBounds(buckets);
  const double total = b.back().count;
  if (total == 0 || std::isnan(lower) || std::isnan(upper)) return kNaN;
  if (lower >= upper) return 0;
  // How many observations lie below a bound.
  const auto rank_of = [&](double bound) {
    double edge = b[0].upper_bound > 0 ? 0 : -kInfinity, below = 0;
    for (const Bucket& bucket : b) {
      if (edge >= bound) return below;
      if (bucket.upper_bound > bound) {
        if (edge == -kInfinity) return bucket.count;
        return below + (bucket.count - below) * (bound - edge) / (bucket.upper_bound - edge);
      }
      below = bucket.count;
      edge = bucket.upper_bound;
    }
    return total;
  };
  const auto capped = [&](double rank) { return rank > total ? total : rank; };
  return (capped(rank_of(upper)) - capped(rank_of(lower))) / total;
}

}  // namespace promlite::twin
