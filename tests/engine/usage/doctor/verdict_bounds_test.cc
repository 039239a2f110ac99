// The doctor's verdict holds: its number lies within its bounds, and so does what was counted, on
// recorded data of which that is known, and on random data that knows it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"

namespace promlite {
namespace {

constexpr int64_t kSecond = 1000;
constexpr int64_t kBegin = 1'700'000'000'000;

bool Holds(const Verdict& verdict, double value) {
  const double rounding = 1e-9 * std::max(std::abs(verdict.high), 1.0);
  return verdict.low - rounding <= value && value <= verdict.high + rounding;
}

Diagnosis Examine(const Database& database, DoctorOptions options = {}) {
  absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, options);
  EXPECT_TRUE(diagnosis.ok()) << diagnosis.status();
  return diagnosis.ok() ? *std::move(diagnosis) : Diagnosis();
}

TEST(DoctorVerdictBoundsTest, HoldTheVerdict_OfEveryCapture) {
  for (const char* name :
       {"claude-code-delta.metrics.binpb", "claude-code-parallel.metrics.binpb",
        "claude-code-sessions.metrics.binpb", "claude-code.metrics.jsonl",
        "otel-sdk-all-types.metrics.binpb", "otel-sdk-all-types.metrics.jsonl"}) {
    Database database;
    ASSERT_TRUE(database.LoadFile(std::string("tests/data/captures/") + name).ok()) << name;
    const Diagnosis diagnosis = Examine(database);
    EXPECT_FALSE(diagnosis.metrics.empty()) << name;
    for (const MetricDiagnosis& metric : diagnosis.metrics) {
      EXPECT_TRUE(Holds(metric.verdict, metric.verdict.value)) << name << " " << metric.metric;
    }
  }
}

TEST(DoctorVerdictBoundsTest, HoldTheTruth_OfCapturesOfWhichItIsKnown) {
  const std::map<std::string, std::map<std::string, double>> known = {
      {"parallel",
       {{"claude_code_commit_count_total", 10 + 11},
        {"claude_code_cost_usage_USD_total", 1.7708655 + 2.44331325},
        {"claude_code_session_count_total", 4 + 4},
        {"claude_code_active_time_seconds_total", 223.048 + 270.254}}},
      {"sessions",
       {{"claude_code_commit_count_total", 7},
        {"claude_code_cost_usage_USD_total", 1.7404576499999997},
        {"claude_code_session_count_total", 5},
        {"claude_code_active_time_seconds_total", 331.094}}}};
  for (const auto& [capture, truths] : known) {
    Database database;
    ASSERT_TRUE(
        database.LoadFile("tests/data/captures/claude-code-" + capture + ".metrics.binpb").ok());
    for (const auto& [metric, truth] : truths) {
      DoctorOptions options;
      options.selector = metric;
      const Diagnosis diagnosis = Examine(database, options);
      ASSERT_EQ(diagnosis.metrics.size(), 1u);
      EXPECT_TRUE(Holds(diagnosis.metrics[0].verdict, truth)) << metric;
    }
  }
}

// Writers of one series whose counts are known.
class RandomWriters {
 public:
  explicit RandomWriters(unsigned seed) : random_(seed) {}

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  // A counter from `value` on.
  std::vector<double> Values(double value, int count) {
    std::vector<double> values;
    for (int i = 0; i < count; ++i) {
      values.push_back(value);
      value += Below(4);
    }
    return values;
  }

 private:
  std::mt19937 random_;
};

const Labels kSeries{{"__name__", "x_total"}};

std::vector<Sample> Every(int64_t interval_ms, int64_t first_ms,
                          const std::vector<double>& values) {
  std::vector<Sample> samples;
  for (const double value : values) {
    samples.push_back({first_ms + static_cast<int64_t>(samples.size()) * interval_ms, value});
  }
  return samples;
}

TEST(DoctorVerdictBoundsTest, HoldTheTruth_OfWritersWithStarts_OneAfterTheOtherOrSideBySide) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    RandomWriters random(seed);
    Database database;
    double truth = 0;
    int64_t first_ms = kBegin;
    for (int writers = 1 + random.Below(4); writers > 0; --writers) {
      const std::vector<double> values = random.Values(random.Below(5), 1 + random.Below(8));
      truth += values.back();
      const auto start = absl::FromUnixMillis(first_ms - 1 - random.Below(9000));
      ASSERT_TRUE(database.Append(kSeries, Every(10 * kSecond, first_ms, values), start).ok());
      const int64_t life_ms = static_cast<int64_t>(values.size()) * 10 * kSecond;
      first_ms += random.Below(2) == 0 ? 3003 : life_ms + 7;
    }
    const Diagnosis diagnosis = Examine(database);
    ASSERT_EQ(diagnosis.metrics.size(), 1u);
    const Verdict& verdict = diagnosis.metrics[0].verdict;
    EXPECT_TRUE(Holds(verdict, truth))
        << seed << ": " << truth << " in " << verdict.low << ".." << verdict.high;
    EXPECT_TRUE(Holds(verdict, verdict.value)) << seed;
  }
}

