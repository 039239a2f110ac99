// Expected values are those of Prometheus' own test scripts, or follow from its documentation.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using AggregateTest = QueryTester;

const Lines kRequests = {
    R"(http_requests{group="canary", instance="0", job="api-server"} 300)",
    R"(http_requests{group="canary", instance="0", job="app-server"} 700)",
    R"(http_requests{group="canary", instance="1", job="api-server"} 400)",
    R"(http_requests{group="canary", instance="1", job="app-server"} 800)",
    R"(http_requests{group="production", instance="0", job="api-server"} 100)",
    R"(http_requests{group="production", instance="0", job="app-server"} 500)",
    R"(http_requests{group="production", instance="1", job="api-server"} 200)",
    R"(http_requests{group="production", instance="1", job="app-server"} 600)",
};

// ---- grouping -------------------------------------------------------------------------------

TEST_F(AggregateTest, By_KeepsTheLabelsListed_GroupsInTheOrderOfTheirFirstSeries) {
  EXPECT_EQ(Evaluate("sum by (job, nonexistent) (m)", {{"m", kRequests}}),
            (Lines{R"({job="api-server"} 1000)", R"({job="app-server"} 2600)"}));
  EXPECT_EQ(Evaluate("sum by (job, group) (m)", {{"m", kRequests}}),
            (Lines{R"({group="canary", job="api-server"} 700)",
                   R"({group="canary", job="app-server"} 1500)",
                   R"({group="production", job="api-server"} 300)",
                   R"({group="production", job="app-server"} 1100)"}));
}

TEST_F(AggregateTest, NoGrouping_IsOneGroupWithoutLabels) {
  EXPECT_EQ(Evaluate("sum(m)", {{"m", kRequests}}), Lines{"{} 3600"});
  EXPECT_EQ(Evaluate("sum by () (m)", {{"m", kRequests}}), Lines{"{} 3600"});
  EXPECT_EQ(Evaluate("sum(m)", {}), Lines{});
}

TEST_F(AggregateTest, Without_DropsTheLabelsListedAndTheName) {
  EXPECT_EQ(Evaluate("sum without (instance, job) (m)", {{"m", kRequests}}),
            (Lines{R"({group="canary"} 2200)", R"({group="production"} 1400)"}));
  EXPECT_EQ(Evaluate("sum without () (m)", {{"m", {R"(a{x="1"} 1)", R"(b{x="1"} 2)"}}}),
            Lines{R"({x="1"} 3)"});
  EXPECT_EQ(Evaluate("sum without () (m)", {{"m", {R"(a{__type__="counter", x="1"} 1)"}}}),
            Lines{R"({x="1"} 1)"});
  EXPECT_EQ(Evaluate("sum by (__type__) (m)", {{"m", {R"(a{__type__="counter", x="1"} 1)"}}}),
            Lines{R"({__type__="counter"} 1)"});
}

TEST_F(AggregateTest, By_KeepsTheName_IfItIsListed) {
  EXPECT_EQ(Evaluate("sum by (__name__) (m)", {{"m", {R"(a{x="1"} 1)", R"(a{x="2"} 2)", "b 3"}}}),
            (Lines{"a 3", "b 3"}));
}

TEST_F(AggregateTest, LabelValuesDoNotRunIntoEachOther) {
  EXPECT_EQ(Evaluate("sum by (a, b) (m)",
                     {{"m", {R"(m{a="a", b="abb"} 200)", R"(m{a="aa", b="bb"} 100)"}}}),
            (Lines{R"({a="a", b="abb"} 200)", R"({a="aa", b="bb"} 100)"}));
}

TEST_F(AggregateTest, GroupsExistOnlyAtStepsWithASample) {
  EXPECT_EQ(Evaluate("sum by (g) (m)", {{"m",
                                         {R"(m{g="1", x="1"} 1 _ 3 _)",
                                          R"(m{g="1", x="2"} _ _ 4 5)", R"(m{g="2"} _ _ _ _)"}}}),
            Lines{R"({g="1"} 1 _ 7 5)"});
}

TEST_F(AggregateTest, SeriesWithoutSamples_DoNotDecideTheOrderOfGroups) {
  EXPECT_EQ(
      Evaluate("max by (g) (m)",
               {{"m", {R"(m{g="2", x="1"} _ _)", R"(m{g="1"} 1 _)", R"(m{g="2", x="2"} _ 2)"}}}),
      (Lines{R"({g="1"} 1 _)", R"({g="2"} _ 2)"}));
}

