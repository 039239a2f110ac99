// Every aggregation against the formula of Prometheus, one step at a time, on random vectors with
// gaps: equal to the bit for any number of threads and any size of batch.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/operators/aggregation/aggregate.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/tests/engine/promql/block_text.h"
#include "promlite/tests/engine/promql/fake_snapshot.h"
#include "promlite/tests/twin/aggregations.h"

namespace promlite::promql::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();

// ---- random vectors -------------------------------------------------------------------------

double RandomValue(std::mt19937_64& random, int kind) {
  static const double special[] = {0.0,      -0.0,      kInfinity,     -kInfinity, std::nan(""),
                                   kLargest, -kLargest, kLargest / 2., 1e16,       -1e16,
                                   1,        1e-300,    5e-324,        1e100,      -1e100};
  switch (kind) {
    case 0:
      return std::uniform_real_distribution<>(-1e3, 1e3)(random);
    case 1:
      return static_cast<double>(random() % 5);
    case 2:
      return std::ldexp(std::uniform_real_distribution<>(-1, 1)(random),
                        static_cast<int>(random() % 1000) - 500);
    default:
      return special[random() % std::size(special)];
  }
}

struct Shape {
  size_t series, steps;
  int kind;  // of values
  double density;
};

Block RandomBlock(QuerySymbols& symbols, const Shape& shape, uint64_t seed) {
  std::mt19937_64 random(seed);
  SeriesSet series;
  for (size_t row = 0; row < shape.series; ++row) {
    LabelSetBuilder labels(symbols);
    labels.Set(symbols.metric_name(), symbols.Intern("m"));
    labels.Set(symbols.Intern("a"), symbols.Intern(absl::StrCat(random() % 3)));
    if (random() % 4 != 0) {
      labels.Set(symbols.Intern("b"), symbols.Intern(absl::StrCat(random() % 2)));
    }
    labels.Set(symbols.Intern("row"), symbols.Intern(absl::StrCat(row)));
    series.Add(labels.pairs());
  }
  Block block(std::move(series), shape.steps);
  for (size_t row = 0; row < shape.series; ++row) {
    const size_t first = random() % shape.steps;
    const size_t last = first + 1 + random() % (shape.steps - first);
    for (size_t step = first; step < last; ++step) {
      if (static_cast<double>(random() % 1000) >= shape.density * 1000) continue;
      block.Set(row, step, RandomValue(random, shape.kind));
    }
  }
  return block;
}

// Hands out a block's rows.
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

// ---- the comparison -------------------------------------------------------------------------

// Cells by labels and step, NaN as one value.
using Cells = std::map<std::pair<std::string, size_t>, uint64_t>;

uint64_t Bits(double value) {
  return std::isnan(value) ? ~uint64_t{0} : std::bit_cast<uint64_t>(value);
}

Cells CellsOf(const QuerySymbols& symbols, const Block& block) {
  Cells cells;
  for (size_t row = 0; row < block.rows(); ++row) {
    for (size_t step = 0; step < block.steps(); ++step) {
      if (!block.present(row, step)) continue;
      cells[{symbols.ToString(block.series.labels(row)), step}] = Bits(block.values(row)[step]);
    }
  }
  return cells;
}

class AggregateTwinTest : public ::testing::Test {
 protected:
  std::shared_ptr<AggregateExpr> MakeExpr(AggregateOp op, std::vector<std::string> grouping,
                                          bool without) {
    auto expr = std::make_shared<AggregateExpr>();
    expr->op = op;
    expr->grouping = std::move(grouping);
    expr->without = without;
    expr->expr = std::make_shared<VectorSelector>();
    expr->parameter = std::make_shared<NumberLiteral>();
    return expr;
  }

  // The group of a row, by definition.
  SymbolPairs GroupOf(QuerySymbols& symbols, const AggregateExpr& expr, SymbolPairs labels,
                      LabelSetBuilder* group) {
    group->Reset(labels);
    for (const SymbolPair& pair : labels) {
      const bool listed =
          std::count(expr.grouping.begin(), expr.grouping.end(), symbols.Text(pair.name)) > 0;
      const bool keep = expr.without ? !listed && pair.name != symbols.metric_name() : listed;
      if (!keep) group->Delete(pair.name);
    }
    return group->pairs();
  }

  Cells Expected(QuerySymbols& symbols, const AggregateExpr& expr, const Block& input,
                 const Block* parameter) {
    Cells cells;
    LabelSetBuilder group(symbols);
    for (size_t step = 0; step < input.steps(); ++step) {
      std::map<std::string, std::vector<double>> values;
      for (size_t row = 0; row < input.rows(); ++row) {
        if (!input.present(row, step)) continue;
        const SymbolPairs labels = GroupOf(symbols, expr, input.series.labels(row), &group);
        values[symbols.ToString(labels)].push_back(input.values(row)[step]);
      }
      const double q = parameter == nullptr ? 0 : parameter->values(0)[step];
      for (const auto& [labels, x] : values) {
        cells[{labels, step}] = Bits(twin::Fold(expr.op, x, q, options_.compatibility));
      }
    }
    return cells;
  }

