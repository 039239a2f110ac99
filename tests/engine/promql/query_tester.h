#ifndef PROMLITE_TESTS_ENGINE_PROMQL_QUERY_TESTER_H_
#define PROMLITE_TESTS_ENGINE_PROMQL_QUERY_TESTER_H_

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operators/aggregation/aggregate.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/engine/promql/operators/function.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/tests/engine/promql/block_text.h"
#include "promlite/tests/engine/promql/fake_snapshot.h"

namespace promlite::promql::internal {

using Vectors = std::map<std::string, Lines>;

// Evaluates queries of aggregations, operators and functions on vectors that a test writes down: a
// selector is answered by the lines given under its name.
class QueryTester : public ::testing::Test {
 protected:
  // The result's rows as text, or one line, the error's message. The grid has as many steps as the
  // first line of the vectors; with one step it is an instant query.
  Lines Evaluate(std::string_view query, const Vectors& vectors) {
    size_t steps = 1;
    for (const auto& [name, lines] : vectors) {
      if (!lines.empty()) steps = StepsOfText(lines[0]);
    }
    const StepGrid grid{0, static_cast<int64_t>(steps - 1) * 1000, 1000};
    const auto expr =
        promql::Parse(query, {.experimental_functions = true, .binop_fill_modifiers = true});
    if (!expr.ok()) return {std::string(expr.status().message())};
    ThreadPool pool(1);
    QuerySymbols symbols(snapshot_);
    Annotations annotations;
    QueryBudget budget(options_, nullptr);
    const QuerySettings settings{options_, grid, steps > 1};
    ExecContext context{snapshot_, settings, pool, symbols, annotations, budget};
    const absl::StatusOr<Block> result = Run(context, **expr, vectors);
    warnings_ = annotations.Warnings(query);
    infos_ = annotations.Infos(query);
    if (!result.ok()) return {std::string(result.status().message())};
    return TextOf(symbols, *result);
  }

  FakeSnapshot snapshot_;
  EngineOptions options_;
  // Of the last query.
  Lines warnings_, infos_;

 private:
  absl::StatusOr<Block> Run(ExecContext& context, const promql::Expr& expr,
                            const Vectors& vectors) {
    const StepGrid& grid = context.settings.grid;
    switch (expr.kind()) {
      case promql::ExprKind::kNumber:
        return ScalarBlock(grid.steps(), promql::As<promql::NumberLiteral>(expr).value);
      case promql::ExprKind::kParen:
        return Run(context, *promql::As<promql::ParenExpr>(expr).expr, vectors);
      case promql::ExprKind::kVectorSelector: {
        const auto lines = vectors.find(promql::As<promql::VectorSelector>(expr).name);
        return BlockFromText(context.symbols, lines == vectors.end() ? Lines() : lines->second,
                             grid.steps());
      }
      case promql::ExprKind::kAggregate: {
        const auto& aggregate = promql::As<promql::AggregateExpr>(expr);
        return Apply(context, *MakeAggregate(aggregate),
                     {aggregate.expr.get(), aggregate.parameter.get()}, vectors);
      }
      case promql::ExprKind::kBinary: {
        const auto& binary = promql::As<promql::BinaryExpr>(expr);
        return Apply(context, *MakeBinary(binary), {binary.lhs.get(), binary.rhs.get()}, vectors);
      }
      case promql::ExprKind::kUnary: {
        const auto& unary = promql::As<promql::UnaryExpr>(expr);
        if (unary.op == promql::UnaryOp::kPlus) return Run(context, *unary.expr, vectors);
        return Apply(context, *MakeUnaryMinus(unary), {unary.expr.get()}, vectors);
      }
      case promql::ExprKind::kCall: {
        const auto& call = promql::As<promql::Call>(expr);
        std::vector<const promql::Expr*> arguments;
        for (const promql::ExprPtr& argument : call.arguments) arguments.push_back(argument.get());
        return Apply(context, FunctionOperator(call, *FindBlockFunction(call.function->name)),
                     arguments, vectors);
      }
      default:
        return absl::InternalError("not a query for this test");
    }
  }

  // Operands that are absent or strings are null blocks.
  absl::StatusOr<Block> Apply(ExecContext& context, const Operator& op,
                              const std::vector<const promql::Expr*>& operands,
                              const Vectors& vectors) {
    if (absl::Status status = op.Check(); !status.ok()) return status;
    std::vector<Block> blocks(operands.size());
    std::vector<const Block*> inputs(operands.size());
    for (size_t i = 0; i < operands.size(); ++i) {
      if (operands[i] == nullptr || operands[i]->type() == promql::ValueType::kString) continue;
      absl::StatusOr<Block> block = Run(context, *operands[i], vectors);
      if (!block.ok()) return block.status();
      blocks[i] = *std::move(block);
      inputs[i] = &blocks[i];
    }
    return op.Evaluate(context, context.settings.grid, inputs);
  }
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_TESTS_ENGINE_PROMQL_QUERY_TESTER_H_
