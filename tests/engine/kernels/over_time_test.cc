// Functions of a range's samples, one value a range: the float cases of Prometheus' functions.test.

#include <gtest/gtest.h>

#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

constexpr std::nullopt_t kNothing = std::nullopt;

std::optional<double> Over(const TestSeries& series, const char* function, int64_t range_ms,
                           int64_t at_ms, std::vector<double> parameters = {}) {
  return At(series, {.function = function,
                     .range_ms = range_ms,
                     .at_ms = at_ms,
                     .parameters = std::move(parameters)});
}

// Over the minute that ends at 55 s, a sample every 10 s.
std::optional<double> OverAll(const std::string& samples, const char* function) {
  return Over(Load(10 * kSecond, samples), function, kMinute, 55 * kSecond);
}

TEST(OverTime, Avg_OfNoneAndOne) {
  const TestSeries metric = Load(10 * kSecond, "1 2 3 4 5");
  EXPECT_EQ(Over(metric, "avg_over_time", 10 * kSecond, 55 * kSecond), kNothing);
  EXPECT_EQ(Over(metric, "avg_over_time", 20 * kSecond, 55 * kSecond), 5);
  EXPECT_EQ(Over(metric, "avg_over_time", kMinute, 55 * kSecond), 3);
}

TEST(OverTime, Sum_AndAvg_OfInfinities) {
  const struct {
    const char* samples;
    double avg;
  } kCases[] = {
      {"1 2 3 4 inf", kInf},   {"1 2 3 4 -inf", -kInf},      {"1 2 3 inf -inf", kNaN},
      {"inf 0 inf", kInf},     {"inf inf inf -inf", kNaN},   {"1 2 3 -inf -inf", -kInf},
      {"-inf 0 -inf", -kInf},  {"-inf -inf -inf inf", kNaN}, {"1 2 -inf -inf inf", kNaN},
      {"1 2 3 nan nan", kNaN},
  };
  for (const auto& c : kCases) {
    EXPECT_TRUE(Same({OverAll(c.samples, "avg_over_time")}, {c.avg})) << c.samples;
    EXPECT_TRUE(Same({OverAll(c.samples, "sum_over_time")}, {c.avg})) << c.samples;
  }
}

// Answers of Prometheus 2.42 itself.
TEST(OverTime, Avg_MovesFromSampleToSample_InPrometheus2) {
  const struct {
    const char* samples;
    double avg;
  } kCases[] = {
      {"1 2 2", 1.6666666666666665},
      {"0.1 0.2 0.3 0.4 0.7", 0.33999999999999997},
      {"5 1 -2 3 0", 1.4000000000000001},
      {"1e16 1 -1e16 3", 0.75},
      {"1 2 inf 3", kInf},
      {"inf inf -inf", kNaN},
      {"1 inf nan", kNaN},
      {"1.7e308 1.7e308 1.7e308", 1.7e308},
  };
  for (const auto& c : kCases) {
    const RangeCall call = {.function = "avg_over_time",
                            .range_ms = kMinute,
                            .at_ms = 55 * kSecond,
                            .prometheus2 = true};
    EXPECT_TRUE(Same({At(Load(10 * kSecond, c.samples), call)}, {c.avg})) << c.samples;
  }
}

TEST(OverTime, Avg_SurvivesASumThatOverflows) {
  EXPECT_EQ(OverAll("9.988465674311579e+307 9.988465674311579e+307", "avg_over_time"),
            9.988465674311579e+307);
  EXPECT_EQ(OverAll("9.988465674311579e+307 9.988465674311579e+307", "sum_over_time"), kInf);
  EXPECT_EQ(OverAll("-9.988465674311579e+307 -9.988465674311579e+307 -9.988465674311579e+307",
                    "avg_over_time"),
            -9.988465674311579e+307);
  EXPECT_EQ(OverAll("-9.988465674311579e+307 9.988465674311579e+307", "avg_over_time"), 0);
}

