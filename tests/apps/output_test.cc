#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "promlite/apps/repl/output/explain_text.h"
#include "promlite/apps/repl/output/output_chart.h"
#include "promlite/apps/repl/output/output_csv.h"
#include "promlite/apps/repl/output/output_table.h"
#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

constexpr int64_t kNoonMs = 1780315200000;  // 2026-06-01T12:00:00Z

Answer Vector(std::vector<ResultSeries> series) {
  Answer answer;
  answer.times = QueryTimes::At(absl::FromUnixMillis(kNoonMs));
  answer.result.type = promql::ValueType::kVector;
  answer.result.series = std::move(series);
  return answer;
}

Answer Range(std::vector<ResultSeries> series) {
  Answer answer;
  const absl::Time end = absl::FromUnixMillis(kNoonMs);
  answer.times = {end - absl::Minutes(2), end, absl::Minutes(1)};
  answer.result.type = promql::ValueType::kMatrix;
  answer.result.series = std::move(series);
  return answer;
}

TEST(OutputTableTest, AVectorHasAColumnALabel) {
  Answer answer = Vector({{Labels{{"__name__", "up"}, {"job", "a"}}, {{kNoonMs, 1}}},
                          {Labels{{"__name__", "up"}, {"zone", "b"}}, {{kNoonMs, 0.1}}}});
  EXPECT_EQ(FormatTable(answer, View()),
            "┌──────────┬─────┬──────┬───────┐\n"
            "│ __name__ │ job │ zone │ value │\n"
            "├──────────┼─────┼──────┼───────┤\n"
            "│ up       │ a   │      │     1 │\n"
            "│ up       │     │ b    │   0.1 │\n"
            "└──────────┴─────┴──────┴───────┘\n"
            "2 series at 2026-06-01T12:00:00Z\n");
}

TEST(OutputTableTest, WhatEverySeriesHas_StandsAside_WhereRoomIsShort) {
  const std::string id(40, 'x');
  Answer answer = Vector({{Labels{{"id", id}, {"job", "a"}}, {{kNoonMs, 1}}},
                          {Labels{{"id", id}, {"job", "b"}}, {{kNoonMs, 2}}}});
  View view;
  view.table_width = 50;
  EXPECT_EQ(FormatTable(answer, view), "every series: {id=\"" + id +
                                           "\"}\n"
                                           "┌─────┬───────┐\n"
                                           "│ job │ value │\n"
                                           "├─────┼───────┤\n"
                                           "│ a   │     1 │\n"
                                           "│ b   │     2 │\n"
                                           "└─────┴───────┘\n"
                                           "2 series at 2026-06-01T12:00:00Z\n");
}

TEST(OutputTableTest, ARangeHasASparklineALine) {
  Answer answer =
      Range({{Labels{{"job", "a"}}, {{kNoonMs - 120000, 1}, {kNoonMs - 60000, 3}, {kNoonMs, 2}}}});
  answer.unit = "USD";
  EXPECT_EQ(FormatTable(answer, View()),
            "┌─────┬──────────────────────────┬───────────┬─────┬──────┬────────┐\n"
            "│ job │                over time │ min (USD) │ max │ last │ points │\n"
            "├─────┼──────────────────────────┼───────────┼─────┼──────┼────────┤\n"
            "│ a   │ ▁           █          ▅ │         1 │   3 │    2 │      3 │\n"
            "└─────┴──────────────────────────┴───────────┴─────┴──────┴────────┘\n"
            "1 series from 2026-06-01T11:58:00Z to 2026-06-01T12:00:00Z every 1m\n");
}

TEST(OutputTableTest, ARangeVectorHasALineASample) {
  Answer answer = Vector({{Labels{{"job", "a"}}, {{kNoonMs - 500, 1}, {kNoonMs, 2}}}});
  answer.result.type = promql::ValueType::kMatrix;
  EXPECT_EQ(FormatTable(answer, View()),
            "┌─────┬──────────────────────────┬───────┐\n"
            "│ job │                     time │ value │\n"
            "├─────┼──────────────────────────┼───────┤\n"
            "│ a   │ 2026-06-01T11:59:59.500Z │     1 │\n"
            "│     │     2026-06-01T12:00:00Z │     2 │\n"
            "└─────┴──────────────────────────┴───────┘\n"
            "1 series, 2 samples at 2026-06-01T12:00:00Z\n");
}

TEST(OutputTableTest, RowsThatAreNotShown_AreCounted) {
  Answer answer = Vector({{Labels{{"job", "a"}}, {{kNoonMs, 1}}},
                          {Labels{{"job", "b"}}, {{kNoonMs, 2}}},
                          {Labels{{"job", "c"}}, {{kNoonMs, 3}}}});
  View view;
  view.max_rows = 2;
  EXPECT_TRUE(FormatTable(answer, view)
                  .ends_with("only the first 2 of 3 lines are shown: \\rows 0 shows all\n"
                             "3 series at 2026-06-01T12:00:00Z\n"));
}

