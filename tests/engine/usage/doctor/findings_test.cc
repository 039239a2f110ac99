// One small database a finding, whose sizes and errors are counted by hand.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/doctor/examine.h"

namespace promlite {
namespace {

constexpr int64_t kSecond = 1000, kMinute = 60 * kSecond;
constexpr int64_t kBegin = 1'700'000'000'000;

// A sample every minute from `first_ms` on.
std::vector<Sample> EveryMinute(int64_t first_ms, const std::vector<double>& values) {
  std::vector<Sample> samples;
  for (const double value : values) {
    samples.push_back({first_ms + static_cast<int64_t>(samples.size()) * kMinute, value});
  }
  return samples;
}

class DoctorFindingsTest : public testing::Test {
 protected:
  void Append(const Labels& labels, const std::vector<Sample>& samples, int64_t start_ms) {
    const absl::Time start = start_ms == 0 ? absl::UnixEpoch() : absl::FromUnixMillis(start_ms);
    ASSERT_TRUE(database_.Append(labels, samples, start).ok());
  }
  void Append(const std::vector<Sample>& samples, int64_t start_ms) {
    Append(Labels{{"__name__", "x_total"}}, samples, start_ms);
  }

  MetricDiagnosis Examine(DoctorOptions options = {}) { return ExamineOne(database_, options); }

  // The errors that are told as numbers.
  static std::map<Formula, double> ErrorsOf(const Finding& finding) {
    std::map<Formula, double> errors;
    for (const WrongFormula& wrong : finding.wrong) {
      if (wrong.error) errors[wrong.formula] = *wrong.error;
    }
    return errors;
  }

  Database database_;
};

TEST_F(DoctorFindingsTest, NothingIsWrong_WithACounterThatIsSeenFromZero) {
  Append(EveryMinute(kBegin, {0, 2, 2, 5, 9}), kBegin - kMinute);
  const MetricDiagnosis metric = Examine();
  EXPECT_TRUE(metric.findings.empty());
  EXPECT_EQ(metric.verdict.formula, Formula::kExact);
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 9);
  EXPECT_EQ(metric.Answer(Formula::kMax).value, 9);
}

TEST_F(DoctorFindingsTest, FirstSampleNotZero_LosesTheFirstEvents) {
  Append(EveryMinute(kBegin, {3, 4, 6}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kFirstSampleNotZero);
  EXPECT_EQ(finding.size, 3);
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kMaxMinusMin), -3);
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kAnchored), -3);
  EXPECT_FALSE(ErrorsOf(finding).contains(Formula::kMax));
  EXPECT_FALSE(ErrorsOf(finding).contains(Formula::kExact));
}

TEST_F(DoctorFindingsTest, FirstSampleNotZero_IsToldWithItsErrors_OfSeriesWithTypeAndUnit) {
  Append(Labels{{"__name__", "x_total"}, {"__type__", "counter"}, {"__unit__", "USD"}},
         EveryMinute(kBegin, {3, 4, 6}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(ErrorsOf(metric.findings[0]).at(Formula::kAnchored), -3);
}

TEST_F(DoctorFindingsTest, FirstSampleNotZero_WasCountedInTheRange_HoweverOldTheStart) {
  Append(EveryMinute(kBegin, {100, 101, 103}), kBegin - 60 * kMinute);
  DoctorOptions options;
  options.range = absl::Hours(2);
  const MetricDiagnosis metric = Examine(options);
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kFirstSampleNotZero);
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kAnchored), -100);
  EXPECT_EQ(finding.instead, "sum(increase(x_total[2h] exact))");
  EXPECT_EQ(metric.verdict.formula, Formula::kExact);
}

