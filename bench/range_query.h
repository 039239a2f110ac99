#ifndef PROMLITE_BENCH_RANGE_QUERY_H_
#define PROMLITE_BENCH_RANGE_QUERY_H_

#include <benchmark/benchmark.h>

#include <string>

#include "promlite/bench/databases.h"

namespace promlite::bench {

// Benchmarks a range query over the whole day on one thread. Cells are those of the selector
// `cells_of`: its series at the steps at which they have a sample.
void RangeQuery(benchmark::State& state, const LoadedDay& day, const std::string& query,
                const std::string& cells_of, absl::Duration step);

}  // namespace promlite::bench

#endif  // PROMLITE_BENCH_RANGE_QUERY_H_
