#include "promlite/engine/increase_explanation/explainable_call.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "promlite/parser/ast_walk.h"
#include "promlite/parser/position.h"
#include "promlite/parser/printer.h"
#include "promlite/storage/absl_compat.h"

namespace promlite::internal {
namespace {

constexpr char kWhatCanBe[] =
    "only rate, increase and delta of a selector can be explained, such as increase(x[5m])";

bool IsExtrapolating(const Expr& expr) {
  if (expr.kind() != ExprKind::kCall) return false;
  const std::string_view name = As<Call>(expr).function->name;
  return name == "rate" || name == "increase" || name == "delta";
}

absl::Status Refuse(const Expr& expr, std::string message) {
  return WithPosition(absl::InvalidArgumentError(message), expr.position);
}

// Finds the calls; those within each other are told apart by the subquery between them.
class CallFinder {
 public:
  void Enter(const Expr& expr) {
    if (expr.kind() == ExprKind::kSubquery) ++subqueries_;
    if (status_.ok() && IsExtrapolating(expr)) Consider(As<Call>(expr));
  }
  void AfterChild(const Expr&, size_t) {}
  void Leave(const Expr& expr) {
    if (expr.kind() == ExprKind::kSubquery) --subqueries_;
  }

  absl::StatusOr<const Call*> Found(const Expr& query) const {
    if (!status_.ok()) return status_;
    if (call_ == nullptr) return Refuse(query, kWhatCanBe);
    return call_;
  }

 private:
  void Consider(const Call& call) {
    const Expr& range = Unparenthesized(*call.arguments[0]);
    const std::string text = Print(call);
    if (range.kind() == ExprKind::kSubquery) {
      status_ = Refuse(call, absl::StrCat(text, " is of a subquery: ", kWhatCanBe));
    } else if (subqueries_ > 0) {
      status_ = Refuse(call, absl::StrCat("a subquery evaluates ", text,
                                          " at many times: ask for it alone, at one of them"));
    } else if (const RangeModifier modifier = As<MatrixSelector>(range).selector->modifier;
               modifier != RangeModifier::kNone) {
      const std::string name(RangeModifierName(modifier));
      status_ = Refuse(call, absl::StrCat("there is no extrapolation to explain under ", name,
                                          ": ask without it, its answer is shown beside"));
    } else if (call_ != nullptr && Print(*call_) != text) {
      status_ = Refuse(call, absl::StrCat("only one call can be explained at a time: ask for ",
                                          Print(*call_), " or for ", text));
    } else if (call_ == nullptr) {
      call_ = &call;
    }
  }

  const Call* call_ = nullptr;
  size_t subqueries_ = 0;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<const Call*> FindExplainableCall(const Expr& query) {
  CallFinder finder;
  WalkTree(query, &finder);
  return finder.Found(query);
}

}  // namespace promlite::internal
