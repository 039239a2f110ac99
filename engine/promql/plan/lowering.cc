#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operators/aggregation/aggregate.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/engine/promql/operators/constant.h"
#include "promlite/engine/promql/operators/function.h"
#include "promlite/engine/promql/operators/leaves/exact_range.h"
#include "promlite/engine/promql/operators/leaves/instant_selector.h"
#include "promlite/engine/promql/operators/leaves/range_function.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/promql/operators/repeat.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/engine/promql/plan/planner.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {
namespace {

// One node of the tree on its way into the plan. The tree is walked with a stack of these instead
// of by recursion: its height is bounded, but not by what a thread's stack holds.
struct Task {
  // Inside any parentheses and unary pluses.
  const Expr* expr = nullptr;
  StepGrid grid;
  // The grid that the consumer expects, where it differs: the task's own is one step.
  std::optional<StepGrid> repeat_on;
  struct Child {
    const Expr* expr = nullptr;
    StepGrid grid;
    size_t input = 0;  // which of the inputs it becomes
  };
  // In the order in which Prometheus evaluates them: of two errors, the first is the query's.
  std::vector<Child> children;
  size_t planned = 0;                         // children
  std::vector<std::optional<NodeId>> inputs;  // absent: none of the children
  // The argument of a call that is a subquery.
  std::optional<RangeVector> subquery;
  // The first node planned for the children.
  NodeId subtree_begin = 0;
};

class Lowering {
 public:
  explicit Lowering(PlanDraft* draft)
      : draft_(*draft), settings_(draft->settings), nodes_(draft->plan.nodes) {}

  absl::Status Run() {
    std::vector<Task> stack;
    if (absl::Status s = Push(*draft_.root, draft_.plan.grid, &stack); !s.ok()) return s;
    for (;;) {
      Task& top = stack.back();
      if (top.planned < top.children.size()) {
        const Task::Child child = top.children[top.planned];
        if (absl::Status s = Push(*child.expr, child.grid, &stack); !s.ok()) return s;
        continue;
      }
      absl::StatusOr<NodeId> node = Finish(top);
      if (!node.ok()) return node.status();
      stack.pop_back();
      if (stack.empty()) break;
      Task& consumer = stack.back();
      consumer.inputs[consumer.children[consumer.planned++].input] = *node;
    }
    return absl::OkStatus();
  }

 private:
  // Parentheses and unary plus hand their operand's value on.
  static const Expr& Inside(const Expr& expr) {
    const Expr* inside = &expr;
    for (;;) {
      if (inside->kind() == ExprKind::kParen) {
        inside = As<ParenExpr>(*inside).expr.get();
      } else if (inside->kind() == ExprKind::kUnary &&
                 As<UnaryExpr>(*inside).op == UnaryOp::kPlus) {
        inside = As<UnaryExpr>(*inside).expr.get();
      } else {
        return *inside;
      }
    }
  }

  absl::Status Push(const Expr& expr, const StepGrid& grid, std::vector<Task>* stack) {
    Task task;
    task.expr = &Inside(expr);
    task.grid = grid;
    task.subtree_begin = nodes_.size();
    const bool invariant =
        draft_.step_invariant.contains(task.expr) && task.expr->kind() != ExprKind::kNumber;
    if (invariant && grid.steps() > 0) {
      // Also where there is one step already: a subquery's grid may end later than that.
      task.grid = {grid.start_ms, grid.start_ms, grid.step_ms};
      if (grid.steps() > 1) task.repeat_on = grid;
    }
    if (absl::Status s = ListChildren(&task); !s.ok()) return s;
    stack->push_back(std::move(task));
    return absl::OkStatus();
  }

