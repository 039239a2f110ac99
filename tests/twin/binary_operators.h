#ifndef PROMLITE_TESTS_TWIN_BINARY_OPERATORS_H_
#define PROMLITE_TESTS_TWIN_BINARY_OPERATORS_H_

#include <map>
#include <optional>
#include <set>
#include <string>

#include "promlite/parser/promql/ast.h"
#include "promlite/tests/twin/vectors.h"

namespace promlite::twin {

// What an operator of numbers makes of two of them: nothing where a comparison is false (unless
// `bool` makes it 0), or where the operator knows no numbers. A comparison gives `kept`.
std::optional<double> Operate(promql::BinaryOp op, bool return_bool, double lhs, double rhs,
                              double kept);

bool IsArithmetic(promql::BinaryOp op);

// Takes away the labels that are a name: __name__, __type__, __unit__.
void DeleteName(LabelMap* labels);

// Whether a label goes where the name goes: __name__, __type__, __unit__.
bool BelongsToTheName(const std::string& label);

// An operator between two vectors at one step, as Prometheus describes matching.
class BinaryStep {
 public:
  // `bool` of the expression only marks the name to be dropped, under delayed name removal.
  // REQUIRES: the expression has a matching, and outlives the step.
  explicit BinaryStep(const promql::BinaryExpr& expr, bool delayed_name_removal = false)
      : expr_(expr), matching_(*expr.matching), delayed_(delayed_name_removal) {}

  // The beginning of the error that the step is; empty unless it is one.
  std::string error;

  Vector Evaluate(const Vector& lhs, const Vector& rhs);

 private:
  LabelMap Key(const LabelMap& labels) const;
  bool IsListed(const std::string& name) const;
  Vector Filter(const Vector& from, const Vector& by, bool matched) const;
  Vector Match(const Vector& lhs, const Vector& rhs);
  void Combine(const LabelMap& key, const Element& many, const Element& one, Rank rank);
  LabelMap ResultLabels(LabelMap labels, const LabelMap& one) const;

  const promql::BinaryExpr& expr_;
  const promql::VectorMatching& matching_;
  const bool delayed_;
  std::map<LabelMap, std::set<LabelMap>> results_of_key_;
  Vector result_;
};

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_BINARY_OPERATORS_H_
