// What the doctor says of data that leaves open what was counted. Each number is counted by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/doctor/examine.h"

namespace promlite {
namespace {

constexpr int64_t kSecond = 1000, kMinute = 60 * kSecond;
constexpr int64_t kBegin = 1'700'000'000'000;

class DoctorVerdictTest : public testing::Test {
 protected:
  // A sample every half minute.
  void Append(const std::vector<double>& values, int64_t start_ms, int64_t first_ms = kBegin,
              const std::string& a = "1") {
    std::vector<Sample> samples;
    for (const double value : values) {
      samples.push_back({first_ms + static_cast<int64_t>(samples.size()) * 30 * kSecond, value});
    }
    const absl::Time start = start_ms == 0 ? absl::UnixEpoch() : absl::FromUnixMillis(start_ms);
    ASSERT_TRUE(database_.Append(Labels{{"__name__", "x_total"}, {"a", a}}, samples, start).ok());
  }

  MetricDiagnosis Examine(DoctorOptions options = {}) { return ExamineOne(database_, options); }
  Verdict VerdictOf(DoctorOptions options = {}) { return Examine(options).verdict; }

  Database database_;
};

bool Has(const MetricDiagnosis& metric, FindingKind kind) {
  for (const Finding& finding : metric.findings) {
    if (finding.kind == kind) return true;
  }
  return false;
}

TEST(ErrorOfAnswerTest, IsHowFarItIsOutside_RoundingAside) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(ErrorOfAnswer(3, 2, 4), 0);
  EXPECT_EQ(ErrorOfAnswer(1, 2, 4), -1);
  EXPECT_EQ(ErrorOfAnswer(7, 2, 4), 3);
  EXPECT_EQ(ErrorOfAnswer(4.000000001, 2, 4), 0);
  EXPECT_EQ(ErrorOfAnswer(kInfinity, 2, 4), kInfinity);
  EXPECT_EQ(ErrorOfAnswer(kInfinity, kInfinity, kInfinity), 0);
  EXPECT_TRUE(std::isnan(ErrorOfAnswer(std::nan(""), 2, 4)));
}

TEST_F(DoctorVerdictTest, IsRight_WhereTheStartIsKnownAndInTheRange) {
  Append({3, 4, 6}, kBegin - kSecond);
  const Verdict verdict = VerdictOf();
  EXPECT_EQ(verdict.kind, VerdictKind::kRight);
  EXPECT_EQ(verdict.value, 6);
  EXPECT_EQ(verdict.low, 6);
  EXPECT_EQ(verdict.high, 6);
  EXPECT_EQ(verdict.formula, Formula::kExact);
  EXPECT_TRUE(verdict.doubts.empty());
}

TEST_F(DoctorVerdictTest, IsAtLeastWhatWasCountedSinceTheFirstSample_WhereNoStartIsKnown) {
  Append({5, 6, 8}, 0);
  const Verdict verdict = VerdictOf();
  EXPECT_EQ(verdict.kind, VerdictKind::kAtLeast);
  EXPECT_EQ(verdict.value, 3);
  EXPECT_EQ(verdict.high, 8);
  EXPECT_EQ(verdict.doubts, std::set<Doubt>{Doubt::kStartUnknown});
}

TEST_F(DoctorVerdictTest, IsAtMostTheOnlyValue_WhereNoStartIsKnown) {
  Append({5}, 0);
  const Verdict verdict = VerdictOf();
  EXPECT_EQ(verdict.kind, VerdictKind::kAtMost);
  EXPECT_EQ(verdict.value, 5);
  EXPECT_EQ(verdict.low, 0);
}

TEST_F(DoctorVerdictTest, IsRight_WhereNoStartIsKnown_ButTheCounterIsSeenFromZero) {
  Append({0, 6, 8}, 0);
  EXPECT_EQ(VerdictOf().kind, VerdictKind::kRight);
  EXPECT_EQ(VerdictOf().value, 8);
}

TEST_F(DoctorVerdictTest, TakesAStartEqualToTheFirstSampleForUnknown) {
  Append({1003, 1003, 1005, 1007}, kBegin);
  const MetricDiagnosis metric = Examine();
  EXPECT_TRUE(Has(metric, FindingKind::kStartAtFirstSample));
  EXPECT_FALSE(Has(metric, FindingKind::kStartUnknown));
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kAtLeast);
  EXPECT_EQ(metric.verdict.value, 4);
  EXPECT_EQ(metric.verdict.high, 1007);
  EXPECT_EQ(metric.verdict.doubts, std::set<Doubt>{Doubt::kStartAtFirstSample});
}

