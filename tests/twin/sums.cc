#include "promlite/tests/twin/sums.h"

#include <algorithm>
#include <cmath>

namespace promlite::twin {

void KahanInc(double inc, double* sum, double* c) {
  const double t = *sum + inc;
  if (std::isinf(t)) {
    *c = 0;
  } else if (std::fabs(*sum) >= std::fabs(inc)) {
    *c += (*sum - t) + inc;
  } else {
    *c += (inc - t) + *sum;
  }
  *sum = t;
}

double Mean(const std::vector<double>& values) {
  double sum = values[0], c = 0, mean = 0, n = 1;
  bool incremental = false;
  for (size_t i = 1; i < values.size(); ++i) {
    n += 1;
    if (!incremental) {
      double new_sum = sum, new_c = c;
      KahanInc(values[i], &new_sum, &new_c);
      if (!std::isinf(new_sum)) {
        sum = new_sum;
        c = new_c;
        continue;
      }
      incremental = true;
      mean = sum / (n - 1);
      c /= n - 1;
    }
    const double q = (n - 1) / n;
    mean = q * mean;
    c = q * c;
    KahanInc(values[i] / n, &mean, &c);
  }
  return incremental ? mean + c : sum / n + c / n;
}

double Quantile(double q, std::vector<double> values, bool prometheus2) {
  if (values.empty() || std::isnan(q)) return kNaN;
  if (q < 0) return -kInfinity;
  if (q > 1) return kInfinity;
  std::stable_sort(values.begin(), values.end(),
                   [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; });
  const double n = static_cast<double>(values.size()), rank = q * (n - 1);
  const double lower = std::max(0.0, std::floor(rank)), upper = std::min(n - 1, lower + 1);
  const double weight = rank - std::floor(rank);
  if (weight == 0 && !prometheus2) return values[static_cast<size_t>(lower)];
  return values[static_cast<size_t>(lower)] * (1 - weight) +
         values[static_cast<size_t>(upper)] * weight;
}

}  // namespace promlite::twin
