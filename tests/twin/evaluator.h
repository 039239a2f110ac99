#ifndef PROMLITE_TESTS_TWIN_EVALUATOR_H_
#define PROMLITE_TESTS_TWIN_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/tests/random_queries/random_data.h"
#include "promlite/tests/twin/output.h"
#include "promlite/tests/twin/range_functions.h"
#include "promlite/tests/twin/vectors.h"

namespace promlite::twin {

// The times of an evaluation: start, start + step, ... <= end, milliseconds.
struct Grid {
  int64_t start = 0, end = 0, step = 1;

  size_t steps() const { return end < start ? 0 : static_cast<size_t>((end - start) / step) + 1; }
  int64_t time(size_t i) const { return start + static_cast<int64_t>(i) * step; }
  int64_t last() const { return steps() == 0 ? start : time(steps() - 1); }
};

// What an expression is at every step of a grid.
struct Value {
  std::vector<double> scalars;  // of a scalar: one a step
  std::vector<Row> rows;        // of an instant vector
};

// A series of a range vector: everything that may lie in its ranges, in time order.
struct RangeSeries {
  LabelMap labels;
  bool drop_name = false;
  std::vector<Point> points;
};

struct RangeValue {
  std::vector<RangeSeries> series;
  int64_t range_ms = 0, offset_ms = 0;
  promql::AtModifier at;
  promql::RangeModifier modifier = promql::RangeModifier::kNone;
};

// Evaluates the expressions of one query: every operator goes step by step, and at a step sample by
// sample. What a query does wrong is thrown as a QueryError.
class Evaluator {
 public:
  Evaluator(const std::vector<random_queries::StoredSeries>& data, const EngineOptions& options,
            const Grid& query_grid, bool is_range_query)
      : data_(data), options_(options), query_grid_(query_grid), is_range_query_(is_range_query) {}

  Value Evaluate(const promql::Expr& expr, const Grid& grid);

  // All calculated durations are looked at before anything is evaluated.
  void CheckDurations(const promql::Expr& root) const;

  // Argument of a function, or a whole instant query.
  RangeValue EvaluateRange(const promql::Expr& expr, const Grid& grid);
  // The points of a series that a range function looks at, at a step.
  Range RangeAt(const RangeValue& value, const RangeSeries& series, const Grid& grid,
                size_t step) const;
  // A selector with a range as an answer of its own: `anchored` and `smoothed` make its ends.
  std::vector<Point> PointsOfRange(const RangeValue& value, const RangeSeries& series,
                                   const Grid& grid) const;

  bool delayed() const { return options_.delayed_name_removal; }

 private:
  Value EvaluateOnce(const promql::Expr& expr, const Grid& grid);
  Value EvaluateUnary(const promql::UnaryExpr& unary, const Grid& grid);

  // Operators.
  Value EvaluateBinary(const promql::BinaryExpr& binary, const Grid& grid);
  Value OperateOnScalars(const promql::BinaryExpr& binary, const Value& lhs, const Value& rhs,
                         const Grid& grid) const;
  Value OperateWithScalar(const promql::BinaryExpr& binary, const Value& lhs, const Value& rhs,
                          const Grid& grid) const;
  Value OperateOnVectors(const promql::BinaryExpr& binary, const Value& lhs, const Value& rhs,
                         const Grid& grid) const;

  // Selectors.
  enum class Aspect { kValue, kTimestamp, kStartTimestamp };
  Value EvaluateSelector(const promql::VectorSelector& selector, Aspect aspect,
                         const Grid& grid) const;
  std::vector<const random_queries::StoredSeries*> Select(
      const promql::VectorSelector& selector) const;
  int64_t Reference(const promql::AtModifier& at, int64_t offset_ms, const Grid& grid,
                    size_t step) const;
  int64_t Milliseconds(const promql::Duration& duration, bool must_be_positive) const;
  double Seconds(const promql::DurationExpr& expr) const;
  int64_t lookback_ms() const;

  // Aggregations.
  Value EvaluateAggregate(const promql::AggregateExpr& aggregate, const Grid& grid);
  LabelMap GroupOf(const promql::AggregateExpr& aggregate, const LabelMap& labels) const;
  Value FoldGroups(const promql::AggregateExpr& aggregate, const Value& operand,
                   const std::vector<double>& parameters, const Grid& grid) const;
  Value SelectFromGroups(const promql::AggregateExpr& aggregate, const Value& operand,
                         const std::vector<double>& parameters, const Grid& grid) const;
  Value CountValues(const promql::AggregateExpr& aggregate, const Value& operand,
                    const Grid& grid) const;

  // Functions.
  Value EvaluateCall(const promql::Call& call, const Grid& grid);
  Value EvaluateScalarCall(const promql::Call& call, const Grid& grid);
  Value EvaluateRangeCall(const promql::Call& call, const Grid& grid);
  Value EvaluateNumberCall(const promql::Call& call, const Grid& grid);
  Value EvaluateDate(const promql::Call& call, const Grid& grid) const;
  Value EvaluateAbsent(const promql::Call& call, const Grid& grid);
  Value EvaluateSort(const promql::Call& call, const Grid& grid);
  Value EvaluateLabelFunction(const promql::Call& call, const Grid& grid);
  Value EvaluateBucketCall(const promql::Call& call, const Grid& grid);
  Value EvaluateTimestamp(const promql::Call& call, const Grid& grid);
  std::vector<std::vector<double>> ScalarArguments(const promql::Call& call, const Grid& grid);

  // Under delayed name removal an instant query looks for equal series at its very end only.
  EqualLabels EqualOnesOf(const Grid& grid) const {
    return delayed() && grid.steps() == 1 ? EqualLabels::kApart : EqualLabels::kMerge;
  }
  void DropName(Element* element) const;

  const std::vector<random_queries::StoredSeries>& data_;
  const EngineOptions& options_;
  const Grid query_grid_;
  const bool is_range_query_;
};

// The expression inside of any parentheses.
const promql::Expr& Inside(const promql::Expr& expr);

// Whether an expression is the same at all steps, as Prometheus sees it before evaluation.
bool IsStepInvariant(const promql::Expr& expr);

// The samples of rows at a step, their ranks being the rows' places.
Vector VectorAt(const std::vector<Row>& rows, size_t step);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_EVALUATOR_H_
