#include "promlite/engine/kernels/fold_rows.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>

#include "promlite/engine/kernels/kahan_sum.h"

// For loops that are compiled once more for processors that have more to offer: they have to be
// inlined into each of the functions that are.
#define PROMLITE_INLINE [[gnu::always_inline]] inline

namespace promlite::internal {
namespace {

// Not std::isinf: a comparison is what the compiler vectorises.
PROMLITE_INLINE bool IsInfinite(double x) { return std::abs(x) > DBL_MAX; }

// ---- sum ------------------------------------------------------------------------------------

// Sums begin at -0.0, the identity of addition: adding the first sample gives that sample to the
// bit, the sign of its zero included. Compensations begin at +0.0 and stay it, so that the sum of
// one -0 ends as +0, as in Prometheus.

struct Sum {
  // KahanSum::Add() of each cell. The compensation of an infinite sum is not set to 0 here: an
  // infinite sum stays infinite or becomes NaN, so Finish() can leave the compensation out.
  PROMLITE_INLINE static void Add(const double* __restrict samples, size_t n, FoldCells cells) {
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

  static void Finish(size_t n, FoldCells cells) {
    for (size_t i = 0; i < n; ++i) {
      const double sum = cells.first[i];
      cells.first[i] = IsInfinite(sum) ? sum : sum + cells.second[i];
    }
  }
};

struct PlainSum {
  PROMLITE_INLINE static void Add(const double* __restrict samples, size_t n, FoldCells cells) {
    double* __restrict sums = cells.first;
    for (size_t i = 0; i < n; ++i) sums[i] += samples[i];
  }
};

// ---- avg ------------------------------------------------------------------------------------

struct Avg {
  // The third number of a cell is how many samples it has taken in; negative once the sum would
  // have overflowed: from then on the first number is the mean, not the sum.
  PROMLITE_INLINE static void Add(const double* samples, size_t n, FoldCells cells) {
    // In pieces that stay in the first-level cache between the look and the addition.
    constexpr size_t kPiece = 256;
    for (size_t begin = 0; begin < n; begin += kPiece) {
      const size_t size = std::min(kPiece, n - begin);
      const FoldCells piece{cells.first + begin, cells.second + begin, cells.third + begin};
      if (NeedsCare(samples + begin, size, piece)) {
        for (size_t i = 0; i < size; ++i) {
          AddOne(samples[begin + i], piece.first + i, piece.second + i, piece.third + i);
        }
      } else {
        Sum::Add(samples + begin, size, piece);
        for (size_t i = 0; i < size; ++i) piece.third[i] += 1;
      }
    }
  }

  PROMLITE_INLINE static bool NeedsCare(const double* __restrict samples, size_t n,
                                        FoldCells cells) {
    const double* __restrict sums = cells.first;
    const double* __restrict counts = cells.third;
    // As wide as the cells: what the compiler vectorises.
    uint64_t care = 0;
    for (size_t i = 0; i < n; ++i) {
      const bool cell = IsInfinite(sums[i] + samples[i]) | (counts[i] < 0);
      care |= cell ? ~uint64_t{0} : 0;
    }
    return care != 0;
  }

