// Expected values are those of Prometheus' own test scripts, or calculated by hand.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using ClassicHistogramTest = QueryTester;

const Vectors kBuckets = {
    {"b",
     {R"(b_bucket{job="x", le="+Inf"} 12)", R"(b_bucket{job="x", le="0.1"} 5)",
      R"(b_bucket{job="x", le="0.2"} 7)", R"(b_bucket{job="x", le="1"} 10)"}}};

TEST_F(ClassicHistogramTest, Quantile_IsLinearWithinABucket) {
  EXPECT_EQ(Evaluate("histogram_quantile(0, b)", kBuckets), Lines{R"({job="x"} 0)"});
  EXPECT_EQ(Evaluate("histogram_quantile(0.5, b)", kBuckets),
            Lines{R"({job="x"} 0.15000000000000002)"});
  EXPECT_EQ(Evaluate("histogram_quantile(0.9, b)", kBuckets), Lines{R"({job="x"} 1)"});
  EXPECT_EQ(Evaluate("histogram_quantile(1, b)", kBuckets), Lines{R"({job="x"} 1)"});
}

TEST_F(ClassicHistogramTest, Quantile_WarnsOfBadQuantiles) {
  EXPECT_EQ(Evaluate("histogram_quantile(1.5, b)", kBuckets), Lines{R"({job="x"} +Inf)"});
  EXPECT_EQ(warnings_,
            Lines{"PromQL warning: quantile value should be between 0 and 1, got 1.5 (1:20)"});
  EXPECT_EQ(Evaluate("histogram_quantile(-1, nothing)", {}), Lines{});
  EXPECT_EQ(warnings_,
            Lines{"PromQL warning: quantile value should be between 0 and 1, got -1 (1:20)"});
  EXPECT_EQ(Evaluate("histogram_quantile(NaN, b)", kBuckets), Lines{R"({job="x"} NaN)"});
}

TEST_F(ClassicHistogramTest, Quantile_SkipsSeriesWithoutABound_WithAWarning) {
  const Vectors v = {
      {"b", {R"(b{le="+Inf"} 2)", R"(b{le="1"} 1)", R"(b{le="abc"} 7)", R"(b{job="y"} 3)"}}};
  EXPECT_EQ(Evaluate("histogram_quantile(0.5, b)", v), Lines{"{} 1"});
  EXPECT_EQ(
      warnings_,
      (Lines{"PromQL warning: bucket label \"le\" is missing or has a malformed value of \"\" "
             "(1:25)",
             "PromQL warning: bucket label \"le\" is missing or has a malformed value of "
             "\"abc\" (1:25)"}));
}

TEST_F(ClassicHistogramTest, Quantile_NeedsTheInfiniteBucketAndASecond) {
  EXPECT_EQ(Evaluate("histogram_quantile(0.5, b)", {{"b", {R"(b{le="1"} 1)", R"(b{le="2"} 3)"}}}),
            Lines{"{} NaN"});
  EXPECT_EQ(Evaluate("histogram_quantile(0.5, b)", {{"b", {R"(b{le="+Inf"} 1)"}}}),
            Lines{"{} NaN"});
  EXPECT_EQ(
      Evaluate("histogram_quantile(0.5, b)", {{"b", {R"(b{le="+Inf"} 0)", R"(b{le="1"} 0)"}}}),
      Lines{"{} NaN"});
}

TEST_F(ClassicHistogramTest, Quantile_RepairsCountsThatFall_WithAnInfo) {
  const Vectors v = {{"b",
                      {R"(b{le="+Inf"} 2100 2100)", R"(b{le="1"} 200 200)",
                       R"(b{le="10"} 1000 1000)", R"(b{le="100"} 900 850)"}}};
  Evaluate("histogram_quantile(0.5, b)", v);
  // Two samples; Prometheus counts those of earlier steps twice at every later one.
  EXPECT_EQ(
      infos_,
      Lines{"PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see "
            "https://prometheus.io/docs/prometheus/latest/querying/functions/"
            "#histogram_quantile), from buckets 100 to 100, with a max diff of 1.5e+02, over 4 "
            "samples from 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z (1:25)"});
}

