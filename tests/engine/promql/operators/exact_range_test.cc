// The modifier `exact`: expected values are counted by hand, or by the definition's ten lines.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "promlite/engine/answer/json.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/database.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {
namespace {

constexpr int64_t kMinute = 60'000;
const Labels kCommits{{"__name__", "commits_total"}};

// What one process sent.
struct Stream {
  int64_t start_ms = 0;  // 0 = unknown
  std::vector<Sample> samples;
};

absl::Time At(int64_t ms) { return absl::FromUnixMillis(ms); }

class ExactTest : public ::testing::Test {
 protected:
  void Add(const Stream& stream, const Labels& labels = kCommits) {
    const absl::Status status = database_.Append(labels, stream.samples, At(stream.start_ms));
    ASSERT_TRUE(status.ok()) << status;
  }

  QueryResult Ask(const std::string& query, int64_t time_ms) {
    auto result = Engine(&database_, options_).Instant(query, At(time_ms));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : QueryResult();
  }

  // The only series' value; nothing if there is none.
  std::optional<double> Value(const std::string& query, int64_t time_ms) {
    const QueryResult result = Ask(query, time_ms);
    if (result.series.empty()) return std::nullopt;
    return result.series[0].samples[0].value;
  }

  std::string Error(const std::string& query, int64_t time_ms = 0) {
    return std::string(Engine(&database_, options_).Instant(query, At(time_ms)).status().message());
  }

  Database database_;
  EngineOptions options_;
};

TEST_F(ExactTest, FirstEventCounts_WhereTheStartIsKnown) {
  Add({.start_ms = 1 * kMinute, .samples = {{2 * kMinute, 1}, {3 * kMinute, 3}}});
  EXPECT_EQ(Value("increase(commits_total[10m] exact)", 5 * kMinute), 3);
  EXPECT_EQ(Value("increase(commits_total[2m] exact)", 3 * kMinute), 3);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 3 * kMinute), 2);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 2 * kMinute), 1);
  EXPECT_TRUE(Ask("increase(commits_total[10m] exact)", 5 * kMinute).infos.empty());
}

TEST_F(ExactTest, SingleExportCountsWhole) {
  Add({.start_ms = 1 * kMinute, .samples = {{2 * kMinute, 4}}});
  EXPECT_EQ(Value("increase(commits_total[5m] exact)", 5 * kMinute), 4);
}

TEST_F(ExactTest, FirstSampleCountsAsNothing_WhereTheStartIsUnknown) {
  Add({.start_ms = 0, .samples = {{2 * kMinute, 5}, {3 * kMinute, 7}}});
  const QueryResult result = Ask("increase(commits_total[5m] exact)", 5 * kMinute);
  EXPECT_EQ(result.series[0].samples[0].value, 2);
  ASSERT_EQ(result.infos.size(), 1u);
  EXPECT_EQ(result.infos[0],
            "PromQL info: exact cannot tell when a stream started, so that its first sample counts "
            "as nothing, metric name \"commits_total\" (1:10)");
  // The first sample lies before the range: its start does not matter.
  EXPECT_TRUE(Ask("increase(commits_total[1m] exact)", 3 * kMinute).infos.empty());
}

TEST_F(ExactTest, StartAtTheFirstSampleIsUnknown) {
  Add({.start_ms = 2 * kMinute, .samples = {{2 * kMinute, 5}, {3 * kMinute, 7}}});
  EXPECT_EQ(Value("increase(commits_total[5m] exact)", 5 * kMinute), 2);
}

TEST_F(ExactTest, WritersThatTakeTurnsInOneStreamAreAnInfo) {
  Add({.samples = {{2 * kMinute, 1},
                   {3 * kMinute, 50},
                   {4 * kMinute, 2},
                   {5 * kMinute, 52},
                   {6 * kMinute, 3}}});
  const QueryResult result = Ask("increase(commits_total[5m] exact)", 6 * kMinute);
  // As it is defined: 49 since the first sample; 2, 50 and 3 behind the drops.
  EXPECT_EQ(result.series[0].samples[0].value, 49 + 2 + 50 + 3);
  ASSERT_EQ(result.infos.size(), 2u);  // the other one is of the unknown start
  EXPECT_EQ(result.infos[1],
            "PromQL info: exact takes values that go down for counters that began anew, but they "
            "return to where others stood, as those of several writers do that take turns in one "
            "stream, metric name \"commits_total\" (1:10)");
}

