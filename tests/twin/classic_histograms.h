#ifndef PROMLITE_TESTS_TWIN_CLASSIC_HISTOGRAMS_H_
#define PROMLITE_TESTS_TWIN_CLASSIC_HISTOGRAMS_H_

#include <optional>
#include <string>
#include <vector>

namespace promlite::twin {

struct Bucket {
  double upper_bound = 0;
  double count = 0;  // of everything below the bound
};

// The bound that a label `le` says, if it is a number.
std::optional<double> BoundOf(const std::string& le);

// histogram_quantile and histogram_fraction of the buckets of one classic histogram, in any order.
// REQUIRES: a bucket.
double BucketQuantile(double q, std::vector<Bucket> buckets);
double BucketFraction(double lower, double upper, std::vector<Bucket> buckets);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_CLASSIC_HISTOGRAMS_H_
