#include "promlite/tests/twin/binary_operators.h"

#include <algorithm>
#include <cmath>

namespace promlite::twin {

std::optional<double> Operate(promql::BinaryOp op, bool return_bool, double lhs, double rhs,
                              double kept) {
  const auto compare = [&](bool holds) -> std::optional<double> {
    if (return_bool) return holds ? 1 : 0;
    return holds ? std::optional(kept) : std::nullopt;
  };
  switch (op) {
    case promql::BinaryOp::kAdd:
      return lhs + rhs;
    case promql::BinaryOp::kSub:
      return lhs - rhs;
    case promql::BinaryOp::kMul:
      return lhs * rhs;
    case promql::BinaryOp::kDiv:
      return lhs / rhs;
    case promql::BinaryOp::kMod:
      return std::fmod(lhs, rhs);
    case promql::BinaryOp::kPow:
      return std::pow(lhs, rhs);
    case promql::BinaryOp::kAtan2:
      return std::atan2(lhs, rhs);
    case promql::BinaryOp::kEqual:
      return compare(lhs == rhs);
    case promql::BinaryOp::kNotEqual:
      return compare(lhs != rhs);
    case promql::BinaryOp::kLess:
      return compare(lhs < rhs);
    case promql::BinaryOp::kLessOrEqual:
      return compare(lhs <= rhs);
    case promql::BinaryOp::kGreater:
      return compare(lhs > rhs);
    case promql::BinaryOp::kGreaterOrEqual:
      return compare(lhs >= rhs);
    default:
      return std::nullopt;
  }
}

bool IsArithmetic(promql::BinaryOp op) {
  return !promql::IsComparison(op) && !promql::IsSetOperator(op) &&
         op != promql::BinaryOp::kTrimUpper && op != promql::BinaryOp::kTrimLower;
}

bool BelongsToTheName(const std::string& label) {
  return label == "__name__" || label == "__type__" || label == "__unit__";
}

void DeleteName(LabelMap* labels) {
  std::erase_if(*labels, [](const auto& label) { return BelongsToTheName(label.first); });
}

Vector BinaryStep::Evaluate(const Vector& lhs, const Vector& rhs) {
  switch (expr_.op) {
    case promql::BinaryOp::kAnd:
    case promql::BinaryOp::kUnless:
      return Filter(lhs, rhs, expr_.op == promql::BinaryOp::kAnd);
    case promql::BinaryOp::kOr: {
      Vector result = lhs;
      for (Element& element : Filter(rhs, lhs, false)) {
        // Behind everything of the left side.
        element.rank = {1, element.rank.first};
        result.push_back(element);
      }
      for (size_t i = 0; i < lhs.size(); ++i) result[i].rank = {0, lhs[i].rank.first};
      return result;
    }
    default:
      return Match(lhs, rhs);
  }
}

bool BinaryStep::IsListed(const std::string& name) const {
  return std::count(matching_.labels.begin(), matching_.labels.end(), name) > 0;
}

LabelMap BinaryStep::Key(const LabelMap& labels) const {
  LabelMap key;
  for (const auto& [name, value] : labels) {
    if (matching_.on ? IsListed(name) : !IsListed(name) && !BelongsToTheName(name)) {
      key[name] = value;
    }
  }
  return key;
}

Vector BinaryStep::Filter(const Vector& from, const Vector& by, bool matched) const {
  std::set<LabelMap> keys;
  for (const Element& element : by) keys.insert(Key(element.labels));
  Vector result;
  for (const Element& element : from) {
    if ((keys.count(Key(element.labels)) > 0) == matched) result.push_back(element);
  }
  return result;
}

Vector BinaryStep::Match(const Vector& lhs, const Vector& rhs) {
  const bool fills = matching_.fill_left || matching_.fill_right;
  if ((lhs.empty() && rhs.empty()) || ((lhs.empty() || rhs.empty()) && !fills)) return {};
  const bool exchanged = matching_.cardinality == promql::MatchCardinality::kOneToMany;
  const Vector& many = exchanged ? rhs : lhs;
  const Vector& one = exchanged ? lhs : rhs;
  const std::optional<double>& many_fill = exchanged ? matching_.fill_right : matching_.fill_left;
  const std::optional<double>& one_fill = exchanged ? matching_.fill_left : matching_.fill_right;
  std::map<LabelMap, Element> one_of_key;
  for (const Element& element : one) {
    if (!one_of_key.emplace(Key(element.labels), element).second) {
      error = "found duplicate series for the match group ";
      return {};
    }
  }
  for (const Element& element : many) {
    const LabelMap key = Key(element.labels);
    const auto found = one_of_key.find(key);
    if (found != one_of_key.end()) {
      Combine(key, element, found->second, {0, element.rank.first});
    } else if (one_fill) {
      Combine(key, element, {key, *one_fill}, {0, element.rank.first});
    }
    if (!error.empty()) return {};
  }
  if (many_fill) {
    for (const auto& [key, element] : one_of_key) {
      if (results_of_key_.count(key) > 0) continue;
      Combine(key, {key, *many_fill}, element, {1, element.rank.first});
    }
  }
  return result_;
}

void BinaryStep::Combine(const LabelMap& key, const Element& many, const Element& one, Rank rank) {
  const bool exchanged = matching_.cardinality == promql::MatchCardinality::kOneToMany;
  const double lhs = exchanged ? one.value : many.value;
  const double rhs = exchanged ? many.value : one.value;
  const std::optional<double> value = Operate(expr_.op, expr_.return_bool, lhs, rhs, lhs);
  // An operator that is not for numbers: the two have not met.
  if (expr_.op == promql::BinaryOp::kTrimUpper || expr_.op == promql::BinaryOp::kTrimLower) return;
  LabelMap labels = ResultLabels(many.labels, one.labels);
  const bool first = results_of_key_.count(key) == 0;
  const bool is_new = results_of_key_[key].insert(labels).second;
  if (matching_.cardinality == promql::MatchCardinality::kOneToOne && !first) {
    error = "multiple matches for labels: many-to-one matching must be explicit";
  } else if (!is_new) {
    error = "multiple matches for labels: grouping labels must ensure unique matches";
  }
  if (value) {
    result_.push_back({std::move(labels), *value, delayed_ && expr_.return_bool, rank});
  }
}

LabelMap BinaryStep::ResultLabels(LabelMap labels, const LabelMap& one) const {
  const bool arithmetic = IsArithmetic(expr_.op);
  if (arithmetic || (expr_.return_bool && !delayed_)) {
    DeleteName(&labels);
  }
  if (matching_.cardinality == promql::MatchCardinality::kOneToOne) {
    for (auto label = labels.begin(); label != labels.end();) {
      label = IsListed(label->first) == matching_.on ? std::next(label) : labels.erase(label);
    }
  }
  for (const std::string& name : matching_.include) {
    labels.erase(name);
    if (one.count(name) > 0) labels[name] = one.at(name);
  }
  return labels;
}

}  // namespace promlite::twin