TEST_F(ExactTest, ACounterThatBeganAnewIsNoInfo) {
  Add({.start_ms = 1 * kMinute,
       .samples = {{2 * kMinute, 1}, {3 * kMinute, 50}, {4 * kMinute, 0}, {5 * kMinute, 7}}});
  const QueryResult result = Ask("increase(commits_total[5m] exact)", 6 * kMinute);
  EXPECT_EQ(result.series[0].samples[0].value, 50 + 7);
  EXPECT_TRUE(result.infos.empty());
}

TEST_F(ExactTest, RecordingThatBeganLateIsAnInfo_WhileTheFirstSampleIsInTheRange) {
  Add({.start_ms = 1 * kMinute, .samples = {{7 * kMinute, 40}, {8 * kMinute, 41}}});
  const QueryResult result = Ask("increase(commits_total[5m] exact)", 8 * kMinute);
  EXPECT_EQ(result.series[0].samples[0].value, 41);
  ASSERT_EQ(result.infos.size(), 1u);
  EXPECT_EQ(result.infos[0],
            "PromQL info: exact counts all since a stream's start at its first sample, although "
            "the recording began later than the lookback delta, metric name \"commits_total\" "
            "(1:10)");
  EXPECT_TRUE(Ask("increase(commits_total[1m] exact)", 8 * kMinute).infos.empty());
}

TEST_F(ExactTest, SampleBeforeTheRangeIsFound_HoweverOld) {
  Add({.start_ms = 1, .samples = {{kMinute, 10}, {1000 * kMinute, 12}}});
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 1000 * kMinute), 2);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 999 * kMinute), std::nullopt);
}

TEST_F(ExactTest, InterleavedWritersCountEachByItself) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 1}, {3 * kMinute, 2}, {5 * kMinute, 2}}});
  Add({.start_ms = 2, .samples = {{2 * kMinute, 7}, {4 * kMinute, 8}, {6 * kMinute, 9}}});
  EXPECT_EQ(Value("increase(commits_total[10m] exact)", 6 * kMinute), 11);
  EXPECT_EQ(Value("resets(commits_total[10m] exact)", 6 * kMinute), 0);
  // Each drop from one writer's value to the other's is a reset: 8 + 7 + 8, stretched to the zero.
  EXPECT_DOUBLE_EQ(*Value("increase(commits_total[10m])", 6 * kMinute), 24);
}

TEST_F(ExactTest, DropAddsTheValueBeforeIt_AtTheSampleThatShowsIt) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 5}, {2 * kMinute, 9}, {3 * kMinute, 2}}});
  EXPECT_EQ(Value("increase(commits_total[5m] exact)", 3 * kMinute), 11);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 3 * kMinute), 2);
  EXPECT_EQ(Value("resets(commits_total[1m] exact)", 3 * kMinute), 1);
  EXPECT_EQ(Value("resets(commits_total[1m] exact)", 2 * kMinute), 0);
}

TEST_F(ExactTest, MarkersAndNaNAreNoSamples) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Add({.start_ms = 1,
       .samples = {{1 * kMinute, nan},
                   {2 * kMinute, 3},
                   {3 * kMinute, StalenessMarker()},
                   {4 * kMinute, nan},
                   {5 * kMinute, 4},
                   {6 * kMinute, StalenessMarker()}}});
  EXPECT_EQ(Value("increase(commits_total[9m] exact)", 9 * kMinute), 4);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 5 * kMinute), 1);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 6 * kMinute), std::nullopt);
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 1 * kMinute), std::nullopt);
}

TEST_F(ExactTest, RateDividesByTheRange) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 6}}});
  EXPECT_EQ(Value("rate(commits_total[2m] exact)", 1 * kMinute), 6.0 / 120);
}

