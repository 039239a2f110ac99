// abs to sqrt, trigonometry, sgn, round, clamp, and those between scalars and vectors. Expected
// values are those of Prometheus' own test scripts, or follow from its documentation.

#include <gtest/gtest.h>

#include <string>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using ValueFunctionsTest = QueryTester;

TEST_F(ValueFunctionsTest, FunctionsOfEachSample_DropTheNameAndKeepGaps) {
  const Vectors v = {{"v", {R"(m{x="1"} -2.5 _ 4)", R"(m{x="2"} _ NaN -Inf)"}}};
  EXPECT_EQ(Evaluate("abs(v)", v), (Lines{R"({x="1"} 2.5 _ 4)", R"({x="2"} _ NaN +Inf)"}));
  EXPECT_EQ(Evaluate("ceil(v)", v), (Lines{R"({x="1"} -2 _ 4)", R"({x="2"} _ NaN -Inf)"}));
  EXPECT_EQ(Evaluate("floor(v)", v), (Lines{R"({x="1"} -3 _ 4)", R"({x="2"} _ NaN -Inf)"}));
  EXPECT_EQ(Evaluate("sqrt(v)", v), (Lines{R"({x="1"} NaN _ 2)", R"({x="2"} _ NaN NaN)"}));
  EXPECT_EQ(Evaluate("sgn(v)", v), (Lines{R"({x="1"} -1 _ 1)", R"({x="2"} _ NaN -1)"}));
  EXPECT_EQ(Evaluate("exp(v)", {{"v", {"m 0 -Inf Inf NaN"}}}), Lines{"{} 1 0 +Inf NaN"});
  EXPECT_EQ(Evaluate("ln(v)", {{"v", {"m 1 0 -1 Inf"}}}), Lines{"{} 0 -Inf NaN +Inf"});
  EXPECT_EQ(Evaluate("log2(v)", {{"v", {"m 8 0 -1 0.5"}}}), Lines{"{} 3 -Inf NaN -1"});
  EXPECT_EQ(Evaluate("log10(v)", {{"v", {"m 1000 0 -1"}}}), Lines{"{} 3 -Inf NaN"});
}

TEST_F(ValueFunctionsTest, Sgn_KeepsZerosAsTheyAre) {
  EXPECT_EQ(Evaluate("sgn(v)", {{"v", {"m 0 -0 Inf"}}}), Lines{"{} 0 -0 1"});
}

