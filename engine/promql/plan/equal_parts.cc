#include "promlite/engine/promql/plan/equal_parts.h"

#include <bit>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "promlite/engine/promql/plan/planner.h"

namespace promlite::promql::internal {
namespace {

enum class Operation {
  kNumber,
  kSelector,
  kAggregate,
  kBinary,
  kUnaryMinus,
  kRepeat,
  kCall,
  kRange
};

template <typename Enum>
uint64_t Number(Enum value) {
  return static_cast<uint64_t>(value);
}

uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

OperationKey KeyOf(Operation operation) {
  OperationKey key;
  key.Add(Number(operation));
  return key;
}

void AddLabels(const std::vector<std::string>& labels, OperationKey* key) {
  key->Add(labels.size());
  for (const std::string& label : labels) key->Add(std::string_view(label));
}

void AddFill(const std::optional<double>& fill, OperationKey* key) {
  key->Add(uint64_t{fill.has_value()});
  if (fill) key->Add(Bits(*fill));
}

// Operands behind their operator; one that is not there is a number of its own.
void AddDuration(const Duration& duration, OperationKey* key) {
  key->Add(static_cast<uint64_t>(duration.nanoseconds));
  std::vector<const DurationExpr*> stack = {duration.expr.get()};
  while (!stack.empty()) {
    const DurationExpr* expr = stack.back();
    stack.pop_back();
    key->Add(uint64_t{expr != nullptr});
    if (expr == nullptr) continue;
    key->Add(Number(expr->op));
    key->Add(Bits(expr->seconds));
    key->Add(uint64_t{expr->has_unit});
    stack.push_back(expr->rhs.get());
    stack.push_back(expr->lhs.get());
  }
}

void AddAt(const AtModifier& at, OperationKey* key) {
  key->Add(Number(at.kind));
  key->Add(static_cast<uint64_t>(at.timestamp_ms));
}

void AddSelector(const VectorSelector& selector, OperationKey* key) {
  key->Add(std::string_view(selector.name));
  key->Add(selector.matchers.size());
  for (const LabelMatcher& matcher : selector.matchers) {
    key->Add(std::string_view(matcher.name));
    key->Add(Number(matcher.op));
    key->Add(std::string_view(matcher.value));
  }
  AddDuration(selector.offset, key);
  AddAt(selector.at, key);
  key->Add(Number(selector.modifier));
}

// Functions whose annotations count how often they were raised run as often as they are written.
bool CountsItsAnnotations(const Call& call, const EngineOptions& options) {
  switch (call.function->counted) {
    case CountedAnnotations::kNone:
      return false;
    case CountedAnnotations::kAlways:
      return true;
    case CountedAnnotations::kWithStartTimes:
      return options.use_start_timestamps;
  }
  return false;
}

// An argument that is a block is an input, and nothing here.
void AddArgument(const Expr& argument, OperationKey* key) {
  switch (argument.kind()) {
    case ExprKind::kString:
      key->Add(Number(argument.kind()));
      key->Add(std::string_view(As<StringLiteral>(argument).value));
      break;
    case ExprKind::kVectorSelector:
      key->Add(Number(argument.kind()));
      AddSelector(As<VectorSelector>(argument), key);
      break;
    case ExprKind::kMatrixSelector:
      key->Add(Number(argument.kind()));
      AddSelector(*As<MatrixSelector>(argument).selector, key);
      AddDuration(As<MatrixSelector>(argument).range, key);
      break;
    case ExprKind::kSubquery:
      key->Add(Number(argument.kind()));
      AddAt(As<SubqueryExpr>(argument).at, key);
      break;
    default:
      key->Add(~uint64_t{0});
  }
}

void AddCall(const Call& call, const EngineOptions& options, OperationKey* key) {
  key->Add(call.function->name);
  if (CountsItsAnnotations(call, options)) key->Add(Number(call.position.start));
  key->Add(call.arguments.size());
  for (const ExprPtr& argument : call.arguments) {
    AddArgument(Unparenthesized(*argument), key);
  }
}

// What a node does, on which steps, to which inputs.
OperationKey WithInputs(OperationKey key, const PlanNode& node) {
  key.Add(static_cast<uint64_t>(node.grid.start_ms));
  key.Add(static_cast<uint64_t>(node.grid.end_ms));
  key.Add(static_cast<uint64_t>(node.grid.step_ms));
  key.Add(node.inputs.size());
  for (const std::optional<NodeId>& input : node.inputs) key.Add(input ? *input + 1 : 0);
  return key;
}

}  // namespace

OperationKey NumberKey(const NumberLiteral& literal) {
  OperationKey key = KeyOf(Operation::kNumber);
  key.Add(Bits(literal.value));
  key.Add(uint64_t{literal.is_duration});
  return key;
}

OperationKey SelectorKey(const VectorSelector& selector, SampleAspect aspect,
                         bool statistics_only) {
  OperationKey key = KeyOf(Operation::kSelector);
  AddSelector(selector, &key);
  key.Add(Number(aspect));
  key.Add(uint64_t{statistics_only});
  return key;
}

OperationKey AggregateKey(const AggregateExpr& expr) {
  OperationKey key = KeyOf(Operation::kAggregate);
  key.Add(Number(expr.op));
  key.Add(uint64_t{expr.without});
  AddLabels(expr.grouping, &key);
  if (expr.parameter && expr.parameter->type() == ValueType::kString) {
    key.Add(std::string_view(As<StringLiteral>(Unparenthesized(*expr.parameter)).value));
  }
  return key;
}

OperationKey BinaryKey(const BinaryExpr& expr) {
  OperationKey key = KeyOf(Operation::kBinary);
  key.Add(Number(expr.op));
  key.Add(uint64_t{expr.return_bool});
  key.Add(uint64_t{expr.matching.has_value()});
  if (!expr.matching) return key;
  const VectorMatching& matching = *expr.matching;
  key.Add(Number(matching.cardinality));
  key.Add(uint64_t{matching.on});
  AddLabels(matching.labels, &key);
  AddLabels(matching.include, &key);
  AddFill(matching.fill_left, &key);
  AddFill(matching.fill_right, &key);
  return key;
}

OperationKey UnaryMinusKey() { return KeyOf(Operation::kUnaryMinus); }

OperationKey RepeatKey() { return KeyOf(Operation::kRepeat); }

OperationKey CallKey(const Call& call, const EngineOptions& options) {
  OperationKey key = KeyOf(Operation::kCall);
  AddCall(call, options, &key);
  return key;
}

OperationKey RangeCallKey(const RangeCall& call, const EngineOptions& options) {
  OperationKey key = KeyOf(Operation::kRange);
  AddCall(call.call, options, &key);
  const RangeVector& range = call.range;
  key.Add(static_cast<uint64_t>(range.range_ms));
  key.Add(static_cast<uint64_t>(range.reference.first_ms));
  key.Add(static_cast<uint64_t>(range.reference.step_ms));
  key.Add(uint64_t{range.statistics_only});
  return key;
}

absl::Status MergeEqualParts(PlanDraft* draft) {
  if (!draft->settings.options.rewrites) return absl::OkStatus();
  std::vector<PlanNode> merged;
  absl::flat_hash_map<OperationKey, NodeId> merged_by_key;
  std::vector<NodeId> merged_id;      // of each node so far
  std::vector<NodeId> merged_before;  // how many merged nodes there were before each node
  for (NodeId id = 0; id < draft->plan.nodes.size(); ++id) {
    PlanNode& node = draft->plan.nodes[id];
    merged_before.push_back(merged.size());
    for (std::optional<NodeId>& input : node.inputs) {
      if (input) input = merged_id[*input];
    }
    const auto [known, is_new] =
        merged_by_key.try_emplace(WithInputs(std::move(draft->keys[id]), node), merged.size());
    merged_id.push_back(known->second);
    if (is_new) {
      node.subtree_begin = merged_before[node.subtree_begin];
      merged.push_back(std::move(node));
    } else {
      // Annotations name the place that stands last.
      merged[known->second].op = std::move(node.op);
    }
  }
  draft->plan.nodes = std::move(merged);
  draft->keys.clear();
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
