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

enum class FoldKind {
  kSum,         // compensated
  kPlainSum,    // as Prometheus 2.42 adds, without compensation
  kAvg,         // compensated sum over count; a compensated moving mean where that would overflow
  kMovingMean,  // avg as Prometheus 2.42 moves it, without compensation
  kMin,         // NaN only of NaN alone
  kMax,
  kCount,
  kGroup,   // 1
  kStdvar,  // of the population, by Welford's method without compensation
  kStddev,
};

enum class InstructionSet {
  kBaseline,  // what every processor has that the library is built for
  kBest,      // of this processor
};

// The results are the same to the bit with either instruction set.
FoldKernels FindFoldKernels(FoldKind kind, InstructionSet instructions = InstructionSet::kBest);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_FOLD_ROWS_H_