TEST_F(ExactTest, WorksWithOffsetAtAndInsideSubqueries) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 1}, {2 * kMinute, 3}}});
  EXPECT_EQ(Value("increase(commits_total[1m] exact offset 3m)", 5 * kMinute), 2);
  EXPECT_EQ(Value("increase(commits_total[1m] @ 60 exact)", 5 * kMinute), 1);
  EXPECT_EQ(Value("sum_over_time(increase(commits_total[1m] exact)[10m:1m])", 5 * kMinute), 3);
  EXPECT_EQ(Value("sum(increase(commits_total[1m] exact)) by (job)", 2 * kMinute), 2);
}

TEST_F(ExactTest, HistogramsAreAWarningAndNoResult) {
  Histogram histogram;
  histogram.count = histogram.zero_count = 1;
  const HistogramPoint point{2 * kMinute, std::make_shared<const Histogram>(histogram)};
  ASSERT_TRUE(database_.AppendHistograms(kCommits, {&point, 1}, At(1)).ok());
  Add({.start_ms = 1, .samples = {{1 * kMinute, 1}, {4 * kMinute, 3}}});
  const QueryResult result = Ask("increase(commits_total[5m] exact)", 4 * kMinute);
  EXPECT_TRUE(result.series.empty());
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0],
            "PromQL warning: exact modifier is not supported with native histograms, metric name "
            "\"commits_total\" (1:10)");
  EXPECT_EQ(Value("increase(commits_total[1m] exact)", 4 * kMinute), 2);
}

TEST_F(ExactTest, NameThatIsNoCountersIsAnInfo) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 1}}}, {{"__name__", "temperature"}});
  const QueryResult result = Ask("increase(temperature[5m] exact)", kMinute);
  ASSERT_EQ(result.infos.size(), 1u);
  EXPECT_EQ(result.infos[0],
            "PromQL info: metric might not be a counter, name does not end in "
            "_total/_sum/_count/_bucket: \"temperature\" (1:10)");
}

TEST_F(ExactTest, ResultsAndTheSamplesOfAStreamCountAsHeld) {
  for (const char* session : {"a", "b"}) {
    Add({.start_ms = kMinute, .samples = {{2 * kMinute, 1}, {3 * kMinute, 2}, {4 * kMinute, 3}}},
        {{"__name__", "commits_total"}, {"session_id", session}});
  }
  const std::string query = "sum(increase(commits_total[5m] exact))";
  options_.max_samples = 4;  // one result and three samples
  EXPECT_EQ(Value(query, 5 * kMinute), 6);
  options_.max_samples = 3;
  EXPECT_EQ(Error(query, 5 * kMinute),
            "query processing would load too many samples into memory in query execution");
}

TEST_F(ExactTest, OtherUsesAreRefused) {
  Add({.start_ms = 1, .samples = {{0, 1}}});
  EXPECT_EQ(Error("delta(commits_total[5m] exact)"),
            "exact modifier can only be used with: increase, rate, resets - not with delta");
  EXPECT_EQ(Error("absent_over_time(commits_total[5m] exact)"),
            "exact modifier can only be used with: increase, rate, resets - not with "
            "absent_over_time");
  EXPECT_EQ(Error("commits_total[5m] exact"),
            "exact modifier can only be used with: increase, rate, resets");
  EXPECT_EQ(Error("increase(commits_total[5m:1m] exact)"),
            "1:10: parse error: exact modifier is not supported for subqueries");
  EXPECT_EQ(Error("increase(commits_total[5m] exact anchored)"),
            "1:10: parse error: anchored and exact modifiers cannot be used together");
  EXPECT_EQ(Error("increase(commits_total[5m] smoothed exact)"),
            "1:10: parse error: smoothed and exact modifiers cannot be used together");
}

TEST_F(ExactTest, IsUnknown_WhereItIsOffAndUnderPrometheus2) {
  constexpr char kError[] = "1:28: parse error: unexpected identifier \"exact\"";
  options_.exact_ranges = false;
  EXPECT_TRUE(Error("increase(commits_total[5m] exact)").starts_with(kError))
      << Error("increase(commits_total[5m] exact)");
  options_.exact_ranges = true;
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_TRUE(Error("increase(commits_total[5m] exact)").starts_with(kError));
}

