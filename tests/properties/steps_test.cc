// A range query is the instant queries at its steps, but for what asks about the query itself:
// `@ start()`, start(), step() and the like, the order of an instant vector, and parameters of
// aggregations, which Prometheus checks over all steps before any is evaluated.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "promlite/engine/engine.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/tests/random_queries/random_data.h"
#include "promlite/tests/random_queries/random_query.h"

namespace promlite {
namespace {

using random_queries::Random;

// One sample a key, as exact text.
using Samples = std::map<std::pair<std::string, int64_t>, std::string>;

std::string Exactly(double value) {
  if (std::isnan(value)) return "NaN";
  char text[40];
  std::snprintf(text, sizeof text, "%a", value);
  return text;
}

void AddSamples(const QueryResult& answer, int64_t time_ms, Samples* samples) {
  if (answer.type == promql::ValueType::kScalar) {
    (*samples)[{"{}", time_ms}] = Exactly(answer.scalar.value);
  }
  for (const ResultSeries& series : answer.series) {
    for (const Sample& sample : series.samples) {
      (*samples)[{series.labels.ToString(), sample.timestamp_ms}] = Exactly(sample.value);
    }
  }
}

// Whether an aggregation has a parameter that is calculated: Prometheus looks at it over all steps
// before it aggregates any.
bool HasCalculatedParameter(const promql::Expr& root) {
  bool has = false;
  promql::ForEachPostOrder(root, [&](const promql::Expr& expr) {
    if (expr.kind() == promql::ExprKind::kAggregate) {
      const auto& aggregate = promql::As<promql::AggregateExpr>(expr);
      const bool number = aggregate.parameter == nullptr ||
                          aggregate.parameter->kind() == promql::ExprKind::kNumber ||
                          aggregate.parameter->kind() == promql::ExprKind::kString;
      has |= !number;
    }
  });
  return has;
}

class StepsTest : public ::testing::Test {
 protected:
  void CompareSeed(uint64_t seed) {
    Random random(seed);
    random_queries::RandomDataOptions shape;
    shape.first_ms = 1'600'000'000'000;
    Database database;
    ASSERT_TRUE(Load(random_queries::RandomData(seed, shape),
                     random_queries::LoadOrder::kSeriesBySeries, &database)
                    .ok());
    EngineOptions options;
    options.experimental_functions = options.binop_fill_modifiers = true;
    const Engine engine(&database, options);
    random_queries::QueryChoices choices;
    choices.first_ms = shape.first_ms;
    choices.last_ms = shape.first_ms + shape.length_ms;
    choices.query_grid = false;
    // Which series these choose, and in what order sums add them up, hangs on an order that range
    // queries do not have.
    choices.without = {"sort", "sort_desc", "sort_by_label", "sort_by_label_desc",
                       "topk", "bottomk",   "limitk",        "count_values"};
    random_queries::RandomQueries generator(seed, choices);
    for (int i = 0; i < 20 && !HasFatalFailure(); ++i) {
      const promql::ExprPtr expr = generator.Next(1 + static_cast<int>(random.Below(3)));
      if (HasCalculatedParameter(*expr)) continue;
      const std::string query = promql::Print(*expr);
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + query);
      CompareQuery(engine, query, shape.first_ms + static_cast<int64_t>(random.Below(2'000'000)),
                   60'000, 1 + static_cast<int>(random.Below(15)));
    }
  }

  void CompareQuery(const Engine& engine, const std::string& query, int64_t start_ms,
                    int64_t step_ms, int steps) {
    const auto range = engine.Range(query, absl::FromUnixMillis(start_ms),
                                    absl::FromUnixMillis(start_ms + (steps - 1) * step_ms),
                                    absl::Milliseconds(step_ms));
    Samples expected, actual;
    bool failed = false;
    for (int i = 0; i < steps; ++i) {
      const int64_t time_ms = start_ms + i * step_ms;
      const auto instant = engine.Instant(query, absl::FromUnixMillis(time_ms));
      failed |= !instant.ok();
      if (instant.ok()) AddSamples(*instant, time_ms, &expected);
    }
    if (!range.ok()) {
      // Two series of one name are a range function's error even if no step has a sample of both.
      ASSERT_TRUE(failed || range.status().message() ==
                                "vector cannot contain metrics with the same labelset")
          << range.status();
      return;
    }
    ++answers_;
    ASSERT_FALSE(failed);
    AddSamples(*range, start_ms, &actual);
    for (const auto& [key, value] : expected) {
      const auto found = actual.find(key);
      ASSERT_NE(found, actual.end()) << key.first << " at " << key.second << " is missing";
      ASSERT_EQ(found->second, value) << key.first << " at " << key.second;
    }
    ASSERT_EQ(actual.size(), expected.size());
  }

  int answers_ = 0;
};

TEST_F(StepsTest, ARangeQueryIsTheInstantQueriesAtItsSteps) {
  for (uint64_t seed = 0; seed < 60 && !HasFatalFailure(); ++seed) CompareSeed(seed);
  EXPECT_GT(answers_, 600);
}

}  // namespace
}  // namespace promlite
