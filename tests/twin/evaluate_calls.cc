// Functions.

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <set>

#include "promlite/parser/text/regex_matcher.h"
#include "promlite/tests/twin/binary_operators.h"
#include "promlite/tests/twin/classic_histograms.h"
#include "promlite/tests/twin/evaluator.h"
#include "promlite/tests/twin/number_functions.h"
#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

const std::string& StringOf(const promql::Call& call, size_t index) {
  return promql::As<promql::StringLiteral>(Inside(*call.arguments[index])).value;
}

double SecondsOf(int64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

// How Go's durations become seconds.
double DurationSeconds(int64_t milliseconds) {
  return static_cast<double>(milliseconds / 1000) +
         static_cast<double>(milliseconds % 1000 * 1'000'000) / 1e9;
}

const promql::Expr* RangeArgument(const promql::Call& call) {
  for (const promql::ExprPtr& argument : call.arguments) {
    if (argument->type() == promql::ValueType::kMatrix) return &Inside(*argument);
  }
  return nullptr;
}

bool IsSelectorCall(const promql::Call& call) {
  return Inside(*call.arguments[0]).kind() == promql::ExprKind::kVectorSelector;
}

// What absent() and absent_over_time() say: the first equality of a name, if nothing else is said
// of that name later. Negative matchers that take the empty value are heard last.
LabelMap LabelsOfAbsent(const promql::Expr& argument) {
  const promql::VectorSelector* selector = nullptr;
  if (argument.kind() == promql::ExprKind::kVectorSelector)
    selector = &promql::As<promql::VectorSelector>(argument);
  if (argument.kind() == promql::ExprKind::kMatrixSelector) {
    selector = promql::As<promql::MatrixSelector>(argument).selector.get();
  }
  LabelMap labels;
  if (selector == nullptr) return labels;
  std::set<std::string> seen;
  std::vector<promql::LabelMatcher> matchers = selector->matchers;
  std::stable_partition(matchers.begin(), matchers.end(), [](const promql::LabelMatcher& matcher) {
    if (matcher.op == promql::MatchOp::kNotEqual) return matcher.value.empty();
    return matcher.op != promql::MatchOp::kRegexNoMatch || matcher.regex->Matches("");
  });
  for (const promql::LabelMatcher& matcher : matchers) {
    if (BelongsToTheName(matcher.name)) continue;
    if (matcher.op == promql::MatchOp::kEqual && seen.insert(matcher.name).second) {
      if (!matcher.value.empty()) labels[matcher.name] = matcher.value;
    } else {
      labels.erase(matcher.name);
    }
  }
  return labels;
}

// A template of Go's regexp: $1, ${1}, $name, ${name}, $$.
class Template {
 public:
  Template(const RE2& regex, std::string text) : regex_(regex), text_(std::move(text)) {}

  std::string Expand(const std::vector<re2::StringPiece>& groups) const {
    std::string expanded;
    for (size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] != '$' || i + 1 == text_.size()) {
        expanded += text_[i];
        continue;
      }
      if (text_[i + 1] == '$') {
        expanded += text_[++i];
        continue;
      }
      const bool braces = text_[i + 1] == '{';
      size_t end = i + (braces ? 2 : 1);
      const size_t begin = end;
      while (end < text_.size() &&
             (std::isalnum(static_cast<unsigned char>(text_[end])) != 0 || text_[end] == '_')) {
        ++end;
      }
      if (end == begin || (braces && (end == text_.size() || text_[end] != '}'))) {
        expanded += text_[i];
        continue;
      }
      expanded += Group(text_.substr(begin, end - begin), groups);
      i = braces ? end : end - 1;
    }
    return expanded;
  }

 private:
  std::string Group(const std::string& name, const std::vector<re2::StringPiece>& groups) const {
    size_t index = groups.size();
    if (std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c); })) {
      index = name.size() < 9 ? std::stoul(name) : groups.size();
    } else if (const auto found = regex_.NamedCapturingGroups().find(name);
               found != regex_.NamedCapturingGroups().end()) {
      index = static_cast<size_t>(found->second);
    }
    return index < groups.size() ? std::string(groups[index]) : std::string();
  }

  const RE2& regex_;
  const std::string text_;
};

// A quantile as a label value: a number with a point at least.
std::string QuantileText(double q) {
  if (q == 0) return "0.0";
  std::string text = PlainDecimal(q);
  if (std::isfinite(q) && (std::fabs(q) >= 1e6 || std::fabs(q) < 1e-4)) {
    FailUnspecified("a quantile in exponent form");
  }
  if (std::isfinite(q) && text.find('.') == std::string::npos) text += ".0";
  return text;
}

