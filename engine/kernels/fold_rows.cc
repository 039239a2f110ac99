#include "promlite/engine/kernels/fold_rows.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Not std::isinf: a comparison is what the compiler vectorises.
inline bool IsInfinite(double x) { return std::abs(x) > DBL_MAX; }

// ---- sum ------------------------------------------------------------------------------------

// Sums begin at -0.0, the identity of addition: adding the first sample gives that sample to the
// bit, the sign of its zero included. Compensations begin at +0.0 and stay it, so that the sum of
// one -0 ends as +0, as in Prometheus.

// KahanSum::Add() of each cell. The compensation of an infinite sum is not set to 0 here:
// an infinite sum stays infinite or becomes NaN, so FinishSum() can leave the compensation out.
void AddToSum(const double* __restrict samples, size_t n, FoldCells cells) {
  double* __restrict sums = cells.first;
  double* __restrict compensations = cells.second;
  for (size_t i = 0; i < n; ++i) {
    const double sum = sums[i], x = samples[i];
    const double total = sum + x;
    const bool sum_is_larger = std::abs(sum) >= std::abs(x);
    const double larger = sum_is_larger ? sum : x;
    const double smaller = sum_is_larger ? x : sum;
    compensations[i] += (larger - total) + smaller;
    sums[i] = total;
  }
}

void FinishSum(size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) {
    const double sum = cells.first[i];
    cells.first[i] = IsInfinite(sum) ? sum : sum + cells.second[i];
  }
}

void AddToPlainSum(const double* __restrict samples, size_t n, FoldCells cells) {
  double* __restrict sums = cells.first;
  for (size_t i = 0; i < n; ++i) sums[i] += samples[i];
}

// ---- avg ------------------------------------------------------------------------------------

// The third number of a cell is how many samples it has taken in; negative once the sum would have
// overflowed: from then on the first number is the mean, not the sum.

bool NeedsCare(const double* __restrict samples, size_t n, FoldCells cells) {
  const double* __restrict sums = cells.first;
  const double* __restrict counts = cells.third;
  int care = 0;
  for (size_t i = 0; i < n; ++i) {
    care |= static_cast<int>(IsInfinite(sums[i] + samples[i])) | static_cast<int>(counts[i] < 0);
  }
  return care != 0;
}

void AddToOneAvg(double x, double* first, double* compensation, double* third) {
  const bool is_mean = *third < 0;
  const double n = std::abs(*third) + 1;
  if (n == 1) {
    *first = x;
    *third = 1;
    return;
  }
  KahanSum sum{*first, *compensation};
  if (!is_mean) {
    sum.Add(x);
    if (!IsInfinite(sum.sum)) {
      *first = sum.sum;
      *compensation = sum.compensation;
      *third = n;
      return;
    }
    sum = {*first / (n - 1), *compensation / (n - 1)};
  }
  const double q = (n - 1) / n;
  sum = {q * sum.sum, q * sum.compensation};
  sum.Add(x / n);
  *first = sum.sum;
  *compensation = sum.compensation;
  *third = -n;
}

void AddToAvg(const double* samples, size_t n, FoldCells cells) {
  // In pieces that stay in the first-level cache between the look and the addition.
  constexpr size_t kPiece = 256;
  for (size_t begin = 0; begin < n; begin += kPiece) {
    const size_t size = std::min(kPiece, n - begin);
    const FoldCells piece{cells.first + begin, cells.second + begin, cells.third + begin};
    if (NeedsCare(samples + begin, size, piece)) {
      for (size_t i = 0; i < size; ++i) {
        AddToOneAvg(samples[begin + i], piece.first + i, piece.second + i, piece.third + i);
      }
    } else {
      AddToSum(samples + begin, size, piece);
      for (size_t i = 0; i < size; ++i) piece.third[i] += 1;
    }
  }
}

void FinishAvg(size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) {
    const double first = cells.first[i], compensation = cells.second[i], count = cells.third[i];
    cells.first[i] = count < 0 ? first + compensation : first / count + compensation / count;
  }
}

void AddToMovingMean(const double* samples, size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) {
    double& mean = cells.first[i];
    double& count = cells.third[i];
    const double x = samples[i];
    count += 1;
    if (count == 1) {
      mean = x;
    } else if (IsInfinite(mean) && (IsInfinite(x) ? (mean > 0) == (x > 0) : !std::isnan(x))) {
      // An infinite mean stays, where subtracting it would make it NaN.
    } else {
      mean += x / count - mean / count;
    }
  }
}

// ---- min, max -------------------------------------------------------------------------------

// Both begin at NaN, which every sample replaces.

void AddToMin(const double* __restrict samples, size_t n, FoldCells cells) {
  double* __restrict values = cells.first;
  for (size_t i = 0; i < n; ++i) {
    const double value = values[i], x = samples[i];
    values[i] = (x < value) | (value != value) ? x : value;
  }
}

void AddToMax(const double* __restrict samples, size_t n, FoldCells cells) {
  double* __restrict values = cells.first;
  for (size_t i = 0; i < n; ++i) {
    const double value = values[i], x = samples[i];
    values[i] = (x > value) | (value != value) ? x : value;
  }
}

// ---- count, group ---------------------------------------------------------------------------

void AddToCount(const double*, size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) cells.first[i] += 1;
}

void AddToGroup(const double*, size_t, FoldCells) {}

// ---- stddev, stdvar -------------------------------------------------------------------------

// The sum of squared differences from the mean, the mean, the count. All begin at 0: the first
// sample x makes the mean 0 + x/1 = x and the sum 0 + x*(x-x), which is 0 or, of NaN and the
// infinities, NaN, as Prometheus has it.
void AddToVariance(const double* __restrict samples, size_t n, FoldCells cells) {
  double* __restrict squares = cells.first;
  double* __restrict means = cells.second;
  double* __restrict counts = cells.third;
  for (size_t i = 0; i < n; ++i) {
    const double x = samples[i];
    const double count = counts[i] + 1;
    const double difference = x - means[i];
    const double mean = means[i] + difference / count;
    counts[i] = count;
    means[i] = mean;
    squares[i] += difference * (x - mean);
  }
}

void FinishStdvar(size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) cells.first[i] /= cells.third[i];
}

void FinishStddev(size_t n, FoldCells cells) {
  for (size_t i = 0; i < n; ++i) cells.first[i] = std::sqrt(cells.first[i] / cells.third[i]);
}

}  // namespace

const FoldKernels kFoldSum = {2, {-0.0, 0, 0}, AddToSum, FinishSum};
const FoldKernels kFoldPlainSum = {1, {-0.0, 0, 0}, AddToPlainSum, nullptr};
const FoldKernels kFoldAvg = {3, {-0.0, 0, 0}, AddToAvg, FinishAvg};
const FoldKernels kFoldMovingMean = {3, {0, 0, 0}, AddToMovingMean, nullptr};
const FoldKernels kFoldMin = {1, {kNan, 0, 0}, AddToMin, nullptr};
const FoldKernels kFoldMax = {1, {kNan, 0, 0}, AddToMax, nullptr};
const FoldKernels kFoldCount = {1, {0, 0, 0}, AddToCount, nullptr};
const FoldKernels kFoldGroup = {1, {1, 0, 0}, AddToGroup, nullptr};
const FoldKernels kFoldStdvar = {3, {0, 0, 0}, AddToVariance, FinishStdvar};
const FoldKernels kFoldStddev = {3, {0, 0, 0}, AddToVariance, FinishStddev};

}  // namespace promlite::internal