TEST(OverTime, Sum_KeepsSmallTermsBesideLargeOnes) {
  const TestSeries metric = Load(10 * kSecond, "1 1e100 1 -1e100");
  EXPECT_EQ(Over(metric, "sum_over_time", 2 * kMinute, kMinute), 2);
  EXPECT_EQ(Over(metric, "avg_over_time", 2 * kMinute, kMinute), 0.5);
}

TEST(OverTime, Avg_OfExtremeValues) {
  const struct {
    const char* samples;
    double avg;
  } kCases[] = {
      {"1e10 1e-6 1e-6 1e-6 1e-6 1e-6", 1.6666666666666675e+09},
      {"5.30921651659898 0.961118537914768 1.62091361305318 0.865089463758091 0.323055185914577 "
       "0.951811357687154",
       1.67186744582113},
      {"1.78264e50 0.76342771 1.9592258 7.69805412 458.90154", 3.56528E+49},
      {"0.76342771 1.9592258 7.69805412 1.78264e50 458.90154", 3.56528E+49},
      {"1.78264E+50 0.76342771 1.9592258 2.258E+220 7.69805412 458.90154", 3.76333333333333E+219},
      {"-1.78264E+50 0.76342771 1.9592258 2.258E+220 7.69805412 -458.90154", 3.76333333333333E+219},
      {"-1.78264E+50 0.76342771 1.9592258 -2.258E+220 7.69805412 -458.90154",
       -3.76333333333333E+219},
      {"-1.78264E+215 0.76342771 1.9592258 2.258E+220 7.69805412 -458.90154",
       3.76330362266667E+219},
      {"-1.78264E+215 0.76342771 1.9592258 2.258E+220 7.69805412 1.78264E+215 -458.90154",
       3.225714285714286e+219},
      {"-1.78264E+219 0.76342771 1.9592258 2.3757689E+217 -2.3757689E+217 2.258E+220 7.69805412 "
       "1.78264E+219 -458.90154",
       2.5088888888888888e+219},
      {"-2.258E+220 -1.78264E+219 0.76342771 1.9592258 2.3757689E+217 -2.3757689E+217 2.258E+220 "
       "7.69805412 1.78264E+219 -458.90154",
       0},
  };
  for (const auto& c : kCases) {
    EXPECT_TRUE(
        Near({Over(Load(5 * kSecond, c.samples), "avg_over_time", kMinute, 55 * kSecond)}, {c.avg}))
        << c.samples;
  }
}

TEST(OverTime, Avg_OfOneRepeatedValue_IsThatValue) {
  const TestSeries foo = Load(10 * kSecond, "52+0x100");
  for (int64_t seconds = 100; seconds <= 130; seconds += 10) {
    EXPECT_EQ(Over(foo, "avg_over_time", seconds * kSecond, 10 * kMinute), 52);
  }
}

TEST(OverTime, Sum_OfDenseSamples_CountsEachOnce) {
  const TestSeries metric = Load(1, "1+0x4000");
  for (int64_t range_ms :
       {1000, 1001, 1002, 1003, 2000, 2001, 2002, 2003, 3000, 3001, 3002, 3003}) {
    EXPECT_EQ(Over(metric, "sum_over_time", range_ms, 4 * kSecond), range_ms);
  }
}

TEST(OverTime, Sum_OfWholeNumbersBeyondExactness_IsCompensated) {
  // Neighbouring whole numbers above 2^53 are 2 apart: 2^53 + 1 + 1 in steps would stay 2^53.
  EXPECT_EQ(OverAll("9007199254740992 1 1", "sum_over_time"), 9007199254740994);
  EXPECT_EQ(OverAll("4503599627370496 4503599627370496 1 1", "sum_over_time"), 9007199254740994);
}

TEST(OverTime, Sum_OfNegativeZeros_IsZero) {
  EXPECT_TRUE(Same({OverAll("-0 -0", "sum_over_time")}, {0.0}));
  EXPECT_TRUE(Same({OverAll("-0", "avg_over_time")}, {0.0}));
}

