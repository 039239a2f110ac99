// label_replace, label_join and the sort functions. Expected values are those of Prometheus' own
// test scripts, or follow from its documentation.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using LabelFunctionsTest = QueryTester;

const Vectors kMetric = {
    {"m", {R"(m{dst="original", src="value-10"} 0)", R"(m{dst="original", src="value-20"} 1)"}}};

TEST_F(LabelFunctionsTest, LabelReplace_MatchesTheWholeValue) {
  EXPECT_EQ(
      Evaluate(R"q(label_replace(m, "dst", "new-$1", "src", "value-(.*)"))q", kMetric),
      (Lines{R"(m{dst="new-10", src="value-10"} 0)", R"(m{dst="new-20", src="value-20"} 1)"}));
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "dst", "new-$1", "src", "alue-(.*)"))q", kMetric),
            kMetric.at("m"));
}

TEST_F(LabelFunctionsTest, LabelReplace_TakesAMissingSourceAsEmpty) {
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "dst", "value-$1", "nonexistent", "(.+)"))q", kMetric),
            kMetric.at("m"));
  EXPECT_EQ(
      Evaluate(R"q(label_replace(m, "dst", "value-$1", "nonexistent", "(.*)"))q", kMetric),
      (Lines{R"(m{dst="value-", src="value-10"} 0)", R"(m{dst="value-", src="value-20"} 1)"}));
}

TEST_F(LabelFunctionsTest, LabelReplace_DeletesALabelThatBecomesEmpty) {
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "dst", "", "dst", ".*"))q", kMetric),
            (Lines{R"(m{src="value-10"} 0)", R"(m{src="value-20"} 1)"}));
}

TEST_F(LabelFunctionsTest, LabelReplace_RefusesBadExpressionsAndNames) {
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "dst", "", "src", "(.*"))q", kMetric),
            Lines{"invalid regular expression in label_replace(): (.*"});
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "\xff", "", "src", "(.*)"))q", kMetric),
            Lines{"invalid destination label name in label_replace(): \xff"});
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "", "", "src", "(.*)"))q", kMetric),
            Lines{"invalid destination label name in label_replace(): "});
}

TEST_F(LabelFunctionsTest, LabelReplace_RefusesAMonstrousExpression_InTheWordsOfTheGuard) {
  const auto error = [&](const std::string& regex) {
    const Lines lines =
        Evaluate("label_replace(m, \"dst\", \"\", \"src\", `" + regex + "`)", kMetric);
    return lines.empty() ? std::string() : lines[0];
  };
  std::string large, deep;
  for (int i = 0; i < 2000; ++i) large += "\\pL";
  for (int i = 0; i < 2000; ++i) deep += "(";
  const std::string too_large =
      "invalid regular expression in label_replace(): error parsing regexp: expression too large: "
      "`";
  EXPECT_EQ(error(large), too_large + large.substr(0, 1000) + "...`");
  EXPECT_EQ(error(deep + std::string(2000, ')')),
            "invalid regular expression in label_replace(): error parsing regexp: expression nests "
            "too deeply: `" +
                deep.substr(0, 1000) + "...`");
}

TEST_F(LabelFunctionsTest, SeriesThatBecomeEqual_AreMergedOrAnError) {
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "src", "", "", ""))q", kMetric),
            Lines{"vector cannot contain metrics with the same labelset"});
  const Vectors turns = {{"s", {R"(s{idx="1", l="a"} 2 _)", R"(s{idx="2", l="a"} _ 4)"}}};
  EXPECT_EQ(Evaluate(R"q(label_replace(s, "idx", "replaced", "idx", ".*"))q", turns),
            Lines{R"(s{idx="replaced", l="a"} 2 4)"});
  EXPECT_EQ(Evaluate(R"q(label_join(s, "idx", ",", "l", "l"))q", turns),
            Lines{R"(s{idx="a,a", l="a"} 2 4)"});
}