TEST_F(ExactTest, ExactStaysANameOfMetricsAndLabels) {
  Add({.start_ms = 1, .samples = {{1 * kMinute, 2}}}, {{"__name__", "exact"}, {"exact", "yes"}});
  EXPECT_EQ(Value("sum by (exact) (increase(exact{exact=\"yes\"}[5m] exact))", kMinute), 2);
  EXPECT_EQ(Value("exact + on (exact) exact", kMinute), 4);
}

// ---- random streams -----------------------------------------------------------------------------

// What a stream counted in (from, to], by definition; nothing without a sample there.
std::optional<double> Count(const Stream& stream, int64_t from_ms, int64_t to_ms) {
  std::optional<double> before, last;
  double drops = 0;
  for (const Sample& sample : stream.samples) {
    if (std::isnan(sample.value) || sample.timestamp_ms > to_ms) continue;
    const bool is_known = stream.start_ms != 0 && stream.start_ms < sample.timestamp_ms;
    if (sample.timestamp_ms > from_ms) {
      if (!before) before = is_known ? 0 : sample.value;
      if (last.value_or(*before) > sample.value) drops += last.value_or(*before);
      last = sample.value;
    } else {
      before = sample.value;
    }
  }
  if (!last) return std::nullopt;
  return *last - *before + drops;
}

std::optional<double> Count(const std::vector<Stream>& streams, int64_t from_ms, int64_t to_ms) {
  KahanSum sum;
  bool any = false;
  for (const Stream& stream : streams) {
    const std::optional<double> count = Count(stream, from_ms, to_ms);
    if (count) sum.Add(*count);
    any |= count.has_value();
  }
  return any ? std::optional(sum.Total()) : std::nullopt;
}

struct Shape {
  bool integers = true;
  double scale = 1;
};

// Up to five writers of one series, in the order of their starts: interleaved or one behind the
// other, reset, with gaps, some of unknown start.
std::vector<Stream> RandomStreams(const Shape& shape, std::mt19937_64* random) {
  const auto below = [&](int64_t n) { return static_cast<int64_t>((*random)() % n); };
  std::vector<Stream> streams(static_cast<size_t>(1 + below(5)));
  int64_t start_ms = below(3) == 0 ? 0 : 1 + below(60 * kMinute);
  for (Stream& stream : streams) {
    stream.start_ms = start_ms;
    start_ms += 1 + below(30 * kMinute);
    int64_t time_ms = stream.start_ms + below(10 * kMinute);
    double value = 0;
    for (int64_t i = below(60); i >= 0; --i) {
      if (below(20) == 0) value = 0;
      const double step = static_cast<double>(below(5));
      value += shape.scale * (shape.integers ? step : step / 7);
      const double nan = below(30) == 0 ? std::numeric_limits<double>::quiet_NaN() : value;
      stream.samples.push_back({time_ms, below(30) == 0 ? StalenessMarker() : nan});
      time_ms += 1 + below(below(10) == 0 ? 60 * kMinute : 2 * kMinute);
    }
  }
  return streams;
}

TEST(ExactOnRandomStreams, GivesWhatTheDefinitionCounts) {
  std::mt19937_64 random(6);
  for (const Shape shape : {Shape{}, Shape{.integers = false}, Shape{.scale = 1e15},
                            Shape{.integers = false, .scale = 1e-9}}) {
    for (int round = 0; round < 100; ++round) {
      const std::vector<Stream> streams = RandomStreams(shape, &random);
      Database database;
      for (const Stream& stream : streams) {
        ASSERT_TRUE(database.Append(kCommits, stream.samples, At(stream.start_ms)).ok());
      }
      EngineOptions options;
      options.threads = 1 + round % 3;
      const int64_t range_ms = 1 + static_cast<int64_t>(random() % (90 * kMinute));
      const int64_t step_ms = 1 + static_cast<int64_t>(random() % (5 * kMinute));
      const int64_t end_ms = 240 * kMinute;
      const auto result =
          Engine(&database, options)
              .Range("increase(commits_total[" + std::to_string(range_ms) + "ms] exact)", At(0),
                     At(end_ms), absl::Milliseconds(step_ms));
      ASSERT_TRUE(result.ok()) << result.status();
      std::map<int64_t, double> got;
      for (const ResultSeries& series : result->series) {
        for (const Sample& sample : series.samples) got[sample.timestamp_ms] = sample.value;
      }
      for (int64_t time_ms = 0; time_ms <= end_ms; time_ms += step_ms) {
        const std::optional<double> expected = Count(streams, time_ms - range_ms, time_ms);
        ASSERT_EQ(got.contains(time_ms), expected.has_value()) << time_ms;
        if (!expected) continue;
        if (shape.integers) {
          ASSERT_EQ(got[time_ms], *expected) << time_ms;
        } else {
          ASSERT_NEAR(got[time_ms], *expected, 1e-12 * shape.scale * 1000) << time_ms;
        }
      }
    }
  }
}

