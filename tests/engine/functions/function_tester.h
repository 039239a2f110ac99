#ifndef PROMLITE_TESTS_ENGINE_FUNCTIONS_FUNCTION_TESTER_H_
#define PROMLITE_TESTS_ENGINE_FUNCTIONS_FUNCTION_TESTER_H_

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/function_table.h"
#include "promlite/engine/go_format.h"
#include "promlite/parser/parser.h"
#include "promlite/tests/engine/fake_snapshot.h"

namespace promlite::internal {

inline constexpr double kNone = -12345.678;  // a cell without a sample
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInf = std::numeric_limits<double>::infinity();

struct TestRow {
  Labels labels;
  std::vector<double> values;  // one a step
};
using TestRows = std::vector<TestRow>;

// Calls a function of the table on blocks written down in a test.
class FunctionTester : public ::testing::Test {
 protected:
  // Steps at 0, 1, 2, ... seconds unless a test says otherwise.
  void UseGrid(int64_t start_ms, int64_t end_ms, int64_t step_ms) {
    grid_ = {start_ms, end_ms, step_ms};
  }

  // The result's rows as text, `{a="b"} 1 _ NaN`, or the error's message. `query` is one call; its
  // arguments that are neither numbers nor strings take the blocks of `inputs`, one after the other.
  std::vector<std::string> Call(std::string_view query, std::vector<TestRows> inputs = {}) {
    if (!inputs.empty() && !inputs[0].empty() && grid_.step_ms == 0) {
      const auto steps = static_cast<int64_t>(inputs[0][0].values.size());
      grid_ = {0, (steps - 1) * 1000, 1000};
    }
    if (grid_.step_ms == 0) grid_ = {0, 0, 1000};
    const auto expr = Parse(query, {.experimental_functions = true});
    if (!expr.ok()) return {std::string(expr.status().message())};
    return Evaluate(query, As<promlite::Call>(**expr), inputs);
  }

  FakeSnapshot snapshot_;
  EngineOptions options_;
  StepGrid grid_ = {0, 0, 0};
  // Of the last call.
  std::vector<std::string> warnings_, infos_;

 private:
  std::vector<std::string> Evaluate(std::string_view query, const promlite::Call& call,
                                    const std::vector<TestRows>& inputs) {
    const WorkerPool workers(1);
    QuerySymbols symbols(snapshot_);
    Annotations annotations;
    QueryBudget budget(options_, nullptr);
    ExecContext context{snapshot_, options_, grid_,       grid_.start_ms != grid_.end_ms,
                        workers,   symbols,  annotations, budget};
    std::vector<std::unique_ptr<Block>> owned;
    std::vector<const Block*> arguments;
    auto next = inputs.begin();
    for (const ExprPtr& argument : call.arguments) {
      const Expr& inside = Unparenthesized(*argument);
      owned.emplace_back();
      if (inside.kind() == ExprKind::kNumber) {
        owned.back() = std::make_unique<Block>(
            ScalarBlock(grid_.steps(), As<NumberLiteral>(inside).value));
      } else if (inside.type() != ValueType::kString && next != inputs.end()) {
        owned.back() = std::make_unique<Block>(MakeBlock(symbols, *next++));
      }
      arguments.push_back(owned.back().get());
    }
    const BlockFunction function = FindBlockFunction(call.function->name);
    if (function == nullptr) return {"no such function"};
    const absl::StatusOr<Block> result = function({context, call, grid_, arguments});
    warnings_ = annotations.Warnings(query);
    infos_ = annotations.Infos(query);
    if (!result.ok()) return {std::string(result.status().message())};
    return Print(symbols, *result);
  }

  Block MakeBlock(QuerySymbols& symbols, const TestRows& rows) {
    SeriesSet series;
    for (const TestRow& row : rows) {
      std::vector<SymbolPair> pairs;
      for (const auto& [name, value] : row.labels) {
        pairs.push_back({symbols.Intern(name), symbols.Intern(value)});
      }
      series.Add(pairs);
    }
    Block block(std::move(series), grid_.steps());
    for (size_t row = 0; row < rows.size(); ++row) {
      for (size_t step = 0; step < rows[row].values.size(); ++step) {
        if (rows[row].values[step] != kNone) block.Set(row, step, rows[row].values[step]);
      }
    }
    return block;
  }

  static std::vector<std::string> Print(const QuerySymbols& symbols, const Block& block) {
    std::vector<std::string> lines;
    for (size_t row = 0; row < block.rows(); ++row) {
      std::string line = symbols.ToString(block.series.labels(row));
      if (block.series.drop_name(row)) line += " (name dropped later)";
      for (size_t step = 0; step < block.steps(); ++step) {
        absl::StrAppend(&line, " ",
                        block.present(row, step) ? GoShortest(block.values(row)[step]) : "_");
      }
      lines.push_back(line);
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_ENGINE_FUNCTIONS_FUNCTION_TESTER_H_
