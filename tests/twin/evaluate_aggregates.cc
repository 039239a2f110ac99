// Aggregations: each group of each step by itself.

#include <algorithm>
#include <cmath>
#include <map>

#include "promlite/tests/twin/aggregations.h"
#include "promlite/tests/twin/binary_operators.h"
#include "promlite/tests/twin/evaluator.h"
#include "promlite/tests/twin/number_functions.h"
#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

bool IsSelection(promql::AggregateOp op) {
  return op == promql::AggregateOp::kTopk || op == promql::AggregateOp::kBottomk ||
         op == promql::AggregateOp::kLimitk || op == promql::AggregateOp::kLimitRatio;
}

// Whether nothing is selected at any step, which Prometheus sees before it sees what is wrong.
bool SelectsNothing(const std::vector<double>& parameters, bool ratio) {
  double max = -kInfinity, min = kInfinity;
  bool nan = false;
  for (const double parameter : parameters) {
    max = GoMaximum(max, parameter);
    min = GoMinimum(min, parameter);
    nan |= std::isnan(parameter);
  }
  if (ratio ? max == 0 && min == 0 : max < 1) return true;
  if (nan) Fail(ratio ? "Ratio value is NaN" : "Parameter value is NaN");
  if (!ratio && min <= -9223372036854775808.0) Fail("Scalar value ");
  if (!ratio && max >= 9223372036854774784.0) Fail("Scalar value ");
  return false;
}

// From the best to the worst, as Go's sort.Sort does it with up to twelve elements: by insertion. A
// NaN stands behind everything, other NaNs included, so that equal ones change places.
void SortAsGo(bool top, std::vector<Candidate>* best) {
  std::vector<Candidate>& b = *best;
  const auto worse = [&](double x, double y) { return std::isnan(x) || (top ? x < y : x > y); };
  if (b.size() > 12) {
    std::stable_sort(b.begin(), b.end(), [&](const Candidate& x, const Candidate& y) {
      if (!worse(x.value, y.value) && !worse(y.value, x.value)) FailUnspecified("order of equals");
      if (std::isnan(x.value) && std::isnan(y.value)) FailUnspecified("order of NaN");
      return worse(y.value, x.value);
    });
    return;
  }
  for (size_t i = 1; i < b.size(); ++i) {
    for (size_t k = i; k > 0 && worse(b[k - 1].value, b[k].value); --k) std::swap(b[k - 1], b[k]);
  }
}

std::vector<Candidate> KeptOf(promql::AggregateOp op, const Vector& group, double parameter) {
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < group.size(); ++i) candidates.push_back({group[i].value, i});
  if (op == promql::AggregateOp::kLimitRatio) {
    const double ratio = std::clamp(parameter, -1.0, 1.0);
    std::vector<Candidate> kept;
    for (const Candidate& candidate : candidates) {
      const double offset = LabelOffset(group[candidate.row].labels);
      if (ratio >= 0 ? offset < ratio : offset >= 1 + ratio) kept.push_back(candidate);
    }
    return kept;
  }
  const size_t k =
      parameter < 1
          ? 0
          : static_cast<size_t>(std::min(parameter, static_cast<double>(candidates.size())));
  if (k == 0) return {};
  if (op == promql::AggregateOp::kLimitk) {
    candidates.resize(k);
    return candidates;
  }
  const bool top = op == promql::AggregateOp::kTopk;
  std::vector<Candidate> best = BestOf(candidates, k, top);
  SortAsGo(top, &best);
  return best;
}

}  // namespace

LabelMap Evaluator::GroupOf(const promql::AggregateExpr& aggregate, const LabelMap& labels) const {
  LabelMap group;
  for (const auto& [name, value] : labels) {
    const bool listed = std::count(aggregate.grouping.begin(), aggregate.grouping.end(), name) > 0;
    if (aggregate.without ? !listed && !BelongsToTheName(name) : listed) group[name] = value;
  }
  return group;
}

