#include "promlite/tests/twin/twin.h"

#include <algorithm>
#include <utility>

#include "promlite/tests/twin/binary_operators.h"
#include "promlite/tests/twin/evaluator.h"

namespace promlite::twin {
namespace {

Labels LabelsOf(const LabelMap& map) {
  return Labels(std::vector<Labels::Label>(map.begin(), map.end()));
}

// Delayed name removal, and the check that stands at its end.
std::vector<Row> WithoutMarkedNames(const std::vector<Row>& rows, const Grid& grid) {
  Output output(grid.steps(), EqualLabels::kMerge);
  for (size_t step = 0; step < grid.steps(); ++step) {
    for (Element element : VectorAt(rows, step)) {
      if (element.drop_name) DeleteName(&element.labels);
      output.Add(step, std::move(element));
    }
  }
  return output.Finish();
}

std::vector<ResultSeries> SeriesOf(const std::vector<Row>& rows, const Grid& grid) {
  std::vector<ResultSeries> all;
  for (const Row& row : rows) {
    ResultSeries& series = all.emplace_back();
    series.labels = LabelsOf(row.labels);
    for (size_t step = 0; step < grid.steps(); ++step) {
      if (row.values[step]) series.samples.push_back({grid.time(step), *row.values[step]});
    }
  }
  return all;
}

void SortByLabels(std::vector<ResultSeries>* series) {
  std::sort(series->begin(), series->end(),
            [](const ResultSeries& a, const ResultSeries& b) { return a.labels < b.labels; });
}

QueryResult MatrixOf(Evaluator* evaluator, const promql::Expr& expr, const Grid& grid) {
  const RangeValue value = evaluator->EvaluateRange(expr, grid);
  QueryResult result;
  result.type = promql::ValueType::kMatrix;
  for (const RangeSeries& series : value.series) {
    LabelMap labels = series.labels;
    if (series.drop_name) DeleteName(&labels);
    const std::vector<Point> points = evaluator->PointsOfRange(value, series, grid);
    if (points.empty()) continue;
    ResultSeries& of_result = result.series.emplace_back();
    of_result.labels = LabelsOf(labels);
    for (const Point& point : points) of_result.samples.push_back({point.t, point.v});
  }
  SortByLabels(&result.series);
  for (size_t i = 1; i < result.series.size(); ++i) {
    if (result.series[i - 1].labels == result.series[i].labels) {
      FailUnspecified("equal series of a subquery");
    }
  }
  return result;
}

QueryResult Answer(Evaluator* evaluator, const promql::Expr& expr, const Grid& grid,
                   promql::ValueType type) {
  evaluator->CheckDurations(expr);
  const promql::Expr& inside = Inside(expr);
  if (inside.type() == promql::ValueType::kMatrix) return MatrixOf(evaluator, inside, grid);
  QueryResult result;
  result.type = type;
  if (inside.kind() == promql::ExprKind::kString) {
    result.string = promql::As<promql::StringLiteral>(inside).value;
    result.timestamp_ms = grid.start;
    return result;
  }
  Value value = evaluator->Evaluate(expr, grid);
  if (expr.type() == promql::ValueType::kScalar) {
    if (type == promql::ValueType::kScalar) {
      result.scalar = {grid.start, value.scalars[0]};
      return result;
    }
    Row row;
    row.values.assign(value.scalars.begin(), value.scalars.end());
    value.rows.push_back(std::move(row));
  }
  if (evaluator->delayed()) value.rows = WithoutMarkedNames(value.rows, grid);
  result.series = SeriesOf(value.rows, grid);
  if (type == promql::ValueType::kMatrix) SortByLabels(&result.series);
  return result;
}

}  // namespace

absl::StatusOr<QueryResult> Twin::Instant(const promql::Expr& expr, int64_t time_ms) const {
  const Grid grid{time_ms, time_ms, 1};
  Evaluator evaluator(data_, options_, grid, false);
  try {
    return Answer(&evaluator, expr, grid, expr.type());
  } catch (const QueryError& error) {
    return error.status;
  }
}

absl::StatusOr<QueryResult> Twin::Range(const promql::Expr& expr, int64_t start_ms, int64_t end_ms,
                                        int64_t step_ms) const {
  const Grid grid{start_ms, end_ms, step_ms};
  Evaluator evaluator(data_, options_, grid, true);
  try {
    return Answer(&evaluator, expr, grid, promql::ValueType::kMatrix);
  } catch (const QueryError& error) {
    return error.status;
  }
}

}  // namespace promlite::twin