// ---- sum and avg ----------------------------------------------------------------------------

TEST_F(AggregateTest, SumAndAvg_AreCompensated) {
  const Lines values = {R"(m{x="a"} 2)", R"(m{x="b"} 8)", R"(m{x="c"} 1e100)",
                        R"(m{x="d"} -1e100)"};
  EXPECT_EQ(Evaluate("sum(m)", {{"m", values}}), Lines{"{} 10"});
  EXPECT_EQ(Evaluate("avg(m)", {{"m", values}}), Lines{"{} 2.5"});
}

TEST_F(AggregateTest, Sum_IsPlainInPrometheus2) {
  const Lines values = {R"(m{x="a"} 1e16)", R"(m{x="b"} 1)", R"(m{x="c"} -1e16)"};
  EXPECT_EQ(Evaluate("sum(m)", {{"m", values}}), Lines{"{} 1"});
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(Evaluate("sum(m)", {{"m", values}}), Lines{"{} 0"});
}

TEST_F(AggregateTest, SumOfOneNegativeZero_IsPositiveBecauseOfTheCompensation) {
  EXPECT_EQ(Evaluate("sum(m)", {{"m", {"m -0"}}}), Lines{"{} 0"});
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(Evaluate("sum(m)", {{"m", {"m -0"}}}), Lines{"{} -0"});
}

TEST_F(AggregateTest, SumAndAvg_OfInfinities) {
  const auto both = [&](const Lines& values) {
    return Evaluate("sum(m)", {{"m", values}})[0] + ", " + Evaluate("avg(m)", {{"m", values}})[0];
  };
  EXPECT_EQ(both({R"(m{x="1"} Inf)", R"(m{x="2"} 2)"}), "{} +Inf, {} +Inf");
  EXPECT_EQ(both({R"(m{x="1"} 2)", R"(m{x="2"} -Inf)"}), "{} -Inf, {} -Inf");
  EXPECT_EQ(both({R"(m{x="1"} Inf)", R"(m{x="2"} -Inf)"}), "{} NaN, {} NaN");
  EXPECT_EQ(both({R"(m{x="1"} 2)", R"(m{x="2"} NaN)"}), "{} NaN, {} NaN");
  EXPECT_EQ(both({R"(m{x="1"} 0)", R"(m{x="2"} Inf)", R"(m{x="3"} Inf)", R"(m{x="4"} 0)"}),
            "{} +Inf, {} +Inf");
}

TEST_F(AggregateTest, Avg_DoesNotOverflow) {
  // 2^1023, half of what overflows.
  const Lines big = {R"(m{x="1"} 8.98846567431158e+307)", R"(m{x="2"} 8.98846567431158e+307)"};
  EXPECT_EQ(Evaluate("avg(m)", {{"m", big}}), Lines{"{} 8.98846567431158e+307"});
  EXPECT_EQ(Evaluate("sum(m)", {{"m", big}}), Lines{"{} +Inf"});
}

TEST_F(AggregateTest, Avg_OfTheSameValueIsThatValue) {
  Lines values;
  for (int i = 0; i < 12; ++i) values.push_back(absl::StrCat("m{x=\"", i, "\"} 52"));
  for (int k = 8; k <= 12; ++k) {
    EXPECT_EQ(Evaluate(absl::StrCat("avg(topk(", k, ", m)) - 52"), {{"m", values}}), Lines{"{} 0"});
  }
}

// ---- the other folds ------------------------------------------------------------------------

TEST_F(AggregateTest, MinAndMax_AreNanOnlyOfNanAlone) {
  const Lines values = {R"(m{g="p", x="0"} 1)", R"(m{g="p", x="1"} 2)", R"(m{g="c", x="0"} NaN)",
                        R"(m{g="c", x="1"} 3)", R"(m{g="n"} NaN)"};
  EXPECT_EQ(Evaluate("max by (g) (m)", {{"m", values}}),
            (Lines{R"({g="p"} 2)", R"({g="c"} 3)", R"({g="n"} NaN)"}));
  EXPECT_EQ(Evaluate("min by (g) (m)", {{"m", values}}),
            (Lines{R"({g="p"} 1)", R"({g="c"} 3)", R"({g="n"} NaN)"}));
}