// One group of digits or of other bytes.
std::vector<std::string> PiecesOf(const std::string& text) {
  std::vector<std::string> pieces;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (const char c : text) {
    if (pieces.empty() || is_digit(pieces.back().back()) != is_digit(c)) pieces.emplace_back();
    pieces.back() += c;
  }
  return pieces;
}

bool NaturallyBefore(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) FailUnspecified("the natural order of a missing label");
  const std::vector<std::string> of_a = PiecesOf(a), of_b = PiecesOf(b);
  for (size_t i = 0; i < of_a.size() && i < of_b.size(); ++i) {
    if (of_a[i] == of_b[i]) continue;
    const bool digits = std::isdigit(static_cast<unsigned char>(of_a[i][0])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(of_b[i][0])) != 0;
    if (!digits) return of_a[i] < of_b[i];
    if (of_a[i].size() > 18 || of_b[i].size() > 18) FailUnspecified("numbers beyond 64 bits");
    return std::stoll(of_a[i]) < std::stoll(of_b[i]);
  }
  return of_a.size() < of_b.size();
}

}  // namespace

Value Evaluator::EvaluateCall(const promql::Call& call, const Grid& grid) {
  const std::string_view name = call.function->name;
  if (name == "absent_over_time" || name == "absent") return EvaluateAbsent(call, grid);
  if (RangeArgument(call) != nullptr) return EvaluateRangeCall(call, grid);
  if (call.type() == promql::ValueType::kScalar || name == "vector")
    return EvaluateScalarCall(call, grid);
  if (name.ends_with("timestamp")) return EvaluateTimestamp(call, grid);
  if (IsDateFunction(name) && call.arguments.empty()) return EvaluateDate(call, grid);
  if (FindNumberFunction(name)) return EvaluateNumberCall(call, grid);
  if (name.starts_with("sort")) return EvaluateSort(call, grid);
  if (name.starts_with("label_")) return EvaluateLabelFunction(call, grid);
  if (name == "histogram_quantile" || name == "histogram_quantiles" ||
      name == "histogram_fraction") {
    return EvaluateBucketCall(call, grid);
  }
  if (name.starts_with("histogram_")) {
    // They ignore numbers.
    Evaluate(*call.arguments[0], grid);
    return {};
  }
  FailUnspecified("a function that the twin does not know");
}

std::vector<std::vector<double>> Evaluator::ScalarArguments(const promql::Call& call,
                                                            const Grid& grid) {
  std::vector<std::vector<double>> by_step(grid.steps());
  for (const promql::ExprPtr& argument : call.arguments) {
    if (argument->type() != promql::ValueType::kScalar) continue;
    const Value value = Evaluate(*argument, grid);
    for (size_t step = 0; step < grid.steps(); ++step) {
      by_step[step].push_back(value.scalars[step]);
    }
  }
  return by_step;
}

Value Evaluator::EvaluateScalarCall(const promql::Call& call, const Grid& grid) {
  const std::string_view name = call.function->name;
  std::vector<Row> rows;
  if (name == "scalar") rows = Evaluate(*call.arguments[0], grid).rows;
  const std::vector<std::vector<double>> arguments = ScalarArguments(call, grid);
  const int64_t range_ms = query_grid_.end - query_grid_.start;
  Value value;
  Output output(grid.steps(), EqualLabels::kApart);
  for (size_t step = 0; step < grid.steps(); ++step) {
    double scalar = 0;
    if (name == "scalar") {
      const Vector vector = VectorAt(rows, step);
      scalar = vector.size() == 1 ? vector[0].value : kNaN;
    } else if (name == "time") {
      scalar = SecondsOf(grid.time(step));
    } else if (name == "pi") {
      scalar = std::numbers::pi;
    } else if (name == "start") {
      scalar = SecondsOf(query_grid_.start);
    } else if (name == "end") {
      scalar = SecondsOf(query_grid_.end);
    } else if (name == "range") {
      scalar = DurationSeconds(range_ms);
    } else if (name == "step") {
      scalar = range_ms == 0 ? 0 : DurationSeconds(query_grid_.step);
    } else if (name == "max_of") {
      scalar = GoMaximum(arguments[step][0], arguments[step][1]);
    } else if (name == "min_of") {
      scalar = GoMinimum(arguments[step][0], arguments[step][1]);
    } else {
      output.Add(step, {{}, arguments[step][0], false, {}});
      continue;
    }
    value.scalars.push_back(scalar);
  }
  value.rows = output.Finish();
  return value;
}

