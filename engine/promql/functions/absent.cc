#include "promlite/engine/promql/functions/absent.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/regex_matcher.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::promql::internal {
namespace {

const VectorSelector* FindSelector(const Expr& argument) {
  switch (argument.kind()) {
    case ExprKind::kVectorSelector:
      return &As<VectorSelector>(argument);
    case ExprKind::kMatrixSelector:
      return As<MatrixSelector>(argument).selector.get();
    default:
      return nullptr;
  }
}

bool SubtractsSeries(const LabelMatcher& matcher) {
  if (matcher.op == MatchOp::kNotEqual) return !matcher.value.empty();
  return matcher.op == MatchOp::kRegexNoMatch && !matcher.regex->Matches("");
}

// Reading sorts the matchers of Prometheus' query in place (PostingsForMatchers in
// tsdb/querier.go): those that only take series away come last.
std::vector<LabelMatcher> InOrderOfReading(std::vector<LabelMatcher> matchers) {
  std::stable_partition(matchers.begin(), matchers.end(),
                        [](const LabelMatcher& matcher) { return !SubtractsSeries(matcher); });
  return matchers;
}

// The first equality of a name sets its label; whatever else is said of that name takes it away.
void SetLabels(const VectorSelector& selector, QuerySymbols& symbols, LabelSetBuilder* labels) {
  absl::flat_hash_set<std::string> set;
  for (const LabelMatcher& matcher : InOrderOfReading(selector.matchers)) {
    const SymbolId name = symbols.Intern(matcher.name);
    if (symbols.IsMetadata(name)) continue;
    if (matcher.op == MatchOp::kEqual && set.insert(matcher.name).second) {
      labels->Set(name, symbols.Intern(matcher.value));
    } else {
      labels->Delete(name);
    }
  }
}

}  // namespace

absl::StatusOr<Block> Absent(const FunctionCall& call) {
  const Block& in = *call.arguments[0];
  std::vector<uint64_t> present(in.words());
  const SamplePresence presence(in);
  for (size_t row = 0; row < in.rows(); ++row) {
    const StepSpan span = presence.span(row);
    if (span.empty()) continue;
    const uint64_t* bits = presence.bits(row);
    for (size_t word = span.first / 64; word <= (span.end - 1) / 64; ++word) {
      present[word] |= bits[word];
    }
  }

  LabelSetBuilder labels(call.context.symbols);
  if (const VectorSelector* selector = FindSelector(Unparenthesized(*call.call.arguments[0]))) {
    SetLabels(*selector, call.context.symbols, &labels);
  }
  SeriesSet series;
  series.Add(labels.pairs());
  Block out(std::move(series), in.steps());
  for (size_t step = 0; step < out.steps(); ++step) {
    if (!TestBit(present.data(), step)) out.Set(0, step, 1);
  }
  out.RemoveEmptyRows();
  return out;
}

}  // namespace promlite::promql::internal