TEST_F(DoctorFindingsTest, SingleSample_IsInNoDifference) {
  Append(EveryMinute(kBegin, {4}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kSingleSample);
  EXPECT_EQ(metric.findings[0].size, 4);
  EXPECT_EQ(ErrorsOf(metric.findings[0]).at(Formula::kIncrease), -4);
}

TEST_F(DoctorFindingsTest, SingleSample_IsNoFinding_WhereItIsZero) {
  Append(EveryMinute(kBegin, {0}), kBegin - kSecond);
  EXPECT_TRUE(Examine().findings.empty());
}

TEST_F(DoctorFindingsTest, Reset_LosesWhatWasCountedBeforeIt) {
  Append(EveryMinute(kBegin, {0, 7, 9}), kBegin - kSecond);
  Append(EveryMinute(kBegin + 3 * kMinute, {1, 2}), kBegin + 3 * kMinute - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& reset = metric.findings[0];
  EXPECT_EQ(reset.kind, FindingKind::kReset);
  EXPECT_EQ(reset.count, 1u);
  EXPECT_EQ(reset.size, 9);
  EXPECT_EQ(ErrorsOf(reset),
            (std::map<Formula, double>{{Formula::kMax, 9 - 11}, {Formula::kMaxMinusMin, 9 - 11}}));
}

TEST_F(DoctorFindingsTest, Reset_IsSeenByNoValue_WhereTheNewCounterIsNotBelow) {
  Append(EveryMinute(kBegin, {0, 2, 3}), kBegin - kSecond);
  Append(EveryMinute(kBegin + 3 * kMinute, {4, 6}), kBegin + 3 * kMinute - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_FALSE(metric.findings.empty());
  const Finding& reset = metric.findings[0];
  EXPECT_EQ(reset.kind, FindingKind::kReset);
  EXPECT_EQ(reset.size, 3);
  // 3 + 6 were counted; one counter from 0 to 6 is what the others see.
  EXPECT_EQ(ErrorsOf(reset).at(Formula::kAnchored), 6 - 9);
  EXPECT_EQ(ErrorsOf(reset).at(Formula::kMax), 6 - 9);
}

TEST_F(DoctorFindingsTest, Reset_IsSeenByNoValue_WhereTheNewCounterHidesTheLastSample) {
  Append({{kBegin, 0}, {kBegin + kMinute, 1}}, kBegin - kSecond);
  Append({{kBegin + kMinute, 0}}, kBegin + kMinute);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kReset);
  EXPECT_EQ(ErrorsOf(metric.findings[0]).at(Formula::kAnchored), -1);
}

TEST_F(DoctorFindingsTest, Reset_IsNoFinding_WhereNothingHadBeenCounted) {
  Append(EveryMinute(kBegin, {0, 0, 0}), kBegin - kSecond);
  Append(EveryMinute(kBegin + 3 * kMinute, {0, 6}), kBegin + 3 * kMinute - kSecond);
  EXPECT_TRUE(Examine().findings.empty());
}

TEST_F(DoctorFindingsTest, Reset_IsADrop_WhereTheStartIsBehindTheFirstSample) {
  Append(EveryMinute(kBegin, {5, 6, 2}), kBegin + kMinute / 2);
  DoctorOptions options;
  options.range = absl::Seconds(50);
  const MetricDiagnosis metric = Examine(options);
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kReset);
}

TEST_F(DoctorFindingsTest, SeveralWriters_InterleaveInOneSeries) {
  Append(EveryMinute(kBegin, {0, 5, 10}), kBegin - kSecond);
  Append(EveryMinute(kBegin + kSecond, {0, 1, 2}), kBegin - kSecond / 2);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kSeveralWriters);
  EXPECT_EQ(finding.count, 2u);
  EXPECT_EQ(finding.since, absl::FromUnixMillis(kBegin - kSecond / 2));
  // 0 0 5 1 10 2: drops from 5 and from 10.
  EXPECT_EQ(finding.size, 15);
  // 0 0 5 (1) 10 (2): 5 + 1 + 9 + 2, of 12.
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kAnchored), 17 - 12);
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kMax), 10 - 12);
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 12);
}