Value Evaluator::EvaluateTimestamp(const promql::Call& call, const Grid& grid) {
  const bool start = call.function->name == "start_timestamp";
  if (IsSelectorCall(call) && (!start || options_.use_start_timestamps)) {
    return EvaluateSelector(promql::As<promql::VectorSelector>(Inside(*call.arguments[0])),
                            start ? Aspect::kStartTimestamp : Aspect::kTimestamp, grid);
  }
  const Value operand = Evaluate(*call.arguments[0], grid);
  if (start) return {};
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    for (Element element : VectorAt(operand.rows, step)) {
      element.value = SecondsOf(grid.time(step));
      DropName(&element);
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateDate(const promql::Call& call, const Grid& grid) const {
  const NumberFunction function = FindNumberFunction(call.function->name);
  Output output(grid.steps(), EqualLabels::kApart);
  for (size_t step = 0; step < grid.steps(); ++step) {
    // Whole seconds, cut towards zero.
    const auto seconds = static_cast<double>(grid.time(step) / 1000);
    output.Add(step, {{}, function(seconds, {}), false, {}});
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateNumberCall(const promql::Call& call, const Grid& grid) {
  const NumberFunction function = FindNumberFunction(call.function->name);
  const Value operand = Evaluate(*call.arguments[0], grid);
  const std::vector<std::vector<double>> scalars = ScalarArguments(call, grid);
  const bool clamp = call.function->name == "clamp";
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    if (clamp && scalars[step][1] < scalars[step][0]) continue;
    for (Element element : VectorAt(operand.rows, step)) {
      element.value = function(element.value, scalars[step]);
      DropName(&element);
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateAbsent(const promql::Call& call, const Grid& grid) {
  const promql::Expr& argument = Inside(*call.arguments[0]);
  std::vector<bool> present(grid.steps());
  if (argument.type() == promql::ValueType::kMatrix) {
    const RangeValue value = EvaluateRange(argument, grid);
    if (value.modifier != promql::RangeModifier::kNone) Fail("");
    for (size_t step = 0; step < grid.steps(); ++step) {
      for (const RangeSeries& series : value.series) {
        if (!RangeAt(value, series, grid, step).points.empty()) present[step] = true;
      }
    }
  } else {
    const Value operand = Evaluate(argument, grid);
    for (size_t step = 0; step < grid.steps(); ++step) {
      present[step] = !VectorAt(operand.rows, step).empty();
    }
  }
  Output output(grid.steps(), EqualLabels::kApart);
  for (size_t step = 0; step < grid.steps(); ++step) {
    if (!present[step]) output.Add(step, {LabelsOfAbsent(argument), 1, false, {}});
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateRangeCall(const promql::Call& call, const Grid& grid) {
  const std::string_view name = call.function->name;
  const std::vector<std::vector<double>> scalars = ScalarArguments(call, grid);
  const RangeValue value = EvaluateRange(*RangeArgument(call), grid);
  static const std::set<std::string_view> kAnchored = {"changes", "delta", "increase", "rate",
                                                       "resets"};
  static const std::set<std::string_view> kSmoothed = {"delta", "increase", "rate"};
  if (value.modifier == promql::RangeModifier::kAnchored && kAnchored.count(name) == 0) {
    Fail("anchored modifier can only be used with: changes, delta, increase, rate, resets");
  }
  if (value.modifier == promql::RangeModifier::kSmoothed && kSmoothed.count(name) == 0) {
    Fail("smoothed modifier can only be used with: delta, increase, rate");
  }
  const bool keeps_name = name == "last_over_time" || name == "first_over_time";
  const bool checks_factors = name == "double_exponential_smoothing";
  Output output(grid.steps(), delayed() ? EqualLabels::kApart : EqualLabels::kMerge);
  for (size_t i = 0; i < value.series.size(); ++i) {
    const RangeSeries& series = value.series[i];
    for (size_t step = 0; step < grid.steps(); ++step) {
      Range range = RangeAt(value, series, grid, step);
      range.parameters = scalars[step];
      if (checks_factors && !range.points.empty()) {
        const double smoothing = scalars[step][0], trend = scalars[step][1];
        if (smoothing <= 0 || smoothing >= 1) Fail("invalid smoothing factor");
        if (trend <= 0 || trend >= 1) Fail("invalid trend factor");
      }
      const std::optional<double> result = EvaluateRangeFunction(name, range);
      if (!result) continue;
      Element element{series.labels, *result, series.drop_name, {i, 0}};
      if (!keeps_name) DropName(&element);
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateSort(const promql::Call& call, const Grid& grid) {
  Value value = Evaluate(*call.arguments[0], grid);
  // What a range query answers is in the order of labels.
  if (grid.start < grid.end) return value;
  const std::string_view name = call.function->name;
  const bool descending = name.ends_with("_desc");
  const auto by_value = [&](const Row& a, const Row& b) {
    const double x = *a.values[0], y = *b.values[0];
    // Of more than a dozen Go leaves the order of equal ones to chance.
    if (x == y && &a != &b && value.rows.size() > 12) FailUnspecified("order of equals");
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return descending ? x > y : x < y;
  };
  const auto by_label = [&](const Row& a, const Row& b) {
    for (size_t i = 1; i < call.arguments.size(); ++i) {
      const auto label = [&](const Row& row) {
        const auto found = row.labels.find(StringOf(call, i));
        return found == row.labels.end() ? std::string() : found->second;
      };
      if (label(a) == label(b)) continue;
      return descending ? NaturallyBefore(label(b), label(a)) : NaturallyBefore(label(a), label(b));
    }
    return descending ? b.labels < a.labels : a.labels < b.labels;
  };
  if (name.starts_with("sort_by_label")) {
    std::stable_sort(value.rows.begin(), value.rows.end(), by_label);
  } else {
    std::stable_sort(value.rows.begin(), value.rows.end(), by_value);
  }
  return value;
}

Value Evaluator::EvaluateLabelFunction(const promql::Call& call, const Grid& grid) {
  const Value operand = Evaluate(*call.arguments[0], grid);
  const std::string& destination = StringOf(call, 1);
  const bool replaces = call.function->name == "label_replace";
  const RE2 regex("^(?s:" + (replaces ? StringOf(call, 4) : std::string()) + ")$", RE2::Quiet);
  if (!regex.ok()) Fail("invalid regular expression in label_replace()");
  if (destination.empty()) Fail("invalid destination label name in ");
  const auto value_of = [](const LabelMap& labels, const std::string& name) {
    const auto found = labels.find(name);
    return found == labels.end() ? std::string() : found->second;
  };
  const auto new_value = [&](const LabelMap& labels) -> std::optional<std::string> {
    if (replaces) {
      const std::string source = value_of(labels, StringOf(call, 3));
      std::vector<re2::StringPiece> groups(static_cast<size_t>(regex.NumberOfCapturingGroups()) +
                                           1);
      if (!regex.Match(source, 0, source.size(), RE2::UNANCHORED, groups.data(),
                       static_cast<int>(groups.size()))) {
        return std::nullopt;
      }
      return Template(regex, StringOf(call, 2)).Expand(groups);
    }
    std::string joined;
    for (size_t i = 3; i < call.arguments.size(); ++i) {
      if (i > 3) joined += StringOf(call, 2);
      joined += value_of(labels, StringOf(call, i));
    }
    return joined;
  };
  Output output(grid.steps(), EqualLabels::kMerge);
  for (size_t step = 0; step < grid.steps(); ++step) {
    for (Element element : VectorAt(operand.rows, step)) {
      if (const std::optional<std::string> value = new_value(element.labels)) {
        element.labels.erase(destination);
        if (!value->empty()) element.labels[destination] = *value;
        if (destination == "__name__") element.drop_name = false;
      }
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::EvaluateBucketCall(const promql::Call& call, const Grid& grid) {
  const std::string_view name = call.function->name;
  const bool many = name == "histogram_quantiles";
  std::vector<Row> rows;
  for (const promql::ExprPtr& argument : call.arguments) {
    if (argument->type() == promql::ValueType::kVector) rows = Evaluate(*argument, grid).rows;
  }
  const std::vector<std::vector<double>> scalars = ScalarArguments(call, grid);
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    std::map<LabelMap, std::vector<Bucket>> groups;
    std::map<LabelMap, size_t> first_row;
    for (const Element& element : VectorAt(rows, step)) {
      LabelMap labels = element.labels;
      const std::optional<double> bound = BoundOf(labels["le"]);
      if (!bound) continue;
      labels.erase("le");
      first_row.try_emplace(labels, element.rank.first);
      groups[labels].push_back({*bound, element.value});
    }
    for (const auto& [labels, buckets] : groups) {
      Element element{labels, 0, false, {0, first_row[labels]}};
      DropName(&element);
      if (name == "histogram_fraction") {
        element.value = BucketFraction(scalars[step][0], scalars[step][1], buckets);
        output.Add(step, element);
        continue;
      }
      for (const double q : scalars[step]) {
        Element quantile = element;
        quantile.value = BucketQuantile(q, buckets);
        if (many) {
          quantile.labels.erase(StringOf(call, 1));
          quantile.labels[StringOf(call, 1)] = QuantileText(q);
        }
        output.Add(step, std::move(quantile));
        element.rank.first += 1;
      }
    }
  }
  return {{}, output.Finish()};
}

}  // namespace promlite::twin
