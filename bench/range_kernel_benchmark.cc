// Every range kernel on one series: a day at 60 s steps over samples at 15 s. The argument is how
// many samples stand in a window. What depends on time alone is calculated beforehand, as for all
// series of a column.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "promlite/bench/counters.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::bench {
namespace {

using internal::RangeInput;
using internal::RangeKernel;
using internal::Window;

constexpr int64_t kSampleInterval = 15'000, kStep = 60'000;  // milliseconds
constexpr size_t kSteps = 1440;
constexpr size_t kSamplesPerStep = kStep / kSampleInterval;

// The samples of a counter that grows by whole numbers, and the windows over them.
struct Column {
  explicit Column(size_t window) {
    const size_t samples = kSteps * kSamplesPerStep + window;
    double total = 0;
    for (size_t i = 0; i < samples; ++i) {
      times.push_back(static_cast<int64_t>(i) * kSampleInterval);
      values.push_back(total += static_cast<double>(i * 7919 % 1000));
    }
    for (size_t step = 0; step < kSteps; ++step) {
      const uint32_t begin = static_cast<uint32_t>(step * kSamplesPerStep);
      windows.push_back({begin, begin + static_cast<uint32_t>(window)});
    }
  }

  std::vector<int64_t> times;
  std::vector<double> values;
  std::vector<Window> windows;
};

void Kernel(benchmark::State& state, RangeKernel kernel) {
  const size_t window = static_cast<size_t>(state.range(0));
  const Column column(window);
  const std::vector<double> parameters(kSteps, 0.5);
  RangeInput input;
  input.times = column.times.data();
  input.values = column.values.data();
  input.size = column.values.size();
  input.windows = column.windows.data();
  input.steps = kSteps;
  input.range_ms = static_cast<int64_t>(window) * kSampleInterval;
  input.first_range_end_ms = input.first_evaluation_ms = input.range_ms - 1;
  input.range_end_step_ms = input.evaluation_step_ms = kStep;
  input.parameters[0] = input.parameters[1] = parameters.data();

  internal::KernelScratch scratch;
  input.scratch = &scratch;
  internal::PreparedExtrapolation prepared;
  if (kernel.prepare != nullptr) {
    kernel.prepare(input, &prepared);
    input.extrapolation = &prepared;
  }

  std::vector<double> values(kSteps);
  std::vector<uint64_t> presence((kSteps + 63) / 64);
  for (auto _ : state) {
    presence.assign(presence.size(), 0);
    kernel.run(input, values.data(), presence.data());
    benchmark::ClobberMemory();
  }
  ReportCells(state, kSteps);
  ReportSamples(state, column.values.size());
}

void RegisterAll() {
  for (const promql::Function& function : promql::AllFunctions()) {
    const internal::RangeKernelSet* kernels = internal::FindRangeKernel(function.name);
    if (kernels == nullptr || !kernels->plain) continue;
    benchmark::RegisterBenchmark(
        std::string(function.name).c_str(),
        [kernel = kernels->plain](benchmark::State& state) { Kernel(state, kernel); })
        ->Arg(20)
        ->Arg(240);
  }
}

}  // namespace
}  // namespace promlite::bench

int main(int argc, char** argv) {
  promlite::bench::RegisterAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