  void Compare(AggregateOp op, const Shape& shape, uint64_t seed) {
    QuerySymbols symbols(snapshot_);
    const Block input = RandomBlock(symbols, shape, seed);
    const Block parameter = ScalarBlock(shape.steps, 0.3);
    const std::vector<std::vector<std::string>> groupings = {{}, {"b", "a"}, {"row"}};
    for (const auto& grouping : groupings) {
      for (const bool without : {false, true}) {
        const auto expr = MakeExpr(op, grouping, without);
        const Cells expected = Expected(symbols, *expr, input, &parameter);
        for (const int threads : {1, 2, 7}) {
          for (const size_t batch : {0, 1, 3}) {
            Check(symbols, *expr, input, parameter, threads, batch, expected);
            if (HasFatalFailure()) return;
          }
        }
      }
    }
  }

  void Check(QuerySymbols& symbols, const AggregateExpr& expr, const Block& input,
             const Block& parameter, int threads, size_t batch, const Cells& expected) {
    options_.batch_series = batch;
    const StepGrid grid{0, static_cast<int64_t>(input.steps() - 1), 1};
    ThreadPool pool(threads);
    Annotations annotations;
    QueryBudget budget(options_, nullptr);
    const QuerySettings settings{options_, grid, true};
    ExecContext context{snapshot_, settings, pool, symbols, annotations, budget};
    const std::unique_ptr<Operator> op = MakeAggregate(expr);
    const Block* const inputs[] = {&input, &parameter};
    const auto whole = op->Evaluate(context, grid, inputs);
    ASSERT_TRUE(whole.ok()) << whole.status();
    ASSERT_EQ(CellsOf(symbols, *whole), expected) << op->Describe() << ", threads " << threads;
    if (!op->TakesRows()) return;
    BlockRowReader rows(input);
    const Block* const beside_rows[] = {nullptr, &parameter};
    const auto streamed = op->EvaluateRows(context, grid, rows, beside_rows);
    ASSERT_TRUE(streamed.ok()) << streamed.status();
    ASSERT_EQ(CellsOf(symbols, *streamed), expected)
        << op->Describe() << ", threads " << threads << ", batches of " << batch;
  }

  FakeSnapshot snapshot_;
  EngineOptions options_;
};

const Shape kShapes[] = {
    {1, 1, 0, 1},    {7, 1, 3, 1},      {40, 3, 1, 0.9},   {13, 64, 0, 1},     {13, 65, 2, 0.5},
    {30, 200, 2, 1}, {30, 200, 3, 0.9}, {30, 700, 0, 0.1}, {50, 333, 3, 0.99}, {60, 130, 1, 0.7},
};

constexpr AggregateOp kFolds[] = {
    AggregateOp::kSum,    AggregateOp::kAvg,    AggregateOp::kCount,
    AggregateOp::kMin,    AggregateOp::kMax,    AggregateOp::kGroup,
    AggregateOp::kStddev, AggregateOp::kStdvar, AggregateOp::kQuantile};

