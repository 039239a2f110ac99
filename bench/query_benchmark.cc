// Whole range queries over a day, parsing included. The argument is the number of sessions at 60 s,
// or that of series at 15 s that live all day.

#include <benchmark/benchmark.h>

#include <string>

#include "promlite/bench/range_query.h"

namespace promlite::bench {
namespace {

constexpr const char* kSelector = "claude_code_token_usage_tokens_total";

void Sessions(benchmark::State& state, const char* query) {
  RangeQuery(state, SessionDay(static_cast<size_t>(state.range(0))), query, kSelector,
             absl::Minutes(1));
}

void Dense(benchmark::State& state, const char* query) {
  RangeQuery(state, DenseDay(static_cast<size_t>(state.range(0))), query, kSelector,
             absl::Minutes(1));
}

#define PROMLITE_QUERY(name, query)                                                             \
  BENCHMARK_CAPTURE(Sessions, name, query)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(Dense, name, query)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond)

PROMLITE_QUERY(sum_rate, "sum(rate(claude_code_token_usage_tokens_total[5m]))");
PROMLITE_QUERY(sum_by_increase,
               "sum by (model) (increase(claude_code_token_usage_tokens_total[1h]))");
PROMLITE_QUERY(sum_by_increase_exact,
               "sum by (model) (increase(claude_code_token_usage_tokens_total[1h] exact))");
PROMLITE_QUERY(max_minus_min,
               "sum(max_over_time(claude_code_token_usage_tokens_total[1h]) - "
               "min_over_time(claude_code_token_usage_tokens_total[1h]))");
PROMLITE_QUERY(topk_rate, "topk(5, rate(claude_code_token_usage_tokens_total[5m]))");
PROMLITE_QUERY(subquery,
               "max_over_time(sum(rate(claude_code_token_usage_tokens_total[5m]))[1h:5m])");

}  // namespace
}  // namespace promlite::bench

BENCHMARK_MAIN();