  absl::Status ListChildren(Task* task) {
    const Expr& expr = *task->expr;
    const auto add = [task](const Expr& child, size_t input) {
      task->children.push_back({&child, task->grid, input});
    };
    switch (expr.kind()) {
      case ExprKind::kAggregate: {
        const auto& aggregate = As<AggregateExpr>(expr);
        task->inputs.resize(2);
        if (aggregate.parameter && aggregate.parameter->type() == ValueType::kScalar) {
          add(*aggregate.parameter, 1);
        }
        add(*aggregate.expr, 0);
        return absl::OkStatus();
      }
      case ExprKind::kBinary:
        task->inputs.resize(2);
        add(*As<BinaryExpr>(expr).lhs, 0);
        add(*As<BinaryExpr>(expr).rhs, 1);
        return absl::OkStatus();
      case ExprKind::kUnary:
        task->inputs.resize(1);
        add(*As<UnaryExpr>(expr).expr, 0);
        return absl::OkStatus();
      case ExprKind::kCall:
        return ListArguments(As<Call>(expr), task);
      default:
        return absl::OkStatus();
    }
  }

  absl::Status ListArguments(const Call& call, Task* task) {
    task->inputs.resize(call.arguments.size());
    for (size_t i = 0; i < call.arguments.size(); ++i) {
      const Expr& argument = Unparenthesized(*call.arguments[i]);
      if (argument.kind() == ExprKind::kSubquery) {
        const auto& subquery = As<SubqueryExpr>(argument);
        absl::StatusOr<RangeVector> range = SubqueryRange(subquery, task->grid, settings_);
        if (!range.ok()) return range.status();
        // Before the arguments to its left.
        task->children.insert(task->children.begin(),
                              {subquery.expr.get(), *range->subquery_grid, i});
        task->subquery = *std::move(range);
      } else if (argument.type() != ValueType::kString && argument.type() != ValueType::kMatrix &&
                 !IsReadByFunction(call, i)) {
        task->children.push_back({&argument, task->grid, i});
      }
    }
    return absl::OkStatus();
  }

  // Arguments that a function reads from the syntax tree or from storage by itself.
  static bool IsReadByFunction(const Call& call, size_t index) {
    return IsAspectOfSelector(call) || call.function->label_matchers == index;
  }

  absl::StatusOr<NodeId> Finish(const Task& task) {
    const NodeId first = nodes_.size();
    absl::StatusOr<NodeId> node = AddOperator(task);
    if (node.ok() && task.repeat_on) {
      node = AddNode(RepeatKey(), *task.repeat_on, {*node}, std::make_unique<RepeatOperator>());
    }
    for (NodeId id = first; id < nodes_.size(); ++id) {
      nodes_[id].subtree_begin = task.subtree_begin;
    }
    return node;
  }

  absl::StatusOr<NodeId> AddOperator(const Task& task) {
    const Expr& expr = *task.expr;
    switch (expr.kind()) {
      case ExprKind::kNumber: {
        const auto& literal = As<NumberLiteral>(expr);
        return AddNode(NumberKey(literal), task.grid, {},
                       std::make_unique<ConstantOperator>(literal.value));
      }
      case ExprKind::kVectorSelector:
        return AddInstantSelector(As<VectorSelector>(expr), SampleAspect::kValue, task);
      case ExprKind::kAggregate: {
        const auto& aggregate = As<AggregateExpr>(expr);
        return AddNode(AggregateKey(aggregate), task.grid, task.inputs, MakeAggregate(aggregate));
      }
      case ExprKind::kBinary: {
        const auto& binary = As<BinaryExpr>(expr);
        return AddNode(BinaryKey(binary), task.grid, task.inputs, MakeBinary(binary));
      }
      case ExprKind::kUnary:
        return AddNode(UnaryMinusKey(), task.grid, task.inputs,
                       MakeUnaryMinus(As<UnaryExpr>(expr)));
      case ExprKind::kCall:
        return AddCall(As<Call>(expr), task);
      default:
        return absl::InternalError("an expression of this type is never an operator");
    }
  }

