// Aggregations of a plain selector over a day at 60 s steps. The argument is the number of series,
// which live all day.

#include <benchmark/benchmark.h>

#include "promlite/bench/range_query.h"

namespace promlite::bench {
namespace {

void Aggregate(benchmark::State& state, const char* query) {
  constexpr const char* kSelector = "claude_code_token_usage_tokens_total";
  RangeQuery(state, DenseDay(static_cast<size_t>(state.range(0))), query, kSelector,
             absl::Minutes(1));
}

#define PROMLITE_AGGREGATION(name, query) \
  BENCHMARK_CAPTURE(Aggregate, name, query)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond)

PROMLITE_AGGREGATION(sum, "sum(claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(sum_by, "sum by (model, type) (claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(avg, "avg(claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(count, "count(claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(min, "min(claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(stddev, "stddev(claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(topk, "topk(5, claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(quantile, "quantile(0.9, claude_code_token_usage_tokens_total)");
PROMLITE_AGGREGATION(count_values,
                     "count_values(\"v\", claude_code_token_usage_tokens_total > 1e9)");

}  // namespace
}  // namespace promlite::bench

BENCHMARK_MAIN();
