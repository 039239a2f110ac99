// Threads do not change a bit of what operators answer. On vectors large enough to be shared out.

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/operators/aggregation/aggregate.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/tests/engine/promql/fake_snapshot.h"

namespace promlite::promql::internal {
namespace {

constexpr size_t kSeries = 400;
constexpr size_t kSteps = 1000;
constexpr StepGrid kGrid{0, kSteps - 1, 1};

Block RandomBlock(QuerySymbols& symbols, const char* metric, uint64_t seed) {
  std::mt19937_64 random(seed);
  SeriesSet series;
  for (size_t row = 0; row < kSeries; ++row) {
    LabelSetBuilder labels(symbols);
    labels.Set(symbols.metric_name(), symbols.Intern(metric));
    labels.Set(symbols.Intern("g"), symbols.Intern(absl::StrCat(row % 7)));
    labels.Set(symbols.Intern("row"), symbols.Intern(absl::StrCat(row)));
    series.Add(labels.pairs());
  }
  Block block(std::move(series), kSteps);
  for (size_t row = 0; row < kSeries; ++row) {
    const size_t first = random() % (kSteps / 2);
    const size_t last = first + random() % (kSteps - first);
    for (size_t step = first; step < last; ++step) {
      if (random() % 50 == 0) continue;
      block.Set(row, step, std::uniform_real_distribution<>(-1e6, 1e6)(random));
    }
  }
  return block;
}

class BlockRowReader final : public RowReader {
 public:
  explicit BlockRowReader(const Block& block) : block_(block) {}
  const SeriesSet& series() const override { return block_.series; }
  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    for (size_t i = begin; i < end; ++i) block->CopyRow(first_row + i - begin, block_, i);
  }
  absl::Status Finish(ExecContext&) override { return absl::OkStatus(); }

 private:
  const Block& block_;
};

// All that a block says, the bits of its values and the order of its rows included.
std::string BytesOf(const QuerySymbols& symbols, const Block& block) {
  std::string bytes;
  for (size_t row = 0; row < block.rows(); ++row) {
    bytes += symbols.ToString(block.series.labels(row));
    for (size_t step = 0; step < block.steps(); ++step) {
      if (!block.present(row, step)) continue;
      char value[sizeof(double)];
      std::memcpy(value, &block.values(row)[step], sizeof(double));
      absl::StrAppend(&bytes, " ", step, ":", std::string(value, sizeof value));
    }
  }
  return bytes;
}

class ParallelOperatorsTest : public ::testing::Test {
 protected:
  // evaluate(context) with 1, 2 and 7 threads gives the same.
  template <typename Evaluate>
  void ExpectSameForAllThreads(const std::string& what, Evaluate evaluate) {
    std::string expected;
    for (const int threads : {1, 2, 7}) {
      ThreadPool pool(threads);
      Annotations annotations;
      QueryBudget budget(options_, nullptr);
      const QuerySettings settings{options_, kGrid, true};
      ExecContext context{snapshot_, settings, pool, symbols_, annotations, budget};
      const absl::StatusOr<Block> result = evaluate(context);
      ASSERT_TRUE(result.ok()) << what << ": " << result.status();
      const std::string bytes = BytesOf(symbols_, *result);
      ASSERT_FALSE(bytes.empty()) << what;
      if (threads == 1) expected = bytes;
      ASSERT_TRUE(bytes == expected) << what << ", threads " << threads;
    }
  }

  FakeSnapshot snapshot_;
  EngineOptions options_;
  QuerySymbols symbols_{snapshot_};
  const Block lhs_ = RandomBlock(symbols_, "l", 1);
  const Block rhs_ = RandomBlock(symbols_, "r", 2);
};

TEST_F(ParallelOperatorsTest, Aggregations) {
  const Block half = ScalarBlock(kSteps, 0.5), three = ScalarBlock(kSteps, 3);
  for (const AggregateOp op :
       {AggregateOp::kSum, AggregateOp::kAvg, AggregateOp::kCount, AggregateOp::kMin,
        AggregateOp::kMax, AggregateOp::kGroup, AggregateOp::kStddev, AggregateOp::kStdvar,
        AggregateOp::kTopk, AggregateOp::kBottomk, AggregateOp::kQuantile, AggregateOp::kLimitk,
        AggregateOp::kLimitRatio}) {
    AggregateExpr expr;
    expr.op = op;
    expr.grouping = {"g"};
    expr.expr = std::make_shared<VectorSelector>();
    expr.parameter = std::make_shared<NumberLiteral>();
    const bool fraction = op == AggregateOp::kQuantile || op == AggregateOp::kLimitRatio;
    const Block* const inputs[] = {&lhs_, fraction ? &half : &three};
    const std::unique_ptr<Operator> made = MakeAggregate(expr);
    ExpectSameForAllThreads(made->Describe(), [&](ExecContext& context) {
      return made->Evaluate(context, kGrid, inputs);
    });
    if (!made->TakesRows()) continue;
    ExpectSameForAllThreads(made->Describe() + " in batches", [&](ExecContext& context) {
      BlockRowReader rows(lhs_);
      return made->EvaluateRows(context, kGrid, rows, inputs);
    });
  }
}

TEST_F(ParallelOperatorsTest, BinaryOperators) {
  for (const BinaryOp op : {BinaryOp::kAdd, BinaryOp::kGreater, BinaryOp::kAnd}) {
    for (const bool vectors : {true, false}) {
      if (IsSetOperator(op) && !vectors) continue;
      BinaryExpr expr;
      expr.op = op;
      expr.lhs = std::make_shared<VectorSelector>();
      expr.rhs = std::make_shared<NumberLiteral>();
      if (vectors) {
        expr.rhs = std::make_shared<VectorSelector>();
        expr.matching.emplace();
      }
      const Block scalar = ScalarBlock(kSteps, 10);
      const Block* const inputs[] = {&lhs_, vectors ? &rhs_ : &scalar};
      const std::unique_ptr<Operator> made = MakeBinary(expr);
      ExpectSameForAllThreads(made->Describe(), [&](ExecContext& context) {
        return made->Evaluate(context, kGrid, inputs);
      });
    }
  }
}

TEST_F(ParallelOperatorsTest, UnaryMinus) {
  UnaryExpr expr;
  expr.op = UnaryOp::kMinus;
  expr.result_type = ValueType::kVector;
  const Block* const inputs[] = {&lhs_};
  const std::unique_ptr<Operator> made = MakeUnaryMinus(expr);
  ExpectSameForAllThreads(
      "-", [&](ExecContext& context) { return made->Evaluate(context, kGrid, inputs); });
}

}  // namespace
}  // namespace promlite::promql::internal
