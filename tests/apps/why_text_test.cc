// What \why prints, and how the range is drawn.

#include "promlite/apps/repl/why/why_text.h"

#include <gtest/gtest.h>

#include <vector>

#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/why/range_drawing.h"
#include "promlite/storage/database.h"

namespace promlite::repl {
namespace {

class WhyTextTest : public ::testing::Test {
 protected:
  void Add(const std::vector<Sample>& samples, int64_t start_seconds) {
    const Labels labels{{"__name__", "commits_total"}, {"job", "a"}};
    ASSERT_TRUE(database_.Append(labels, samples, absl::FromUnixSeconds(start_seconds)).ok());
  }
  IncreaseExplanation Explain(const std::string& query, int64_t at_seconds) {
    auto explanation =
        ExplainIncrease(database_, options_, query, absl::FromUnixSeconds(at_seconds));
    EXPECT_TRUE(explanation.ok()) << explanation.status();
    return explanation.ok() ? *std::move(explanation) : IncreaseExplanation();
  }
  std::string Draw(const std::string& query, int64_t at_seconds, size_t width) {
    const IncreaseExplanation explanation = Explain(query, at_seconds);
    return DrawRange(explanation.series.at(0), explanation, width);
  }

  Database database_;
  EngineOptions options_;
};

TEST_F(WhyTextTest, ShowsEveryStep) {
  // Increase 2 - 1 + 3 = 3 + 1, stretched by a minute to the start and half of one to the end.
  Add({{60'000, 6}, {120'000, 9}, {180'000, 2}}, 30);
  EXPECT_EQ(FormatWhy(Explain("sum(increase(commits_total[5m]))", 300), 0),
            "increase(commits_total[5m]) at 1970-01-01T00:05:00Z\n"
            "range: after 1970-01-01T00:00:00Z until 1970-01-01T00:05:00Z, 5m\n"
            "\n"
            "commits_total{job=\"a\"}\n"
            "  [┄┄┄┄┄┄┄┄┄┄┄┄┄┄●──────────────●──────────────▼┄┄┄┄┄┄┄                      ]\n"
            "  samples     3, from 6 at 1970-01-01T00:01:00Z to 2 at 1970-01-01T00:03:00Z\n"
            "  interval    60s on average\n"
            "  to start    60s, nearer than 1.1 intervals (66s): stretched to the edge\n"
            "  to end      120s, not nearer than 1.1 intervals (66s): stretched by half an "
            "interval, 30s\n"
            "  difference  2 - 6 = -4\n"
            "  resets      1, which adds the value before it, 9: -4 + 9 = 5\n"
            "  factor      (120s + 60s + 30s) / 120s = 1.75\n"
            "  increase    5 × 1.75 = 8.75\n"
            "  max - min   7\n"
            "  anchored    5\n"
            "  smoothed    5\n"
            "  exact       11\n"
            "  streams     1\n"
            "  "
            "┌──────────────────────┬───────────────────────────┬───────────────────────────┬──────"
            "───┬─────────┐\n"
            "  │      start of stream │              first sample │               last sample │ "
            "samples │ counted │\n"
            "  "
            "├──────────────────────┼───────────────────────────┼───────────────────────────┼──────"
            "───┼─────────┤\n"
            "  │ 1970-01-01 00:00:30Z │ 6 at 1970-01-01 00:01:00Z │ 2 at 1970-01-01 00:03:00Z │    "
            "   3 │      11 │\n"
            "  "
            "└──────────────────────┴───────────────────────────┴───────────────────────────┴──────"
            "───┴─────────┘\n");
}

TEST_F(WhyTextTest, SaysWhichFormulaOfOldPrometheus) {
  options_.compatibility = Compatibility::kPrometheus2;
  Add({{60'000, 6}, {120'000, 9}}, 0);
  const std::string text = FormatWhy(Explain("rate(commits_total[2m])", 120), 0);
  EXPECT_NE(text.find("range: from 1970-01-01T00:00:00Z until 1970-01-01T00:02:00Z, 2m, by the "
                      "formula of Prometheus 2.42\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n  rate        3 × 2 / 120s = 0.05\n"), std::string::npos) << text;
}

TEST_F(WhyTextTest, SaysWhatHasNoResult) {
  EXPECT_EQ(FormatWhy(Explain("delta(commits_total[1m])", 60), 0),
            "delta(commits_total[1m]) at 1970-01-01T00:01:00Z\n"
            "range: after 1970-01-01T00:00:00Z until 1970-01-01T00:01:00Z, 1m\n"
            "\n"
            "no series has a sample in the range\n");
  Add({{30'000, 6}}, 0);
  const std::string text = FormatWhy(Explain("increase(commits_total[1m])", 60), 0);
  EXPECT_NE(text.find("\n  samples     1: 6 at 1970-01-01T00:00:30Z\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  increase    no result: it takes two samples\n"), std::string::npos)
      << text;
}

TEST_F(WhyTextTest, KeepsToTheWidth) {
  Add({{60'000, 6}, {120'000, 9}, {180'000, 2}}, 30);
  Add({{90'000, 1}, {150'000, 2}}, 40);
  for (const size_t width : {80, 100}) {
    const std::string text = FormatWhy(Explain("increase(commits_total[5m])", 300), width);
    size_t begin = text.find("\n\n") + 2;
    for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      EXPECT_LE(DisplayWidth(text.substr(begin, end - begin)), width)
          << text.substr(begin, end - begin);
    }
  }
}

TEST_F(WhyTextTest, LabelsCannotDriveTheTerminal) {
  ASSERT_TRUE(
      database_
          .Append({{"__name__", "x"}, {"a", "\x1b[2J"}}, std::vector<Sample>{{1000, 1}, {2000, 2}})
          .ok());
  const std::string text = FormatWhy(Explain("delta(x{a=\"\x1b[2J\"}[1m])", 60), 0);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST_F(WhyTextTest, DrawingShowsSamplesResetsAndStretches) {
  Add({{100'000, 50}, {120'000, 52}, {140'000, 1}, {160'000, 2}}, 0);
  // A cell is 10 s; stretched by 10 s on either side.
  EXPECT_EQ(Draw("increase(commits_total[200s])", 200, 22), "[         ┄●─●─▼─●┄  ]");
  EXPECT_EQ(Draw("delta(commits_total[200s])", 200, 22), "[         ┄●─●─●─●┄  ]");
  // One sample, at the very end.
  EXPECT_EQ(Draw("increase(commits_total[10s])", 100, 12), "[         ●]");
}

}  // namespace
}  // namespace promlite::repl
