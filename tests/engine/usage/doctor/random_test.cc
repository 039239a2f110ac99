// On random streams the doctor is complete: formulas that no finding falsifies agree.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"

namespace promlite {
namespace {

constexpr int64_t kSecond = 1000;
constexpr int64_t kBegin = 1'700'000'000'000;

class RandomStreams {
 public:
  explicit RandomStreams(unsigned seed) : random_(seed) {}

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  // A counter's samples, every ten seconds but for gaps, seldom going down.
  std::vector<Sample> Samples(int64_t first_ms) {
    std::vector<Sample> samples;
    double value = Below(2) == 0 ? 0 : Below(5);
    int64_t time_ms = first_ms;
    for (int i = Below(8); i >= 0; --i) {
      samples.push_back({time_ms, value});
      value = Below(20) == 0 ? Below(3) : value + Below(4);
      time_ms += (Below(15) == 0 ? 400 : 10) * kSecond;
    }
    return samples;
  }

  absl::Time Start(int64_t first_ms) {
    switch (Below(8)) {
      case 0:
        return absl::UnixEpoch();  // unknown
      case 1:
        return absl::FromUnixMillis(first_ms - 1000 * kSecond);  // before the recording
      default:
        return absl::FromUnixMillis(first_ms - 1 - Below(9000));
    }
  }

  void Fill(Database* database) {
    const int series = 1 + Below(3);
    for (int i = 0; i < series; ++i) {
      const Labels labels{{"__name__", "x_total"}, {"series", std::to_string(i)}};
      int64_t first_ms = kBegin;
      for (int streams = Below(3); streams >= 0; --streams) {
        const std::vector<Sample> samples = Samples(first_ms);
        ASSERT_TRUE(database->Append(labels, samples, Start(first_ms)).ok());
        // The next writer comes behind this one, or beside it.
        first_ms =
            Below(3) == 0 ? first_ms + 3 * kSecond : samples.back().timestamp_ms + 10 * kSecond;
      }
    }
  }

 private:
  std::mt19937 random_;
};

TEST(DoctorOnRandomStreamsTest, FormulasThatNothingFalsifiesAgree) {
  size_t healthy = 0, agreeing = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Database database;
    RandomStreams(seed).Fill(&database);
    const absl::StatusOr<Diagnosis> diagnosis = Doctor(database);
    ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
    ASSERT_EQ(diagnosis->metrics.size(), 1u);
    const MetricDiagnosis& metric = diagnosis->metrics.front();
    std::set<Formula> falsified = {Formula::kIncrease};  // extrapolates
    for (const Finding& finding : metric.findings) {
      for (const WrongFormula& wrong : finding.wrong) falsified.insert(wrong.formula);
    }
    std::vector<double> answers;
    for (const FormulaAnswer& answer : metric.answers) {
      if (!falsified.contains(answer.formula)) answers.push_back(answer.value.value_or(0));
    }
    for (const double answer : answers) EXPECT_NEAR(answer, answers.front(), 1e-9) << seed;
    healthy += diagnosis->Healthy() ? 1 : 0;
    agreeing += answers.size() > 1 ? 1 : 0;
  }
  // That the random data is neither all sound nor all broken.
  EXPECT_GT(healthy, 20u);
  EXPECT_GT(agreeing, 200u);
  EXPECT_LT(healthy, 1000u);
}

}  // namespace
}  // namespace promlite