TEST_F(DoctorFindingsTest, NotMonotonic_WhereAStreamGoesDownWithoutANewStart) {
  Append(EveryMinute(kBegin, {0, 10, 8, 12}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kNotMonotonic);
  EXPECT_EQ(finding.count, 1u);
  EXPECT_EQ(finding.size, 2);
  // 12 if it is the same counter, 10 + 12 if it began anew: no number is the error of any formula.
  EXPECT_TRUE(ErrorsOf(finding).empty());
  EXPECT_EQ(finding.wrong.size(), kFormulaCount);
  EXPECT_EQ(finding.instead, "sum(delta(x_total[4m]))");
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kCannotTell);
  EXPECT_EQ(metric.verdict.low, 12);
  EXPECT_EQ(metric.verdict.high, 22);
}

TEST_F(DoctorFindingsTest, GapBeyondLookback_IsNoUnevenExport) {
  Append(
      {{kBegin, 0}, {kBegin + kMinute, 1}, {kBegin + 2 * kMinute, 2}, {kBegin + 10 * kMinute, 6}},
      kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kGapBeyondLookback);
  EXPECT_EQ(finding.count, 1u);
  EXPECT_EQ(finding.duration, absl::Minutes(8));
  EXPECT_EQ(finding.size, 4);
  EXPECT_TRUE(ErrorsOf(finding).empty());
  EXPECT_EQ(finding.wrong.size(), 6u);
}

TEST_F(DoctorFindingsTest, GapBeyondLookback_IsToldToo_WhereTheRangeBeginsInIt) {
  Append(
      {{kBegin, 0}, {kBegin + kMinute, 5}, {kBegin + 31 * kMinute, 9}, {kBegin + 32 * kMinute, 12}},
      kBegin - kSecond);
  DoctorOptions options;
  options.range = absl::Minutes(10);
  const MetricDiagnosis metric = Examine(options);
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 7);
  EXPECT_EQ(metric.Answer(Formula::kAnchored).value, 3);
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kGapBeyondLookback);
  EXPECT_EQ(metric.findings[0].duration, absl::Minutes(30));
  EXPECT_EQ(metric.findings[0].size, 4);
}

TEST_F(DoctorFindingsTest, UnevenExports_AreMoreThanTwiceAsFarApartAsUsual) {
  const auto seconds = [](int64_t n) { return kBegin + n * kSecond; };
  Append({{seconds(0), 0},
          {seconds(10), 1},
          {seconds(20), 2},
          {seconds(40), 3},
          {seconds(50), 3},
          {seconds(71), 8}},
         kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kUnevenExports);
  EXPECT_EQ(finding.count, 1u);
  EXPECT_EQ(finding.duration, absl::Seconds(21));
  EXPECT_EQ(finding.size, 5);
}

TEST_F(DoctorFindingsTest, StartUnknown_LeavesOpenWhenTheFirstValueWasCounted) {
  Append(EveryMinute(kBegin, {5, 6, 8}), 0);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kStartUnknown);
  EXPECT_EQ(metric.findings[0].size, 5);
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 3);
}

TEST_F(DoctorFindingsTest, StartAtFirstSample_IsAStartThatIsNotBeforeIt) {
  Append(EveryMinute(kBegin, {5, 6, 8}), kBegin);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].kind, FindingKind::kStartAtFirstSample);
}

TEST_F(DoctorFindingsTest, StartUnknown_IsNoFinding_WhereTheFirstValueIsZero) {
  Append(EveryMinute(kBegin, {0, 6, 8}), 0);
  EXPECT_TRUE(Examine().findings.empty());
}

TEST_F(DoctorFindingsTest, MovingStart_MakesExactCountAgain) {
  const std::vector<double> values = {1, 3, 3, 6, 10, 11};
  for (size_t i = 0; i < values.size(); ++i) {
    const int64_t time_ms = kBegin + static_cast<int64_t>(i) * kMinute;
    Append({{time_ms, values[i]}}, time_ms - kMinute);
  }
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kMovingStart);
  EXPECT_EQ(finding.count, 6u);
  // exact adds them all up: 34, where 11 were counted.
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 34);
  EXPECT_EQ(finding.size, 34 - 11);
  EXPECT_EQ(ErrorsOf(finding).at(Formula::kExact), 34 - 11);
  EXPECT_EQ(metric.verdict.formula, Formula::kMax);
  EXPECT_EQ(finding.instead, "sum(max_over_time(x_total[6m]))");
}