TEST_F(AggregateTest, CountAndGroup) {
  const Lines values = {R"(m{x="1"} 5 _ NaN)", R"(m{x="2"} 6 7 _)"};
  EXPECT_EQ(Evaluate("count(m)", {{"m", values}}), Lines{"{} 2 1 1"});
  EXPECT_EQ(Evaluate("group(m)", {{"m", values}}), Lines{"{} 1 1 1"});
}

TEST_F(AggregateTest, StddevAndStdvar_AreOfThePopulation) {
  EXPECT_EQ(Evaluate("stdvar(m)", {{"m", {R"(m{x="1"} 1)", R"(m{x="2"} 2)"}}}), Lines{"{} 0.25"});
  EXPECT_EQ(Evaluate("stdvar by (instance) (m)", {{"m", kRequests}}),
            (Lines{R"({instance="0"} 50000)", R"({instance="1"} 50000)"}));
  EXPECT_EQ(Evaluate("stddev(m)", {{"m", {R"(m{x="1"} 1)", R"(m{x="2"} 2)"}}}), Lines{"{} 0.5"});
  EXPECT_EQ(
      Evaluate("stddev(m)", {{"m", {R"(m{x="1"} 13.3)", R"(m{x="2"} 13.3)", R"(m{x="3"} 13.3)"}}}),
      Lines{"{} 0"});
}

TEST_F(AggregateTest, StddevOfNanAndInfinity_IsNan) {
  for (const std::string value : {"NaN", "Inf", "-Inf"}) {
    EXPECT_EQ(Evaluate("stddev by (x) (m)", {{"m", {R"(m{x="a"} )" + value, R"(m{x="b"} 1)"}}}),
              (Lines{R"({x="a"} NaN)", R"({x="b"} 0)"}));
    EXPECT_EQ(Evaluate("stdvar(m)", {{"m", {R"(m{x="a"} 1)", R"(m{x="b"} )" + value}}}),
              Lines{"{} NaN"});
  }
}

// ---- topk, bottomk --------------------------------------------------------------------------

TEST_F(AggregateTest, Topk_OrdersAnInstantResult) {
  EXPECT_EQ(Evaluate("topk(3, m)", {{"m", kRequests}}),
            (Lines{R"(http_requests{group="canary", instance="1", job="app-server"} 800)",
                   R"(http_requests{group="canary", instance="0", job="app-server"} 700)",
                   R"(http_requests{group="production", instance="1", job="app-server"} 600)"}));
  EXPECT_EQ(Evaluate("bottomk by (group) (2, m)", {{"m", kRequests}}),
            (Lines{R"(http_requests{group="canary", instance="0", job="api-server"} 300)",
                   R"(http_requests{group="canary", instance="1", job="api-server"} 400)",
                   R"(http_requests{group="production", instance="0", job="api-server"} 100)",
                   R"(http_requests{group="production", instance="1", job="api-server"} 200)"}));
}

TEST_F(AggregateTest, Topk_PutsNanLast) {
  const Lines values = {R"(m{x="0"} 100)", R"(m{x="1"} 200)", R"(m{x="2"} NaN)"};
  EXPECT_EQ(Evaluate("topk(9999999999, m)", {{"m", values}}),
            (Lines{R"(m{x="1"} 200)", R"(m{x="0"} 100)", R"(m{x="2"} NaN)"}));
  EXPECT_EQ(Evaluate("bottomk(3, m)", {{"m", values}}),
            (Lines{R"(m{x="0"} 100)", R"(m{x="1"} 200)", R"(m{x="2"} NaN)"}));
  EXPECT_EQ(Evaluate("topk(1, m)", {{"m", {R"(m{x="0"} NaN)", R"(m{x="1"} -Inf)"}}}),
            Lines{R"(m{x="1"} -Inf)"});
}

TEST_F(AggregateTest, Topk_KeepsTheEarlierOfEqualSeries) {
  EXPECT_EQ(Evaluate("topk(1, m)", {{"m", {R"(m{x="0"} 1)", R"(m{x="1"} 1)"}}}),
            Lines{R"(m{x="0"} 1)"});
}

