#include "promlite/engine/promql/plan/info_reference.h"

#include <utility>
#include <vector>

#include "promlite/engine/promql/plan/binding.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

bool IsVector(const Expr& expr) {
  return expr.type() == ValueType::kVector || expr.type() == ValueType::kMatrix;
}

std::optional<int64_t> TimeOf(const AtModifier& at, const StepGrid& query_grid) {
  switch (at.kind) {
    case AtModifier::Kind::kNone:
      break;
    case AtModifier::Kind::kTimestamp:
      return at.timestamp_ms;
    case AtModifier::Kind::kStart:
      return query_grid.start_ms;
    case AtModifier::Kind::kEnd:
      return query_grid.end_ms;
  }
  return std::nullopt;
}

absl::StatusOr<InfoReference> ReferenceOf(const VectorSelector& selector,
                                          const std::vector<const SubqueryExpr*>& subqueries,
                                          const QuerySettings& settings) {
  InfoReference reference;
  absl::StatusOr<int64_t> offset_ms = OffsetMilliseconds(selector.offset, settings);
  if (!offset_ms.ok()) return offset_ms.status();
  reference.offset_ms = *offset_ms;
  reference.at_ms = TimeOf(selector.at, settings.grid);
  for (auto it = subqueries.rbegin(); it != subqueries.rend() && !reference.at_ms; ++it) {
    offset_ms = OffsetMilliseconds((*it)->offset, settings);
    if (!offset_ms.ok()) return offset_ms.status();
    reference.offset_ms = AddMilliseconds(reference.offset_ms, *offset_ms);
    reference.at_ms = TimeOf((*it)->at, settings.grid);
  }
  return reference;
}

bool AreEqual(const InfoReference& a, const InfoReference& b) {
  if (a.at_ms && b.at_ms) {
    return SubtractMilliseconds(*a.at_ms, a.offset_ms) ==
           SubtractMilliseconds(*b.at_ms, b.offset_ms);
  }
  return !a.at_ms && !b.at_ms && a.offset_ms == b.offset_ms;
}

// The vectors that a node is made of.
std::vector<const Expr*> VectorsWithin(const Expr& expr) {
  std::vector<const Expr*> vectors;
  for (size_t i = 0; i < ChildCount(expr); ++i) {
    const bool is_matchers =
        expr.kind() == ExprKind::kCall && As<Call>(expr).function->label_matchers == i;
    const Expr& child = Child(expr, i);
    if (!is_matchers && IsVector(child)) vectors.push_back(&child);
  }
  return vectors;
}

}  // namespace

absl::StatusOr<std::optional<InfoReference>> FindInfoReference(const Expr& vector,
                                                               const QuerySettings& settings) {
  // Nodes are on a stack of our own: the tree may be higher than the thread's stack bears.
  struct Visit {
    const Expr* expr;
    size_t subqueries;  // how many are round it
  };
  std::vector<Visit> stack = {{&vector, 0}};
  std::vector<const SubqueryExpr*> subqueries;
  std::optional<InfoReference> common;
  while (!stack.empty()) {
    const Expr& expr = *stack.back().expr;
    subqueries.resize(stack.back().subqueries);
    stack.pop_back();
    if (expr.kind() == ExprKind::kVectorSelector) {
      absl::StatusOr<InfoReference> reference =
          ReferenceOf(As<VectorSelector>(expr), subqueries, settings);
      if (!reference.ok()) return reference.status();
      if (common && !AreEqual(*common, *reference)) return std::nullopt;
      common = *reference;
      continue;
    }
    if (expr.kind() == ExprKind::kSubquery) subqueries.push_back(&As<SubqueryExpr>(expr));
    const std::vector<const Expr*> within = VectorsWithin(expr);
    if (within.empty()) return std::nullopt;
    for (const Expr* child : within) stack.push_back({child, subqueries.size()});
  }
  return common;
}

}  // namespace promlite::promql::internal
