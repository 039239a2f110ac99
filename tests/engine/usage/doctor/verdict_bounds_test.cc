// The doctor's verdict holds: its number lies within its bounds, and so does what was counted, on
// recorded data of which that is known, and on random data that knows it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
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
  if (verdict.low <= value && value <= verdict.high) return true;  // infinities too
  const double rounding = 1e-9 * std::max(std::abs(verdict.high), 1.0);
  return verdict.low - rounding <= value && value <= verdict.high + rounding;
}

Diagnosis Examine(const Database& database, DoctorOptions options = {}) {
  absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, options);
  EXPECT_TRUE(diagnosis.ok()) << diagnosis.status();
  return diagnosis.ok() ? *std::move(diagnosis) : Diagnosis();
}

const std::string kCaptures = "tests/data/captures/";

// All captures of metrics, by their paths in the folder.
std::vector<std::string> MetricsCaptures() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kCaptures)) {
    const std::string name = entry.path().lexically_relative(kCaptures).string();
    const bool is_of_sdks = name.starts_with("sdks/");
    const bool holds_metrics =
        is_of_sdks || name.find(".metrics.") != std::string::npos || name.ends_with(".om");
    if (entry.is_regular_file() && holds_metrics) names.push_back(name);
  }
  return names;
}

TEST(DoctorVerdictBoundsTest, HoldTheVerdict_OfEveryCapture) {
  const std::vector<std::string> names = MetricsCaptures();
  EXPECT_GT(names.size(), 50u);
  for (const std::string& name : names) {
    Database database;
    const absl::Status loaded = database.LoadFile(kCaptures + name);
    // It has points of which it is unknown what they count.
    EXPECT_EQ(loaded.ok(), name != "sdks/js-nan.metrics.jsonl") << name << ": " << loaded;
    const Diagnosis diagnosis = Examine(database);
    EXPECT_FALSE(diagnosis.metrics.empty()) << name;
    for (const MetricDiagnosis& metric : diagnosis.metrics) {
      EXPECT_TRUE(Holds(metric.verdict, metric.verdict.value)) << name << " " << metric.metric;
    }
  }
}

struct Truth {
  const char* metric;
  double value;
};

// As tests/data/captures/README.md tells them: from the model's side, from git, from the programs.
const std::map<std::string, std::vector<Truth>>& Truths() {
  static const auto* const truths = [] {
    constexpr const char* kCommits = "claude_code_commit_count_total";
    constexpr const char* kCost = "claude_code_cost_usage_USD_total";
    constexpr const char* kSessions = "claude_code_session_count_total";
    constexpr const char* kActive = "claude_code_active_time_seconds_total";
    const std::string newest = "claude-code-2.1.332-";
    auto* all = new std::map<std::string, std::vector<Truth>>{
        {"claude-code-parallel.metrics.binpb",
         {{kCommits, 21},
          {kCost, 1.7708655 + 2.44331325},
          {kSessions, 8},
          {kActive, 223.048 + 270.254}}},
        {"claude-code-sessions.metrics.binpb",
         {{kCommits, 7}, {kCost, 1.7404576499999997}, {kSessions, 5}, {kActive, 331.094}}},
        {newest + "sessions.metrics.binpb",
         {{kCommits, 4}, {kCost, 1.08737168}, {kSessions, 7}, {kActive, 39.761}}},
        {newest + "variants.metrics.binpb", {{kCost, 1.644208265}, {kActive, 64.146}}},
        {newest + "interactive.metrics.binpb", {{kCost, .047776}, {kActive, 5.914 + 5.636}}},
        {newest + "all-attributes.metrics.binpb", {{kCommits, 2}, {kCost, .322136425}}},
        {newest + "parallel.metrics.binpb.gz",
         {{kCommits, 24}, {kCost, 1.174112 + 1.5070829}, {kSessions, 8}}},
        {newest + "outage-503.metrics.binpb", {{kCost, .0730608}}},
        {newest + "delta-outage.metrics.binpb", {{kCost, .0730608}}},
        {newest + "delta-default.metrics.jsonl",
         {{kCommits, 4}, {kCost, .350029525 + .223227345}, {kSessions, 2}, {kActive, 18.949}}},
        {newest + "delta-parallel.metrics.binpb", {{kCommits, 12}, {kCost, .9433857 + .8230588}}},
        {newest + "prometheus-exporter.om", {{"claude_code_cost_usage_total", .19187912}}},
        {"sdks/collector-cumulativetodelta-keep.binpb.gz",
         {{kCommits, 7}, {kCost, 1.7404576499999997}, {kSessions, 5}}},
    };
    const auto add = [&](const std::string& name, double count) {
      (*all)["sdks/" + name] = {{"c_int_total", count}};
    };
    for (const std::string sdk : {"js", "py", "rust"}) {
      for (const std::string temporality : {"cum", "delta"}) {
        add(sdk + "-" + temporality + ".metrics.binpb", 9 + 2 + 7);
        add(sdk + "-par-" + temporality + ".metrics.binpb", 14);
        add(sdk + "-restart-" + temporality + ".metrics.binpb", 7);
      }
      for (const char* kind : {"-short20", "-late", "-late-delta"}) {
        add(sdk + kind + ".metrics.binpb", 100);
      }
    }
    for (const char* name :
         {"json.jsonl", "proto.binpb", "json-zstd.frames", "proto-zstd.frames", "json-native.zst",
          "proto-native.zst", "three-signals.jsonl", "interval.binpb", "interval.jsonl"}) {
      add(std::string("collector-") + name, 14);
    }
    for (const char* name : {"trp", "stm"})
      add(std::string("collector-starttime-") + name + ".binpb", 9);
    return all;
  }();
  return *truths;
}

// What the doctor says of each metric of a capture of which the truth is known.
void ExamineTruths(const std::function<void(const std::string& capture, const Truth& truth,
                                            const MetricDiagnosis& metric)>& look) {
  for (const auto& [capture, truths] : Truths()) {
    Database database;
    ASSERT_TRUE(database.LoadFile(kCaptures + capture).ok()) << capture;
    for (const Truth& truth : truths) {
      DoctorOptions options;
      options.selector = truth.metric;
      const Diagnosis diagnosis = Examine(database, options);
      ASSERT_EQ(diagnosis.metrics.size(), 1u) << capture;
      look(capture, truth, diagnosis.metrics[0]);
    }
  }
}

TEST(DoctorVerdictBoundsTest, HoldTheTruth_OfCapturesOfWhichItIsKnown) {
  ExamineTruths([](const std::string& capture, const Truth& truth, const MetricDiagnosis& metric) {
    EXPECT_TRUE(Holds(metric.verdict, truth.value))
        << capture << " " << truth.metric << ": " << truth.value << " is not within "
        << metric.verdict.low << " and " << metric.verdict.high;
  });
}

// By default, without an option: what is counted by stream is the truth wherever starts are known.
TEST(DoctorVerdictBoundsTest, AreOneNumber_WhereEveryStartIsKnown) {
  ExamineTruths([](const std::string& capture, const Truth& truth, const MetricDiagnosis& metric) {
    const bool starts_are_known = capture != "sdks/js-late.metrics.binpb" &&
                                  !capture.starts_with("sdks/collector-starttime") &&
                                  !capture.ends_with(".om");
    if (!starts_are_known) return;
    const std::optional<double> exact = metric.Answer(Formula::kExact).value;
    ASSERT_TRUE(exact.has_value()) << capture;
    EXPECT_NEAR(*exact, truth.value, 1e-9) << capture << " " << truth.metric;
  });
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
