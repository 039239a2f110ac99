// Text to checked syntax tree.

#include <benchmark/benchmark.h>

#include <string>

#include "promlite/parser/promql/parser.h"

namespace promlite::bench {
namespace {

void ParseText(benchmark::State& state, const std::string& query) {
  for (auto _ : state) {
    auto expr = promql::Parse(query);
    if (!expr.ok()) {
      state.SkipWithError("does not parse");
      break;
    }
    benchmark::DoNotOptimize(expr);
  }
  state.SetBytesProcessed(static_cast<int64_t>(query.size()) * state.iterations());
}

BENCHMARK_CAPTURE(ParseText, selector, "claude_code_token_usage_tokens_total");
BENCHMARK_CAPTURE(ParseText, dashboard,
                  "sum by (type) (rate(claude_code_token_usage_tokens_total{model=~\"claude-.*\","
                  "user_id!=\"\"}[5m] offset 1h))");
BENCHMARK_CAPTURE(ParseText, max_minus_min,
                  "sum(max_over_time(claude_code_commit_count_total[1h])) - "
                  "sum(min_over_time(claude_code_commit_count_total[1h]))");

// 1 + 1 + ... of so many operands.
void ParseChain(benchmark::State& state) {
  std::string query = "1";
  for (int64_t i = 1; i < state.range(0); ++i) query += " + 1";
  ParseText(state, query);
}
BENCHMARK(ParseChain)->Arg(10)->Arg(1000);

// (((1))) of so many parentheses.
void ParseParentheses(benchmark::State& state) {
  const size_t depth = static_cast<size_t>(state.range(0));
  ParseText(state, std::string(depth, '(') + "1" + std::string(depth, ')'));
}
BENCHMARK(ParseParentheses)->Arg(10)->Arg(500);

}  // namespace
}  // namespace promlite::bench

BENCHMARK_MAIN();
