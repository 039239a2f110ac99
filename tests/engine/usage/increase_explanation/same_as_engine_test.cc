// On random data every explained result is, to the bit, the engine's own, and so is what stands
// beside it.

#include <bit>
#include <map>
#include <optional>
#include <set>

#include "promlite/engine/engine.h"
#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"
#include "promlite/tests/random_queries/random_data.h"

namespace promlite {
namespace {

using random_queries::RandomData;

std::optional<uint64_t> Bits(const std::optional<double>& value) {
  // Which NaN it is nobody sees.
  if (!value) return std::nullopt;
  return *value != *value ? ~uint64_t{0} : std::bit_cast<uint64_t>(*value);
}

class SameAsEngineTest : public ExplanationTester {
 protected:
  // The engine's answers by labels without the name.
  std::map<std::string, std::optional<double>> Answers(const std::string& query, absl::Time time) {
    std::map<std::string, std::optional<double>> answers;
    const auto result = Engine(&database_, options_).Instant(query, time);
    EXPECT_TRUE(result.ok()) << query << ": " << result.status();
    if (!result.ok()) return answers;
    for (const ResultSeries& series : result->series) {
      answers[series.labels.ToString()] = series.samples[0].value;
    }
    return answers;
  }

  static std::string WithoutName(const Labels& labels) {
    std::vector<Labels::Label> rest;
    for (const auto& label : labels) {
      if (label.first != kMetricName) rest.push_back(label);
    }
    return Labels(std::move(rest)).ToString();
  }

  // How many results were compared.
  size_t Compare(const std::string& function, const std::string& metric, const std::string& range,
                 absl::Time time) {
    const std::string query = function + "(" + metric + range + ")";
    const auto explanation = ExplainIncrease(database_, options_, query, time, {.max_series = 0});
    EXPECT_TRUE(explanation.ok()) << explanation.status();
    if (!explanation.ok()) return 0;
    auto results = Answers(query, time);
    const bool modifiers = options_.compatibility == Compatibility::kPrometheus3;
    const auto modified = [&](const std::string& modifier) {
      return Answers(function + "(" + metric + range + " " + modifier + ")", time);
    };
    std::map<std::string, std::optional<double>> anchored, smoothed, exact;
    if (modifiers) anchored = modified("anchored"), smoothed = modified("smoothed");
    if (modifiers && function != "delta") exact = modified("exact");
    size_t compared = 0;
    for (const ExplainedSeries& series : explanation->series) {
      const std::string labels = WithoutName(series.labels);
      std::optional<double> result;
      if (series.steps) result = series.steps->result;
      EXPECT_EQ(Bits(result), Bits(results[labels])) << query << " " << labels << " at " << time;
      compared += result.has_value();
      results.erase(labels);
      if (!modifiers) continue;
      EXPECT_EQ(Bits(series.anchored), Bits(anchored[labels])) << query << " anchored " << labels;
      EXPECT_EQ(Bits(series.smoothed), Bits(smoothed[labels])) << query << " smoothed " << labels;
      EXPECT_EQ(Bits(series.exact), Bits(exact[labels])) << query << " exact " << labels;
    }
    EXPECT_TRUE(results.empty()) << query << ": " << results.size() << " not explained";
    return compared;
  }

  void CompareAll(uint64_t seed, bool start_times) {
    const auto data = RandomData(seed, {.start_times = start_times, .type_and_unit = false});
    ASSERT_TRUE(
        random_queries::Load(data, random_queries::LoadOrder::kSeriesBySeries, &database_).ok());
    std::set<std::string> metrics;
    for (const auto& series : data) metrics.insert(std::string(series.labels.MetricName()));
    size_t compared = 0;
    for (const std::string& metric : metrics) {
      for (const std::string function : {"rate", "increase", "delta"}) {
        for (const std::string range : {"[1m]", "[5m]", "[17m]", "[2h]"}) {
          for (const int64_t second : {180, 901, 1500, 2700}) {
            compared += Compare(function, metric, range, absl::FromUnixSeconds(second));
          }
        }
      }
    }
    EXPECT_GT(compared, 200u);
  }
};

TEST_F(SameAsEngineTest, Prometheus3) { CompareAll(1, false); }

TEST_F(SameAsEngineTest, Prometheus2) {
  options_.compatibility = Compatibility::kPrometheus2;
  CompareAll(2, false);
}

TEST_F(SameAsEngineTest, StartTimestamps) {
  options_.use_start_timestamps = true;
  CompareAll(3, true);
}

}  // namespace
}  // namespace promlite
