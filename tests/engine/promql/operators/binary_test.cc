// Expected values are those of Prometheus' own test scripts, or follow from its documentation.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using BinaryTest = QueryTester;

// ---- scalars --------------------------------------------------------------------------------

TEST_F(BinaryTest, Scalars_AreCalculatedByPrecedence_OrComparedWithBool) {
  EXPECT_EQ(Evaluate("2/-2^---1*3+2", {}), Lines{"{} -10"});
  EXPECT_EQ(Evaluate("-2^---1*3", {}), Lines{"{} -1.5"});
  EXPECT_EQ(Evaluate("0 == bool 1", {}), Lines{"{} 0"});
  EXPECT_EQ(Evaluate("NaN != bool NaN", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("10 atan2 20", {}), Lines{"{} 0.4636476090008061"});
  EXPECT_EQ(Evaluate("7 % -3", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("-7 % 3", {}), Lines{"{} -1"});
  EXPECT_EQ(Evaluate("scalar(a) - scalar(b)", {{"a", {"a 1 _ 3"}}, {"b", {"b 1 1 1"}}}),
            Lines{"{} 0 NaN 2"});
}

TEST_F(BinaryTest, SpecialCasesOfPowerAndModulo_AreGos) {
  EXPECT_EQ(Evaluate("(-1) ^ Inf", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("NaN ^ 0", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("1 ^ NaN", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("(-8) ^ (1/3)", {}), Lines{"{} NaN"});
  EXPECT_EQ(Evaluate("(-0) ^ -3", {}), Lines{"{} -Inf"});
  EXPECT_EQ(Evaluate("5 % Inf", {}), Lines{"{} 5"});
  EXPECT_EQ(Evaluate("Inf % 5", {}), Lines{"{} NaN"});
  EXPECT_EQ(Evaluate("5 % 0", {}), Lines{"{} NaN"});
  EXPECT_EQ(Evaluate("-6 % 3", {}), Lines{"{} -0"});
}

// ---- vector and scalar ----------------------------------------------------------------------

TEST_F(BinaryTest, VectorAndScalar_DropTheNameInArithmetic) {
  const Lines cpu = {R"(cpu{mode="idle"} 3 8 _)", R"(cpu{mode="user"} _ 2 1)"};
  EXPECT_EQ(Evaluate("cpu - 2", {{"cpu", cpu}}),
            (Lines{R"({mode="idle"} 1 6 _)", R"({mode="user"} _ 0 -1)"}));
  EXPECT_EQ(Evaluate("2 - cpu", {{"cpu", cpu}}),
            (Lines{R"({mode="idle"} -1 -6 _)", R"({mode="user"} _ 0 1)"}));
  EXPECT_EQ(Evaluate("cpu ^ 2", {{"cpu", cpu}}),
            (Lines{R"({mode="idle"} 9 64 _)", R"({mode="user"} _ 4 1)"}));
  EXPECT_EQ(Evaluate("cpu / 0", {{"cpu", cpu}}),
            (Lines{R"({mode="idle"} +Inf +Inf _)", R"({mode="user"} _ +Inf +Inf)"}));
}

TEST_F(BinaryTest, ScalarsAreThoseOfEachStep) {
  EXPECT_EQ(Evaluate("a * scalar(b)", {{"a", {"a 1 1 1"}}, {"b", {"b 2 3 _"}}}),
            Lines{"{} 2 3 NaN"});
}

TEST_F(BinaryTest, Comparisons_KeepTheVectorsSamples_WhicheverSideItIsOn) {
  const Lines a = {R"(a{x="1"} 1000 3)", R"(a{x="2"} 2600 NaN)"};
  EXPECT_EQ(Evaluate("a > 1000", {{"a", a}}), Lines{R"(a{x="2"} 2600 _)"});
  EXPECT_EQ(Evaluate("1000 < a", {{"a", a}}), Lines{R"(a{x="2"} 2600 _)"});
  EXPECT_EQ(Evaluate("a != 1000", {{"a", a}}), (Lines{R"(a{x="1"} _ 3)", R"(a{x="2"} 2600 NaN)"}));
  EXPECT_EQ(Evaluate("a == bool 1000", {{"a", a}}), (Lines{R"({x="1"} 1 0)", R"({x="2"} 0 0)"}));
  EXPECT_EQ(Evaluate("1000 >= bool a", {{"a", a}}), (Lines{R"({x="1"} 1 1)", R"({x="2"} 0 0)"}));
}

TEST_F(BinaryTest, SeriesThatBecomeEqual_AreMergedOrAnError) {
  EXPECT_EQ(Evaluate("v + 1", {{"v", {"a 1 _", "b _ 2"}}}), Lines{"{} 2 3"});
  EXPECT_EQ(Evaluate("v + 1", {{"v", {"a 1 _", "b 2 _"}}}),
            Lines{"vector cannot contain metrics with the same labelset"});
  EXPECT_EQ(Evaluate("v > bool 1", {{"v", {"a 1 _", "b 2 _"}}}),
            Lines{"vector cannot contain metrics with the same labelset"});
  EXPECT_EQ(Evaluate("v > 0", {{"v", {"a 1 _", "b 2 _"}}}), (Lines{"a 1 _", "b 2 _"}));
}

TEST_F(BinaryTest, AnIncludedName_StaysWhereBoolDropsTheOther) {
  const Vectors vectors = {{"p", {R"(p{i="1"} 2)"}}, {"t", {R"(t{z="5"} 1)"}}};
  EXPECT_EQ(Evaluate("p > bool on() group_left(__name__) t", vectors), Lines{R"(t{i="1"} 1)"});
  EXPECT_EQ(Evaluate("p > bool on() group_left(z) t", vectors), Lines{R"({i="1", z="5"} 1)"});
}

TEST_F(BinaryTest, TheErrorOfTheFirstStepIsReported_EqualSeriesOrMatchesThatAreTooMany) {
  const Lines other = {R"(t{z="5"} 1 1)"};
  const std::string query = "v / on(__name__, z) fill_right(7) t";
  EXPECT_EQ(
      Evaluate(query,
               {{"v", {R"(p{i="1", z="1"} 1 1)", R"(p{i="2", z="1"} _ 1)", R"(q{z="1"} 1 _)"}},
                {"t", other}}),
      Lines{"vector cannot contain metrics with the same labelset"});
  EXPECT_EQ(
      Evaluate(query,
               {{"v", {R"(p{i="1", z="1"} 1 1)", R"(p{i="2", z="1"} 1 _)", R"(q{z="1"} _ 1)"}},
                {"t", other}}),
      Lines{"multiple matches for labels: many-to-one matching must be explicit "
            "(group_left/group_right)"});
}

TEST_F(BinaryTest, UnaryMinus_DropsTheName) {
  EXPECT_EQ(Evaluate("-v", {{"v", {R"(a{x="1"} 1 _)", R"(b{x="1"} _ 2)"}}}),
            Lines{R"({x="1"} -1 -2)"});
  EXPECT_EQ(Evaluate("-v", {{"v", {"a 1", "b 2"}}}),
            Lines{"vector cannot contain metrics with the same labelset"});
  EXPECT_EQ(Evaluate("+v", {{"v", {"a 1"}}}), Lines{"a 1"});
  EXPECT_EQ(Evaluate("- - - 1", {}), Lines{"{} -1"});
}

// ---- one-to-one -----------------------------------------------------------------------------

TEST_F(BinaryTest, OneToOne_MatchesAllLabelsButTheName) {
  EXPECT_EQ(Evaluate("a + b", {{"a", {R"(a{l="x"} 10)", R"(a{l="y"} 20)"}},
                               {"b", {R"(b{l="x"} 40)", R"(b{l="z"} 1)"}}}),
            Lines{R"({l="x"} 50)"});
  EXPECT_EQ(Evaluate("a + ignoring() b", {{"a", {R"(a{l="x"} 3)"}}, {"b", {R"(b{l="x"} 4)"}}}),
            Lines{R"({l="x"} 7)"});
  EXPECT_EQ(Evaluate("a + on() b", {{"a", {R"(a{foo="bar"} 2)"}}, {"b", {R"(b{baz="meh"} 3)"}}}),
            Lines{"{} 5"});
}

TEST_F(BinaryTest, OneToOne_KeepsTheLabelsOfOn_DropsThoseOfIgnoring) {
  const Lines canary = {R"(m{group="canary", job="a"} 300)", R"(m{group="canary", job="b"} 700)"};
  const Lines production = {R"(m{group="production", job="a"} 100)",
                            R"(m{group="production", job="b"} 500)"};
  const Lines expected = {R"({job="a"} 3)", R"({job="b"} 1.4)"};
  const Vectors vectors = {{"c", canary}, {"p", production}};
  EXPECT_EQ(Evaluate("c / on (job) p", vectors), expected);
  EXPECT_EQ(Evaluate("c / ignoring (group) p", vectors), expected);
  EXPECT_EQ(Evaluate("c > ignoring (group) p", vectors),
            (Lines{R"(m{job="a"} 300)", R"(m{job="b"} 700)"}));
  EXPECT_EQ(Evaluate("c > on (job) p", vectors), (Lines{R"({job="a"} 300)", R"({job="b"} 700)"}));
  EXPECT_EQ(Evaluate("c > on (job, __name__) p", vectors),
            (Lines{R"(m{job="a"} 300)", R"(m{job="b"} 700)"}));
}

TEST_F(BinaryTest, OneToOne_ComparesFloatsAsPrometheusDoes) {
  const Vectors vectors = {{"left", {"left 1 2 _ _ 3 _ 4 5 NaN Inf -Inf"}},
                           {"right", {"right 4 _ _ 5 3 7 -1 20 NaN Inf -Inf"}}};
  EXPECT_EQ(Evaluate("left == right", vectors), Lines{"left _ _ _ _ 3 _ _ _ _ +Inf -Inf"});
  EXPECT_EQ(Evaluate("left == bool right", vectors), Lines{"{} 0 _ _ _ 1 _ 0 0 0 1 1"});
  EXPECT_EQ(Evaluate("left != right", vectors), Lines{"left 1 _ _ _ _ _ 4 5 NaN _ _"});
  EXPECT_EQ(Evaluate("left > right", vectors), Lines{"left _ _ _ _ _ _ 4 _ _ _ _"});
  EXPECT_EQ(Evaluate("left >= right", vectors), Lines{"left _ _ _ _ 3 _ 4 _ _ +Inf -Inf"});
  EXPECT_EQ(Evaluate("left < bool right", vectors), Lines{"{} 1 _ _ _ 0 _ 0 1 0 0 0"});
  EXPECT_EQ(Evaluate("left == nothing", vectors), Lines{});
}

TEST_F(BinaryTest, OneToOne_IsInTheOrderOfTheLeft) {
  EXPECT_EQ(Evaluate("a * b", {{"a", {R"(a{l="2"} 1)", R"(a{l="1"} 2)"}},
                               {"b", {R"(b{l="1"} 1)", R"(b{l="2"} 1)"}}}),
            (Lines{R"({l="2"} 1)", R"({l="1"} 2)"}));
}

TEST_F(BinaryTest, DuplicatesOnTheRight_AreAnErrorEvenWithoutAMatch) {
  const Lines right = {R"(b{l="x", n="2"} 1)", R"(b{l="x", n="1"} 1)"};
  const Lines expected = {
      "found duplicate series for the match group {l=\"x\"} on the right hand-side of the "
      "operation: [{__name__=\"b\", l=\"x\", n=\"1\"}, {__name__=\"b\", l=\"x\", n=\"2\"}]"
      ";many-to-many matching not allowed: matching labels must be unique on one side"};
  EXPECT_EQ(Evaluate("a + on (l) b", {{"a", {R"(a{l="y"} 1)"}}, {"b", right}}), expected);
  EXPECT_EQ(Evaluate("a + on (l) group_left b", {{"a", {R"(a{l="y"} 1)"}}, {"b", right}}),
            expected);
  // An empty left side asks nothing of the right, unless something is filled in.
  EXPECT_EQ(Evaluate("a + on (l) b", {{"b", right}}), Lines{});
  EXPECT_EQ(Evaluate("a + on (l) fill_right (0) b", {{"b", right}}), expected);
  EXPECT_EQ(
      Evaluate("b + on (l) group_right a", {{"a", {R"(a{l="y"} 1)"}}, {"b", right}}),
      Lines{"found duplicate series for the match group {l=\"x\"} on the left hand-side of the "
            "operation: [{__name__=\"b\", l=\"x\", n=\"1\"}, {__name__=\"b\", l=\"x\", n=\"2\"}]"
            ";many-to-many matching not allowed: matching labels must be unique on one side"});
}

// Prometheus prints label sets with Go's %q.
TEST_F(BinaryTest, DuplicatesAreNamed_WithEscapesForWhatIsNotSeen) {
  EXPECT_EQ(
      Evaluate("a + on () b", {{"a", {"a 1"}}, {"b", {"b{n=\"\u0378x\"} 1", "b{n=\"2\"} 1"}}}),
      Lines{"found duplicate series for the match group {} on the right hand-side of the "
            "operation: [{__name__=\"b\", n=\"2\"}, {__name__=\"b\", n=\"\\u0378x\"}]"
            ";many-to-many matching not allowed: matching labels must be unique on one side"});
}

TEST_F(BinaryTest, Duplicates_AreAnErrorOnlyAtAStepWhereBothExistAndTheOtherSideIsNotEmpty) {
  EXPECT_EQ(Evaluate("a + on () b",
                     {{"a", {"a 1 2 3"}}, {"b", {R"(b{n="1"} 10 _ _)", R"(b{n="2"} _ 20 30)"}}}),
            Lines{"{} 11 22 33"});
  EXPECT_EQ(Evaluate("a + on () b",
                     {{"a", {"a 1 _ 3"}}, {"b", {R"(b{n="1"} 10 10 _)", R"(b{n="2"} _ 20 30)"}}}),
            Lines{"{} 11 _ 33"});
  EXPECT_NE(Evaluate("a + on () b",
                     {{"a", {"a 1 2 3"}}, {"b", {R"(b{n="1"} 10 10 _)", R"(b{n="2"} _ 20 30)"}}})[0]
                .find("found duplicate series"),
            std::string::npos);
}

TEST_F(BinaryTest, OfSeveralConflicts_TheOneAtTheLowestStepIsReported) {
  const Lines multiple = {
      "multiple matches for labels: many-to-one matching must be explicit "
      "(group_left/group_right)"};
  EXPECT_EQ(Evaluate("a + on () b", {{"a", {R"(a{n="1"} _ 1 _)", R"(a{n="2"} _ 1 1)"}},
                                     {"b", {R"(b{n="1"} _ 1 1)", R"(b{n="2"} _ _ 1)"}}}),
            multiple);
  EXPECT_NE(Evaluate("a + on () b", {{"a", {R"(a{n="1"} _ 1 1)", R"(a{n="2"} _ _ 1)"}},
                                     {"b", {R"(b{n="1"} _ 1 1)", R"(b{n="2"} _ 1 1)"}}})[0]
                .find("found duplicate series"),
            std::string::npos);
}

TEST_F(BinaryTest, SeveralOnTheLeft_AreAnErrorWhereTheSecondFindsItsMatch) {
  const Lines many = {R"(many{label="foo", job="test"} 0)", R"(many{label="bar", job="test"} 1)"};
  const Lines one = {R"(one{job="test"} 1)"};
  const Lines expected = {
      "multiple matches for labels: many-to-one matching must be explicit "
      "(group_left/group_right)"};
  for (const std::string op : {">", ">=", "<="}) {
    EXPECT_EQ(Evaluate("many " + op + " on (job) one", {{"many", many}, {"one", one}}), expected);
  }
  EXPECT_EQ(Evaluate("many > on (job) one", {{"many", many}, {"one", {R"(one{job="other"} 1)"}}}),
            Lines{});
}

// ---- many-to-one ----------------------------------------------------------------------------

const Lines kCpu = {
    R"(node_cpu{instance="abc", mode="idle"} 3)", R"(node_cpu{instance="abc", mode="user"} 1)",
    R"(node_cpu{instance="def", mode="idle"} 8)", R"(node_cpu{instance="def", mode="user"} 2)"};

TEST_F(BinaryTest, GroupLeft_KeepsTheLabelsOfTheManySide) {
  EXPECT_EQ(
      Evaluate("cpu / on (instance) group_left sum by (instance) (cpu)", {{"cpu", kCpu}}),
      (Lines{R"({instance="abc", mode="idle"} 0.75)", R"({instance="abc", mode="user"} 0.25)",
             R"({instance="def", mode="idle"} 0.8)", R"({instance="def", mode="user"} 0.2)"}));
  EXPECT_EQ(
      Evaluate("cpu / ignoring (mode) group_left (dummy) sum without (mode) (cpu)",
               {{"cpu", kCpu}}),
      (Lines{R"({instance="abc", mode="idle"} 0.75)", R"({instance="abc", mode="user"} 0.25)",
             R"({instance="def", mode="idle"} 0.8)", R"({instance="def", mode="user"} 0.2)"}));
}

TEST_F(BinaryTest, GroupLeftAndRight_CopyLabelsFromTheOneSideOrDeleteThem) {
  const Lines role = {R"(node_role{instance="abc", role="prometheus"} 1)"};
  const Lines var = {R"(node_var{instance="abc", job="node", role="old"} 2)"};
  const Vectors vectors = {{"role", role}, {"var", var}, {"cpu", kCpu}};
  const Lines expected = {R"({instance="abc", job="node", role="prometheus"} 2)"};
  EXPECT_EQ(Evaluate("role * on (instance) group_right (role) var", vectors), expected);
  EXPECT_EQ(Evaluate("var * on (instance) group_left (role) role", vectors), expected);
  EXPECT_EQ(Evaluate("var * on (instance) group_left (job) role", vectors),
            Lines{R"({instance="abc", role="old"} 2)"});
  EXPECT_EQ(Evaluate("cpu > on (instance) group_left (role) role", vectors),
            Lines{R"(node_cpu{instance="abc", mode="idle", role="prometheus"} 3)"});
}

TEST_F(BinaryTest, GroupRight_KeepsTheValueOfTheLeftOperand) {
  EXPECT_EQ(
      Evaluate("a < on (l) group_right b",
               {{"a", {R"(a{l="x"} 1)"}}, {"b", {R"(b{l="x", n="1"} 2)", R"(b{l="x", n="2"} 0)"}}}),
      Lines{R"(b{l="x", n="1"} 1)"});
  EXPECT_EQ(
      Evaluate("a - on (l) group_right b",
               {{"a", {R"(a{l="x"} 1)"}}, {"b", {R"(b{l="x", n="1"} 2)", R"(b{l="x", n="2"} 0)"}}}),
      (Lines{R"({l="x", n="1"} -1)", R"({l="x", n="2"} 1)"}));
}

TEST_F(BinaryTest, ManyToOneResultsThatBecomeEqual_AreAnError_AlsoIfFilteredOut) {
  const Lines expected = {
      "multiple matches for labels: grouping labels must ensure unique matches"};
  const Lines many = {R"(a{l="x"} 1)", R"(b{l="x"} 2)"};
  const Lines one = {R"(c{l="x"} 5)"};
  EXPECT_EQ(Evaluate("m * on (l) group_left one", {{"m", many}, {"one", one}}), expected);
  EXPECT_EQ(Evaluate("m > bool on (l) group_left one", {{"m", many}, {"one", one}}), expected);
  EXPECT_EQ(Evaluate("m > on (l) group_left (__name__) one", {{"m", many}, {"one", one}}),
            expected);
  EXPECT_EQ(Evaluate("m < on (l) group_left one", {{"m", many}, {"one", one}}), many);
  EXPECT_EQ(Evaluate("m * on (l) group_left one",
                     {{"m", {R"(a{l="x"} 1 _)", R"(b{l="x"} _ 2)"}}, {"one", {R"(c{l="x"} 5 5)"}}}),
            Lines{R"({l="x"} 5 10)"});
}

TEST_F(BinaryTest, TheOneSideMayChangeItsSeriesFromStepToStep) {
  EXPECT_EQ(Evaluate("m * on (l) group_left (v) one",
                     {{"m", {R"(m{l="x", n="1"} 1 1 1)", R"(m{l="x", n="2"} 2 _ 2)"}},
                      {"one", {R"(one{l="x", v="1"} 10 10 _)", R"(one{l="x", v="2"} _ _ 20)"}}}),
            (Lines{R"({l="x", n="1", v="1"} 10 10 _)", R"({l="x", n="1", v="2"} _ _ 20)",
                   R"({l="x", n="2", v="1"} 20 _ _)", R"({l="x", n="2", v="2"} _ _ 40)"}));
}

// ---- set operators --------------------------------------------------------------------------

TEST_F(BinaryTest, And_KeepsWhatHasAMatch_Unless_WhatHasNone) {
  const Lines a = {R"(a{i="0", job="x"} 300 300)", R"(a{i="1", job="x"} 400 400)"};
  const Lines b = {R"(b{i="0", job="x"} 1 _)"};
  const Vectors vectors = {{"a", a}, {"b", b}};
  EXPECT_EQ(Evaluate("a and b", vectors), Lines{R"(a{i="0", job="x"} 300 _)"});
  EXPECT_EQ(Evaluate("a unless b", vectors),
            (Lines{R"(a{i="0", job="x"} _ 300)", R"(a{i="1", job="x"} 400 400)"}));
  EXPECT_EQ(Evaluate("a and on (job) b", vectors),
            (Lines{R"(a{i="0", job="x"} 300 _)", R"(a{i="1", job="x"} 400 _)"}));
  EXPECT_EQ(Evaluate("a unless ignoring (i) b", vectors),
            (Lines{R"(a{i="0", job="x"} _ 300)", R"(a{i="1", job="x"} _ 400)"}));
  EXPECT_EQ(Evaluate("a and on (dummy) vector(1)", vectors), a);
  EXPECT_EQ(Evaluate("a and nothing", vectors), Lines{});
  EXPECT_EQ(Evaluate("a unless nothing", vectors), a);
}

TEST_F(BinaryTest, Or_AddsWhatTheLeftHasNoMatchFor) {
  const Lines a = {R"(a{i="0"} 1 _)"};
  const Lines b = {R"(b{i="0"} 10 10)", R"(b{i="1"} 20 20)"};
  EXPECT_EQ(Evaluate("a or b", {{"a", a}, {"b", b}}),
            (Lines{R"(a{i="0"} 1 _)", R"(b{i="0"} _ 10)", R"(b{i="1"} 20 20)"}));
  EXPECT_EQ(Evaluate("a or on () b", {{"a", a}, {"b", b}}),
            (Lines{R"(a{i="0"} 1 _)", R"(b{i="0"} _ 10)", R"(b{i="1"} _ 20)"}));
  EXPECT_EQ(Evaluate("nothing or b", {{"b", b}}), b);
  EXPECT_EQ(Evaluate("a or nothing", {{"a", a}}), a);
  // Equal series of both sides at different steps are one.
  EXPECT_EQ(Evaluate("a or (a + 1)", {{"a", {R"({i="0"} 1 _)"}}}), Lines{R"({i="0"} 1 _)"});
  EXPECT_EQ(Evaluate("a or c", {{"a", {R"({i="0"} 1 _)"}}, {"c", {R"({i="0"} 2 2)"}}}),
            Lines{R"({i="0"} 1 2)"});
  EXPECT_EQ(Evaluate("a or on (j) c", {{"a", {R"({i="0"} 1 _)"}}, {"c", {R"({i="0"} 2 2)"}}}),
            Lines{R"({i="0"} 1 2)"});
}

TEST_F(BinaryTest, Or_OfNegatedSeriesThatTakeTurns_IsOneSeries) {
  EXPECT_EQ(Evaluate("-a or -b", {{"a", {"a 1 _"}}, {"b", {"b 3 4"}}}), Lines{"{} -1 -4"});
  options_.delayed_name_removal = true;
  EXPECT_EQ(Evaluate("-a or -b", {{"a", {"a 1 _"}}, {"b", {"b 3 4"}}}),
            (Lines{"a (name dropped later) -1 _", "b (name dropped later) _ -4"}));
}

// ---- fill -----------------------------------------------------------------------------------

TEST_F(BinaryTest, Fill_StandsInForMissingSamples) {
  const Vectors vectors = {{"left", {R"(l{x="a"} 10)", R"(l{x="b"} 20)", R"(l{x="c"} 30)"}},
                           {"right", {R"(r{x="a"} 100)", R"(r{x="b"} 200)", R"(r{x="d"} 400)"}}};
  EXPECT_EQ(Evaluate("left + fill (0) right", vectors),
            (Lines{R"({x="a"} 110)", R"({x="b"} 220)", R"({x="c"} 30)", R"({x="d"} 400)"}));
  EXPECT_EQ(Evaluate("left + fill_left (0) right", vectors),
            (Lines{R"({x="a"} 110)", R"({x="b"} 220)", R"({x="d"} 400)"}));
  EXPECT_EQ(Evaluate("left + fill_left (5) fill_right (7) right", vectors),
            (Lines{R"({x="a"} 110)", R"({x="b"} 220)", R"({x="c"} 37)", R"({x="d"} 405)"}));
  EXPECT_EQ(Evaluate("left + fill (NaN) right", vectors),
            (Lines{R"({x="a"} 110)", R"({x="b"} 220)", R"({x="c"} NaN)", R"({x="d"} NaN)"}));
  EXPECT_EQ(Evaluate("left != fill (30) right", vectors),
            (Lines{R"(l{x="a"} 10)", R"(l{x="b"} 20)", R"({x="d"} 30)"}));
  EXPECT_EQ(Evaluate("left == bool fill (30) right", vectors),
            (Lines{R"({x="a"} 0)", R"({x="b"} 0)", R"({x="c"} 1)", R"({x="d"} 0)"}));
  EXPECT_EQ(Evaluate("left + fill_right (0) nothing", vectors),
            (Lines{R"({x="a"} 10)", R"({x="b"} 20)", R"({x="c"} 30)"}));
  EXPECT_EQ(Evaluate("left + fill_left (0) nothing", vectors), Lines{});
}

TEST_F(BinaryTest, Fill_IsDecidedAtEachStep) {
  const Vectors vectors = {{"left", {R"(l{x="a"} 1 _ 3 _ 5)", R"(l{x="b"} _ 20 _ 40 _)"}},
                           {"right",
                            {R"(r{x="a"} _ 200 _ 400 _)", R"(r{x="b"} 100 _ 300 _ 500)",
                             R"(r{x="c"} 1000 _ _ 4000 5000)"}}};
  EXPECT_EQ(Evaluate("left + fill (0) right", vectors),
            (Lines{R"({x="a"} 1 200 3 400 5)", R"({x="b"} 100 20 300 40 500)",
                   R"({x="c"} 1000 _ _ 4000 5000)"}));
  EXPECT_EQ(Evaluate("left + fill_right (0) right", vectors),
            (Lines{R"({x="a"} 1 _ 3 _ 5)", R"({x="b"} _ 20 _ 40 _)"}));
  EXPECT_EQ(Evaluate("left + on (x) group_left fill_left (0) right",
                     {{"left", {R"(l{x="a"} 1 _ 3)"}},
                      {"right", {R"(r{x="a"} 10 20 30)", R"(r{x="b"} 100 200 300)"}}}),
            (Lines{R"({x="a"} 11 20 33)", R"({x="b"} 100 200 300)"}));
}

TEST_F(BinaryTest, FillOfGroupLeft_LeavesIncludedLabelsOut) {
  const Vectors vectors = {
      {"requests", {R"(r{method="GET", status="200"} 100)", R"(r{method="GET", status="500"} 10)"}},
      {"limits", {R"(l{owner="a", status="200"} 1000)", R"(l{owner="b", status="404"} 500)"}}};
  EXPECT_EQ(Evaluate("requests + on (status) group_left (owner) fill (0) limits", vectors),
            (Lines{R"({method="GET", owner="a", status="200"} 1100)",
                   R"({method="GET", status="500"} 10)", R"({owner="b", status="404"} 500)"}));
}

TEST_F(BinaryTest, FillOfGroupRight_StandsInForTheSideThatItNames) {
  const Vectors vectors = {{"meta", {R"(m{instance="a"} 100)", R"(m{instance="c"} 300)"}},
                           {"cpu",
                            {R"(c{cpu="0", instance="a"} 1)", R"(c{cpu="1", instance="a"} 1)",
                             R"(c{cpu="0", instance="b"} 1)"}}};
  EXPECT_EQ(Evaluate("meta * on (instance) group_right fill_left (1) cpu", vectors),
            (Lines{R"({cpu="0", instance="a"} 100)", R"({cpu="1", instance="a"} 100)",
                   R"({cpu="0", instance="b"} 1)"}));
  EXPECT_EQ(Evaluate("meta * on (instance) group_right fill_right (0) cpu", vectors),
            (Lines{R"({cpu="0", instance="a"} 100)", R"({cpu="1", instance="a"} 100)",
                   R"({instance="c"} 0)"}));
}

TEST_F(BinaryTest, FilledPairsCountAsMatches) {
  EXPECT_EQ(
      Evaluate("a + on (x) fill_right (0) b",
               {{"a", {R"(a{x="1", n="1"} 1)", R"(a{x="1", n="2"} 2)"}}, {"b", {R"(b{x="2"} 1)"}}}),
      Lines{"multiple matches for labels: many-to-one matching must be explicit "
            "(group_left/group_right)"});
}

// ---- trim operators -------------------------------------------------------------------------

TEST_F(BinaryTest, TrimOperators_DropFloatsWithAnInfo) {
  const Vectors vectors = {{"a", {"a 1 2"}}, {"b", {"b 1 2"}}};
  const Lines info = {
      "PromQL info: incompatible sample types encountered for binary operator \"</\": float </ "
      "float (1:1)"};
  EXPECT_EQ(Evaluate("a </ 1", vectors), Lines{});
  EXPECT_EQ(infos_, info);
  EXPECT_EQ(Evaluate("a </ b", vectors), Lines{});
  EXPECT_EQ(infos_, info);
  EXPECT_EQ(Evaluate("a </ nothing", vectors), Lines{});
  EXPECT_EQ(infos_, Lines{});
}

// ---- delayed name removal -------------------------------------------------------------------

TEST_F(BinaryTest, DelayedNameRemoval_MarksScalarOperationsAndBool_ButNotVectorArithmetic) {
  options_.delayed_name_removal = true;
  const Vectors vectors = {{"a", {R"(a{x="1"} 1)"}}, {"b", {R"(b{x="1"} 2)"}}};
  EXPECT_EQ(Evaluate("a + 1", vectors), Lines{R"(a{x="1"} (name dropped later) 2)"});
  EXPECT_EQ(Evaluate("-a", vectors), Lines{R"(a{x="1"} (name dropped later) -1)"});
  EXPECT_EQ(Evaluate("a > bool 0", vectors), Lines{R"(a{x="1"} (name dropped later) 1)"});
  EXPECT_EQ(Evaluate("(a + 1) > 0", vectors), Lines{R"(a{x="1"} (name dropped later) 2)"});
  EXPECT_EQ(Evaluate("a < bool b", vectors), Lines{R"(a{x="1"} (name dropped later) 1)"});
  EXPECT_EQ(Evaluate("a + b", vectors), Lines{R"({x="1"} 3)"});
  EXPECT_EQ(Evaluate("a < b", vectors), Lines{R"(a{x="1"} 1)"});
}

}  // namespace
}  // namespace promlite::promql::internal
