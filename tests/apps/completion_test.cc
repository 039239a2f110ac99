#include "promlite/apps/repl/shell/completion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "promlite/apps/repl/shell/candidate_list.h"

namespace promlite::repl {
namespace {

// Two metrics and one with a name that needs quotes.
class SmallCatalogue final : public Catalogue {
 public:
  std::vector<std::string> MetricNames() const override {
    return {"http_requests_total", "my.metric", "node_cpu_seconds_total"};
  }
  std::string Describe(std::string_view metric) const override {
    return metric == "http_requests_total" ? "counter" : "";
  }
  std::vector<std::string> LabelNames(const std::vector<std::string>& metrics) const override {
    if (metrics == std::vector<std::string>{"http_requests_total"}) return {"code", "method"};
    if (metrics == std::vector<std::string>{"node_cpu_seconds_total"}) return {"cpu", "mode"};
    return {"code", "cpu", "http.route", "method", "mode"};
  }
  std::vector<std::string> LabelValues(std::string_view label,
                                       const std::vector<std::string>& metrics) const override {
    if (label == "code") return {"200", "404", "500"};
    if (label == "mode") return {"idle", "it's", "say \"x\""};
    if (label == "method" && metrics == std::vector<std::string>{"my.metric"}) return {"GET"};
    if (label == "method") return {"GET", "POST"};
    return {};
  }
};

// Completes at the | in the text.
Completion CompleteAt(std::string text,
                      promql::UnquotedNames names = promql::UnquotedNames::kAscii) {
  const size_t cursor = text.find('|');
  EXPECT_NE(cursor, std::string::npos) << text;
  text.erase(cursor, 1);
  return Complete(text, cursor, SmallCatalogue(), names);
}

std::vector<std::string> Texts(const std::string& text) {
  std::vector<std::string> texts;
  for (const Candidate& candidate : CompleteAt(text).candidates) texts.push_back(candidate.text);
  return texts;
}

bool Offers(const std::string& text, const std::string& candidate) {
  const std::vector<std::string> texts = Texts(text);
  return std::find(texts.begin(), texts.end(), candidate) != texts.end();
}

using Strings = std::vector<std::string>;

TEST(CompletionTest, MetricsFunctionsAndAggregations_BeginAnExpression) {
  EXPECT_EQ(Texts("http|"), Strings{"http_requests_total"});
  EXPECT_EQ(Texts("predict|"), Strings{"predict_linear("});
  EXPECT_EQ(Texts("count_v|"), Strings{"count_values("});
  for (const char* text : {"|", "sum(|", "a + |", "a + (|", "sum by (code) (|", "rate(|", "-|"}) {
    EXPECT_TRUE(Offers(text, "http_requests_total")) << text;
    EXPECT_TRUE(Offers(text, "rate(")) << text;
    EXPECT_TRUE(Offers(text, "sum(")) << text;
  }
}

TEST(CompletionTest, AWordThatBeginsNothing_FindsNamesThatContainIt) {
  EXPECT_EQ(Texts("cpu_sec|"), Strings{"node_cpu_seconds_total"});
  EXPECT_EQ(CompleteAt("sum(cpu_sec|)").begin, 4u);
}

TEST(CompletionTest, MetricsThatNeedQuotes_AreWrittenInBraces) {
  EXPECT_EQ(Texts("my|"), Strings{"{\"my.metric\"}"});
  EXPECT_EQ(Texts("{\"my|"), Strings{"my.metric\""});
}

TEST(CompletionTest, BehindAnOperand_OperatorsAndModifiersStand) {
  EXPECT_TRUE(Offers("http_requests_total |", "offset"));
  EXPECT_TRUE(Offers("increase(http_requests_total[1d] |", "exact"));
  EXPECT_FALSE(Offers("http_requests_total |", "exact"));
  EXPECT_TRUE(Offers("sum(x) |", "by ("));
  EXPECT_EQ(Texts("x unl|"), Strings{"unless"});
  EXPECT_FALSE(Offers("http_requests_total |", "rate("));
}

TEST(CompletionTest, BehindAnOperator_MatchingMayStand) {
  EXPECT_TRUE(Offers("a / o|", "on ("));
  EXPECT_TRUE(Offers("a / on (code) |", "http_requests_total"));
}

TEST(CompletionTest, InBraces_LabelsOfTheMetric) {
  EXPECT_EQ(Texts("http_requests_total{|"), (Strings{"code=\"", "method=\""}));
  EXPECT_EQ(Texts("http_requests_total{code=\"200\", m|"), Strings{"method=\""});
  EXPECT_EQ(Texts("sum(node_cpu_seconds_total{|})"), (Strings{"cpu=\"", "mode=\""}));
  // Names that need quotes get them.
  EXPECT_TRUE(Offers("{|", "\"http.route\"=\""));
}

TEST(CompletionTest, BehindALabelName_TheMatchersStand) {
  EXPECT_EQ(Texts("x{code |"), (Strings{"!=", "!~", "=", "=~"}));
}

TEST(CompletionTest, InALabelsString_ItsValuesStand) {
  EXPECT_EQ(Texts("http_requests_total{code=\"|"), (Strings{"200\"", "404\"", "500\""}));
  EXPECT_EQ(Texts("http_requests_total{code=\"4|"), Strings{"404\""});
  EXPECT_EQ(CompleteAt("x{code=\"4|").begin, 8u);
  EXPECT_EQ(Texts("x{code!=|"), (Strings{"\"200\"", "\"404\"", "\"500\""}));
  EXPECT_EQ(Texts("{\"my.metric\", method='|"), Strings{"GET'"});
  EXPECT_EQ(Texts("{__name__=\"my.metric\", method='|"), Strings{"GET'"});
}

TEST(CompletionTest, ValuesAreEscapedForTheirQuotes) {
  EXPECT_EQ(Texts("x{mode=\"s|"), Strings{"say \\\"x\\\"\""});
  EXPECT_EQ(Texts("x{mode='i|"), (Strings{"idle'", "it\\'s'"}));
}

TEST(CompletionTest, NamesBeyondAscii_AreTypedWithoutQuotes_AndStandAsTheLanguageWritesThem) {
  EXPECT_EQ(Texts("sum(my.m|"), Strings{"{\"my.metric\"}"});
  EXPECT_EQ(Texts("x{http.r|"), Strings{"\"http.route\"=\""});
  const auto unquoted = [](const std::string& text) {
    Strings texts;
    const Completion completion = CompleteAt(text, promql::UnquotedNames::kUtf8);
    for (const Candidate& candidate : completion.candidates) texts.push_back(candidate.text);
    return texts;
  };
  EXPECT_EQ(unquoted("sum(my.m|"), Strings{"my.metric"});
  EXPECT_EQ(unquoted("my.metric{me|"), Strings{"method=\""});
  EXPECT_EQ(unquoted("x{http.r|"), Strings{"http.route=\""});
  EXPECT_EQ(unquoted("sum by (code, http.r|) (x)"), Strings{"http.route"});
  EXPECT_EQ(unquoted("{\"my|"), Strings());
}

TEST(CompletionTest, InARegularExpression_TheLastAlternativeIsCompleted) {
  EXPECT_EQ(CompleteAt("x{code=~\"200|").candidates.size(), 1u);
  const std::string query = "x{code=~\"200|4";
  const Completion completion =
      Complete(query, query.size(), SmallCatalogue(), promql::UnquotedNames::kAscii);
  EXPECT_EQ(completion.begin, query.size() - 1);
  ASSERT_EQ(completion.candidates.size(), 1u);
  EXPECT_EQ(completion.candidates[0].text, "404");
}

TEST(CompletionTest, InGroupings_LabelsOfTheQuerysMetricsStand) {
  EXPECT_EQ(Texts("sum by (|) (http_requests_total)"), (Strings{"code", "method"}));
  EXPECT_EQ(Texts("sum(http_requests_total) without (c|"), Strings{"code"});
  EXPECT_EQ(Texts("sum by (code, |) (http_requests_total)"), Strings{"method"});
  EXPECT_TRUE(Offers("a * on (|", "mode"));
}

TEST(CompletionTest, InBrackets_UsualRangesStand) {
  EXPECT_EQ(Texts("rate(http_requests_total[5|"), Strings{"5m]"});
}

TEST(CompletionTest, InCommentsAndStrings_NothingStands) {
  EXPECT_TRUE(Texts("up # htt|").empty());
  EXPECT_TRUE(Texts("label_replace(x, \"htt|").empty());
}

TEST(CompletionTest, MetaCommands) {
  EXPECT_EQ(Texts("\\me|"), Strings{"\\metrics "});
  EXPECT_EQ(Texts("\\q|"), Strings{"\\quit"});
  EXPECT_EQ(Texts("\\doc|"), Strings{"\\doctor "});
  EXPECT_EQ(Texts("\\doctor http|"), Strings{"http_requests_total"});
  EXPECT_EQ(Texts("\\output c|"), (Strings{"chart", "csv"}));
  EXPECT_EQ(Texts("\\timing o|"), (Strings{"off", "on"}));
  EXPECT_EQ(Texts("\\range ol|"), Strings{"oldest"});
  EXPECT_EQ(Texts("\\help predict|"), Strings{"predict_linear"});
  EXPECT_EQ(Texts("\\values co|"), Strings{"code"});
  EXPECT_EQ(Texts("\\explain sum(http|"), Strings{"http_requests_total"});
  EXPECT_EQ(CompleteAt("\\explain sum(http|").begin, 13u);
  EXPECT_EQ(Texts("\\why increase(http|"), Strings{"http_requests_total"});
  EXPECT_EQ(Texts("\\why all increase(http|"), Strings{"http_requests_total"});
  EXPECT_TRUE(Texts("\\nosuch a|").empty());
}

TEST(CompletionTest, WhatAReportMayBeAskedFor) {
  EXPECT_EQ(Texts("\\report |"), (Strings{"--show-queries", "--since", "--timezone", "--until",
                                          "by", "day", "month", "session", "user", "week"}));
  EXPECT_EQ(Texts("\\report se|"), Strings{"session"});
  EXPECT_EQ(Texts("\\report day by |"), Strings{"model"});
  EXPECT_EQ(Texts("\\report day by model --s|"), (Strings{"--show-queries", "--since"}));
  EXPECT_EQ(Texts("\\report week --since ol|"), Strings{"oldest"});
  EXPECT_EQ(Texts("\\report --timezone lo|"), Strings{"local"});
  EXPECT_EQ(Texts("\\report --timezone UTC |"),
            (Strings{"--show-queries", "--since", "--until", "by", "day", "month", "session",
                     "user", "week"}));
  EXPECT_EQ(Texts("\\report day --timezone UTC |"),
            (Strings{"--show-queries", "--since", "--until", "by"}));
  EXPECT_TRUE(Texts("\\report day --since 'x |").empty());
}

TEST(CompletionTest, FileNames) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "repl_completion_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "captures");
  for (const char* name : {"a.binpb", "a b.binpb", ".hidden"}) std::ofstream(folder / name) << "x";
  const std::string prefix = folder.string() + "/";
  EXPECT_EQ(Texts("\\load " + prefix + "|"),
            (Strings{prefix + "a.binpb", prefix + "a\\ b.binpb", prefix + "captures/"}));
  EXPECT_EQ(Texts("\\load x " + prefix + "a\\ |"), Strings{prefix + "a\\ b.binpb"});
  EXPECT_EQ(Texts("\\save " + prefix + ".h|"), Strings{prefix + ".hidden"});
  EXPECT_TRUE(Texts("\\load " + prefix + "nosuch/|").empty());
}

TEST(CompletionTest, WhatAllCandidatesBeginWith_CanBeInserted) {
  EXPECT_EQ(CompleteAt("x{mode='i|").CommonText("i"), "i");
  EXPECT_EQ(CompleteAt("http|").CommonText("http"), "http_requests_total");
  // Candidates that only contain the word do not replace it, unless there is but one.
  EXPECT_EQ(CompleteAt("_total|").CommonText("_total"), "_total");
  EXPECT_EQ(CompleteAt("cpu_sec|").CommonText("cpu_sec"), "node_cpu_seconds_total");
}

TEST(CandidateListTest, FewCandidatesAreListedWithTheirNotes) {
  EXPECT_EQ(CandidateList({{"a(", "a", "(scalar)"}, {"bcd", "bcd", ""}}, 80, 24),
            "a    (scalar)\n"
            "bcd\n");
}

TEST(CandidateListTest, ManyAreListedInColumns_DownwardsFirst) {
  EXPECT_EQ(CandidateList({{"", "a", ""}, {"", "b", ""}, {"", "c", ""}, {"", "d", ""}}, 5, 24),
            "a  c\n"
            "b  d\n");
}

TEST(CandidateListTest, WhatDoesNotFitTheScreen_IsCounted) {
  const std::vector<Candidate> candidates(10, Candidate{"", "long", ""});
  EXPECT_EQ(CandidateList(candidates, 6, 7), "long\nlong\nlong\nand 7 more\n");
}

}  // namespace
}  // namespace promlite::repl
