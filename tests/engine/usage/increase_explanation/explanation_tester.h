#ifndef PROMLITE_TESTS_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLANATION_TESTER_H_
#define PROMLITE_TESTS_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLANATION_TESTER_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/storage/database.h"

namespace promlite {

// A database that a test fills, and explanations of it. Times in seconds.
class ExplanationTester : public ::testing::Test {
 protected:
  struct Point {
    int64_t seconds;
    double value;
  };

  // The samples of `x`, or of other labels; `start` 0 = unknown.
  void Add(const std::vector<Point>& points, int64_t start = 0,
           const Labels& labels = {{"__name__", "x"}});

  // The whole explanation; a failed test where there is none.
  IncreaseExplanation Explain(const std::string& query, int64_t at_seconds, size_t max_series = 10);
  // Its only series.
  ExplainedSeries ExplainOne(const std::string& query, int64_t at_seconds);
  // The only series' calculation.
  ExtrapolationSteps Steps(const std::string& query, int64_t at_seconds);

  Database database_;
  EngineOptions options_;
};

}  // namespace promlite

#endif  // PROMLITE_TESTS_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLANATION_TESTER_H_