  static void AddOne(double x, double* first, double* compensation, double* third) {
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

  static void Finish(size_t n, FoldCells cells) {
    for (size_t i = 0; i < n; ++i) {
      const double first = cells.first[i], compensation = cells.second[i], count = cells.third[i];
      cells.first[i] = count < 0 ? first + compensation : first / count + compensation / count;
    }
  }
};

struct MovingMean {
  PROMLITE_INLINE static void Add(const double* samples, size_t n, FoldCells cells) {
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
};

// ---- min, max -------------------------------------------------------------------------------

// Both begin at NaN, which every sample replaces.

struct Min {
  PROMLITE_INLINE static void Add(const double* __restrict samples, size_t n, FoldCells cells) {
    double* __restrict values = cells.first;
    for (size_t i = 0; i < n; ++i) {
      const double value = values[i], x = samples[i];
      values[i] = (x < value) | (value != value) ? x : value;
    }
  }
};

struct Max {
  PROMLITE_INLINE static void Add(const double* __restrict samples, size_t n, FoldCells cells) {
    double* __restrict values = cells.first;
    for (size_t i = 0; i < n; ++i) {
      const double value = values[i], x = samples[i];
      values[i] = (x > value) | (value != value) ? x : value;
    }
  }
};

// ---- count, group ---------------------------------------------------------------------------

struct Count {
  PROMLITE_INLINE static void Add(const double*, size_t n, FoldCells cells) {
    for (size_t i = 0; i < n; ++i) cells.first[i] += 1;
  }
};

struct Group {
  PROMLITE_INLINE static void Add(const double*, size_t, FoldCells) {}
};

// ---- stddev, stdvar -------------------------------------------------------------------------

struct Variance {
  // The sum of squared differences from the mean, the mean, the count. All begin at 0: the first
  // sample x makes the mean 0 + x/1 = x and the sum 0 + x*(x-x), which is 0 or, of NaN and the
  // infinities, NaN, as Prometheus has it.
  PROMLITE_INLINE static void Add(const double* __restrict samples, size_t n, FoldCells cells) {
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

  static void FinishStdvar(size_t n, FoldCells cells) {
    for (size_t i = 0; i < n; ++i) cells.first[i] /= cells.third[i];
  }

  static void FinishStddev(size_t n, FoldCells cells) {
    for (size_t i = 0; i < n; ++i) cells.first[i] = std::sqrt(cells.first[i] / cells.third[i]);
  }
};

// ---- for each processor ---------------------------------------------------------------------

using AddFunction = void (*)(const double* samples, size_t n, FoldCells cells);

template <typename Fold>
void AddEverywhere(const double* samples, size_t n, FoldCells cells) {
  Fold::Add(samples, n, cells);
}

#if defined(__x86_64__) && defined(__GNUC__)
// Four cells at a time instead of two.
template <typename Fold>
[[gnu::target("avx2")]] void AddWithAvx2(const double* samples, size_t n, FoldCells cells) {
  Fold::Add(samples, n, cells);
}

template <typename Fold>
AddFunction FindAdd(InstructionSet instructions) {
  return instructions == InstructionSet::kBest && __builtin_cpu_supports("avx2")
             ? AddWithAvx2<Fold>
             : AddEverywhere<Fold>;
}
#else
template <typename Fold>
AddFunction FindAdd(InstructionSet) {
  return AddEverywhere<Fold>;
}
#endif

}  // namespace

FoldKernels FindFoldKernels(FoldKind kind, InstructionSet instructions) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  switch (kind) {
    case FoldKind::kSum:
      return {2, {-0.0, 0, 0}, FindAdd<Sum>(instructions), Sum::Finish};
    case FoldKind::kPlainSum:
      return {1, {-0.0, 0, 0}, FindAdd<PlainSum>(instructions), nullptr};
    case FoldKind::kAvg:
      return {3, {-0.0, 0, 0}, FindAdd<Avg>(instructions), Avg::Finish};
    case FoldKind::kMovingMean:
      return {3, {0, 0, 0}, FindAdd<MovingMean>(instructions), nullptr};
    case FoldKind::kMin:
      return {1, {kNan, 0, 0}, FindAdd<Min>(instructions), nullptr};
    case FoldKind::kMax:
      return {1, {kNan, 0, 0}, FindAdd<Max>(instructions), nullptr};
    case FoldKind::kCount:
      return {1, {0, 0, 0}, FindAdd<Count>(instructions), nullptr};
    case FoldKind::kStdvar:
      return {3, {0, 0, 0}, FindAdd<Variance>(instructions), Variance::FinishStdvar};
    case FoldKind::kStddev:
      return {3, {0, 0, 0}, FindAdd<Variance>(instructions), Variance::FinishStddev};
    case FoldKind::kGroup:
      break;
  }
  return {1, {1, 0, 0}, FindAdd<Group>(instructions), nullptr};
}

}  // namespace promlite::internal
