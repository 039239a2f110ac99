#ifndef PROMLITE_TESTS_TWIN_SUMS_H_
#define PROMLITE_TESTS_TWIN_SUMS_H_

#include <limits>
#include <vector>

namespace promlite::twin {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// One step of Neumaier's summation: `inc` into a sum and its compensation.
void KahanInc(double inc, double* sum, double* c);

// avg and avg_over_time: the sum divided, or a moving mean from where the sum would be infinite on.
// REQUIRES: a value.
double Mean(const std::vector<double>& values);

// The value at a fraction of the sorted values, or on the line between its neighbours; NaN stands
// first. Prometheus 2.42 draws the line through the value at the fraction itself too.
double Quantile(double q, std::vector<double> values, bool prometheus2 = false);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_SUMS_H_