  absl::StatusOr<NodeId> AddInstantSelector(const VectorSelector& selector, SampleAspect aspect,
                                            const Task& task) {
    absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(selector);
    if (!matchers.ok()) return matchers.status();
    absl::StatusOr<int64_t> offset = OffsetMilliseconds(selector.offset, settings_);
    if (!offset.ok()) return offset.status();
    const bool statistics_only = draft_.statistics_selectors.contains(&selector);
    return AddNode(SelectorKey(selector, aspect, statistics_only), task.grid, {},
                   std::make_unique<InstantSelectorOperator>(selector, *std::move(matchers),
                                                             *offset, aspect, statistics_only));
  }

  absl::StatusOr<NodeId> AddCall(const Call& call, const Task& task) {
    const Function& function = *call.function;
    if (IsAspectOfSelector(call) && (function.of_selector != SampleAspect::kStartTimestamp ||
                                     settings_.options.use_start_timestamps)) {
      return AddInstantSelector(As<VectorSelector>(Unparenthesized(*call.arguments[0])),
                                function.of_selector, task);
    }
    if (!function.range_argument()) return AddFunction(call, task.grid, task.inputs);
    absl::StatusOr<NodeId> range = AddRangeFunction(call, task);
    if (!range.ok() || function.rows_of.empty()) return range;
    return AddFunction(call, task.grid, {*range});
  }

  absl::StatusOr<NodeId> AddFunction(const Call& call, const StepGrid& grid,
                                     std::vector<std::optional<NodeId>> inputs) {
    const BlockFunction* const function = FindBlockFunction(call.function->name);
    if (function == nullptr) return WithoutImplementation(call);
    return AddNode(CallKey(call, settings_.options), grid, std::move(inputs),
                   std::make_unique<FunctionOperator>(call, *function));
  }

  static absl::Status WithoutImplementation(const Call& call) {
    return absl::InternalError(
        absl::StrCat("function ", Absl(call.function->name), " has no implementation"));
  }

  // REQUIRES: a function of a range vector.
  absl::StatusOr<NodeId> AddRangeFunction(const Call& call, const Task& task) {
    const RangeKernelSet* const found = FindRangeKernel(call.function->range_function());
    if (found == nullptr) return WithoutImplementation(call);
    const RangeKernelSet& kernels = *found;
    const size_t index = *call.function->range_argument();
    absl::StatusOr<RangeVector> range = RangeOf(Unparenthesized(*call.arguments[index]), task);
    if (!range.ok()) return range.status();
    RangeCall range_call{call, index, kernels, *std::move(range)};
    OperationKey key = RangeCallKey(range_call, settings_.options);
    const bool exact =
        range_call.range.modifier == RangeModifier::kExact && kernels.exact != nullptr;
    std::unique_ptr<Operator> op;
    if (exact) {
      op = std::make_unique<ExactRangeOperator>(std::move(range_call));
    } else {
      op = std::make_unique<RangeFunctionOperator>(std::move(range_call));
    }
    return AddNode(std::move(key), task.grid, task.inputs, std::move(op));
  }

  absl::StatusOr<RangeVector> RangeOf(const Expr& argument, const Task& task) const {
    if (task.subquery) return *task.subquery;
    const auto& matrix = As<MatrixSelector>(argument);
    absl::StatusOr<RangeVector> range = SelectorRange(matrix, task.grid, settings_);
    if (range.ok()) {
      range->statistics_only = draft_.statistics_selectors.contains(matrix.selector.get());
    }
    return range;
  }

  NodeId AddNode(OperationKey key, const StepGrid& grid, std::vector<std::optional<NodeId>> inputs,
                 std::unique_ptr<Operator> op) {
    const NodeId id = nodes_.size();
    nodes_.push_back(
        {.op = std::move(op), .grid = grid, .inputs = std::move(inputs), .subtree_begin = id});
    draft_.keys.push_back(std::move(key));
    return id;
  }

  PlanDraft& draft_;
  const QuerySettings& settings_;
  std::vector<PlanNode>& nodes_;
};

}  // namespace

absl::Status LowerToOperators(PlanDraft* draft) {
  return draft->root == nullptr ? absl::OkStatus() : Lowering(draft).Run();
}

}  // namespace promlite::promql::internal