TEST_F(LabelFunctionsTest, LabelJoin_JoinsInTheOrderWritten) {
  const Vectors v = {{"m", {R"(m{dst="old", src="a", src1="b", src2="c"} 0)"}}};
  EXPECT_EQ(Evaluate(R"q(label_join(m, "dst", "-", "src", "src1", "src2"))q", v),
            Lines{R"(m{dst="a-b-c", src="a", src1="b", src2="c"} 0)"});
  EXPECT_EQ(Evaluate(R"q(label_join(m, "dst", "-", "src", "src3", "src1"))q", v),
            Lines{R"(m{dst="a--b", src="a", src1="b", src2="c"} 0)"});
  EXPECT_EQ(Evaluate(R"q(label_join(m, "dst", ", "))q", v),
            Lines{R"(m{src="a", src1="b", src2="c"} 0)"});
  EXPECT_EQ(Evaluate(R"q(label_join(m, "dst", "", "\xff"))q", v),
            Lines{"invalid source label name in label_join(): \xff"});
}

TEST_F(LabelFunctionsTest, WritingTheName_TakesTheMarkOfItsRemovalAway) {
  options_.delayed_name_removal = true;
  const Vectors v = {{"m", {R"(m{env="1"} (name dropped later) 1)"}}};
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "__name__", "rate_$1", "__name__", "(.+)"))q", v),
            Lines{R"(rate_m{env="1"} 1)"});
  EXPECT_EQ(Evaluate(R"q(label_replace(m, "x", "$1", "__name__", "(.+)"))q", v),
            Lines{R"(m{env="1", x="m"} (name dropped later) 1)"});
  EXPECT_EQ(Evaluate(R"q(label_join(m, "__name__", "_", "__name__", "env"))q", v),
            Lines{R"(m_1{env="1"} 1)"});
}

// ---- sorting --------------------------------------------------------------------------------

const Vectors kValues = {{"m", {R"(m{i="a"} 300)", R"(m{i="b"} NaN)", R"(m{i="c"} 100)"}}};

TEST_F(LabelFunctionsTest, Sort_PutsNanLast) {
  EXPECT_EQ(Evaluate("sort(m)", kValues),
            (Lines{R"(m{i="c"} 100)", R"(m{i="a"} 300)", R"(m{i="b"} NaN)"}));
  EXPECT_EQ(Evaluate("sort_desc(m)", kValues),
            (Lines{R"(m{i="a"} 300)", R"(m{i="c"} 100)", R"(m{i="b"} NaN)"}));
}

TEST_F(LabelFunctionsTest, Sort_OfARangeQuery_OnlyWarns) {
  const Vectors v = {{"m", {R"(m{i="a"} 3 3)", R"(m{i="b"} 1 1)"}}};
  for (const std::string call : {"sort(m)", "sort_desc(m)", R"(sort_by_label(m, "i"))"}) {
    EXPECT_EQ(Evaluate(call, v), v.at("m"));
    EXPECT_EQ(
        warnings_,
        Lines{"PromQL warning: sort is ineffective for range queries since results are always "
              "ordered by labels (1:1)"});
  }
}

TEST_F(LabelFunctionsTest, SortByLabel_IsNatural_ThenByAllLabels) {
  const Vectors v = {{"m",
                      {R"(m{g="x", i="10"} 1)", R"(m{g="x", i="2"} 2)", R"(m{g="w", i="10"} 3)",
                       R"(m{g="z", i="9"} 4)"}}};
  EXPECT_EQ(Evaluate(R"q(sort_by_label(m, "i", "g"))q", v),
            (Lines{R"(m{g="x", i="2"} 2)", R"(m{g="z", i="9"} 4)", R"(m{g="w", i="10"} 3)",
                   R"(m{g="x", i="10"} 1)"}));
  EXPECT_EQ(Evaluate(R"q(sort_by_label_desc(m, "i"))q", v),
            (Lines{R"(m{g="x", i="10"} 1)", R"(m{g="w", i="10"} 3)", R"(m{g="z", i="9"} 4)",
                   R"(m{g="x", i="2"} 2)"}));
  EXPECT_EQ(Evaluate("sort_by_label(m)", v),
            (Lines{R"(m{g="w", i="10"} 3)", R"(m{g="x", i="10"} 1)", R"(m{g="x", i="2"} 2)",
                   R"(m{g="z", i="9"} 4)"}));
}

}  // namespace
}  // namespace promlite::promql::internal