TEST(ExactOnRandomStreams, AdjoiningRangesAddUpToTheWhole_ForEveryCut) {
  std::mt19937_64 random(7);
  for (const Shape shape : {Shape{}, Shape{.integers = false}}) {
    for (int round = 0; round < 60; ++round) {
      const std::vector<Stream> streams = RandomStreams(shape, &random);
      Database database;
      int64_t last_ms = 0;
      double sum_of_counts = 0;
      for (const Stream& stream : streams) {
        ASSERT_TRUE(database.Append(kCommits, stream.samples, At(stream.start_ms)).ok());
        last_ms = std::max(last_ms, stream.samples.back().timestamp_ms);
      }
      const Engine engine(&database);
      const auto count = [&](const std::string& function, int64_t from_ms, int64_t to_ms) {
        const auto result = engine.Instant(
            function + "(commits_total[" + std::to_string(to_ms - from_ms) + "ms] exact)",
            At(to_ms));
        EXPECT_TRUE(result.ok()) << result.status();
        return result.ok() && !result->series.empty() ? result->series[0].samples[0].value : 0.0;
      };
      const double whole = count("increase", -1, last_ms);
      const double resets = count("resets", -1, last_ms);
      int64_t cut_ms = -1;
      double sum_of_resets = 0;
      while (cut_ms < last_ms) {
        const int64_t next_ms =
            std::min(last_ms, cut_ms + 1 + static_cast<int64_t>(random() % (40 * kMinute)));
        sum_of_counts += count("increase", cut_ms, next_ms);
        sum_of_resets += count("resets", cut_ms, next_ms);
        cut_ms = next_ms;
      }
      EXPECT_EQ(sum_of_resets, resets);
      if (shape.integers) {
        EXPECT_EQ(sum_of_counts, whole);
      } else {
        EXPECT_NEAR(sum_of_counts, whole, 1e-9);
      }
    }
  }
}

TEST(ExactOnCaptures, IsTheSumOfLastValues_OverARangeThatCoversAll) {
  for (const char* capture : {"claude-code-sessions", "claude-code-parallel"}) {
    Database database;
    ASSERT_TRUE(
        database.LoadFile("tests/data/captures/" + std::string(capture) + ".metrics.binpb").ok());
    const auto snapshot = database.TakeSnapshot();
    const Engine engine(&database);
    for (const SeriesId id : snapshot->Select({})) {
      const Labels labels = snapshot->LabelsOf(id);
      if (!labels.Get("__name__").ends_with("_total")) continue;
      KahanSum last_values;
      for (const StreamSummary& stream : snapshot->Streams(id)) last_values.Add(stream.last_value);
      std::string selector = labels.ToString();
      // In one of the scenarios series have no session, and nothing else tells them from others.
      if (labels.Get("session_id").empty())
        selector.insert(selector.size() - 1, ",session_id=\"\"");
      const auto result =
          engine.Instant("increase(" + selector + "[1d] exact)", database.MaxTime());
      ASSERT_TRUE(result.ok()) << result.status();
      ASSERT_EQ(result->series.size(), 1u);
      EXPECT_EQ(result->series[0].samples[0].value, last_values.Total()) << labels.ToString();
    }
  }
}

}  // namespace
}  // namespace promlite::promql::internal