TEST_F(DoctorVerdictTest, CannotTellFromWhatGoesDownUnderOneStart) {
  Append({1, 2, 3, 1, 2, 3, 4, 1, 2}, kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kCannotTell);
  EXPECT_EQ(metric.verdict.low, 2);   // the last value, if it is the same counter
  EXPECT_EQ(metric.verdict.high, 9);  // 3 + 4 + 2, if it began anew
  EXPECT_FALSE(metric.verdict.formula.has_value());
  // No finding knows more than the verdict.
  for (const Finding& finding : metric.findings) {
    for (const WrongFormula& wrong : finding.wrong) EXPECT_FALSE(wrong.error.has_value());
  }
}

TEST_F(DoctorVerdictTest, EstimatesWritersThatTakeTurnsWithoutStarts) {
  Append({1, 52, 2, 54, 3, 56, 4, 58}, 0);
  const MetricDiagnosis metric = Examine();
  EXPECT_TRUE(Has(metric, FindingKind::kTakesTurns));
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kCannotTell);
  ASSERT_TRUE(metric.verdict.estimate.has_value());
  EXPECT_EQ(metric.verdict.estimate->sequences, 2u);
  EXPECT_EQ(metric.verdict.estimate->since_first_samples, 3 + 6);
  EXPECT_EQ(metric.verdict.estimate->from_zero, 4 + 58);
  EXPECT_EQ(metric.verdict.estimate->drops, 3u);
  EXPECT_EQ(metric.verdict.estimate->returns, 2u);
  EXPECT_EQ(metric.verdict.low, 3 + 6);
  // One counter that began anew each time: 52, 54, 56 and 58, and before each but the first 2 to 4.
  EXPECT_EQ(metric.verdict.high, 52 + 54 + 56 + 58);
}

TEST_F(DoctorVerdictTest, EstimatesThemUnderOneStartToo) {
  Append({1, 52, 2, 54, 3, 56, 4, 58}, kBegin - kSecond);
  const MetricDiagnosis metric = Examine();
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kCannotTell);
  EXPECT_EQ(metric.verdict.estimate->from_zero, 4 + 58);
  EXPECT_FALSE(Has(metric, FindingKind::kNotMonotonic));
}

TEST_F(DoctorVerdictTest, AddsWhatOtherSeriesCountedToTheEstimate) {
  Append({1, 52, 2, 54, 3, 56, 4, 58}, 0);
  Append({0, 7}, kBegin - kSecond, kBegin, "2");
  EXPECT_EQ(VerdictOf().estimate->since_first_samples, 3 + 6 + 7);
  EXPECT_EQ(VerdictOf().estimate->from_zero, 4 + 58 + 7);
}

TEST_F(DoctorVerdictTest, DoesNotTakeACounterThatBeganAnewForTwoWriters) {
  Append({0, 3, 9, 0, 2, 5, 1, 4}, 0);
  const MetricDiagnosis metric = Examine();
  EXPECT_FALSE(Has(metric, FindingKind::kTakesTurns));
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kRight);
  EXPECT_EQ(metric.verdict.value, 9 + 5 + 4);
  EXPECT_EQ(metric.verdict.formula, Formula::kExact);
}

TEST_F(DoctorVerdictTest, HasBothNumbers_WhereTheStartIsOlderThanTheRecording) {
  const int64_t start_ms = kBegin - 60 * kMinute;
  Append({17, 18, 18, 20}, start_ms);
  // Seen first when the other one had been exported twice: all of it was counted in the recording.
  Append({3, 7}, start_ms, kBegin + kMinute, "2");
  const Verdict verdict = VerdictOf();
  EXPECT_EQ(verdict.kind, VerdictKind::kAtLeast);
  EXPECT_EQ(verdict.low, 3 + 7);
  EXPECT_EQ(verdict.high, 20 + 7);
  EXPECT_EQ(verdict.doubts, std::set<Doubt>{Doubt::kStartedBeforeRange});
}

TEST_F(DoctorVerdictTest, DoesNotTakeAnotherProcessForTheSameOne) {
  Append({17, 18, 18, 20}, kBegin - 60 * kMinute);
  Append({3, 7}, kBegin - 61 * kMinute, kBegin + kMinute, "2");
  EXPECT_EQ(VerdictOf().low, 3 + 4);
  EXPECT_EQ(VerdictOf().high, 20 + 7);
}