TEST(DoctorVerdictBoundsTest, HoldTheTruth_OfACounterWithoutStartThatBeginsAnew) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    RandomWriters random(seed);
    const int lives = 1 + random.Below(4);
    std::vector<double> all;
    double since_first = 0, from_zero = 0;
    for (int life = 0; life < lives; ++life) {
      // Long enough that the next one begins below.
      std::vector<double> values = random.Values(random.Below(3), 6 + random.Below(8));
      values.push_back(values.back() + 3);
      from_zero += values.back();
      since_first += values.back() - (life == 0 ? values.front() : 0);
      all.insert(all.end(), values.begin(), values.end());
    }
    Database database;
    ASSERT_TRUE(database.Append(kSeries, Every(10 * kSecond, kBegin, all)).ok());
    const Verdict verdict = Examine(database).metrics[0].verdict;
    EXPECT_TRUE(Holds(verdict, since_first)) << seed;
    EXPECT_TRUE(Holds(verdict, from_zero)) << seed;
    EXPECT_TRUE(Holds(verdict, verdict.value)) << seed;
  }
}

TEST(DoctorVerdictBoundsTest, HoldTheTruth_OfWritersThatTakeTurnsWithoutStarts) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    RandomWriters random(seed);
    const int writers = 2 + random.Below(3), rounds = 5 + random.Below(8);
    std::vector<std::vector<double>> values;
    double since_first = 0, from_zero = 0;
    for (int writer = 0; writer < writers; ++writer) {
      // Each further above the one before than any counts.
      values.push_back(random.Values(100.0 * writer + random.Below(20), rounds));
      since_first += values.back().back() - values.back().front();
      from_zero += values.back().back();
    }
    std::vector<double> merged;
    for (int round = 0; round < rounds; ++round) {
      for (int writer = 0; writer < writers; ++writer) {
        merged.push_back(values[static_cast<size_t>(writer)][static_cast<size_t>(round)]);
      }
    }
    Database database;
    ASSERT_TRUE(database.Append(kSeries, Every(10 * kSecond, kBegin, merged)).ok());
    const Verdict verdict = Examine(database).metrics[0].verdict;
    EXPECT_EQ(verdict.kind, VerdictKind::kCannotTell) << seed;
    EXPECT_TRUE(Holds(verdict, since_first)) << seed;
    EXPECT_TRUE(Holds(verdict, from_zero)) << seed;
    EXPECT_TRUE(Holds(verdict, verdict.value)) << seed;
    // As far apart as these are, the estimate is what they counted.
    ASSERT_TRUE(verdict.estimate.has_value()) << seed;
    EXPECT_EQ(verdict.estimate->since_first_samples, since_first) << seed;
    EXPECT_EQ(verdict.estimate->from_zero, from_zero) << seed;
  }
}

// A point of delta temporality, as the Collector's file exporter writes it.
std::string DeltaPoint(int64_t start_ms, int64_t end_ms, int value) {
  return R"({"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[{"name":"x","sum":)"
         R"({"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":")" +
         (start_ms == 0 ? "0" : std::to_string(start_ms) + "000000") + R"(","timeUnixNano":")" +
         std::to_string(end_ms) + R"(000000","asInt":")" + std::to_string(value) + R"("}]}}]}]}]})";
}

TEST(DoctorVerdictBoundsTest, AreTheTruth_OfDeltas_InWhateverOrderTheyCome) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomWriters random(seed);
    std::vector<std::string> requests;
    double truth = 0;
    const bool has_starts = random.Below(2) == 0;
    for (int i = 2 + random.Below(8); i > 0; --i) {
      const int value = 1 + random.Below(5);
      const int64_t end_ms = kBegin + i * 10 * kSecond;
      truth += value;
      requests.push_back(DeltaPoint(has_starts ? end_ms - 10 * kSecond : 0, end_ms, value));
    }
    std::shuffle(requests.begin(), requests.end(), std::mt19937(seed));
    Database database;
    for (const std::string& request : requests) {
      ASSERT_TRUE(database.IngestOtlp(request, Database::OtlpEncoding::kJson).ok()) << request;
    }
    const Diagnosis diagnosis = Examine(database);
    ASSERT_EQ(diagnosis.metrics.size(), 1u);
    const MetricDiagnosis& metric = diagnosis.metrics[0];
    EXPECT_EQ(metric.verdict.kind, VerdictKind::kRight) << seed;
    EXPECT_EQ(metric.verdict.value, truth) << seed;
    for (const Finding& finding : metric.findings) {
      EXPECT_TRUE(finding.kind == FindingKind::kFirstSampleNotZero ||
                  finding.kind == FindingKind::kUnevenExports)
          << FindingKindName(finding.kind);
    }
  }
}

}  // namespace
}  // namespace promlite
