#include "promlite/engine/usage/increase_explanation/explainable_call.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/position.h"

namespace promlite::internal {
namespace {

constexpr char kWhatCanBe[] =
    "only rate, increase and delta of a selector can be explained, such as increase(x[5m])";

bool IsExtrapolating(const promql::Expr& expr) {
  return expr.kind() == promql::ExprKind::kCall &&
         promql::As<promql::Call>(expr).function->extrapolates;
}

absl::Status Refuse(const promql::Expr& expr, std::string message) {
  return WithPosition(absl::InvalidArgumentError(message), expr.position);
}

// Finds the calls; those within each other are told apart by the subquery between them.
class CallFinder {
 public:
  void Enter(const promql::Expr& expr) {
    if (expr.kind() == promql::ExprKind::kSubquery) ++subqueries_;
    if (status_.ok() && IsExtrapolating(expr)) Consider(promql::As<promql::Call>(expr));
  }
  void AfterChild(const promql::Expr&, size_t) {}
  void Leave(const promql::Expr& expr) {
    if (expr.kind() == promql::ExprKind::kSubquery) --subqueries_;
  }

  absl::StatusOr<const promql::Call*> Found(const promql::Expr& query) const {
    if (!status_.ok()) return status_;
    if (call_ == nullptr) return Refuse(query, kWhatCanBe);
    return call_;
  }

 private:
  void Consider(const promql::Call& call) {
    const promql::Expr& range = promql::Unparenthesized(*call.arguments[0]);
    const std::string text = promql::Print(call);
    if (range.kind() == promql::ExprKind::kSubquery) {
      status_ = Refuse(call, absl::StrCat(text, " is of a subquery: ", kWhatCanBe));
    } else if (subqueries_ > 0) {
      status_ = Refuse(call, absl::StrCat("a subquery evaluates ", text,
                                          " at many times: ask for it alone, at one of them"));
    } else if (const promql::RangeModifier modifier =
                   promql::As<promql::MatrixSelector>(range).selector->modifier;
               modifier != promql::RangeModifier::kNone) {
      const std::string name(promql::RangeModifierName(modifier));
      status_ = Refuse(call, absl::StrCat("there is no extrapolation to explain under ", name,
                                          ": ask without it, its answer is shown beside"));
    } else if (call_ != nullptr && promql::Print(*call_) != text) {
      status_ = Refuse(call, absl::StrCat("only one call can be explained at a time: ask for ",
                                          promql::Print(*call_), " or for ", text));
    } else if (call_ == nullptr) {
      call_ = &call;
    }
  }

  const promql::Call* call_ = nullptr;
  size_t subqueries_ = 0;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<const promql::Call*> FindExplainableCall(const promql::Expr& query) {
  CallFinder finder;
  promql::WalkTree(query, &finder);
  return finder.Found(query);
}

}  // namespace promlite::internal
