// Binary operators of vectors against an evaluator that takes one step after the other, as the
// documentation describes it, on random vectors with gaps, random matchings and fills.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/tests/engine/promql/block_text.h"
#include "promlite/tests/engine/promql/fake_snapshot.h"
#include "promlite/tests/twin/binary_operators.h"

namespace promlite::promql::internal {
namespace {

// ---- random queries -------------------------------------------------------------------------

// Few labels and values: so that rows of a match group meet often enough, but not always.
Block RandomBlock(QuerySymbols& symbols, std::mt19937_64& random, size_t steps) {
  SeriesSet series;
  std::set<std::string> known;
  for (size_t i = random() % 6; i > 0; --i) {
    LabelSetBuilder labels(symbols);
    labels.Set(symbols.metric_name(), symbols.Intern(random() % 4 == 0 ? "n" : "m"));
    for (const char* name : {"a", "b", "c"}) {
      if (random() % 4 == 0) continue;
      labels.Set(symbols.Intern(name), symbols.Intern(absl::StrCat(random() % 2)));
    }
    if (known.insert(symbols.ToString(labels.pairs())).second) series.Add(labels.pairs());
  }
  Block block(std::move(series), steps);
  const uint64_t density = 1 + random() % 9;
  for (size_t row = 0; row < block.rows(); ++row) {
    for (size_t step = 0; step < steps; ++step) {
      if (random() % 10 < density) block.Set(row, step, static_cast<double>(random() % 3));
    }
  }
  block.RemoveEmptyRows();
  return block;
}

std::vector<std::string> RandomLabels(std::mt19937_64& random) {
  std::vector<std::string> labels;
  for (const char* name : {"a", "b", "c"}) {
    if (random() % 3 == 0) labels.push_back(name);
  }
  return labels;
}

std::unique_ptr<BinaryExpr> RandomExpr(std::mt19937_64& random) {
  static const BinaryOp ops[] = {BinaryOp::kSub, BinaryOp::kDiv,     BinaryOp::kGreater,
                                 BinaryOp::kOr,  BinaryOp::kAnd,     BinaryOp::kUnless,
                                 BinaryOp::kSub, BinaryOp::kGreater, BinaryOp::kEqual};
  auto expr = std::make_unique<BinaryExpr>();
  expr->op = ops[random() % std::size(ops)];
  expr->return_bool = IsComparison(expr->op) && random() % 2 == 0;
  expr->lhs = std::make_shared<VectorSelector>();
  expr->rhs = std::make_shared<VectorSelector>();
  VectorMatching& matching = expr->matching.emplace();
  matching.on = random() % 2 == 0;
  matching.labels = RandomLabels(random);
  if (IsSetOperator(expr->op)) {
    matching.cardinality = MatchCardinality::kManyToMany;
    return expr;
  }
  static const MatchCardinality cardinalities[] = {
      MatchCardinality::kOneToOne, MatchCardinality::kManyToOne, MatchCardinality::kOneToMany};
  matching.cardinality = cardinalities[random() % 3];
  if (matching.cardinality != MatchCardinality::kOneToOne) {
    for (const std::string& label : RandomLabels(random)) {
      const bool listed = std::count(matching.labels.begin(), matching.labels.end(), label) > 0;
      if (!(matching.on && listed)) matching.include.push_back(label);
    }
  }
  if (random() % 3 == 0) matching.fill_left = 7;
  if (random() % 3 == 0) matching.fill_right = -5;
  return expr;
}

// ---- the comparison -------------------------------------------------------------------------

class BinaryTwinTest : public ::testing::Test {
 protected:
  static twin::Vector VectorAt(const QuerySymbols& symbols, const Block& block, size_t step) {
    twin::Vector vector;
    for (size_t row = 0; row < block.rows(); ++row) {
      if (!block.present(row, step)) continue;
      twin::Element sample;
      for (const SymbolPair& pair : block.series.labels(row)) {
        sample.labels[std::string(symbols.Text(pair.name))] = symbols.Text(pair.value);
      }
      sample.value = block.values(row)[step];
      vector.push_back(sample);
    }
    return vector;
  }

  // All samples as text, in no order, or the beginning of the error.
  static std::string Describe(const twin::Vector& vector, size_t step) {
    std::set<std::string> texts;
    for (const twin::Element& sample : vector) {
      std::string text = absl::StrCat(step, " {");
      for (const auto& [name, value] : sample.labels) absl::StrAppend(&text, name, "=", value, ",");
      texts.insert(absl::StrCat(text, "} ", GoShortest(sample.value), "\n"));
    }
    std::string all;
    for (const std::string& text : texts) all += text;
    return all;
  }

  static std::string Expected(const QuerySymbols& symbols, const BinaryExpr& expr, const Block& lhs,
                              const Block& rhs) {
    std::string all;
    for (size_t step = 0; step < lhs.steps(); ++step) {
      twin::BinaryStep twin(expr);
      const twin::Vector result =
          twin.Evaluate(VectorAt(symbols, lhs, step), VectorAt(symbols, rhs, step));
      if (!twin.error.empty()) return twin.error;
      std::set<twin::LabelMap> labels;
      for (const twin::Element& sample : result) {
        if (!labels.insert(sample.labels).second) return "vector cannot contain";
      }
      all += Describe(result, step);
    }
    return all;
  }

  std::string Actual(QuerySymbols& symbols, const BinaryExpr& expr, const Block& lhs,
                     const Block& rhs) {
    const StepGrid grid{0, static_cast<int64_t>(lhs.steps() - 1), 1};
    ThreadPool pool(3);
    Annotations annotations;
    QueryBudget budget(options_, nullptr);
    const QuerySettings settings{options_, grid, true};
    ExecContext context{snapshot_, settings, pool, symbols, annotations, budget};
    const Block* const inputs[] = {&lhs, &rhs};
    const auto result = MakeBinary(expr)->Evaluate(context, grid, inputs);
    if (!result.ok()) return std::string(result.status().message());
    std::string all;
    for (size_t step = 0; step < lhs.steps(); ++step) {
      all += Describe(VectorAt(symbols, *result, step), step);
    }
    return all;
  }

  FakeSnapshot snapshot_;
  EngineOptions options_;
};

TEST_F(BinaryTwinTest, RandomQueriesGiveTheSamplesAndErrorsOfAStepwiseEvaluator) {
  size_t errors = 0, answers = 0;
  for (uint64_t seed = 0; seed < 20'000; ++seed) {
    std::mt19937_64 random(seed);
    QuerySymbols symbols(snapshot_);
    const size_t steps = std::vector<size_t>{1, 2, 5, 70, 130}[random() % 5];
    const Block lhs = RandomBlock(symbols, random, steps);
    const Block rhs = RandomBlock(symbols, random, steps);
    const auto expr = RandomExpr(random);
    const std::string expected = Expected(symbols, *expr, lhs, rhs);
    const std::string actual = Actual(symbols, *expr, lhs, rhs);
    const bool is_error = expected.rfind("found", 0) == 0 || expected.rfind("multiple", 0) == 0 ||
                          expected.rfind("vector", 0) == 0;
    ++(is_error ? errors : answers);
    if (is_error) {
      ASSERT_EQ(actual.substr(0, expected.size()), expected) << "seed " << seed;
    } else {
      ASSERT_EQ(actual, expected) << "seed " << seed;
    }
  }
  EXPECT_GT(errors, 3000U);
  EXPECT_GT(answers, 8000U);
}

}  // namespace
}  // namespace promlite::promql::internal
