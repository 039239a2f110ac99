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
#include "promlite/engine/operators/binary.h"
#include "promlite/tests/engine/block_text.h"
#include "promlite/tests/engine/fake_snapshot.h"

namespace promlite::internal {
namespace {

using LabelMap = std::map<std::string, std::string>;

struct TestSample {
  LabelMap labels;
  double value = 0;
};
using TestVector = std::vector<TestSample>;

// ---- the twin: one step ---------------------------------------------------------------------

class Twin {
 public:
  explicit Twin(const BinaryExpr& expr) : expr_(expr), matching_(*expr.matching) {}

  // Empty unless the step is an error.
  std::string error;

  TestVector Evaluate(const TestVector& lhs, const TestVector& rhs) {
    switch (expr_.op) {
      case BinaryOp::kAnd:
      case BinaryOp::kUnless:
        return Filter(lhs, rhs, expr_.op == BinaryOp::kAnd);
      case BinaryOp::kOr: {
        TestVector result = lhs;
        for (const TestSample& sample : Filter(rhs, lhs, false)) result.push_back(sample);
        return result;
      }
      default:
        return Match(lhs, rhs);
    }
  }

 private:
  LabelMap Key(const LabelMap& labels) const {
    LabelMap key;
    for (const auto& [name, value] : labels) {
      const bool listed = std::count(matching_.labels.begin(), matching_.labels.end(), name) > 0;
      if (matching_.on ? listed : !listed && name != "__name__") key[name] = value;
    }
    return key;
  }

  TestVector Filter(const TestVector& from, const TestVector& by, bool matched) const {
    std::set<LabelMap> keys;
    for (const TestSample& sample : by) keys.insert(Key(sample.labels));
    TestVector result;
    for (const TestSample& sample : from) {
      if ((keys.count(Key(sample.labels)) > 0) == matched) result.push_back(sample);
    }
    return result;
  }

  TestVector Match(const TestVector& lhs, const TestVector& rhs) {
    const bool fills = matching_.fill_left || matching_.fill_right;
    if ((lhs.empty() && rhs.empty()) || ((lhs.empty() || rhs.empty()) && !fills)) return {};
    const bool exchanged = matching_.cardinality == MatchCardinality::kOneToMany;
    const TestVector& many = exchanged ? rhs : lhs;
    const TestVector& one = exchanged ? lhs : rhs;
    std::map<LabelMap, TestSample> one_of_key;
    for (const TestSample& sample : one) {
      if (!one_of_key.emplace(Key(sample.labels), sample).second) {
        error = "found duplicate series";
        return {};
      }
    }
    for (const TestSample& sample : many) {
      const LabelMap key = Key(sample.labels);
      const auto found = one_of_key.find(key);
      if (found != one_of_key.end()) {
        Combine(key, sample, found->second);
      } else if (matching_.fill_right) {
        Combine(key, sample, {key, *matching_.fill_right});
      }
      if (!error.empty()) return {};
    }
    if (matching_.fill_left) {
      for (const auto& [key, sample] : one_of_key) {
        if (results_of_key_.count(key) == 0) Combine(key, {key, *matching_.fill_left}, sample);
      }
    }
    return result_;
  }

  void Combine(const LabelMap& key, const TestSample& many, const TestSample& one) {
    const bool exchanged = matching_.cardinality == MatchCardinality::kOneToMany;
    const double l = exchanged ? one.value : many.value;
    const double r = exchanged ? many.value : one.value;
    TestSample sample;
    bool keep = true;
    sample.value = l;
    switch (expr_.op) {
      case BinaryOp::kSub:
        sample.value = l - r;
        break;
      case BinaryOp::kDiv:
        sample.value = l / r;
        break;
      case BinaryOp::kGreater:
        keep = l > r;
        break;
      default:
        keep = l == r;
    }
    if (expr_.return_bool) sample.value = keep ? 1 : 0;
    sample.labels = ResultLabels(many.labels, one.labels);
    const bool first = results_of_key_.count(key) == 0;
    const bool is_new = results_of_key_[key].insert(sample.labels).second;
    if (matching_.cardinality == MatchCardinality::kOneToOne && !first) {
      error = "multiple matches for labels: many-to-one matching must be explicit";
    } else if (!is_new) {
      error = "multiple matches for labels: grouping labels must ensure unique matches";
    }
    if (keep || expr_.return_bool) result_.push_back(sample);
  }

  LabelMap ResultLabels(LabelMap labels, const LabelMap& one) const {
    const bool arithmetic = !IsComparison(expr_.op);
    if (arithmetic || expr_.return_bool) labels.erase("__name__");
    if (matching_.cardinality == MatchCardinality::kOneToOne) {
      for (auto label = labels.begin(); label != labels.end();) {
        const bool listed =
            std::count(matching_.labels.begin(), matching_.labels.end(), label->first) > 0;
        label = listed == matching_.on ? std::next(label) : labels.erase(label);
      }
    }
    for (const std::string& name : matching_.include) {
      labels.erase(name);
      if (one.count(name) > 0) labels[name] = one.at(name);
    }
    return labels;
  }

  const BinaryExpr& expr_;
  const VectorMatching& matching_;
  std::map<LabelMap, std::set<LabelMap>> results_of_key_;
  TestVector result_;
};

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
  static TestVector VectorAt(const QuerySymbols& symbols, const Block& block, size_t step) {
    TestVector vector;
    for (size_t row = 0; row < block.rows(); ++row) {
      if (!block.present(row, step)) continue;
      TestSample sample;
      for (const SymbolPair& pair : block.series.labels(row)) {
        sample.labels[std::string(symbols.Text(pair.name))] = symbols.Text(pair.value);
      }
      sample.value = block.values(row)[step];
      vector.push_back(sample);
    }
    return vector;
  }

  // All samples as text, in no order, or the beginning of the error.
  static std::string Describe(const TestVector& vector, size_t step) {
    std::set<std::string> texts;
    for (const TestSample& sample : vector) {
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
    std::string all, equal_labels;
    for (size_t step = 0; step < lhs.steps(); ++step) {
      Twin twin(expr);
      const TestVector result =
          twin.Evaluate(VectorAt(symbols, lhs, step), VectorAt(symbols, rhs, step));
      if (!twin.error.empty()) return twin.error;
      std::set<LabelMap> labels;
      for (const TestSample& sample : result) {
        if (!labels.insert(sample.labels).second) equal_labels = "vector cannot contain";
      }
      all += Describe(result, step);
    }
    return equal_labels.empty() ? all : equal_labels;
  }

  std::string Actual(QuerySymbols& symbols, const BinaryExpr& expr, const Block& lhs,
                     const Block& rhs) {
    const StepGrid grid{0, static_cast<int64_t>(lhs.steps() - 1), 1};
    const WorkerPool workers(3);
    Annotations annotations;
    QueryBudget budget(options_, nullptr);
    ExecContext context{snapshot_, options_, grid, true, workers, symbols, annotations, budget};
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
}  // namespace promlite::internal
