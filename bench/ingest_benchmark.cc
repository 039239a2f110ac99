// Bytes to columns. The argument is the number of sessions in the generated day.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <memory>
#include <string>
#include <vector>

#include "promlite/bench/claude_code_data.h"
#include "promlite/bench/counters.h"
#include "promlite/bench/formats.h"
#include "promlite/storage/database.h"

namespace promlite::bench {
namespace {

size_t HeapBytes() {
  const struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

// Runs `ingest` on a fresh database in every iteration; the last one tells the memory.
template <typename Ingest>
void IngestDay(benchmark::State& state, size_t samples, Ingest ingest) {
  size_t bytes = 0;
  for (auto _ : state) {
    const size_t before = HeapBytes();
    auto database = std::make_unique<Database>();
    if (!ingest(*database)) {
      state.SkipWithError("refused");
      break;
    }
    state.PauseTiming();
    bytes = HeapBytes() - before;
    database.reset();
    state.ResumeTiming();
  }
  ReportSamples(state, samples);
  ReportBytesPerSample(state, bytes, samples);
}

void IngestOtlp(benchmark::State& state) {
  const auto series = SessionSeries(static_cast<size_t>(state.range(0)), DataShape{});
  const std::vector<std::string> requests = OtlpRequests(series);
  IngestDay(state, CountSamples(series), [&](Database& database) {
    for (const std::string& request : requests) {
      if (!database.IngestOtlp(request).ok()) return false;
    }
    return true;
  });
  size_t bytes = 0;
  for (const std::string& request : requests) bytes += request.size();
  state.SetBytesProcessed(static_cast<int64_t>(bytes) * state.iterations());
}
BENCHMARK(IngestOtlp)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

void IngestOpenMetrics(benchmark::State& state) {
  const auto series = SessionSeries(static_cast<size_t>(state.range(0)), DataShape{});
  const std::string text = OpenMetricsText(series);
  IngestDay(state, CountSamples(series),
            [&](Database& database) { return database.IngestText(text).ok(); });
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}
BENCHMARK(IngestOpenMetrics)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

void AppendSeries(benchmark::State& state) {
  const auto series = SessionSeries(static_cast<size_t>(state.range(0)), DataShape{});
  std::vector<Labels> labels;
  for (const GeneratedSeries& one : series) labels.push_back(one.PrometheusLabels());
  IngestDay(state, CountSamples(series), [&](Database& database) {
    for (size_t i = 0; i < series.size(); ++i) {
      const absl::Time start = absl::FromUnixMillis(series[i].start_ms);
      if (!database.Append(labels[i], series[i].samples, start).ok()) return false;
    }
    return true;
  });
}
BENCHMARK(AppendSeries)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace promlite::bench

BENCHMARK_MAIN();
