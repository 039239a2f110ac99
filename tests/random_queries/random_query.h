#ifndef PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "promlite/parser/ast.h"
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

// Random expressions over the whole language of Prometheus 3.14, experimental parts included, of
// correct type, about the series of RandomData. The trees are as the parser would make them: with
// parentheses wherever their text needs them. Byte ranges are not set.
class RandomQueries {
 public:
  RandomQueries(uint64_t seed, QueryChoices choices)
      : random_(seed), choices_(std::move(choices)) {}

  // An instant vector, now and then a scalar; at most `height` operations above each other.
  ExprPtr Next(int height);
  ExprPtr Vector(int height);
  ExprPtr Scalar(int height);
  // A selector or subquery with a range.
  ExprPtr RangeVector(int height);

  std::shared_ptr<VectorSelector> Selector();
  LabelMatcher Matcher();

 private:
  ExprPtr NewVector(int height);
  // What stood in a query before, or something close to it: planners share equal parts. Null if
  // nothing of that height has been made.
  ExprPtr AgainOrAlmost(int height);
  ExprPtr CallOf(const FunctionSignature& function, int height);
  ExprPtr Argument(const FunctionSignature& function, size_t index, int height);
  ExprPtr StringArgument(const FunctionSignature& function, size_t index);
  ExprPtr ScalarParameter(const FunctionSignature& function, size_t index, int height);
  const FunctionSignature* Function(ValueType result);
  ExprPtr Aggregation(int height);
  ExprPtr VectorOperation(int height);
  ExprPtr ScalarOperation(int height);
  ExprPtr Operand(ExprPtr operand, BinaryOp op, bool is_right);
  ExprPtr Negation(ExprPtr operand, ValueType type);
  VectorMatching Matching(BinaryOp op);
  Duration RandomDuration(int64_t shortest_ms, int64_t longest_ms);
  std::shared_ptr<const DurationExpr> CalculatedDuration(int height);
  Duration RandomOffset();
  AtModifier RandomAt();
  std::vector<std::string> LabelNames();
  std::string LabelName();
  std::string Text();
  bool IsLeftOut(std::string_view name) const;

  Random random_;
  const QueryChoices choices_;
  // Vectors of the query in the making, by their greatest height.
  std::vector<std::pair<int, ExprPtr>> made_;
};

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_QUERY_H_
