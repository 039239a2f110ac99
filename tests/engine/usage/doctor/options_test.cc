// What is examined, over which range, and what else the doctor is told.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"

namespace promlite {
namespace {

constexpr int64_t kMinute = 60'000;
constexpr int64_t kBegin = 1'700'000'040'000;

class DoctorOptionsTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"a_total", "b_total", "temperature", "h_bucket", "h_count"}) {
      const std::vector<Sample> samples = {
          {kBegin, 0}, {kBegin + kMinute, 2}, {kBegin + 2 * kMinute, 3}};
      ASSERT_TRUE(
          database_
              .Append(Labels{{"__name__", name}}, samples, absl::FromUnixMillis(kBegin - kMinute))
              .ok());
    }
  }

  std::vector<std::string> NamesFor(const std::string& selector) {
    DoctorOptions options;
    options.selector = selector;
    const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, {}, options);
    EXPECT_TRUE(diagnosis.ok()) << diagnosis.status();
    std::vector<std::string> names;
    if (!diagnosis.ok()) return names;
    for (const MetricDiagnosis& metric : diagnosis->metrics) names.push_back(metric.metric);
    return names;
  }

  std::string ErrorFor(const std::string& selector) {
    DoctorOptions options;
    options.selector = selector;
    return std::string(Doctor(database_, {}, options).status().message());
  }

  Database database_;
};

TEST_F(DoctorOptionsTest, ExaminesAllThatCounts_OrWhatIsSelected) {
  EXPECT_EQ(NamesFor(""), (std::vector<std::string>{"a_total", "b_total", "h_count"}));
  EXPECT_EQ(NamesFor("{__name__=~\"a.*|temp.*\"}"),
            (std::vector<std::string>{"a_total", "temperature"}));
}

TEST_F(DoctorOptionsTest, TakesWhenACounterBegan_ForNoCounter) {
  Database database;
  ASSERT_TRUE(database
                  .IngestText("# TYPE hits counter\nhits_total 5 1790000060\n"
                              "hits_created 1790000000 1790000060\n# EOF\n")
                  .ok());
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database);
  ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
  ASSERT_EQ(diagnosis->metrics.size(), 1u);
  EXPECT_EQ(diagnosis->metrics[0].metric, "hits_total");
}

TEST_F(DoctorOptionsTest, RefusesWhatIsNoSelector) {
  EXPECT_EQ(ErrorFor("sum(a_total)"), "expected a selector such as up{job=\"node\"}");
  EXPECT_EQ(ErrorFor("a_total offset 1m"), "expected a selector without offset and @");
  EXPECT_EQ(ErrorFor("a_total @ 5"), "expected a selector without offset and @");
  EXPECT_EQ(ErrorFor("a_total smoothed"), "expected a selector without anchored and smoothed");
  EXPECT_NE(ErrorFor("a_total{"), "");
}

TEST_F(DoctorOptionsTest, SaysSo_WhereNothingMatches) {
  EXPECT_EQ(ErrorFor("nosuch{a=\"b\"}"), "no series matches nosuch{a=\"b\"}");
  // Some of what was refused may be what was meant.
  LoadReport report;
  report.refused_metrics["nosuch"] = 1;
  DoctorOptions options;
  options.selector = "nosuch";
  options.load_report = &report;
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, {}, options);
  ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
  EXPECT_EQ(diagnosis->findings.size(), 1);
}

TEST_F(DoctorOptionsTest, RangeHoldsEverything_RoundedUp) {
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_);
  ASSERT_TRUE(diagnosis.ok());
  EXPECT_TRUE(diagnosis->Healthy());
  EXPECT_EQ(diagnosis->end, absl::FromUnixMillis(kBegin + 2 * kMinute));
  EXPECT_EQ(diagnosis->end - diagnosis->start, absl::Minutes(3));
  EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kExact).query,
            "sum(increase(a_total[3m] exact))");
  EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kMaxMinusMin).query,
            "sum(max_over_time(a_total[3m]) - min_over_time(a_total[3m]))");
}

TEST_F(DoctorOptionsTest, CountsInsideTheRangeThatIsAskedFor) {
  DoctorOptions options;
  options.time = absl::FromUnixMillis(kBegin + kMinute);
  options.range = absl::Seconds(90);
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, {}, options);
  ASSERT_TRUE(diagnosis.ok());
  EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kExact).value, 2);
  EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kExact).query,
            "sum(increase(a_total[1m30s] exact))");

  options.range = absl::ZeroDuration();
  EXPECT_EQ(Doctor(database_, {}, options).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(DoctorOptionsTest, SaysSo_WhereTheDataIsLongerThanAnyRange) {
  const std::vector<Sample> samples = {{-8'000'000'000'000, 0}, {8'000'000'000'000, 1}};
  ASSERT_TRUE(database_.Append(Labels{{"__name__", "a_total"}}, samples).ok());
  EXPECT_EQ(Doctor(database_).status().message(),
            "the range is longer than 292 years: give a shorter one");
}

TEST_F(DoctorOptionsTest, AsksForNamesThatNeedQuotesToo) {
  for (const char* name : {"commit.count_total", "sum"}) {
    const std::vector<Sample> samples = {{kBegin, 1}, {kBegin + kMinute, 4}};
    ASSERT_TRUE(
        database_
            .Append(Labels{{"__name__", name}}, samples, absl::FromUnixMillis(kBegin - kMinute))
            .ok());
    DoctorOptions options;
    options.selector = "{\"" + std::string(name) + "\"}";
    const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, {}, options);
    ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
    ASSERT_EQ(diagnosis->metrics.size(), 1u);
    EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kExact).value, 4);
  }
}

TEST_F(DoctorOptionsTest, ExactIsAskedForWhateverTheEngineSpeaks) {
  EngineOptions prometheus_2;
  prometheus_2.compatibility = Compatibility::kPrometheus2;
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, prometheus_2);
  ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
  EXPECT_EQ(diagnosis->metrics[0].Answer(Formula::kExact).value, 3);
}

TEST_F(DoctorOptionsTest, TellsItsProgress_AndStopsWhenToldTo) {
  DoctorOptions options;
  std::vector<uint64_t> done;
  options.progress = [&](uint64_t series, uint64_t total) {
    done.push_back(series);
    EXPECT_EQ(total, 3u);
  };
  ASSERT_TRUE(Doctor(database_, {}, options).ok());
  EXPECT_EQ(done, (std::vector<uint64_t>{0, 1, 2}));

  const std::atomic<bool> cancelled = true;
  options.cancelled = &cancelled;
  EXPECT_EQ(Doctor(database_, {}, options).status().code(), absl::StatusCode::kCancelled);
}

TEST_F(DoctorOptionsTest, AnEmptyDatabaseIsHealthy) {
  const Database empty;
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(empty);
  ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
  EXPECT_TRUE(diagnosis->Healthy());
  EXPECT_TRUE(diagnosis->metrics.empty());
}

}  // namespace
}  // namespace promlite