Value Evaluator::EvaluateAggregate(const promql::AggregateExpr& aggregate, const Grid& grid) {
  const Value operand = Evaluate(*aggregate.expr, grid);
  std::vector<double> parameters(grid.steps());
  const bool scalar =
      aggregate.parameter && aggregate.parameter->type() == promql::ValueType::kScalar;
  if (scalar) parameters = Evaluate(*aggregate.parameter, grid).scalars;
  if (aggregate.op == promql::AggregateOp::kCountValues)
    return CountValues(aggregate, operand, grid);
  if (IsSelection(aggregate.op)) return SelectFromGroups(aggregate, operand, parameters, grid);
  return FoldGroups(aggregate, operand, parameters, grid);
}

Value Evaluator::FoldGroups(const promql::AggregateExpr& aggregate, const Value& operand,
                            const std::vector<double>& parameters, const Grid& grid) const {
  // Of each group: its first row, and whether a name is yet to be dropped from any.
  std::map<LabelMap, std::pair<size_t, bool>> groups;
  for (size_t i = 0; i < operand.rows.size(); ++i) {
    const auto [group, is_new] =
        groups.try_emplace(GroupOf(aggregate, operand.rows[i].labels), i, false);
    group->second.second |= operand.rows[i].drop_name;
  }
  Output output(grid.steps(), EqualLabels::kMerge);
  for (size_t step = 0; step < grid.steps(); ++step) {
    std::map<LabelMap, std::vector<double>> values;
    for (const Element& element : VectorAt(operand.rows, step)) {
      values[GroupOf(aggregate, element.labels)].push_back(element.value);
    }
    for (const auto& [labels, of_group] : values) {
      const auto& [first_row, drop_name] = groups.at(labels);
      const double value = Fold(aggregate.op, of_group, parameters[step], options_.compatibility);
      output.Add(step, {labels, value, drop_name, {first_row, 0}});
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::SelectFromGroups(const promql::AggregateExpr& aggregate, const Value& operand,
                                  const std::vector<double>& parameters, const Grid& grid) const {
  if (SelectsNothing(parameters, aggregate.op == promql::AggregateOp::kLimitRatio)) return {};
  // The answer of an instant query is in the order of the selection.
  const bool ordered = grid.steps() == 1 && (aggregate.op == promql::AggregateOp::kTopk ||
                                             aggregate.op == promql::AggregateOp::kBottomk);
  Output output(grid.steps(), EqualLabels::kApart);
  for (size_t step = 0; step < grid.steps(); ++step) {
    std::map<LabelMap, Vector> groups;
    std::map<LabelMap, size_t> first_row;
    for (const Element& element : VectorAt(operand.rows, step)) {
      const LabelMap group = GroupOf(aggregate, element.labels);
      first_row.try_emplace(group, element.rank.first);
      groups[group].push_back(element);
    }
    for (const auto& [labels, group] : groups) {
      size_t place = 0;
      for (const Candidate& kept : KeptOf(aggregate.op, group, parameters[step])) {
        Element element = group[kept.row];
        if (ordered) element.rank = {first_row[labels], place++};
        output.Add(step, std::move(element));
      }
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::CountValues(const promql::AggregateExpr& aggregate, const Value& operand,
                             const Grid& grid) const {
  const std::string& label = promql::As<promql::StringLiteral>(Inside(*aggregate.parameter)).value;
  promql::AggregateExpr grouping;
  grouping.without = aggregate.without;
  grouping.grouping = aggregate.grouping;
  if (!aggregate.without) grouping.grouping.push_back(label);
  // Prometheus leaves the order open; here values stand as one finds them series by series.
  // A group that is counted keeps a name that was to be dropped: this aggregation does not look.
  Output output(grid.steps(), EqualLabels::kMerge);
  for (size_t step = 0; step < grid.steps(); ++step) {
    std::map<LabelMap, Element> counts;
    for (const Element& element : VectorAt(operand.rows, step)) {
      LabelMap labels = element.labels;
      labels[label] = PlainDecimal(element.value);
      const LabelMap group = GroupOf(grouping, labels);
      Element& count =
          counts.try_emplace(group, Element{group, 0, false, {element.rank.first, step}})
              .first->second;
      count.value += 1;
    }
    for (auto& [labels, count] : counts) output.Add(step, std::move(count));
  }
  return {{}, output.Finish()};
}

}  // namespace promlite::twin
