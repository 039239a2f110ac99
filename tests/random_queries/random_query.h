#ifndef PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/tests/random_queries/random.h"

namespace promlite::random_queries {

struct QueryChoices {
  // Where RandomData has its samples: what `@ timestamp` says is about there.
  int64_t first_ms = 0;
  int64_t last_ms = 45 * 60'000;
  // Names and strings that need quotes, any unit of a duration, calculated durations of all kinds:
  // for what reads and prints queries. Such queries seldom find a series.
  bool odd_text = false;
  // `@ start()`, `step()` and other words for the query's own grid.
  bool query_grid = true;
  bool at_modifiers = true;
  // Some functions and operators may be left out, by name.
  std::vector<std::string> without = {};
};

// Random expressions over the whole language of Prometheus 3.16, experimental parts included, of
// correct type, about the series of RandomData. The trees are as the parser would make them: with
// parentheses wherever their text needs them. Byte ranges are not set.
class RandomQueries {
 public:
  RandomQueries(uint64_t seed, QueryChoices choices)
      : random_(seed), choices_(std::move(choices)) {}

  // An instant vector, now and then a scalar; at most `height` operations above each other.
  promql::ExprPtr Next(int height);
  promql::ExprPtr Vector(int height);
  promql::ExprPtr Scalar(int height);
  // A selector or subquery with a range.
  promql::ExprPtr RangeVector(int height);

  std::shared_ptr<promql::VectorSelector> Selector();
  promql::LabelMatcher Matcher();

 private:
  promql::ExprPtr NewVector(int height);
  // What stood in a query before, or something close to it: planners share equal parts. Null if
  // nothing of that height has been made.
  promql::ExprPtr AgainOrAlmost(int height);
  promql::ExprPtr CallOf(const promql::Function& function, int height);
  promql::ExprPtr Argument(const promql::Function& function, size_t index, int height);
  promql::ExprPtr StringArgument(const promql::Function& function, size_t index);
  promql::ExprPtr ScalarParameter(const promql::Function& function, size_t index, int height);
  const promql::Function* Function(promql::ValueType result);
  promql::ExprPtr Aggregation(int height);
  promql::ExprPtr VectorOperation(int height);
  promql::ExprPtr ScalarOperation(int height);
  promql::ExprPtr Operand(promql::ExprPtr operand, promql::BinaryOp op, bool is_right);
  promql::ExprPtr Negation(promql::ExprPtr operand, promql::ValueType type);
  promql::VectorMatching Matching(promql::BinaryOp op);
  promql::Duration RandomDuration(int64_t shortest_ms, int64_t longest_ms);
  std::shared_ptr<const promql::DurationExpr> CalculatedDuration(int height);
  promql::Duration RandomOffset();
  promql::AtModifier RandomAt();
  std::vector<std::string> LabelNames();
  std::string LabelName();
  std::string Text();
  bool IsLeftOut(std::string_view name) const;

  Random random_;
  const QueryChoices choices_;
  // Vectors of the query in the making, by their greatest height.
  std::vector<std::pair<int, promql::ExprPtr>> made_;
};

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_