TEST_F(ClassicHistogramTest, Quantile_WritesAnInfiniteRepairAsGoDoes) {
  const Vectors v = {{"b", {R"(b{le="1"} Inf)", R"(b{le="+Inf"} 1)"}}};
  const std::string repaired =
      "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see "
      "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), from "
      "buckets +Inf to +Inf, with a max diff of +Inf, over 1 samples from 1970-01-01T00:00:00Z to "
      "1970-01-01T00:00:00Z ";
  Evaluate("histogram_quantile(0.5, b)", v);
  EXPECT_EQ(infos_, Lines{repaired + "(1:25)"});
  Evaluate(R"(histogram_quantiles(b, "q", 0.5, 0.7))", v);
  EXPECT_EQ(infos_, Lines{repaired + "(1:21)"});
}

TEST_F(ClassicHistogramTest, Quantile_MayDifferFromStepToStep) {
  const Vectors v = {{"b", {R"(b{le="+Inf"} 10 10 _)", R"(b{le="1"} 10 10 10)"}},
                     {"q", {"q 0.5 1 1"}}};
  EXPECT_EQ(Evaluate("histogram_quantile(scalar(q), b)", v), Lines{"{} 0.5 1 NaN"});
}

TEST_F(ClassicHistogramTest, Quantiles_MakeASeriesOfEach) {
  EXPECT_EQ(Evaluate(R"(histogram_quantiles(b, "q", 0, 1))", kBuckets),
            (Lines{R"({job="x", q="0.0"} 0)", R"({job="x", q="1.0"} 1)"}));
  EXPECT_EQ(Evaluate(R"(histogram_quantiles(b, "q", 1, 1))", kBuckets),
            Lines{"vector cannot contain metrics with the same labelset"});
}

TEST_F(ClassicHistogramTest, EqualQuantilesOfAnInstantQuery_AreRefusedAtItsEndUnderDelayedRemoval) {
  options_.delayed_name_removal = true;
  EXPECT_EQ(Evaluate(R"(count(histogram_quantiles(b, "q", 1, 1)))", kBuckets),
            Lines{"{} (name dropped later) 2"});
}

TEST_F(ClassicHistogramTest, QuantilesUnderALabelThatToldHistogramsApart_AreEqualSeries) {
  const Vectors buckets = {{"b",
                            {R"(b{i="1", le="1"} 1 1)", R"(b{i="1", le="+Inf"} 2 2)",
                             R"(b{i="2", le="1"} 1 1)", R"(b{i="2", le="+Inf"} 2 2)"}}};
  for (const bool delayed : {false, true}) {
    options_.delayed_name_removal = delayed;
    EXPECT_EQ(Evaluate(R"(count(histogram_quantiles(b, "i", 0.5, 1)))", buckets),
              Lines{"vector cannot contain metrics with the same labelset"});
  }
}

TEST_F(ClassicHistogramTest, Fraction_IsTheShareBetweenTwoBounds) {
  EXPECT_EQ(Evaluate("histogram_fraction(0, 0.2, b)", kBuckets),
            Lines{R"({job="x"} 0.5833333333333334)"});
  EXPECT_EQ(Evaluate("histogram_fraction(0.2, 0.1, b)", kBuckets), Lines{R"({job="x"} 0)"});
  EXPECT_EQ(Evaluate("histogram_fraction(-Inf, Inf, b)", kBuckets), Lines{R"({job="x"} 1)"});
  EXPECT_EQ(Evaluate("histogram_fraction(NaN, 1, b)", kBuckets), Lines{R"({job="x"} NaN)"});
}

TEST_F(ClassicHistogramTest, FunctionsOfNativeHistograms_FindNoneAmongFloats) {
  for (const std::string function : {"histogram_count", "histogram_sum", "histogram_avg",
                                     "histogram_stddev", "histogram_stdvar"}) {
    EXPECT_EQ(Evaluate(function + "(b)", kBuckets), Lines{});
  }
}

}  // namespace
}  // namespace promlite::promql::internal
