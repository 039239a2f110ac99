#include "promlite/storage/openmetrics/ingester.h"

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/tests/storage/metrics/recording_appender.h"

namespace promlite::internal {
namespace {

using ::testing::HasSubstr;

absl::Status Read(std::string_view text, RecordingAppender* appender, TextOptions options = {}) {
  return IngestText(text, options, appender);
}

// The samples of a text that must be good: "{labels}" -> "time:value ...".
std::map<std::string, std::string> Samples(std::string_view text, TextOptions options = {}) {
  RecordingAppender appender;
  const absl::Status status = Read(text, &appender, options);
  EXPECT_TRUE(status.ok()) << status;
  std::map<std::string, std::string> result;
  for (const auto& [series, samples] : appender.samples) {
    std::string& out = result[series];
    for (const RecordingAppender::Entry& entry : samples) {
      if (!out.empty()) out += ' ';
      std::ostringstream one;
      one << entry.timestamp_ms << ':' << entry.value();
      out += one.str();
    }
  }
  return result;
}

std::string Error(std::string_view text) {
  RecordingAppender appender;
  return std::string(Read(text, &appender).message());
}

using Expected = std::map<std::string, std::string>;

TEST(OpenMetricsText, IsReadInSeconds_TruncatedToMilliseconds) {
  EXPECT_EQ(Samples("# TYPE up gauge\n"
                    "up{job=\"a\"} 1 1700000000\n"
                    "up{job=\"a\"} 0 1700000015.1239\n"
                    "up{job=\"a\"} 2 1.70000003e9\n"
                    "up{job=\"a\"} 3 -1.0005\n"
                    "# EOF\n"),
            (Expected{{R"({__name__="up", job="a"})",
                       "1700000000000:1 1700000015123:0 1700000030000:2 -1000:3"}}));
}

TEST(OpenMetricsText, MayEndWithoutALineBreakBehindEof) {
  EXPECT_EQ(Samples("up 1 1700000000\n# EOF"),
            (Expected{{R"({__name__="up"})", "1700000000000:1"}}));
}

TEST(OpenMetricsText, TakesQuotedNamesEscapesAndEmptyValues) {
  EXPECT_EQ(Samples("{\"a.b\",\"c d\"=\"1\"} 1 1\n"
                    "a{b=\"x\\\\y\\\"z\\nw\",empty=\"\",} 2 1\n"
                    "# EOF\n"),
            (Expected{{R"({__name__="a.b", "c d"="1"})", "1000:1"},
                      {R"({__name__="a", b="x\\y\"z\nw"})", "1000:2"}}));
}

TEST(OpenMetricsText, DropsExemplars) {
  EXPECT_EQ(Samples("# TYPE a counter\n"
                    "a_total 3 1 # {trace_id=\"abc\"} 0.5 1.5\n"
                    "a_total 4 2 # {} 0.5\n"
                    "# EOF\n"),
            (Expected{{R"({__name__="a_total"})", "1000:3 2000:4"}}));
}

TEST(OpenMetricsText, KeepsMetadataOfFamilies) {
  RecordingAppender appender;
  ASSERT_TRUE(Read("# HELP a_seconds How\\nlong.\n"
                   "# TYPE a_seconds histogram\n"
                   "# UNIT a_seconds seconds\n"
                   "# TYPE b unknown\n"
                   "# EOF\n",
                   &appender)
                  .ok());
  EXPECT_EQ(appender.metadata["a_seconds"].help, "How\nlong.");
  EXPECT_EQ(appender.metadata["a_seconds"].type, "histogram");
  EXPECT_EQ(appender.metadata["a_seconds"].unit, "seconds");
  EXPECT_EQ(appender.metadata["b"].type, "unknown");
}

// The rule of tests/golden/README.md.
TEST(OpenMetricsText, RewritesBoundsBelowHistogramAndSummary) {
  const std::string text =
      "# TYPE h histogram\n"
      "h_bucket{le=\"5\"} 1 1\n"
      "h_bucket{le=\"1e1\"} 1 1\n"
      "h_bucket{le=\"abc\"} 1 1\n"
      "h_bucket{le=\"+Inf\"} 1 1\n"
      "h_bucket{quantile=\"5\"} 1 1\n"
      "# TYPE s summary\n"
      "s{quantile=\"1\"} 1 1\n"
      "s{le=\"1\"} 1 1\n"
      "# TYPE g gauge\n"
      "g{le=\"1\",quantile=\"1\"} 1 1\n"
      "# EOF\n";
  EXPECT_EQ(Samples(text), (Expected{{R"({__name__="h_bucket", le="5.0"})", "1000:1"},
                                     {R"({__name__="h_bucket", le="10.0"})", "1000:1"},
                                     {R"({__name__="h_bucket", le="abc"})", "1000:1"},
                                     {R"({__name__="h_bucket", le="+Inf"})", "1000:1"},
                                     {R"({__name__="h_bucket", quantile="5"})", "1000:1"},
                                     {R"({__name__="s", quantile="1.0"})", "1000:1"},
                                     {R"({__name__="s", le="1"})", "1000:1"},
                                     {R"({__name__="g", le="1", quantile="1"})", "1000:1"}}));
  const Expected as_written = Samples(text, {.normalize_le = false});
  EXPECT_TRUE(as_written.contains(R"({__name__="h_bucket", le="1e1"})"));
  EXPECT_TRUE(as_written.contains(R"({__name__="s", quantile="1"})"));
}

// As promtool: samples that come later in the text and not later in time are dropped.
TEST(OpenMetricsText, KeepsTheFirstOfSeriesThatBecomeOne) {
  RecordingAppender appender;
  TextIngester ingester(TextFormat::kOpenMetrics, {});
  const TextIngester::OnProblem none = [](const TextProblem& problem) {
    ADD_FAILURE() << problem.message;
    return false;
  };
  ingester.Ingest("# TYPE h histogram\nh{le=\"1\"} 1 1\nh{le=\"1\"} 2 2\nh{le=\"1.0\"} 8 2\n",
                  &appender, none);
  ingester.Ingest("h{le=\"1.0\"} 9 3\nh{le=\"1\"} 3 3\nh{le=\"1e0\"} 7 4\n", &appender, none);
  std::vector<double> values;
  for (const auto& entry : appender.samples[R"({__name__="h", le="1.0"})"]) {
    values.push_back(entry.value());
  }
  EXPECT_THAT(values, ::testing::ElementsAre(1, 2, 9, 7));
  EXPECT_EQ(ingester.hidden_samples(), 2u);
}

TEST(OpenMetricsText, TellsSeriesApartThatDifferOnlyInTheTypeAbove) {
  EXPECT_EQ(
      Samples("# TYPE g gauge\nx{le=\"1\"} 1 1\n# TYPE h histogram\nx{le=\"1\"} 2 1\n# EOF\n"),
      (Expected{{R"({__name__="x", le="1"})", "1000:1"},
                {R"({__name__="x", le="1.0"})", "1000:2"}}));
}

TEST(OpenMetricsText, ErrorsTellLineAndByte) {
  EXPECT_EQ(Error("a 1 1\nb x 1\n# EOF\n"),
            "line 2 at byte 6: expected a number as value, in \"b x 1\"");
}

TEST(OpenMetricsText, RefusesWhatPrometheusRefuses) {
  const struct {
    std::string_view line;
    std::string_view error;
  } kCases[] = {
      {"a 1", "has no timestamp"},
      {"a  1 1", "expected a number as value"},
      {"a 1  1", "expected a timestamp"},
      {"a 1 x", "expected a timestamp"},
      {"a 1 NaN", "expected a timestamp"},
      {"a 1 1e300", "the timestamp is out of range"},
      {"a 1e999 1", "expected a number as value"},
      {"a 1 1 1", "expected the end of the line"},
      {"", "an empty line"},
      {"#", "expected a space after '#'"},
      {"# comment", "expected HELP, TYPE, UNIT or EOF"},
      {"# TYPE a strange", "unknown type \"strange\""},
      {"# TYPE a", "expected a text"},
      {"# UNIT a_b c", "the unit \"c\" is not the end"},
      {"# UNIT c c", "the unit \"c\" is not the end"},
      {"{} 1 1", "the metric name is missing"},
      {"{b=\"1\"} 1 1", "the metric name is missing"},
      {"a{\"b\"} 1 1", "set twice"},
      {"a{b} 1 1", "expected an equals sign"},
      {"a{b=1} 1 1", "expected a quoted label value"},
      {"a{b=\"1} 1 1", "expected a quoted label value"},
      {"a{b=\"1\" c=\"2\"} 1 1", "expected a comma"},
      {"a{b=\"1\"", "expected a comma or a closing brace"},
      {"a{b=\"1\",b=\"2\"} 1 1", "\"b\" is not unique"},
      {"a{b=\"\xff\"} 1 1", "not valid UTF-8"},
      {"a 1 1 # {x=\"1\"} y", "exemplar"},
      {"a 1 1 # 4.5 1", "the labels of the exemplar"},
      {"a 1 1 #", "the labels of the exemplar"},
      {"a 1 1 # {x=\"1\"} 1 y", "exemplar"},
      {"9a 1 1", "expected a metric name"},
      {"a 1 1\r", "expected a timestamp"},
  };
  for (const auto& [line, error] : kCases) {
    EXPECT_THAT(Error("ok 1 1\n" + std::string(line) + "\n# EOF\n"),
                ::testing::AllOf(HasSubstr(error), HasSubstr("line 2 at byte 7: ")))
        << line;
  }
}

TEST(OpenMetricsText, PagesMayFollowEachOther_EachWithItsOwnTypes) {
  EXPECT_EQ(Samples("# TYPE h histogram\nh_bucket{le=\"1\"} 1 1\n# EOF\n\n"
                    "h_bucket{le=\"1\"} 2 2\n# EOF\n"),
            (Expected{{R"({__name__="h_bucket", le="1.0"})", "1000:1"},
                      {R"({__name__="h_bucket", le="1"})", "2000:2"}}));
  EXPECT_THAT(Error("a 1 1\n# EOF\nb 1 1\n"), HasSubstr("the text ends without `# EOF`"));
}

TEST(OpenMetricsText, HasTheTimeOfItsScrape_WhereItTellsNone) {
  RecordingAppender appender;
  ASSERT_TRUE(IngestText("a 1\nb 2 3\n# EOF\n", {}, &appender, 7000).ok());
  EXPECT_EQ(appender.samples[R"({__name__="a"})"][0].timestamp_ms, 7000);
  EXPECT_EQ(appender.samples[R"({__name__="b"})"][0].timestamp_ms, 3000);
  RecordingAppender two_pages;
  EXPECT_THAT(std::string(IngestText("a 1\n# EOF\na 2\n# EOF\n", {}, &two_pages, 7000).message()),
              HasSubstr("line 3 at byte 10: a second page without timestamps"));
}

// Prometheus' lexer reads over NULs in label values and texts.
TEST(OpenMetricsText, TakesNulsInLabelValuesAndHelp) {
  using std::string_literals::operator""s;
  RecordingAppender appender;
  ASSERT_TRUE(Read("# HELP a he\0lp\na{x=\"p\0q\",y=\"\\\0\"\"} 1 1\n# EOF\n"s, &appender).ok());
  EXPECT_EQ(appender.metadata["a"].help, "he\0lp"s);
  ASSERT_EQ(appender.samples.size(), 1u);
  EXPECT_EQ(appender.samples.begin()->second.size(), 1u);
}

using Starts = std::map<std::string, std::vector<int64_t>>;

Starts StartsOf(std::string_view text) {
  RecordingAppender appender;
  const absl::Status status = Read(text, &appender);
  EXPECT_TRUE(status.ok()) << status;
  return appender.starts_ms;
}

// As Prometheus 3.16's parser: StartTimestamp() of OpenMetrics.
TEST(OpenMetricsText, CreatedIsTheStartOfTheMetricsSeries_AndASeriesItself) {
  EXPECT_EQ(StartsOf("# TYPE hits counter\n"
                     "hits_total{a=\"1\"} 5 100\n"
                     "hits_created{a=\"1\"} 40.5 100\n"
                     "hits_total{a=\"2\"} 5 100\n"
                     "# TYPE h histogram\n"
                     "h_bucket{le=\"+Inf\"} 1 100\n"
                     "h_count 1 100\n"
                     "h_sum 1 100\n"
                     "h_created 50 100\n"
                     "# TYPE g gauge\n"
                     "g 1 100\n"
                     "g_created 60 100\n"
                     "# EOF\n"),
            (Starts{{R"({__name__="hits_total", a="1"})", {40500}},
                    {R"({__name__="hits_created", a="1"})", {0}},
                    {R"({__name__="hits_total", a="2"})", {0}},
                    {R"({__name__="h_bucket", le="+Inf"})", {50000}},
                    {R"({__name__="h_count"})", {50000}},
                    {R"({__name__="h_sum"})", {50000}},
                    {R"({__name__="h_created"})", {0}},
                    {R"({__name__="g"})", {0}},
                    {R"({__name__="g_created"})", {0}}}));
}

TEST(OpenMetricsText, CreatedHoldsFromItsTimeOn_AndIsNoStartOfWhatLiesBefore) {
  EXPECT_EQ(StartsOf("# TYPE c counter\n"
                     "c_total 5 100\n"
                     "c_total 1 200\n"
                     "c_total 2 300\n"
                     "c_created 40 100\n"
                     "c_created 150 200\n"
                     "# TYPE d counter\n"
                     "d_total 5 100\n"
                     "d_total 1 200\n"
                     "d_created 150 200\n"
                     "# EOF\n")[R"({__name__="c_total"})"],
            (std::vector<int64_t>{40000, 150000, 150000}));
  EXPECT_EQ(StartsOf("# TYPE d counter\n"
                     "d_total 5 100\n"
                     "d_total 1 200\n"
                     "d_created 150 200\n"
                     "# EOF\n")[R"({__name__="d_total"})"],
            (std::vector<int64_t>{0, 150000}));
}

TEST(OpenMetricsText, RefusesTimesThatWereMeantInMilliseconds) {
  EXPECT_THAT(Error("a 1 1790000000000\n# EOF\n"), HasSubstr("after the year 32000"));
  EXPECT_EQ(
      Samples("a 1 1790000000000\n# EOF\n", {.time_unit = TextOptions::TimeUnit::kMilliseconds}),
      (Expected{{R"({__name__="a"})", "1790000000000:1"}}));
}

TEST(PrometheusText, IsReadInMilliseconds_WithBlanksAndComments) {
  EXPECT_EQ(Samples("# a comment\n"
                    "#another\n"
                    "\n"
                    "# TYPE up untyped\n"
                    "  up { job = \"a\" , }\t1   1700000000000  \n"
                    "up{job=\"b\"}2 1700000000001"),
            (Expected{{R"({__name__="up", job="a"})", "1700000000000:1"},
                      {R"({__name__="up", job="b"})", "1700000000001:2"}}));
}

TEST(PrometheusText, SaysThatEofIsMissing_WhereATimestampIsInSeconds) {
  for (const std::string_view time : {"1700000000", "1700000000.5", "1.7e9", "0", "-5",
                                      "978307199999", "1700000000000.5", "1e12"}) {
    EXPECT_THAT(Error("up 1 " + std::string(time) + "\n"),
                ::testing::AllOf(HasSubstr("its last line has to be `# EOF`"),
                                 HasSubstr("line 1 at byte 0: ")))
        << time;
  }
  EXPECT_EQ(Samples("up 1 978307200000\n"),
            (Expected{{R"({__name__="up"})", "978307200000:1"}}));  // 2001-01-01
}

TEST(PrometheusText, TakesTimesBefore2001_WhereTheUnitIsCertain) {
  // What `promtool tsdb dump` prints.
  EXPECT_EQ(Samples("{__name__=\"a\", x=\"1\"} 5 0\n{__name__=\"a\", x=\"1\"} 4 60000\n"),
            (Expected{{R"({__name__="a", x="1"})", "0:5 60000:4"}}));
  EXPECT_EQ(Samples("{A=\"1\", __name__=\"a\"} 5 1700000000000\n"),
            (Expected{{R"({A="1", __name__="a"})", "1700000000000:5"}}));
  EXPECT_EQ(Samples("a 5 60000\n", {.time_unit = TextOptions::TimeUnit::kMilliseconds}),
            (Expected{{R"({__name__="a"})", "60000:5"}}));
  EXPECT_EQ(Samples("a 5 60.5\n", {.time_unit = TextOptions::TimeUnit::kSeconds}),
            (Expected{{R"({__name__="a"})", "60500:5"}}));
}

TEST(PrometheusText, RefusesSamplesWithoutTimestamp) {
  EXPECT_THAT(Error("# HELP up x\nup{job=\"a\"} 1\n"),
              HasSubstr("the sample has no timestamp, and when it was scraped is not said, in "
                        "\"up{job=\\\"a\\\"}\""));
}

TEST(PrometheusText, KnowsOnlyItsOwnTypesAndNoExemplars) {
  EXPECT_THAT(Error("# TYPE up info\n"), HasSubstr("unknown type \"info\""));
  EXPECT_THAT(Error("up 1 1700000000000 # {} 1\n"), HasSubstr("expected the end of the line"));
}

// What Prometheus 3.16's textparse.PromParser makes of these lines.
TEST(PrometheusText, PartsNameAndTextOfMetadataByOneCharacter_WhateverItIs) {
  RecordingAppender appender;
  ASSERT_TRUE(Read("# HELP foo.bar text\n"
                   "# HELP  a  long way\n"
                   "# HELP \"b.c\".x text\n"
                   "#\tTYPE \t d\tcounter\n"
                   "# HELP e\n",
                   &appender)
                  .ok());
  EXPECT_EQ(appender.metadata["foo"].help, "bar text");
  EXPECT_EQ(appender.metadata["a"].help, " long way");
  EXPECT_EQ(appender.metadata["b.c"].help, "x text");
  EXPECT_EQ(appender.metadata["d"].type, "counter");
  EXPECT_EQ(appender.metadata["e"].help, "");
  EXPECT_THAT(Error("# TYPE c  counter\n"), HasSubstr("unknown type \" counter\""));
  EXPECT_THAT(Error("# TYPE \"c\"  counter\n"), HasSubstr("unknown type \" counter\""));
  EXPECT_THAT(Error("# TYPE c.x counter\n"), HasSubstr("unknown type \"x counter\""));
  EXPECT_THAT(Error("# HELP 1a text\n"), HasSubstr("expected a metric name"));
}

TEST(TextIngester, GoesOnBehindBadLines_AndOverPieces) {
  RecordingAppender appender;
  TextIngester ingester(TextFormat::kOpenMetrics, {});
  std::vector<std::string> problems;
  const TextIngester::OnProblem tell = [&](const TextProblem& problem) {
    problems.push_back(std::to_string(problem.line) + "@" + std::to_string(problem.byte_offset) +
                       ": " + problem.message);
    return true;
  };
  EXPECT_TRUE(ingester.Ingest("# TYPE a histogram\na{le=\"1\"} 1 1\nbad\n", &appender, tell));
  EXPECT_TRUE(ingester.Ingest("a{le=\"2\"} 1 1\nbad too\na{le=\"1\"} 1 2\n", &appender, tell));
  EXPECT_THAT(problems, ::testing::ElementsAre(HasSubstr("3@33: "), HasSubstr("5@51: ")));
  EXPECT_EQ(appender.sample_count(), 3u);
  EXPECT_EQ(appender.samples.size(), 2u);
  EXPECT_THAT(std::string(ingester.Finish(&appender).message()), HasSubstr("without `# EOF`"));
  EXPECT_TRUE(ingester.Ingest("# EOF\n", &appender, tell));
  EXPECT_TRUE(ingester.Finish(&appender).ok());
}

TEST(FormatOfText, IsOpenMetricsWhereALineIsEof) {
  EXPECT_EQ(FormatOfText("a 1 1\n# EOF\n"), TextFormat::kOpenMetrics);
  EXPECT_EQ(FormatOfText("# EOF"), TextFormat::kOpenMetrics);
  EXPECT_EQ(FormatOfText("a 1 1\n# EOF\nb 1 1\n"), TextFormat::kOpenMetrics);
  EXPECT_EQ(FormatOfText("a 1 1\n# EOFs\n"), TextFormat::kPrometheus);
  EXPECT_EQ(FormatOfText("a 1 1\nx# EOF\n"), TextFormat::kPrometheus);
  EXPECT_EQ(FormatOfText(""), TextFormat::kPrometheus);
}

}  // namespace
}  // namespace promlite::internal