TEST_F(ValueFunctionsTest, DegAndRad_Convert_AndInverseFunctionsAreNanOutsideTheirDomain) {
  EXPECT_EQ(Evaluate("deg(v)", {{"v", {"m 0 1"}}}), Lines{"{} 0 57.29577951308232"});
  EXPECT_EQ(Evaluate("rad(v)", {{"v", {"m 180 90"}}}),
            Lines{"{} 3.141592653589793 1.5707963267948966"});
  EXPECT_EQ(Evaluate("cos(v)", {{"v", {"m 0"}}}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("atanh(v)", {{"v", {"m 1 2"}}}), Lines{"{} +Inf NaN"});
  EXPECT_EQ(Evaluate("acosh(v)", {{"v", {"m 1 0"}}}), Lines{"{} 0 NaN"});
}

TEST_F(ValueFunctionsTest, Round_TakesTiesUp_AndRoundsToMultiples) {
  EXPECT_EQ(Evaluate("round(v)", {{"v", {"m -2.5 -1.5 0.5 1.5 2.5"}}}), Lines{"{} -2 -1 1 2 3"});
  EXPECT_EQ(Evaluate("round(v, 5)", {{"v", {"m 2.5 4.5 9 -3"}}}), Lines{"{} 5 5 10 -5"});
  EXPECT_EQ(Evaluate("round(v, 0.1)", {{"v", {"m 2.15 5.25"}}}), Lines{"{} 2.2 5.3"});
  EXPECT_EQ(Evaluate("round(v, scalar(to))", {{"to", {"to 1 10 0"}}, {"v", {"m 14 16 3"}}}),
            Lines{"{} 14 20 NaN"});
}

TEST_F(ValueFunctionsTest, Clamp_KeepsWithinBounds_EmptyWhereTheyCross) {
  const Vectors v = {{"v", {R"(m{x="a"} -50)", R"(m{x="b"} 0)", R"(m{x="c"} 100)"}}};
  EXPECT_EQ(Evaluate("clamp(v, -25, 75)", v),
            (Lines{R"({x="a"} -25)", R"({x="b"} 0)", R"({x="c"} 75)"}));
  EXPECT_EQ(Evaluate("clamp_max(clamp_min(v, (-20)), 70)", v),
            (Lines{R"({x="a"} -20)", R"({x="b"} 0)", R"({x="c"} 70)"}));
  EXPECT_EQ(Evaluate("clamp(v, 0, NaN)", v),
            (Lines{R"({x="a"} NaN)", R"({x="b"} NaN)", R"({x="c"} NaN)"}));
  EXPECT_EQ(Evaluate("clamp(v, 5, -5)", v), Lines{});
}

TEST_F(ValueFunctionsTest, ClampsBoundsAreThoseOfEachStep_EmptyWhereTheyCross) {
  EXPECT_EQ(Evaluate("clamp(v, scalar(low), 2)", {{"low", {"l 0 3 1"}}, {"v", {"m 5 5 0"}}}),
            Lines{"{} 2 _ 1"});
}

TEST_F(ValueFunctionsTest, Clamp_OfNanFollowsGosMaxAndMin) {
  EXPECT_EQ(Evaluate("clamp_min(v, Inf)", {{"v", {"m NaN"}}}), Lines{"{} +Inf"});
  EXPECT_EQ(Evaluate("clamp_max(v, -Inf)", {{"v", {"m NaN"}}}), Lines{"{} -Inf"});
  EXPECT_EQ(Evaluate("clamp_min(v, 3)", {{"v", {"m NaN"}}}), Lines{"{} NaN"});
}

TEST_F(ValueFunctionsTest, SeriesThatBecomeEqual_AreMergedOrAnError) {
  EXPECT_EQ(Evaluate("ceil(v)", {{"v", {"a 0.5 _", "b _ 1.5"}}}), Lines{"{} 1 2"});
  EXPECT_EQ(Evaluate("ceil(v)", {{"v", {"a 0.5 _", "b 1.5 _"}}}),
            Lines{"vector cannot contain metrics with the same labelset"});
  options_.delayed_name_removal = true;
  EXPECT_EQ(Evaluate("ceil(v)", {{"v", {"a 0.5 _", "b 1.5 _"}}}),
            (Lines{"a (name dropped later) 1 _", "b (name dropped later) 2 _"}));
}

TEST_F(ValueFunctionsTest, TypeAndUnitLabelsGoWithTheName) {
  EXPECT_EQ(Evaluate("abs(v)", {{"v", {R"(m{__type__="gauge", __unit__="bytes", x="1"} -1)"}}}),
            Lines{R"({x="1"} 1)"});
}

TEST_F(ValueFunctionsTest, Scalar_IsTheOneSampleOrNan) {
  EXPECT_EQ(Evaluate("scalar(v)", {{"v", {R"(m{x="1"} 1 _ 3)", R"(m{x="2"} _ _ 4)"}}}),
            Lines{"{} 1 NaN NaN"});
  EXPECT_EQ(Evaluate("vector(scalar(v))", {{"v", {"m 1 _"}}}), Lines{"{} 1 NaN"});
}

TEST_F(ValueFunctionsTest, MaxOfAndMinOf_TreatNanAsGosMaxAndMin) {
  EXPECT_EQ(Evaluate("max_of(1, 2)", {}), Lines{"{} 2"});
  EXPECT_EQ(Evaluate("min_of(NaN, 2)", {}), Lines{"{} NaN"});
  EXPECT_EQ(Evaluate("max_of(NaN, Inf)", {}), Lines{"{} +Inf"});
}

TEST_F(ValueFunctionsTest, Absent_HasTheLabelsThatTheSelectorSets) {
  EXPECT_EQ(Evaluate(R"q(absent(nothing{job="x", instance=~".*", zone="a", zone!="b"}))q", {}),
            Lines{R"({job="x"} 1)"});
  EXPECT_EQ(Evaluate(R"q(absent((nothing{job="x"})))q", {}), Lines{R"({job="x"} 1)"});
  EXPECT_EQ(Evaluate(R"q(absent(nothing{a="1", a="1"}))q", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate(R"q(absent(nothing{a=~"x", a="1"}))q", {}), Lines{R"({a="1"} 1)"});
  EXPECT_EQ(Evaluate(R"q(absent(sum(nothing{job="x"})))q", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("absent(v)", {{"v", {"m 1 _ NaN"}}}), Lines{"{} _ 1 _"});
  EXPECT_EQ(Evaluate("absent(v)", {{"v", {"m 1"}}}), Lines{});
}

// Answers of Prometheus 3.16.
TEST_F(ValueFunctionsTest, Absent_HearsMatchersThatOnlyTakeSeriesAwayLast_WhereverTheyStand) {
  const auto absent = [&](const std::string& matchers) {
    return Evaluate("absent(nothing{" + matchers + "})", {});
  };
  EXPECT_EQ(absent(R"(s!~"k", s="h", t="1")"), Lines{R"({t="1"} 1)"});
  EXPECT_EQ(absent(R"(s!="h", s="h")"), Lines{"{} 1"});
  EXPECT_EQ(absent(R"(s="h", s!="k", t="1")"), Lines{R"({t="1"} 1)"});
  EXPECT_EQ(absent(R"(t="1", s="h", u!="b")"), Lines{R"({s="h", t="1"} 1)"});
  EXPECT_EQ(absent(R"(s!="", s="h")"), Lines{R"({s="h"} 1)"});
  EXPECT_EQ(absent(R"(s!~".*", s="h")"), Lines{R"({s="h"} 1)"});
  EXPECT_EQ(absent(R"(s=~"k.*", s=~"h.*", s="h")"), Lines{R"({s="h"} 1)"});
  EXPECT_EQ(absent(R"(s="", s!="h")"), Lines{"{} 1"});
}

}  // namespace
}  // namespace promlite::promql::internal