TEST_F(AggregateTwinTest, FoldsGiveTheBitsOfPrometheus_ForAnyThreadsAndBatches) {
  uint64_t seed = 1;
  for (const AggregateOp op : kFolds) {
    for (const Shape& shape : kShapes) {
      SCOPED_TRACE(absl::StrCat(std::string(AggregateName(op)), " seed ", seed));
      Compare(op, shape, seed++);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_F(AggregateTwinTest, SumAndAvgWithoutCompensation_AreThoseOfPrometheus2) {
  options_.compatibility = Compatibility::kPrometheus2;
  uint64_t seed = 100;
  for (const AggregateOp op : {AggregateOp::kSum, AggregateOp::kAvg}) {
    for (const Shape& shape : kShapes) {
      Compare(op, shape, seed++);
      if (HasFatalFailure()) return;
    }
  }
}

// ---- selections -----------------------------------------------------------------------------

twin::LabelMap LabelMapOf(const QuerySymbols& symbols, SymbolPairs labels) {
  twin::LabelMap map;
  for (const SymbolPair& pair : labels)
    map.emplace(symbols.Text(pair.name), symbols.Text(pair.value));
  return map;
}

class SelectionTwinTest : public AggregateTwinTest {
 protected:
  Cells Selected(QuerySymbols& symbols, const AggregateExpr& expr, const Block& input,
                 const Block& parameter) {
    Cells cells;
    LabelSetBuilder group(symbols);
    for (size_t step = 0; step < input.steps(); ++step) {
      std::map<std::string, std::vector<twin::Candidate>> groups;
      for (size_t row = 0; row < input.rows(); ++row) {
        if (!input.present(row, step)) continue;
        const SymbolPairs labels = GroupOf(symbols, expr, input.series.labels(row), &group);
        groups[symbols.ToString(labels)].push_back({input.values(row)[step], row});
      }
      for (const auto& [labels, samples] : groups) {
        for (const twin::Candidate& kept :
             Select(symbols, expr.op, input, samples, parameter.values(0)[step])) {
          cells[{symbols.ToString(input.series.labels(kept.row)), step}] = Bits(kept.value);
        }
      }
    }
    return cells;
  }

  static std::vector<twin::Candidate> Select(const QuerySymbols& symbols, AggregateOp op,
                                             const Block& input,
                                             const std::vector<twin::Candidate>& samples,
                                             double parameter) {
    std::vector<twin::Candidate> kept;
    const auto k = static_cast<size_t>(std::max(0.0, std::trunc(parameter)));
    switch (op) {
      case AggregateOp::kTopk:
      case AggregateOp::kBottomk:
        return k == 0 ? kept : twin::BestOf(samples, k, op == AggregateOp::kTopk);
      case AggregateOp::kLimitk:
        return {samples.begin(),
                samples.begin() + static_cast<ptrdiff_t>(std::min(k, samples.size()))};
      default:
        for (const twin::Candidate& s : samples) {
          const double r = std::clamp(parameter, -1.0, 1.0);
          const double offset = twin::LabelOffset(LabelMapOf(symbols, input.series.labels(s.row)));
          if ((r >= 0 && offset < r) || (r < 0 && offset >= 1 + r)) kept.push_back(s);
        }
        return kept;
    }
  }
};

TEST_F(SelectionTwinTest, SelectionsAreThoseOfPrometheus_TiesAndNanIncluded) {
  uint64_t seed = 1000;
  for (const AggregateOp op : {AggregateOp::kTopk, AggregateOp::kBottomk, AggregateOp::kLimitk,
                               AggregateOp::kLimitRatio}) {
    for (const Shape& shape : kShapes) {
      QuerySymbols symbols(snapshot_);
      const Block input = RandomBlock(symbols, shape, ++seed);
      // Varies from step to step, below 1 and fractions among it.
      Block parameter = ScalarBlock(shape.steps, 1);
      for (size_t step = 0; step < shape.steps; ++step) {
        parameter.values(0)[step] = op == AggregateOp::kLimitRatio
                                        ? static_cast<double>(step % 23) / 10 - 1.1
                                        : static_cast<double>((step + 4) % 17) / 2;
      }
      for (const auto& grouping : std::vector<std::vector<std::string>>{{}, {"a"}, {"a", "b"}}) {
        for (const bool without : {false, true}) {
          const auto expr = MakeExpr(op, grouping, without);
          const Cells expected = Selected(symbols, *expr, input, parameter);
          for (const int threads : {1, 2, 7}) {
            SCOPED_TRACE(absl::StrCat("seed ", seed));
            for (const size_t batch : {0, 3}) {
              Check(symbols, *expr, input, parameter, threads, batch, expected);
              if (HasFatalFailure()) return;
            }
          }
        }
      }
    }
  }
}

TEST_F(AggregateTwinTest, CountValuesCountsEqualTexts) {
  uint64_t seed = 2000;
  for (const Shape& shape : kShapes) {
    QuerySymbols symbols(snapshot_);
    const Block input = RandomBlock(symbols, shape, ++seed);
    const Block parameter = ScalarBlock(shape.steps, 1);
    for (const bool without : {false, true}) {
      const auto expr = MakeExpr(AggregateOp::kCountValues, {"a"}, without);
      auto label = std::make_shared<StringLiteral>();
      label->value = "b";
      expr->parameter = label;
      std::map<std::pair<std::string, size_t>, double> counts;
      LabelSetBuilder labels(symbols), group(symbols);
      for (size_t step = 0; step < input.steps(); ++step) {
        for (size_t row = 0; row < input.rows(); ++row) {
          if (!input.present(row, step)) continue;
          GroupOf(symbols, *expr, input.series.labels(row), &labels);
          labels.Set(symbols.Intern("b"), symbols.Intern(GoFixed(input.values(row)[step])));
          ++counts[{symbols.ToString(labels.pairs()), step}];
        }
      }
      Cells expected;
      for (const auto& [key, count] : counts) expected[key] = Bits(count);
      Check(symbols, *expr, input, parameter, 2, 0, expected);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace promlite::promql::internal