// 40 buckets: (0,1], (1,2], ... behind "{count:40, sum:5"; those up to 16 end at byte 176.
TEST(OutputTableTest, AHistogramIsShortened_SoThatNumbersBesideItCanBeRead) {
  auto histogram = std::make_shared<Histogram>();
  histogram->schema = Histogram::kCustomBucketsSchema;
  histogram->count = 40;
  histogram->sum = 5;
  for (int i = 0; i < 40; ++i) {
    histogram->custom_bounds.push_back(i + 1);
    histogram->positive.push_back({i, 1});
  }
  const Answer answer = Vector(
      {{Labels{{"job", "a"}}, {{kNoonMs, 1}}}, {Labels{{"job", "b"}}, {}, {{kNoonMs, histogram}}}});
  const std::string table = FormatTable(answer, View());
  EXPECT_NE(table.find("(15,16]:1, … 24 more}"), std::string::npos) << table;
  EXPECT_EQ(DisplayWidth(table.substr(0, table.find('\n'))), 60u + 3 + 3 + 4) << table;
  EXPECT_NE(FormatCsv(answer).find("(39,40]:1}"), std::string::npos);
}

TEST(OutputTableTest, ScalarsStringsAndEmptyVectors) {
  Answer answer;
  answer.times = QueryTimes::At(absl::FromUnixMillis(kNoonMs));
  answer.result.type = promql::ValueType::kScalar;
  answer.result.scalar = {kNoonMs, 0.1 + 0.2};
  EXPECT_EQ(FormatTable(answer, View()), "0.30000000000000004\n");
  answer.result.type = promql::ValueType::kString;
  answer.result.string = "a\x1b[2J";
  EXPECT_EQ(FormatTable(answer, View()), "a\\x1b[2J\n");
  EXPECT_EQ(FormatTable(Vector({}), View()), "no series at 2026-06-01T12:00:00Z\n");
}

TEST(OutputCsvTest, OneSampleALine_QuotedWhereNeeded) {
  Answer answer = Range({{Labels{{"job", "a,b"}, {"say", "\"hi\"\n"}}, {{kNoonMs, 1.5}}},
                         {Labels{{"job", "c"}}, {{kNoonMs - 60000, 1e-7}, {kNoonMs, 2}}}});
  EXPECT_EQ(FormatCsv(answer),
            "job,say,timestamp,value\n"
            "\"a,b\",\"\"\"hi\"\"\n\",2026-06-01T12:00:00Z,1.5\n"
            "c,,2026-06-01T11:59:00Z,1e-07\n"
            "c,,2026-06-01T12:00:00Z,2\n");
}

TEST(OutputCsvTest, LabelsCalledLikeOurColumns_KeepTheirNames) {
  EXPECT_EQ(FormatCsv(Vector({{Labels{{"value", "x"}}, {{kNoonMs, 1}}}})),
            "value,timestamp,__value__\n"
            "x,2026-06-01T12:00:00Z,1\n");
}

TEST(OutputCsvTest, Scalars) {
  Answer answer = Vector({});
  answer.result.type = promql::ValueType::kScalar;
  answer.result.scalar = {kNoonMs, 2};
  EXPECT_EQ(FormatCsv(answer), "timestamp,value\n2026-06-01T12:00:00Z,2\n");
  EXPECT_EQ(FormatCsv(Vector({})), "timestamp,value\n");
}

TEST(OutputChartTest, AVectorIsDrawnAsBars_NamedByWhatDistinguishesThem) {
  Answer answer = Vector({{Labels{{"job", "a"}, {"zone", "x"}}, {{kNoonMs, 4}}},
                          {Labels{{"job", "b"}, {"zone", "x"}}, {{kNoonMs, 2}}}});
  View view;
  view.chart_width = 30;
  EXPECT_EQ(FormatChart(answer, view),
            "every series: {zone=\"x\"}\n"
            "{job=\"a\"} ██████████████████ 4\n"
            "{job=\"b\"} █████████          2\n"
            "at 2026-06-01T12:00:00Z\n");
}

TEST(ExplainTextTest, OperatorsAreATree) {
  ExplainedPlan explained;
  explained.operators = {{0, "binary /", 1, 2, absl::Microseconds(5)},
                         {1, "sum", 1, 2, absl::Microseconds(30)},
                         {2, "select x", 10, 20, absl::Milliseconds(1.5)},
                         {1, "count", 1, 2, absl::Microseconds(3)},
                         {2, "select x", 10, 20, absl::ZeroDuration(), true}};
  EXPECT_EQ(FormatExplainedPlan(explained, absl::Milliseconds(2), 0),
            "┌───────────────────────────┬────────┬─────────┬────────┐\n"
            "│ operator                  │ series │ samples │   time │\n"
            "├───────────────────────────┼────────┼─────────┼────────┤\n"
            "│ binary /                  │      1 │       2 │   5 µs │\n"
            "│ ├─ sum                    │      1 │       2 │  30 µs │\n"
            "│ │  └─ select x            │     10 │      20 │ 1.5 ms │\n"
            "│ └─ count                  │      1 │       2 │   3 µs │\n"
            "│    └─ select x (as above) │     10 │      20 │        │\n"
            "└───────────────────────────┴────────┴─────────┴────────┘\n"
            "time: 2 ms\n");
}

}  // namespace
}  // namespace promlite::repl
