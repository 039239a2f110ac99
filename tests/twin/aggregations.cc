#include "promlite/tests/twin/aggregations.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>

#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

double Sum(const std::vector<double>& x, bool compensated) {
  double sum = x[0], c = 0;
  for (size_t i = 1; i < x.size(); ++i) {
    if (compensated) {
      KahanInc(x[i], &sum, &c);
    } else {
      sum += x[i];
    }
  }
  return compensated ? sum + c : sum;
}

// 2.42's.
double MovingMean(const std::vector<double>& x) {
  double mean = x[0], n = 1;
  for (size_t i = 1; i < x.size(); ++i) {
    n += 1;
    if (std::isinf(mean)) {
      if (std::isinf(x[i]) && (mean > 0) == (x[i] > 0)) continue;
      if (!std::isinf(x[i]) && !std::isnan(x[i])) continue;
    }
    mean += x[i] / n - mean / n;
  }
  return mean;
}

double Variance(const std::vector<double>& x) {
  double mean = x[0], n = 1;
  double value = std::isnan(x[0]) || std::isinf(x[0]) ? std::nan("") : 0;
  for (size_t i = 1; i < x.size(); ++i) {
    n += 1;
    const double delta = x[i] - mean;
    mean += delta / n;
    value += delta * (x[i] - mean);
  }
  return value / n;
}

double Extreme(const std::vector<double>& x, bool max) {
  double value = x[0];
  for (size_t i = 1; i < x.size(); ++i) {
    if (std::isnan(value) || (max ? value < x[i] : value > x[i])) value = x[i];
  }
  return value;
}

}  // namespace

double Fold(promql::AggregateOp op, const std::vector<double>& x, double q,
            Compatibility compatibility) {
  const bool prometheus3 = compatibility == Compatibility::kPrometheus3;
  switch (op) {
    case promql::AggregateOp::kSum:
      return Sum(x, prometheus3);
    case promql::AggregateOp::kAvg:
      return prometheus3 ? Mean(x) : MovingMean(x);
    case promql::AggregateOp::kCount:
      return static_cast<double>(x.size());
    case promql::AggregateOp::kMin:
      return Extreme(x, false);
    case promql::AggregateOp::kMax:
      return Extreme(x, true);
    case promql::AggregateOp::kStddev:
      return std::sqrt(Variance(x));
    case promql::AggregateOp::kStdvar:
      return Variance(x);
    case promql::AggregateOp::kQuantile:
      return Quantile(q, x, !prometheus3);
    default:
      return 1;
  }
}

std::vector<Candidate> BestOf(const std::vector<Candidate>& samples, size_t k, bool top) {
  const auto less = [&](const Candidate& a, const Candidate& b) {
    return std::isnan(a.value) || (top ? a.value < b.value : a.value > b.value);
  };
  std::vector<Candidate> heap;
  for (const Candidate& s : samples) {
    if (heap.size() < k) {
      heap.push_back(s);
      for (size_t j = heap.size() - 1; j > 0;) {
        const size_t i = (j - 1) / 2;
        if (!less(heap[j], heap[i])) break;
        std::swap(heap[i], heap[j]);
        j = i;
      }
      continue;
    }
    const double root = heap[0].value;
    const bool better = top ? root < s.value : root > s.value;
    if (!better && !(std::isnan(root) && !std::isnan(s.value))) continue;
    heap[0] = s;
    for (size_t i = 0;;) {
      size_t j = 2 * i + 1;
      if (j >= heap.size()) break;
      if (j + 1 < heap.size() && less(heap[j + 1], heap[j])) ++j;
      if (!less(heap[j], heap[i])) break;
      std::swap(heap[i], heap[j]);
      i = j;
    }
  }
  return heap;
}

double LabelOffset(const LabelMap& labels) {
  std::string bytes;
  for (const auto& [name, value] : labels) {
    for (const std::string& text : {name, value}) {
      // Lengths of one byte, or of three behind a byte that says so.
      const size_t length = text.size();
      if (length < 255) {
        bytes += static_cast<char>(length);
      } else {
        bytes += '\xff';
        for (int shift = 0; shift < 24; shift += 8) bytes += static_cast<char>(length >> shift);
      }
      bytes += text;
    }
  }
  return static_cast<double>(XXH64(bytes.data(), bytes.size(), 0)) / 18446744073709551615.0;
}

}  // namespace promlite::twin