TEST_F(AggregateTest, Topk_ChoosesAnewAtEveryStep_WithAParameterOfEveryStep) {
  const Lines values = {R"(m{x="a"} 1 9 1 1)", R"(m{x="b"} 2 2 2 2)", R"(m{x="c"} 3 3 _ 3)"};
  EXPECT_EQ(Evaluate("topk(1, m)", {{"m", values}}),
            (Lines{R"(m{x="a"} _ 9 _ _)", R"(m{x="b"} _ _ 2 _)", R"(m{x="c"} 3 _ _ 3)"}));
  EXPECT_EQ(Evaluate("topk(scalar(k), m)", {{"k", {"k 0 1 2.9 3"}}, {"m", values}}),
            (Lines{R"(m{x="a"} _ 9 1 1)", R"(m{x="b"} _ _ 2 2)", R"(m{x="c"} _ _ _ 3)"}));
}

TEST_F(AggregateTest, Topk_RefusesNanAndWhatIsNoInteger_UnlessAllAreBelowOne) {
  const Lines values = {R"(m{x="a"} 1 2)", R"(m{x="b"} 2 1)"};
  EXPECT_EQ(Evaluate("topk(0, m)", {{"m", values}}), Lines{});
  EXPECT_EQ(Evaluate("topk(-1e30, m)", {{"m", values}}), Lines{});
  EXPECT_EQ(Evaluate("topk(NaN, m)", {{"m", values}}), Lines{"Parameter value is NaN"});
  EXPECT_EQ(Evaluate("topk(scalar(k), m)", {{"k", {"k 1 NaN"}}, {"m", values}}),
            Lines{"Parameter value is NaN"});
  EXPECT_EQ(Evaluate("topk(1e30, m)", {{"m", values}}),
            Lines{"Scalar value 1e+30 overflows int64"});
  EXPECT_EQ(Evaluate("topk(9223372036854774784, m)", {{"m", values}}),
            Lines{"Scalar value 9.223372036854775e+18 overflows int64"});
  EXPECT_EQ(Evaluate("bottomk(scalar(k), m)", {{"k", {"k 1 -1e30"}}, {"m", values}}),
            Lines{"Scalar value -1e+30 underflows int64"});
  EXPECT_EQ(Evaluate("limitk(1e30, nothing)", {}), Lines{"Scalar value 1e+30 overflows int64"});
}

// ---- limitk, limit_ratio --------------------------------------------------------------------

TEST_F(AggregateTest, Limitk_TakesTheFirstOfEachGroupAtEachStep) {
  const Lines values = {R"(m{g="1", x="a"} _ 1 1)", R"(m{g="1", x="b"} 2 2 2)",
                        R"(m{g="2", x="c"} 3 3 3)"};
  EXPECT_EQ(
      Evaluate("limitk by (g) (1, m)", {{"m", values}}),
      (Lines{R"(m{g="1", x="a"} _ 1 1)", R"(m{g="1", x="b"} 2 _ _)", R"(m{g="2", x="c"} 3 3 3)"}));
  EXPECT_EQ(Evaluate("count(limitk(scalar(k), m))", {{"k", {"k 1 2.5 7"}}, {"m", values}}),
            Lines{"{} 1 2 3"});
}

TEST_F(AggregateTest, LimitRatio_AndItsComplementMakeUpTheWhole) {
  Lines values;
  for (int i = 0; i < 100; ++i) values.push_back(absl::StrCat("m{x=\"", i, "\"} 1"));
  for (const std::string ratio : {"0.2, -0.8", "0.5, -0.5", "0.9, -0.1"}) {
    const std::vector<std::string> parts = absl::StrSplit(ratio, ", ");
    const std::string one = "limit_ratio(" + parts[0] + ", m)";
    const std::string other = "limit_ratio(" + parts[1] + ", m)";
    EXPECT_EQ(Evaluate("count(" + one + " or " + other + ")", {{"m", values}}), Lines{"{} 100"});
    EXPECT_EQ(Evaluate(one + " and " + other, {{"m", values}}), Lines{});
  }
  EXPECT_EQ(Evaluate("count(limit_ratio(1, m))", {{"m", values}}), Lines{"{} 100"});
  EXPECT_EQ(Evaluate("count(limit_ratio(-1, m))", {{"m", values}}), Lines{"{} 100"});
  EXPECT_EQ(Evaluate("limit_ratio(0, m)", {{"m", values}}), Lines{});
}