TEST_F(DoctorVerdictTest, CountsACounterByTwoRoutesOnce) {
  Append({1, 2, 3}, kBegin - kSecond);
  Append({1, 2, 3}, 0);
  const MetricDiagnosis metric = Examine();
  EXPECT_TRUE(Has(metric, FindingKind::kSecondRoute));
  EXPECT_FALSE(Has(metric, FindingKind::kSeveralWriters));
  EXPECT_EQ(metric.streams, 1u);
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kRight);
  EXPECT_EQ(metric.verdict.value, 3);
  EXPECT_EQ(metric.Answer(Formula::kExact).value, 3);
  EXPECT_TRUE(database_.Overlaps().series.empty());
}

TEST_F(DoctorVerdictTest, CannotTellACounterByTwoRoutesAtOtherTimesFromTwo) {
  Append({1, 2, 3}, kBegin - kSecond);
  Append({1, 2, 3}, 0, kBegin + 4 * kSecond);
  const Verdict verdict = VerdictOf();
  EXPECT_EQ(verdict.kind, VerdictKind::kCannotTell);
  EXPECT_EQ(verdict.low, 3);       // one counter
  EXPECT_EQ(verdict.high, 3 + 3);  // two of them, both from zero
  EXPECT_TRUE(verdict.doubts.contains(Doubt::kSecondRoute));
}

TEST_F(DoctorVerdictTest, CannotTellACounterByTwoRoutesFromTwo_WhereItBeganAnew) {
  Append({1, 2, 3}, kBegin - kSecond);
  Append({1, 4}, kBegin + 80 * kSecond, kBegin + 90 * kSecond);
  Append({1, 2, 3, 1, 4}, 0, kBegin + 4 * kSecond);
  EXPECT_EQ(VerdictOf().low, 3 + 4);
  EXPECT_TRUE(VerdictOf().doubts.contains(Doubt::kSecondRoute));
}

TEST_F(DoctorVerdictTest, TakesAStreamThatDoesNotFitForAnotherCounter) {
  Append({1, 2, 3}, kBegin - kSecond);
  Append({7, 9, 11}, 0, kBegin + 4 * kSecond);
  // Since the first sample, and from zero.
  EXPECT_EQ(VerdictOf().low, 3 + 4);
  EXPECT_EQ(VerdictOf().high, 3 + 11);
  EXPECT_FALSE(VerdictOf().doubts.contains(Doubt::kSecondRoute));
}

TEST_F(DoctorVerdictTest, CannotTellBehindAStartThatIsRoundedToSeconds) {
  // Half a second apart; the second start lies before the last sample of the first.
  const Labels labels{{"__name__", "x_total"}};
  ASSERT_TRUE(database_
                  .Append(labels, std::vector<Sample>{{kBegin + 300, 1}, {kBegin + 1800, 5}},
                          absl::FromUnixMillis(kBegin))
                  .ok());
  ASSERT_TRUE(database_
                  .Append(labels, std::vector<Sample>{{kBegin + 2600, 6}, {kBegin + 4600, 10}},
                          absl::FromUnixMillis(kBegin + kSecond))
                  .ok());
  const MetricDiagnosis metric = Examine();
  EXPECT_TRUE(Has(metric, FindingKind::kRoundedStart));
  EXPECT_FALSE(Has(metric, FindingKind::kSeveralWriters));
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kCannotTell);
  EXPECT_EQ(metric.verdict.low, 9);    // from 1 to 10
  EXPECT_EQ(metric.verdict.high, 15);  // 5 and 10
}

TEST_F(DoctorVerdictTest, IsOfWholeWriters_WhereAStartInWholeSecondsIsBehindTheLastSample) {
  Append({1, 5}, kBegin - kSecond);
  Append({6, 10}, kBegin + kMinute, kBegin + kMinute + 500);
  const MetricDiagnosis metric = Examine();
  EXPECT_FALSE(Has(metric, FindingKind::kRoundedStart));
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kRight);
  EXPECT_EQ(metric.verdict.value, 15);
}

TEST_F(DoctorVerdictTest, HoldsTheStartsOfWhatBeganShortlyBefore_WithoutARange) {
  // With the samples alone, the range would be one minute, and begin behind the start.
  Append({3, 4}, kBegin - 2 * kMinute);
  EXPECT_EQ(VerdictOf().kind, VerdictKind::kRight);
  EXPECT_EQ(VerdictOf().value, 4);
  DoctorOptions options;
  options.range = absl::Minutes(1);
  EXPECT_EQ(VerdictOf(options).kind, VerdictKind::kAtLeast);
  EXPECT_EQ(VerdictOf(options).low, 1);
  EXPECT_EQ(VerdictOf(options).high, 4);
}

}  // namespace
}  // namespace promlite
