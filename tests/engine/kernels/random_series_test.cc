// Every kernel against its slow twin, on random series.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "promlite/tests/engine/kernels/slow_kernels.h"
#include "promlite/tests/twin/range_functions.h"

namespace promlite::internal {
namespace {

// The functions of range vectors whose kernels satisfy `predicate`.
template <typename Predicate>
std::vector<std::string> FunctionsWith(Predicate predicate) {
  std::vector<std::string> functions;
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    if (predicate(named.kernels)) functions.emplace_back(named.function);
  }
  return functions;
}

std::vector<std::string> AllFunctions() {
  return FunctionsWith([](const RangeKernelSet&) { return true; });
}

enum class Shape { kCounter, kFractions, kWhole, kHuge, kFewValues, kSpecial };
constexpr Shape kShapes[] = {Shape::kCounter, Shape::kFractions, Shape::kWhole,
                             Shape::kHuge,    Shape::kFewValues, Shape::kSpecial};

class RandomSeries {
 public:
  explicit RandomSeries(uint64_t seed) : random_(seed) {}

  TestSeries Make(Shape shape) {
    TestSeries series;
    const size_t size = 1 + Below(Below(4) == 0 ? 1500 : 200);
    const bool regular = Below(3) != 0;
    int64_t time = static_cast<int64_t>(Below(600'000)) - 300'000;
    double counter = Below(2) == 0 ? 0 : static_cast<double>(Below(1000));
    for (size_t i = 0; i < size; ++i) {
      time += regular ? 15'000 : 1 + static_cast<int64_t>(Below(40'000));
      // A gap that leaves some windows empty.
      if (Below(60) == 0) time += static_cast<int64_t>(Below(900'000));
      series.times.push_back(time);
      series.values.push_back(Value(shape, &counter));
    }
    return series;
  }

  // Of each kind: none, the time before, within the gap, at the time, behind it, kept.
  void AddStartTimes(TestSeries* series) {
    int64_t kept = 0;
    for (size_t i = 0; i < series->times.size(); ++i) {
      const int64_t before = i == 0 ? series->times[0] - 10'000 : series->times[i - 1];
      const int64_t time = series->times[i];
      switch (Below(9)) {
        case 0:
          kept = 0;
          break;
        case 1:
          kept = before;
          break;
        case 2:
          kept = before + (time - before) / 2;
          break;
        case 3:
          kept = time;
          break;
        case 4:
          kept = time + 5;
          break;
        case 5:
          kept = before - static_cast<int64_t>(Below(100'000));
          break;
        default:
          break;
      }
      series->start_times.push_back(kept);
    }
  }

  RangeCall Call(const std::string& function, const TestSeries& series) {
    RangeCall call;
    call.function = function;
    constexpr int64_t kRanges[] = {1, 999, 15'000, 60'001, 300'000, 1'234'567, 3'600'000};
    call.range_ms = kRanges[Below(std::size(kRanges))];
    constexpr int64_t kSteps[] = {0, 1'000, 15'000, 60'000, 77'777, 600'000};
    call.step_ms = kSteps[Below(std::size(kSteps))];
    call.steps = 1 + Below(150);
    const int64_t length = series.times.back() - series.times.front();
    call.at_ms = series.times.front() - 60'000 +
                 static_cast<int64_t>(Below(static_cast<uint64_t>(length + 120'000)));
    // Often exactly at a sample, so that borders meet samples.
    if (Below(2) == 0) call.at_ms = series.times[Below(series.times.size())];
    if (Below(4) == 0) call.offset_ms = static_cast<int64_t>(Below(200'000)) - 100'000;
    constexpr double kQuantiles[] = {0, 1, 0.5, 0.25, 0.9, 0.999, -0.0};
    call.parameters = {kQuantiles[Below(std::size(kQuantiles))], 0.3};
    if (call.function == "double_exponential_smoothing") call.parameters[0] = 0.5;
    if (call.function == "predict_linear") call.parameters[0] = 3600;
    call.lookback_ms = Below(2) == 0 ? 300'000 : 20'000;
    return call;
  }

 private:
  uint64_t Below(uint64_t bound) {
    return std::uniform_int_distribution<uint64_t>(0, bound - 1)(random_);
  }
  double Fraction() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  double Value(Shape shape, double* counter) {
    switch (shape) {
      case Shape::kCounter:
        *counter = Below(20) == 0 ? static_cast<double>(Below(5)) : *counter + Fraction() * 100;
        return *counter;
      case Shape::kFractions:
        return Fraction() * 200 - 100;
      case Shape::kWhole:
        return static_cast<double>(Below(2'000'000)) - 1'000'000;
      case Shape::kHuge:
        // Sums that cancel out and sums that overflow.
        return (Fraction() - 0.5) * (Below(2) == 0 ? 1.79e308 : 1e16) * 2;
      case Shape::kFewValues:
        return Below(2) == 0 ? (Below(2) == 0 ? 0.0 : -0.0) : static_cast<double>(Below(3)) - 1;
      case Shape::kSpecial:
        break;
    }
    switch (Below(12)) {
      case 0:
        return kNaN;
      case 1:
        return kInf;
      case 2:
        return -kInf;
      case 3:
        return 5e-324;
      default:
        return Fraction() * 10;
    }
  }

  std::mt19937_64 random_;
};

std::string Describe(const RangeCall& call, Shape shape, uint64_t seed) {
  return call.function + " over " + std::to_string(call.range_ms) + " ms, step " +
         std::to_string(call.step_ms) + " ms, shape " + std::to_string(static_cast<int>(shape)) +
         ", seed " + std::to_string(seed);
}

class EveryFunction : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryFunction, EqualsItsSlowTwin_BitForBit) {
  ASSERT_TRUE(twin::HasRangeFunction(GetParam()))
      << GetParam() << " has a kernel, but no slow twin in tests/twin/range_functions.cc";
  for (uint64_t seed = 0; seed < 40; ++seed) {
    for (const Shape shape : kShapes) {
      RandomSeries random(seed * 10 + static_cast<uint64_t>(shape));
      const TestSeries series = random.Make(shape);
      const RangeCall call = random.Call(GetParam(), series);
      ASSERT_TRUE(Same(Evaluate(series, call), SlowlyEvaluate(series, call)))
          << Describe(call, shape, seed);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryFunction, ::testing::ValuesIn(AllFunctions()),
                         [](const auto& info) { return info.param; });

TEST(SlowTwins, AreEqual_WithStartTimes) {
  const std::vector<std::string> functions =
      FunctionsWith([](const RangeKernelSet& kernels) { return kernels.uses_start_times; });
  ASSERT_EQ(functions, (std::vector<std::string>{"increase", "irate", "rate", "resets"}));
  for (const std::string& function : functions) {
    for (uint64_t seed = 0; seed < 200; ++seed) {
      RandomSeries random(seed);
      const Shape shape = seed % 3 == 0 ? Shape::kFractions : Shape::kCounter;
      TestSeries series = random.Make(shape);
      random.AddStartTimes(&series);
      const RangeCall call = random.Call(function, series);
      ASSERT_TRUE(Same(Evaluate(series, call), SlowlyEvaluate(series, call)))
          << Describe(call, shape, seed);
    }
  }
}

void ExpectEqualTwins(const std::string& function, TestModifier modifier, bool start_times) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    for (const Shape shape : kShapes) {
      RandomSeries random(seed * 10 + static_cast<uint64_t>(shape));
      TestSeries series = random.Make(shape);
      if (start_times) random.AddStartTimes(&series);
      RangeCall call = random.Call(function, series);
      call.modifier = modifier;
      ASSERT_TRUE(Same(Evaluate(series, call), SlowlyEvaluate(series, call)))
          << Describe(call, shape, seed);
    }
  }
}

TEST(SlowTwins, AreEqual_Anchored) {
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    if (!named.kernels.anchored) continue;
    ExpectEqualTwins(std::string(named.function), TestModifier::kAnchored, false);
    if (!named.kernels.uses_start_times) continue;
    ExpectEqualTwins(std::string(named.function), TestModifier::kAnchored, true);
  }
}

TEST(SlowTwins, AreEqual_Smoothed) {
  for (const std::string& function :
       FunctionsWith([](const RangeKernelSet& kernels) { return bool{kernels.smoothed}; })) {
    ExpectEqualTwins(function, TestModifier::kSmoothed, false);
    if (!FindRangeKernel(function)->uses_start_times) continue;
    ExpectEqualTwins(function, TestModifier::kSmoothed, true);
  }
}

TEST(SlowTwins, AreEqual_AsPrometheus2) {
  const std::vector<std::string> functions =
      FunctionsWith([](const RangeKernelSet& kernels) { return bool{kernels.prometheus2}; });
  ASSERT_EQ(functions,
            (std::vector<std::string>{"avg_over_time", "increase", "quantile_over_time", "rate"}));
  for (const std::string& function : functions) {
    for (uint64_t seed = 0; seed < 200; ++seed) {
      RandomSeries random(seed);
      const TestSeries series = random.Make(Shape::kCounter);
      RangeCall call = random.Call(function, series);
      call.prometheus2 = true;
      ASSERT_TRUE(Same(Evaluate(series, call), SlowlyEvaluate(series, call)))
          << Describe(call, Shape::kCounter, seed);
    }
  }
}

TEST(Kernels, AreThoseOfRangeVectors) {
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    EXPECT_EQ(FindRangeKernel(named.function), &named.kernels) << named.function;
  }
  EXPECT_EQ(FindRangeKernel("abs"), nullptr);
  EXPECT_EQ(FindRangeKernel("RATE"), nullptr);
  EXPECT_EQ(FindRangeKernel("absent_over_time"), nullptr);
}

TEST(Kernels, KnowTheModifiersThatGoWithThem) {
  std::string anchored, smoothed, exact;
  for (const std::string& function : AllFunctions()) {
    if (FindRangeKernel(function)->anchored) anchored += " " + function;
    if (FindRangeKernel(function)->smoothed) smoothed += " " + function;
    if (FindRangeKernel(function)->exact) exact += " " + function;
  }
  EXPECT_EQ(anchored, " changes delta increase rate resets");
  EXPECT_EQ(smoothed, " delta increase rate");
  EXPECT_EQ(exact, " increase rate resets");
}

}  // namespace
}  // namespace promlite::internal