TEST_F(AggregateTest, LimitRatio_CapsWithAWarningAtTheParameter) {
  const Lines values = {"m 1"};
  EXPECT_EQ(Evaluate("count(limit_ratio(1.1, m))", {{"m", values}}), Lines{"{} 1"});
  EXPECT_EQ(warnings_, Lines{"PromQL warning: ratio value should be between -1 and 1, got 1.1, "
                             "capping to 1 (1:19)"});
  EXPECT_EQ(Evaluate("count(limit_ratio(-1.1, m))", {{"m", values}}), Lines{"{} 1"});
  EXPECT_EQ(warnings_, Lines{"PromQL warning: ratio value should be between -1 and 1, got -1.1, "
                             "capping to -1 (1:19)"});
  EXPECT_EQ(Evaluate("limit_ratio(NaN, m)", {{"m", values}}), Lines{"Ratio value is NaN"});
}

// ---- quantile -------------------------------------------------------------------------------

const Lines kData = {
    R"(data{point="a", test="NaN sample"} 0)",     R"(data{point="b", test="NaN sample"} 1)",
    R"(data{point="c", test="NaN sample"} NaN)",   R"(data{point="a", test="three samples"} 0)",
    R"(data{point="b", test="three samples"} 1)",  R"(data{point="c", test="three samples"} 2)",
    R"(data{point="a", test="two samples"} 0)",    R"(data{point="b", test="two samples"} 1)",
    R"(data{point="a", test="uneven samples"} 0)", R"(data{point="b", test="uneven samples"} 1)",
    R"(data{point="c", test="uneven samples"} 4)",
};

TEST_F(AggregateTest, Quantile_InterpolatesAndTakesNanAsSmallest) {
  EXPECT_EQ(
      Evaluate("quantile without (point) (0.8, data)", {{"data", kData}}),
      (Lines{R"({test="NaN sample"} 0.6000000000000001)", R"({test="three samples"} 1.6)",
             R"({test="two samples"} 0.8)", R"({test="uneven samples"} 2.8000000000000003)"}));
  EXPECT_EQ(Evaluate("quantile without (point) (0.2, data)", {{"data", kData}}),
            (Lines{R"({test="NaN sample"} NaN)", R"({test="three samples"} 0.4)",
                   R"({test="two samples"} 0.2)", R"({test="uneven samples"} 0.4)"}));
  EXPECT_EQ(Evaluate("quantile(0.25, m)",
                     {{"m", {R"(m{x="1"} 8)", R"(m{x="2"} 1)", R"(m{x="3"} 4)", R"(m{x="4"} 2)"}}}),
            Lines{"{} 1.75"});
}

TEST_F(AggregateTest, Quantile_MayDifferFromStepToStep) {
  EXPECT_EQ(
      Evaluate("quantile(scalar(q), m)",
               {{"m", {R"(m{x="1"} 0 0 0 0)", R"(m{x="2"} 1 1 1 1)"}}, {"q", {"q 0 1 0.25 0.5"}}}),
      Lines{"{} 0 1 0.25 0.5"});
}

TEST_F(AggregateTest, Quantile_WarnsOfEachKindOfBadParameterOnceForAllSteps) {
  EXPECT_EQ(Evaluate("quantile(scalar(q), m)", {{"m", {"m 1 1 1 1"}}, {"q", {"q 2 -1 NaN 1.5"}}}),
            Lines{"{} +Inf -Inf NaN +Inf"});
  // The extremes of a row with NaN are NaN.
  EXPECT_EQ(warnings_,
            Lines{"PromQL warning: quantile value should be between 0 and 1, got NaN (1:10)"});
  Evaluate("quantile(scalar(q), m)", {{"m", {"m 1 1 1"}}, {"q", {"q 2 -1 1.5"}}});
  EXPECT_EQ(warnings_,
            (Lines{"PromQL warning: quantile value should be between 0 and 1, got -1 (1:10)",
                   "PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)"}));
  Evaluate("quantile(2, nothing)", {});
  EXPECT_EQ(warnings_,
            Lines{"PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)"});
}

