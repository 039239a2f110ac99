#include "promlite/engine/promql/plan/planner.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operators/aggregation/aggregate.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/engine/promql/operators/constant.h"
#include "promlite/engine/promql/operators/function.h"
#include "promlite/engine/promql/operators/leaves/exact_range.h"
#include "promlite/engine/promql/operators/leaves/histogram_statistics.h"
#include "promlite/engine/promql/operators/leaves/instant_selector.h"
#include "promlite/engine/promql/operators/leaves/range_function.h"
#include "promlite/engine/promql/operators/repeat.h"
#include "promlite/engine/promql/plan/plan_keys.h"
#include "promlite/engine/promql/plan/selector_matchers.h"
#include "promlite/engine/promql/plan/step_invariance.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
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
  // The first node planned for the children.
  NodeId subtree_begin = 0;
};

class Planner {
 public:
  Planner(ExprPtr expr, PlannedPart part, const QuerySettings& settings)
      : settings_(settings), invariant_(StepInvariantNodes(*expr)) {
    if (part == PlannedPart::kWholeQuery) statistics_selectors_ = StatisticsSelectors(*expr);
    plan_.expr = std::move(expr);
  }

  absl::StatusOr<Plan> Run(const StepGrid& grid) {
    std::vector<Task> stack;
    if (absl::Status s = Push(*plan_.expr, grid, &stack); !s.ok()) return s;
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
    return std::move(plan_);
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
    task.subtree_begin = plan_.nodes.size();
    const bool invariant = invariant_.contains(task.expr) && task.expr->kind() != ExprKind::kNumber;
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
        absl::StatusOr<StepGrid> grid = SubqueryGrid(subquery, task->grid, settings_);
        if (!grid.ok()) return grid.status();
        // Before the arguments to its left.
        task->children.insert(task->children.begin(), {subquery.expr.get(), *grid, i});
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
    const NodeId first = plan_.nodes.size();
    absl::StatusOr<NodeId> node = AddOperator(task);
    if (node.ok() && task.repeat_on) {
      node = AddNode(absl::StrCat("repeat ", *node), *task.repeat_on, {*node},
                     [] { return std::make_unique<RepeatOperator>(); });
    }
    for (NodeId id = first; id < plan_.nodes.size(); ++id) {
      plan_.nodes[id].subtree_begin = task.subtree_begin;
    }
    return node;
  }

  absl::StatusOr<NodeId> AddOperator(const Task& task) {
    const Expr& expr = *task.expr;
    switch (expr.kind()) {
      case ExprKind::kNumber: {
        const double value = As<NumberLiteral>(expr).value;
        return AddNode(Print(expr), task.grid, {},
                       [=] { return std::make_unique<ConstantOperator>(value); });
      }
      case ExprKind::kVectorSelector:
        return AddInstantSelector(As<VectorSelector>(expr), SampleAspect::kValue, task);
      case ExprKind::kAggregate:
        return AddNode(AggregateKey(As<AggregateExpr>(expr)), task.grid, task.inputs,
                       [&] { return MakeAggregate(As<AggregateExpr>(expr)); });
      case ExprKind::kBinary:
        return AddNode(BinaryKey(As<BinaryExpr>(expr)), task.grid, task.inputs,
                       [&] { return MakeBinary(As<BinaryExpr>(expr)); });
      case ExprKind::kUnary:
        return AddNode("unary minus", task.grid, task.inputs,
                       [&] { return MakeUnaryMinus(As<UnaryExpr>(expr)); });
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
    const bool statistics_only = statistics_selectors_.contains(&selector);
    return AddNode(absl::StrCat("select ", static_cast<int>(aspect), statistics_only ? " s " : " ",
                                Print(selector)),
                   task.grid, {}, [&] {
                     return std::make_unique<InstantSelectorOperator>(
                         selector, *std::move(matchers), *offset, aspect, statistics_only);
                   });
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
                   [&] { return std::make_unique<FunctionOperator>(call, *function); });
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
    absl::StatusOr<RangeArgument> argument =
        MakeRangeArgument(Unparenthesized(*call.arguments[index]), task);
    if (!argument.ok()) return argument.status();
    std::string key = CallKey(call, settings_.options);
    absl::StrAppend(&key, " range ", argument->range_ms, " ", argument->offset_ms, " ",
                    static_cast<int>(argument->at.kind), " ", argument->at.timestamp_ms,
                    argument->statistics_only ? " s" : "");
    return AddNode(std::move(key), task.grid, task.inputs, [&]() -> std::unique_ptr<Operator> {
      if (argument->modifier == RangeModifier::kExact && kernels.exact != nullptr) {
        return std::make_unique<ExactRangeOperator>(call, kernels.exact, *std::move(argument));
      }
      return std::make_unique<RangeFunctionOperator>(call, index, kernels, *std::move(argument));
    });
  }