TEST_F(DoctorFindingsTest, MovingStart_IsNotSeenInProcessesOneAfterTheOther) {
  // Each counts for ten seconds, exports once and ends.
  const std::vector<double> values = {1, 2, 4, 5, 7, 9};
  for (size_t i = 0; i < values.size(); ++i) {
    const int64_t time_ms = kBegin + static_cast<int64_t>(i) * kMinute;
    Append({{time_ms, values[i]}}, time_ms - 10 * kSecond);
  }
  const MetricDiagnosis metric = Examine();
  EXPECT_EQ(metric.verdict.formula, Formula::kExact);
  for (const Finding& finding : metric.findings) {
    EXPECT_NE(finding.kind, FindingKind::kMovingStart);
  }
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 28);
}

TEST_F(DoctorFindingsTest, OlderThanRecording_WasCountedAtAnUnknownTime) {
  Append(EveryMinute(kBegin, {100, 101, 103}), kBegin - 60 * kMinute);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kOlderThanRecording);
  EXPECT_EQ(finding.size, 100);
  EXPECT_EQ(finding.duration, absl::Hours(1));
  EXPECT_TRUE(ErrorsOf(finding).empty());
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kAtLeast);
  EXPECT_EQ(metric.verdict.value, 3);
  EXPECT_EQ(metric.verdict.high, 103);
  EXPECT_EQ(metric.verdict.formula, Formula::kAnchored);
}

TEST_F(DoctorFindingsTest, OlderThanRecording_IsNoFinding_WhereTheFirstValueIsZero) {
  Append(EveryMinute(kBegin, {0, 1, 3}), kBegin - 60 * kMinute);
  EXPECT_TRUE(Examine().findings.empty());
}

TEST_F(DoctorFindingsTest, SessionUnderSeveralLabels_IsNotUnderTheLargest) {
  const auto labels = [](const char* session, const char* version, const char* model) {
    return Labels{{"__name__", "x_total"},
                  {"session_id", session},
                  {"app_version", version},
                  {"model", model}};
  };
  Append(labels("a", "1.0", "big"), EveryMinute(kBegin, {0, 1, 5}), kBegin - kSecond);
  Append(labels("a", "1.1", "big"), EveryMinute(kBegin, {0, 1, 2}), kBegin - kSecond);
  // Models are what is measured.
  Append(labels("b", "1.0", "big"), EveryMinute(kBegin, {0, 1, 5}), kBegin - kSecond);
  Append(labels("b", "1.0", "small"), EveryMinute(kBegin, {0, 1, 5}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  const Finding& finding = metric.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kSessionUnderSeveralLabels);
  EXPECT_EQ(finding.detail, "app_version");
  EXPECT_EQ(finding.count, 1u);
  EXPECT_EQ(finding.size, 2);
  EXPECT_EQ(finding.instead, "sum by (session_id) (increase(x_total[3m] exact))");
}

TEST_F(DoctorFindingsTest, SessionUnderSeveralLabels_CountsWhatHasNoSuchLabel) {
  const Labels before{{"__name__", "x_total"}, {"session_id", "a"}};
  const Labels after{{"__name__", "x_total"}, {"session_id", "a"}, {"user_email", "a@b"}};
  Append(before, EveryMinute(kBegin, {0, 1, 2}), kBegin - kSecond);
  Append(after, EveryMinute(kBegin, {0, 4, 5}), kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  ASSERT_EQ(metric.findings.size(), 1u);
  EXPECT_EQ(metric.findings[0].detail, "user_email");
  EXPECT_EQ(metric.findings[0].size, 2);
}

}  // namespace
}  // namespace promlite
