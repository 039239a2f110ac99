#ifndef PROMLITE_ENGINE_KERNELS_FOLD_ROWS_H_
#define PROMLITE_ENGINE_KERNELS_FOLD_ROWS_H_

#include <cstddef>

namespace promlite::internal {

// The cells of one group at some neighbouring steps: what a fold knows of the samples that it has
// taken in so far, up to three numbers a cell in a row each. A fold that needs fewer leaves the
// other rows null.
struct FoldCells {
  double* first = nullptr;
  double* second = nullptr;
  double* third = nullptr;
};

// How an aggregation folds the samples of its series into one of a group, one row at a time, all
// steps of the row side by side. The numbers and their order are Prometheus'.
struct FoldKernels {
  // Rows of numbers that the fold needs, and the numbers of a cell without any sample.
  int rows = 1;
  double initial[3] = {};
  // Takes in `n` samples, one for each of `n` cells.
  void (*add)(const double* samples, size_t n, FoldCells cells) = nullptr;
  // Leaves the aggregation's value of `n` cells in the first row. Null where it stands there
  // already. Cells without a sample get some number that means nothing.
  void (*finish)(size_t n, FoldCells cells) = nullptr;
};

// sum + compensation.
extern const FoldKernels kFoldSum;
// The sum as Prometheus 2.42 adds it, without compensation.
extern const FoldKernels kFoldPlainSum;
// sum/n + compensation/n; once the sum would overflow, a compensated moving mean.
extern const FoldKernels kFoldAvg;
// The mean as Prometheus 2.42 moves it, without compensation.
extern const FoldKernels kFoldMovingMean;
// NaN only of NaN alone.
extern const FoldKernels kFoldMin;
extern const FoldKernels kFoldMax;
extern const FoldKernels kFoldCount;
// 1 for every group.
extern const FoldKernels kFoldGroup;
// Of the population, by Welford's method without compensation.
extern const FoldKernels kFoldStdvar;
extern const FoldKernels kFoldStddev;

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_FOLD_ROWS_H_
