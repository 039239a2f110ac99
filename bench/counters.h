#ifndef PROMLITE_BENCH_COUNTERS_H_
#define PROMLITE_BENCH_COUNTERS_H_

#include <benchmark/benchmark.h>

#include <cstddef>

namespace promlite::bench {

// What every benchmark reports, of `amount` in each iteration. A cell is one series at one step.

inline void ReportSamples(benchmark::State& state, size_t amount) {
  state.counters["samples/s"] = benchmark::Counter(static_cast<double>(amount * state.iterations()),
                                                   benchmark::Counter::kIsRate);
}

// Printed with its unit, such as "2.4ns".
inline void ReportCells(benchmark::State& state, size_t amount) {
  state.counters["time/cell"] =
      benchmark::Counter(static_cast<double>(amount * state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Not of an iteration, but of what was built once.
inline void ReportBytesPerSample(benchmark::State& state, size_t bytes, size_t samples) {
  state.counters["bytes/sample"] = static_cast<double>(bytes) / static_cast<double>(samples);
}

}  // namespace promlite::bench

#endif  // PROMLITE_BENCH_COUNTERS_H_