// Places that Prometheus 3.16 gives.
TEST_F(AggregateTest, WarningsOfAParameterPointInsideItsParentheses) {
  const auto place = [&](const std::string& query) {
    Evaluate(query, {{"m", {"m 1"}}});
    return warnings_.size() == 1 ? warnings_[0].substr(warnings_[0].rfind('(')) : "no warning";
  };
  EXPECT_EQ(place("quantile((2), m)"), "(1:11)");
  EXPECT_EQ(place("quantile(((2)), m)"), "(1:12)");
  EXPECT_EQ(place("quantile by (a) ((2), m)"), "(1:19)");
  EXPECT_EQ(place("quantile( (2+1), m)"), "(1:12)");
  EXPECT_EQ(place("quantile(+(2), m)"), "(1:10)");
  EXPECT_EQ(place("limit_ratio((2), m)"), "(1:14)");
}

// ---- count_values ---------------------------------------------------------------------------

const Lines kVersions = {
    R"(version{group="canary", instance="0", job="api-server"} 8)",
    R"(version{group="canary", instance="0", job="app-server"} 7)",
    R"(version{group="canary", instance="1", job="api-server"} 8)",
    R"(version{group="production", instance="0", job="api-server"} 6)",
    R"(version{group="production", instance="1", job="api-server"} 6)",
};

TEST_F(AggregateTest, CountValues_MakesASeriesOfEachValue) {
  EXPECT_EQ(Evaluate(R"(count_values((("version")), m))", {{"m", kVersions}}),
            (Lines{R"({version="8"} 2)", R"({version="7"} 1)", R"({version="6"} 2)"}));
  EXPECT_EQ(Evaluate(R"(count_values without (instance) ("version", m))", {{"m", kVersions}}),
            (Lines{R"({group="canary", job="api-server", version="8"} 2)",
                   R"({group="canary", job="app-server", version="7"} 1)",
                   R"({group="production", job="api-server", version="6"} 2)"}));
}

TEST_F(AggregateTest, CountValues_OverwritesItsLabelBeforeGrouping) {
  const Lines expected = {R"({group="canary", job="8"} 2)", R"({group="canary", job="7"} 1)",
                          R"({group="production", job="6"} 2)"};
  EXPECT_EQ(Evaluate(R"(count_values without (instance) ("job", m))", {{"m", kVersions}}),
            expected);
  EXPECT_EQ(Evaluate(R"(count_values by (job, group) ("job", m))", {{"m", kVersions}}), expected);
  EXPECT_EQ(Evaluate(R"(count_values without (instance, job) ("job", m))", {{"m", kVersions}}),
            (Lines{R"({group="canary"} 3)", R"({group="production"} 2)"}));
}

TEST_F(AggregateTest, CountValues_WritesValuesWithoutExponents_OneSeriesAtSeveralSteps) {
  EXPECT_EQ(Evaluate(R"(count_values("v", m))",
                     {{"m", {R"(m{x="a"} 1e21 NaN -0 1e21)", R"(m{x="b"} 1e21 _ Inf 0.5)"}}}),
            (Lines{R"({v="1000000000000000000000"} 2 _ _ 1)", R"({v="NaN"} _ 1 _ _)",
                   R"({v="-0"} _ _ 1 _)", R"({v="+Inf"} _ _ 1 _)", R"({v="0.5"} _ _ _ 1)"}));
}

TEST_F(AggregateTest, CountValues_RefusesAnInvalidLabelName) {
  EXPECT_EQ(Evaluate(R"(count_values("a\xc5z", m))", {{"m", kVersions}}),
            Lines{R"(invalid label name "a\xc5z")"});
  EXPECT_EQ(Evaluate(R"(count_values("", m))", {{"m", kVersions}}),
            Lines{R"(invalid label name "")"});
}

// ---- delayed name removal -------------------------------------------------------------------

TEST_F(AggregateTest, AGroupIsMarked_IfAMemberAtItsLastStepIs) {
  options_.delayed_name_removal = true;
  EXPECT_EQ(Evaluate("sum by (__name__) (m)",
                     {{"m", {R"(m{x="1"} 1 1)", R"(m{x="2"} (name dropped later) 2 2)"}}}),
            Lines{"m (name dropped later) 3 3"});
  EXPECT_EQ(Evaluate("sum by (__name__) (m)",
                     {{"m", {R"(m{x="1"} 1 1)", R"(m{x="2"} (name dropped later) 2 _)"}}}),
            Lines{"m 3 1"});
  EXPECT_EQ(Evaluate("topk(1, m)", {{"m", {"m (name dropped later) 3 3"}}}),
            Lines{"m (name dropped later) 3 3"});
}

}  // namespace
}  // namespace promlite::promql::internal
