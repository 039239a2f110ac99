// Selectors, ranges, subqueries and the times that they look at.

#include <re2/re2.h>

#include <algorithm>
#include <cmath>

#include "promlite/parser/promql/ast.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/twin/evaluator.h"

namespace promlite::twin {
namespace {

using random_queries::StoredSample;
using random_queries::StoredSeries;

[[noreturn]] void FailDuration(const std::string& message) {
  throw QueryError{absl::InvalidArgumentError(message)};
}

bool Accepts(const promql::LabelMatcher& matcher, const std::string& value) {
  switch (matcher.op) {
    case promql::MatchOp::kEqual:
      return value == matcher.value;
    case promql::MatchOp::kNotEqual:
      return value != matcher.value;
    default: {
      const bool matches = RE2::FullMatch(value, "(?s:" + matcher.value + ")");
      return matches == (matcher.op == promql::MatchOp::kRegexMatch);
    }
  }
}

LabelMap LabelMapOf(const Labels& labels) {
  LabelMap map;
  for (const auto& [name, value] : labels) map[name] = value;
  return map;
}

double Interpolate(const Point& a, const Point& b, int64_t t) {
  return a.v + (b.v - a.v) * static_cast<double>(t - a.t) / static_cast<double>(b.t - a.t);
}

// The newest sample with end - lookback < time <= end; nothing if it is a staleness marker.
const StoredSample* NewestSample(const StoredSeries& series, int64_t end, int64_t lookback_ms) {
  const StoredSample* newest = nullptr;
  for (const StoredSample& sample : series.samples) {
    if (sample.timestamp_ms <= end) newest = &sample;
  }
  if (newest == nullptr || newest->timestamp_ms <= end - lookback_ms) return nullptr;
  return IsStalenessMarker(newest->value) ? nullptr : newest;
}

// `smoothed`: the sample at `at` itself, or between its neighbours, or the last one carried on.
std::optional<double> SmoothedValue(const StoredSeries& series, int64_t at, int64_t lookback_ms) {
  std::optional<Point> before, after;
  for (const StoredSample& sample : series.samples) {
    const int64_t time = sample.timestamp_ms;
    if (time <= at - lookback_ms || time > at + lookback_ms) continue;
    if (IsStalenessMarker(sample.value)) continue;
    if (time <= at) before = Point{time, sample.value, 0};
    if (time > at && !after) after = Point{time, sample.value, 0};
  }
  if (!before) return std::nullopt;
  if (before->t == at || !after) return before->v;
  return Interpolate(*before, *after, at);
}

}  // namespace

std::vector<const StoredSeries*> Evaluator::Select(const promql::VectorSelector& selector) const {
  std::vector<const StoredSeries*> selected;
  for (const StoredSeries& series : data_) {
    const bool accepted =
        std::all_of(selector.matchers.begin(), selector.matchers.end(),
                    [&](const promql::LabelMatcher& matcher) {
                      return Accepts(matcher, std::string(series.labels.Get(matcher.name)));
                    });
    if (accepted) selected.push_back(&series);
  }
  return selected;
}

int64_t Evaluator::lookback_ms() const {
  return absl::ToInt64Milliseconds(options_.lookback_delta);
}

int64_t Evaluator::Reference(const promql::AtModifier& at, int64_t offset_ms, const Grid& grid,
                             size_t step) const {
  switch (at.kind) {
    case promql::AtModifier::Kind::kTimestamp:
      return at.timestamp_ms - offset_ms;
    case promql::AtModifier::Kind::kStart:
      return query_grid_.start - offset_ms;
    case promql::AtModifier::Kind::kEnd:
      return query_grid_.end - offset_ms;
    case promql::AtModifier::Kind::kNone:
      break;
  }
  return grid.time(step) - offset_ms;
}

Value Evaluator::EvaluateSelector(const promql::VectorSelector& selector, Aspect aspect,
                                  const Grid& grid) const {
  const int64_t offset_ms = Milliseconds(selector.offset, false);
  // The time of a sample is that of one which there is, whatever the modifier.
  const bool smoothed =
      selector.modifier == promql::RangeModifier::kSmoothed && aspect == Aspect::kValue;
  const std::vector<const StoredSeries*> selected = Select(selector);
  Output output(grid.steps(), aspect == Aspect::kValue ? EqualLabels::kApart : EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    const int64_t at = Reference(selector.at, offset_ms, grid, step);
    for (size_t i = 0; i < selected.size(); ++i) {
      Element element{LabelMapOf(selected[i]->labels), 0, false, {i, 0}};
      if (smoothed) {
        const auto value = SmoothedValue(*selected[i], at, lookback_ms());
        if (!value) continue;
        element.value = *value;
      } else {
        const StoredSample* sample = NewestSample(*selected[i], at, lookback_ms());
        if (sample == nullptr) continue;
        element.value = sample->value;
        if (aspect != Aspect::kValue) DropName(&element);
        if (aspect == Aspect::kTimestamp) {
          element.value = static_cast<double>(sample->timestamp_ms) / 1000;
        } else if (aspect == Aspect::kStartTimestamp) {
          element.value = static_cast<double>(sample->start_ms) / 1000;
        }
      }
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

RangeValue Evaluator::EvaluateRange(const promql::Expr& expr, const Grid& grid) {
  RangeValue value;
  if (expr.kind() == promql::ExprKind::kMatrixSelector) {
    const auto& matrix = promql::As<promql::MatrixSelector>(expr);
    value.range_ms = Milliseconds(matrix.range, true);
    value.offset_ms = Milliseconds(matrix.selector->offset, false);
    value.at = matrix.selector->at;
    value.modifier = matrix.selector->modifier;
    for (const StoredSeries* series : Select(*matrix.selector)) {
      RangeSeries& selected = value.series.emplace_back();
      selected.labels = LabelMapOf(series->labels);
      for (const StoredSample& sample : series->samples) {
        if (IsStalenessMarker(sample.value)) continue;
        selected.points.push_back({sample.timestamp_ms, sample.value,
                                   options_.use_start_timestamps ? sample.start_ms : 0});
      }
    }
    return value;
  }
  const auto& subquery = promql::As<promql::SubqueryExpr>(expr);
  value.range_ms = Milliseconds(subquery.range, true);
  value.offset_ms = Milliseconds(subquery.offset, false);
  value.at = subquery.at;
  Grid inner;
  inner.step = subquery.step ? Milliseconds(*subquery.step, true)
                             : absl::ToInt64Milliseconds(options_.default_subquery_step);
  // The first multiple of the step behind the left end; division truncates.
  const int64_t first = Reference(subquery.at, value.offset_ms, grid, 0);
  inner.start = inner.step * ((first - value.range_ms) / inner.step);
  if (inner.start <= first - value.range_ms) inner.start += inner.step;
  inner.end =
      Reference(subquery.at, value.offset_ms, grid, grid.steps() == 0 ? 0 : grid.steps() - 1);
  for (const Row& row : Evaluate(*subquery.expr, inner).rows) {
    RangeSeries& series = value.series.emplace_back();
    series.labels = row.labels;
    series.drop_name = row.drop_name;
    for (size_t step = 0; step < row.values.size(); ++step) {
      if (row.values[step]) series.points.push_back({inner.time(step), *row.values[step], 0});
    }
  }
  return value;
}

Range Evaluator::RangeAt(const RangeValue& value, const RangeSeries& series, const Grid& grid,
                         size_t step) const {
  Range range;
  range.end = Reference(value.at, value.offset_ms, grid, step);
  range.start = range.end - value.range_ms;
  range.evaluation = grid.time(step);
  range.seconds = static_cast<double>(value.range_ms / 1000) +
                  static_cast<double>(value.range_ms % 1000 * 1'000'000) / 1e9;
  range.modifier = value.modifier;
  if (value.modifier != promql::RangeModifier::kNone) range.lookback = lookback_ms();
  const int64_t after = range.start - range.lookback;
  const int64_t until =
      range.end + (value.modifier == promql::RangeModifier::kSmoothed ? lookback_ms() : 0);
  for (const Point& point : series.points) {
    if (point.t > after && point.t <= until) range.points.push_back(point);
  }
  return range;
}

std::vector<Point> Evaluator::PointsOfRange(const RangeValue& value, const RangeSeries& series,
                                            const Grid& grid) const {
  const Range range = RangeAt(value, series, grid, 0);
  const std::vector<Point>& p = range.points;
  if (value.modifier == promql::RangeModifier::kNone || p.empty()) return p;
  const bool smoothed = value.modifier == promql::RangeModifier::kSmoothed;
  size_t first = 0, last = p.size() - 1;
  for (size_t i = 0; i + 1 < p.size(); ++i) {
    if (p[i].t <= range.start) first = i;
  }
  if (smoothed) {
    while (last > 0 && p[last - 1].t >= range.end) --last;
  }
  if (p[last].t <= range.start || (smoothed && p[first].t > range.end)) return {};
  double left = p[first].v, right = p[last].v;
  if (smoothed && p[first].t < range.start) left = Interpolate(p[first], p[first + 1], range.start);
  if (smoothed && last > 0 && p[last].t > range.end) {
    right = Interpolate(p[last - 1], p[last], range.end);
  }
  std::vector<Point> points = {{range.start, left, 0}};
  for (size_t i = first; i <= last; ++i) {
    if (p[i].t > range.start && p[i].t < range.end) points.push_back(p[i]);
  }
  points.push_back({range.end, right, 0});
  return points;
}

// ---- durations --------------------------------------------------------------------------------

double Evaluator::Seconds(const promql::DurationExpr& expr) const {
  using Op = promql::DurationExpr::Op;
  const auto lhs = [&] { return Seconds(*expr.lhs); };
  const auto rhs = [&] { return Seconds(*expr.rhs); };
  switch (expr.op) {
    case Op::kNumber:
      return expr.seconds;
    case Op::kStep:
      return is_range_query_ ? static_cast<double>(query_grid_.step) / 1000 : 0;
    case Op::kRange:
      return static_cast<double>(query_grid_.end - query_grid_.start) / 1000;
    case Op::kMinOf:
      return std::min(lhs(), rhs());
    case Op::kMaxOf:
      return std::max(lhs(), rhs());
    case Op::kParen:
      return lhs();
    case Op::kNegate:
      return -lhs();
    case Op::kAdd:
      return lhs() + rhs();
    case Op::kSub:
      return lhs() - rhs();
    case Op::kMul:
      return lhs() * rhs();
    case Op::kDiv:
      if (rhs() == 0) FailDuration("division by zero");
      return lhs() / rhs();
    case Op::kMod:
      if (rhs() == 0) FailDuration("modulo by zero");
      return std::fmod(lhs(), rhs());
    case Op::kPow:
      return std::pow(lhs(), rhs());
  }
  return 0;
}

int64_t Evaluator::Milliseconds(const promql::Duration& duration, bool must_be_positive) const {
  if (duration.expr == nullptr) return duration.nanoseconds / 1'000'000;
  const double seconds = Seconds(*duration.expr);
  if (std::isnan(seconds) || std::isinf(seconds)) FailDuration("duration is NaN or infinite");
  if (must_be_positive && seconds <= 0) FailDuration("duration must be greater than 0");
  if (std::fabs(seconds) > 9.2e9) FailDuration("duration is out of range");
  return static_cast<int64_t>(seconds * 1000);
}

void Evaluator::CheckDurations(const promql::Expr& root) const {
  promql::ForEachPostOrder(root, [&](const promql::Expr& expr) {
    if (expr.kind() == promql::ExprKind::kVectorSelector) {
      Milliseconds(promql::As<promql::VectorSelector>(expr).offset, false);
    } else if (expr.kind() == promql::ExprKind::kMatrixSelector) {
      Milliseconds(promql::As<promql::MatrixSelector>(expr).range, true);
    } else if (expr.kind() == promql::ExprKind::kSubquery) {
      const auto& subquery = promql::As<promql::SubqueryExpr>(expr);
      Milliseconds(subquery.range, true);
      Milliseconds(subquery.offset, false);
      if (subquery.step) Milliseconds(*subquery.step, true);
    }
  });
}

}  // namespace promlite::twin