TEST(OverTime, Stddev_AndStdvar_AreOfThePopulation_AndZeroForOneRepeatedValue) {
  const TestSeries metric = Load(10 * kSecond, "0 8 8 2 3");
  EXPECT_TRUE(Near({Over(metric, "stdvar_over_time", 2 * kMinute, kMinute)}, {10.56}));
  EXPECT_NEAR(*Over(metric, "stddev_over_time", 2 * kMinute, kMinute), 3.249615, 1e-6);
  EXPECT_EQ(OverAll("1.5990505637277868 1.5990505637277868 1.5990505637277868", "stdvar_over_time"),
            0);
  EXPECT_EQ(OverAll("1.5990505637277868 1.5990505637277868 1.5990505637277868", "stddev_over_time"),
            0);
}

TEST(OverTime, Mad_IsTheMedianDistanceFromTheMedian) {
  EXPECT_EQ(
      Over(Load(10 * kSecond, "4 6 2 1 999 1 2"), "mad_over_time", 70 * kSecond, 70 * kSecond), 1);
  EXPECT_EQ(Over(Load(10 * kSecond, "1 2 3 4 5"), "mad_over_time", 50 * kSecond, 40 * kSecond), 1);
  EXPECT_EQ(Over(Load(10 * kSecond, "7 7 7 7 7"), "mad_over_time", 50 * kSecond, 40 * kSecond), 0);
  EXPECT_EQ(Over(Load(10 * kSecond, "5"), "mad_over_time", 10 * kSecond, 0), 0);
  EXPECT_TRUE(
      Same({Over(Load(10 * kSecond, "1 2 nan 4"), "mad_over_time", 40 * kSecond, 30 * kSecond)},
           {kNaN}));
}

TEST(OverTime, TimesOfExtremes_OfEqualOnesAreTheLast) {
  const TestSeries metric = Load(10'053, "1 2 3 0 5 6 2 1 4");
  EXPECT_EQ(Over(metric, "ts_of_min_over_time", 90 * kSecond, 90 * kSecond), 30.159);
  EXPECT_EQ(Over(metric, "ts_of_max_over_time", 90 * kSecond, 90 * kSecond), 50.265);
  // Of equal ones the last.
  EXPECT_EQ(OverAll("3 1 3 1 2", "ts_of_max_over_time"), 20);
  EXPECT_EQ(OverAll("3 1 3 1 2", "ts_of_min_over_time"), 30);
  EXPECT_EQ(OverAll("nan 1 nan", "ts_of_max_over_time"), 10);
  EXPECT_EQ(OverAll("nan nan nan", "ts_of_max_over_time"), 20);
}

TEST(OverTime, TimesOfTheEnds_AreOfSamplesInTheRange) {
  const TestSeries early = Load(10'053, "1 2 3 _ _"), late = Load(10'053, "_ _ 1 2 3 _ _");
  EXPECT_EQ(Over(early, "ts_of_last_over_time", 90 * kSecond, 90 * kSecond), 20.106);
  EXPECT_EQ(Over(early, "ts_of_last_over_time", 90 * kSecond, 95 * kSecond), 20.106);
  EXPECT_EQ(Over(late, "ts_of_first_over_time", 90 * kSecond, 90 * kSecond), 20.106);
  EXPECT_EQ(Over(late, "ts_of_first_over_time", 90 * kSecond, 95 * kSecond), 20.106);
  EXPECT_EQ(Over(late, "ts_of_first_over_time", 90 * kSecond, 15 * kSecond), kNothing);
}

TEST(OverTime, Quantile_LiesBetweenSamples) {
  const TestSeries two = Load(10 * kSecond, "0 1"), three = Load(10 * kSecond, "0 1 2");
  const TestSeries uneven = Load(10 * kSecond, "0 1 4");
  const struct {
    double q, two, three, uneven;
  } kCases[] = {{0, 0, 0, 0},         {0.5, 0.5, 1, 1}, {0.75, 0.75, 1.5, 2.5},
                {0.8, 0.8, 1.6, 2.8}, {1, 1, 2, 4},     {-1, -kInf, -kInf, -kInf},
                {2, kInf, kInf, kInf}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.q);
    const auto quantile = [&](const TestSeries& series) {
      return Row{Over(series, "quantile_over_time", 2 * kMinute, kMinute, {c.q})};
    };
    EXPECT_TRUE(Near(quantile(two), {c.two}));
    EXPECT_TRUE(Near(quantile(three), {c.three}));
    EXPECT_TRUE(Near(quantile(uneven), {c.uneven}));
  }
  EXPECT_TRUE(Same({Over(two, "quantile_over_time", 2 * kMinute, kMinute, {kNaN})}, {kNaN}));
}

