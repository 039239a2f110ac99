#include "promlite/engine/kernels/fold_rows.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr size_t kCells = 77;

uint64_t Bits(double value) {
  return std::isnan(value) ? ~uint64_t{0} : std::bit_cast<uint64_t>(value);
}

std::vector<double> RandomSamples(std::mt19937_64& random) {
  static const double special[] = {0.0,  -0.0,     kInfinity, -kInfinity,    std::nan(""), kLargest,
                                   1e16, kLargest, -kLargest, kLargest / -2, 5e-324,       1};
  std::vector<double> samples(kCells);
  for (double& sample : samples) {
    sample = random() % 3 == 0 ? special[random() % std::size(special)]
                               : std::ldexp(std::uniform_real_distribution<>(-1, 1)(random),
                                            static_cast<int>(random() % 200) - 100);
  }
  return samples;
}

// What a fold makes of some rows of samples.
std::vector<double> Fold(const FoldKernels& kernels, const std::vector<std::vector<double>>& rows) {
  std::vector<double> cells[3];
  for (int i = 0; i < 3; ++i) cells[i].assign(kCells, kernels.initial[i]);
  const FoldCells all{cells[0].data(), cells[1].data(), cells[2].data()};
  for (const std::vector<double>& row : rows) kernels.add(row.data(), kCells, all);
  if (kernels.finish != nullptr) kernels.finish(kCells, all);
  return cells[0];
}

TEST(FoldRows, GiveTheSameBitsWithEveryInstructionSet) {
  std::mt19937_64 random(7);
  for (const FoldKind kind :
       {FoldKind::kSum, FoldKind::kPlainSum, FoldKind::kAvg, FoldKind::kMovingMean, FoldKind::kMin,
        FoldKind::kMax, FoldKind::kCount, FoldKind::kGroup, FoldKind::kStdvar, FoldKind::kStddev}) {
    for (int run = 0; run < 50; ++run) {
      std::vector<std::vector<double>> rows(1 + random() % 20);
      for (std::vector<double>& row : rows) row = RandomSamples(random);
      const auto baseline = Fold(FindFoldKernels(kind, InstructionSet::kBaseline), rows);
      const auto best = Fold(FindFoldKernels(kind, InstructionSet::kBest), rows);
      for (size_t i = 0; i < kCells; ++i) {
        ASSERT_EQ(Bits(baseline[i]), Bits(best[i]))
            << "kind " << static_cast<int>(kind) << ", cell " << i;
      }
    }
  }
}

// Prometheus' summation: the first value is the sum, every other is added with compensation.
double ReferenceSum(const std::vector<std::vector<double>>& rows, size_t cell) {
  double sum = rows[0][cell], c = 0;
  for (size_t i = 1; i < rows.size(); ++i) {
    const double x = rows[i][cell];
    const double t = sum + x;
    if (std::isinf(t)) {
      c = 0;
    } else if (std::fabs(sum) >= std::fabs(x)) {
      c += (sum - t) + x;
    } else {
      c += (x - t) + sum;
    }
    sum = t;
  }
  return sum + c;
}

TEST(FoldRows, BeginningASumAtNegativeZero_GivesTheBitsOfBeginningItAtItsFirstValue) {
  std::mt19937_64 random(11);
  for (int run = 0; run < 2000; ++run) {
    std::vector<std::vector<double>> rows(1 + random() % 6);
    for (std::vector<double>& row : rows) row = RandomSamples(random);
    const auto sums = Fold(FindFoldKernels(FoldKind::kSum), rows);
    for (size_t i = 0; i < kCells; ++i) ASSERT_EQ(Bits(sums[i]), Bits(ReferenceSum(rows, i)));
  }
}

TEST(FoldRows, ACompensationIsForgottenWhenTheSumBecomesInfinite) {
  const auto fold = [](std::vector<double> samples) {
    std::vector<std::vector<double>> rows;
    for (const double sample : samples) rows.push_back(std::vector<double>(kCells, sample));
    return Fold(FindFoldKernels(FoldKind::kSum), rows)[0];
  };
  EXPECT_EQ(fold({1e16, 1, kInfinity}), kInfinity);
  EXPECT_EQ(fold({kLargest, kLargest}), kInfinity);
  EXPECT_EQ(fold({kLargest, kLargest, -kLargest}), kInfinity);
  EXPECT_TRUE(std::isnan(fold({kInfinity, -kInfinity, 1})));
}

}  // namespace
}  // namespace promlite::internal