  absl::StatusOr<RangeArgument> MakeRangeArgument(const Expr& expr, const Task& task) const {
    const bool is_subquery = expr.kind() == ExprKind::kSubquery;
    const VectorSelector* selector =
        is_subquery ? nullptr : As<MatrixSelector>(expr).selector.get();
    RangeArgument argument;
    absl::StatusOr<int64_t> range = RangeMilliseconds(
        is_subquery ? As<SubqueryExpr>(expr).range : As<MatrixSelector>(expr).range, settings_);
    if (!range.ok()) return range.status();
    absl::StatusOr<int64_t> offset = OffsetMilliseconds(
        is_subquery ? As<SubqueryExpr>(expr).offset : selector->offset, settings_);
    if (!offset.ok()) return offset.status();
    argument.range_ms = *range;
    argument.offset_ms = *offset;
    if (is_subquery) {
      argument.at = As<SubqueryExpr>(expr).at;
      absl::StatusOr<StepGrid> grid = SubqueryGrid(As<SubqueryExpr>(expr), task.grid, settings_);
      if (!grid.ok()) return grid.status();
      argument.subquery_grid = *grid;
      return argument;
    }
    argument.at = selector->at;
    argument.modifier = selector->modifier;
    argument.statistics_only = statistics_selectors_.contains(selector);
    absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(*selector);
    if (!matchers.ok()) return matchers.status();
    argument.matchers = *std::move(matchers);
    return argument;
  }

  // Equal nodes run once: a node is named by what it does, on which steps, to which inputs.
  template <typename MakeOperator>
  NodeId AddNode(std::string what, const StepGrid& grid, std::vector<std::optional<NodeId>> inputs,
                 MakeOperator make) {
    absl::StrAppend(&what, "\non ", grid.start_ms, " ", grid.end_ms, " ", grid.step_ms, "\nof");
    for (const auto& input : inputs) {
      absl::StrAppend(&what, " ", input ? static_cast<int64_t>(*input) : -1);
    }
    const NodeId next = plan_.nodes.size();
    if (settings_.options.rewrites) {
      const auto [known, is_new] = node_by_key_.try_emplace(std::move(what), next);
      if (!is_new) {
        // Annotations name the place that stands last.
        plan_.nodes[known->second].op = make();
        return known->second;
      }
    }
    for (const auto& input : inputs) {
      if (!input) continue;
      ++plan_.nodes[*input].consumers;
      plan_.nodes[*input].last_consumer = next;
    }
    plan_.nodes.push_back(
        {.op = make(), .grid = grid, .inputs = std::move(inputs), .subtree_begin = next});
    return next;
  }

  const QuerySettings& settings_;
  const absl::flat_hash_set<const Expr*> invariant_;
  absl::flat_hash_set<const VectorSelector*> statistics_selectors_;
  Plan plan_;
  absl::flat_hash_map<std::string, NodeId> node_by_key_;
};

}  // namespace

absl::StatusOr<Plan> MakePlan(ExprPtr expr, PlannedPart part, const QuerySettings& settings,
                              const StepGrid& grid) {
  return Planner(std::move(expr), part, settings).Run(grid);
}

}  // namespace promlite::promql::internal