TEST(OverTime, Quantile_AtASample_IsThatSample_WhateverLiesBesideIt) {
  const auto quantile = [](const std::vector<std::optional<double>>& samples, double q) {
    return Row{Over(Regular(0, kSecond, samples), "quantile_over_time", 2 * kMinute, kMinute, {q})};
  };
  EXPECT_TRUE(Same(quantile({1, 2, kInf}, 0.5), {2}));
  EXPECT_TRUE(Same(quantile({1, kInf}, 1), {kInf}));
  EXPECT_TRUE(Same(quantile({-kInf}, 0), {-kInf}));
  EXPECT_TRUE(Same(quantile({-0.0, 1}, 0), {-0.0}));
  EXPECT_TRUE(Same(quantile({-kInf, kInf}, 0.25), {kNaN}));
}

TEST(OverTime, Integral_AddsUpAreas_AsTheStrategySays) {
  // What Prometheus' functions.test says of these areas: each second of each two samples' height.
  const TestSeries series = Load(10 * kSecond, "1 3 nan 5 _ 2");
  const auto integral = [&](const std::vector<double>& strategy) {
    return Row{Over(series, "integral", 2 * kMinute, kMinute, strategy)};
  };
  EXPECT_TRUE(Same(integral({}), {20 + 15 + 25 + 70}));
  EXPECT_TRUE(Same(integral({2}), {20 + 15 + 25 + 70}));
  EXPECT_TRUE(Same(integral({1.5}), {20 + 15 + 25 + 70}));
  EXPECT_TRUE(Same(integral({0}), {10 + 30 + 0 + 100}));
  EXPECT_TRUE(Same(integral({1}), {30 + 0 + 50 + 40}));
  EXPECT_TRUE(Same({Over(Load(kMinute, "7"), "integral", 2 * kMinute, kMinute)}, {0}));
  EXPECT_TRUE(
      Same({Over(Load(kSecond, "1.5e308 1.5e308"), "integral", 2 * kMinute, kMinute)}, {1.5e308}));
}

TEST(OverTime, Nan_CountsAsASample_ButIsNoExtremeBesideNumbers) {
  const struct {
    const char* samples;
    double min, max, last, first;
  } kCases[] = {
      {"2 0 3", 0, 3, 3, 2},
      {"2 0 nan", 0, 2, kNaN, 2},
      {"2 nan 1", 1, 2, 1, 2},
      {"nan 0 1", 0, 1, 1, kNaN},
      {"nan nan nan", kNaN, kNaN, kNaN, kNaN},
      {"_ 5 2 _ 4 _", 2, 5, 4, 5},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.samples);
    const TestSeries data = Load(10 * kSecond, c.samples);
    const auto over = [&](const char* function) {
      return Row{Over(data, function, 2 * kMinute, kMinute)};
    };
    EXPECT_TRUE(Same(over("min_over_time"), {c.min}));
    EXPECT_TRUE(Same(over("max_over_time"), {c.max}));
    EXPECT_TRUE(Same(over("last_over_time"), {c.last}));
    EXPECT_TRUE(Same(over("first_over_time"), {c.first}));
    EXPECT_TRUE(Same(over("count_over_time"), {3}));
    EXPECT_TRUE(Same(over("present_over_time"), {1}));
  }
}

}  // namespace
}  // namespace promlite::internal
