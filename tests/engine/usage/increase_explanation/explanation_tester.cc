#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"

namespace promlite {

void ExplanationTester::Add(const std::vector<Point>& points, int64_t start, const Labels& labels) {
  std::vector<Sample> samples;
  for (const Point& point : points) samples.push_back({point.seconds * 1000, point.value});
  const absl::Status status = database_.Append(labels, samples, absl::FromUnixSeconds(start));
  ASSERT_TRUE(status.ok()) << status;
}

IncreaseExplanation ExplanationTester::Explain(const std::string& query, int64_t at_seconds,
                                               size_t max_series) {
  const absl::StatusOr<IncreaseExplanation> explanation = ExplainIncrease(
      database_, options_, query, absl::FromUnixSeconds(at_seconds), {.max_series = max_series});
  EXPECT_TRUE(explanation.ok()) << explanation.status();
  return explanation.ok() ? *explanation : IncreaseExplanation();
}

ExplainedSeries ExplanationTester::ExplainOne(const std::string& query, int64_t at_seconds) {
  const IncreaseExplanation explanation = Explain(query, at_seconds);
  EXPECT_EQ(explanation.series.size(), 1u);
  return explanation.series.size() == 1 ? explanation.series[0] : ExplainedSeries();
}

ExtrapolationSteps ExplanationTester::Steps(const std::string& query, int64_t at_seconds) {
  const ExplainedSeries series = ExplainOne(query, at_seconds);
  EXPECT_TRUE(series.steps.has_value());
  return series.steps.value_or(ExtrapolationSteps());
}

}  // namespace promlite
