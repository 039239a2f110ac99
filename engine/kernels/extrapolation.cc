#include "promlite/engine/kernels/extrapolation.h"

#include <algorithm>
#include <bit>

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {
namespace {

enum class Unit { kTotal, kPerSecond };
enum class ZeroLimit { kAfterThreshold, kBeforeThreshold };

// Distances within one window and to the borders of its range, in seconds.
struct Distances {
  Distances(const RangeInput& input, size_t step) {
    const Window window = input.windows[step];
    const int64_t first = input.times[window.begin], last = input.times[window.end - 1];
    to_start = SecondsBetween(input.range_start_ms(step), first);
    to_end = SecondsBetween(last, input.range_end_ms(step));
    sampled = SecondsBetween(first, last);
    average = window.size() > 1 ? sampled / static_cast<double>(window.size() - 1) : 0;
    threshold = average * 1.1;
  }

  // How far to stretch over a distance to a border.
  double Stretch(double distance) const { return distance >= threshold ? average / 2 : distance; }

  double to_start, to_end, sampled, average, threshold;
};

// The order of these operations is Prometheus'.
template <Unit unit>
double Factor(double sampled, double start, double end, int64_t range_ms) {
  const double factor = (sampled + start + end) / sampled;
  return unit == Unit::kPerSecond ? factor / RangeSeconds(range_ms) : factor;
}

constexpr size_t kRun = 64;  // a word of presence bits

// What is gathered of a run of windows before their factors are calculated side by side.
struct RunOfWindows {
  double to_start[kRun], to_end[kRun], sampled[kRun];  // milliseconds
  double gaps[kRun];                                   // between the samples
};

void Gather(const RangeInput& input, size_t base, size_t count, RunOfWindows* run,
            PreparedExtrapolation* prepared) {
  uint64_t present = 0;
  for (size_t k = 0; k < count; ++k) {
    const Window window = input.windows[base + k];
    if (window.size() < 2) {
      // Any numbers that come to something finite.
      run->to_start[k] = run->to_end[k] = 0;
      run->sampled[k] = run->gaps[k] = 1;
      prepared->first[base + k] = prepared->last[base + k] = 0;
      continue;
    }
    const int64_t first = input.times[window.begin], last = input.times[window.end - 1];
    run->to_start[k] = MillisecondsBetween(input.range_start_ms(base + k), first);
    run->to_end[k] = MillisecondsBetween(last, input.range_end_ms(base + k));
    run->sampled[k] = MillisecondsBetween(first, last);
    run->gaps[k] = static_cast<double>(window.size() - 1);
    prepared->first[base + k] = window.begin;
    prepared->last[base + k] = window.end - 1;
    present |= uint64_t{1} << k;
  }
  prepared->presence[base / kRun] = present;
}

template <Unit unit, ZeroLimit limit>
void Prepare(const RangeInput& input, PreparedExtrapolation* prepared) {
  prepared->first.resize(input.steps);
  prepared->last.resize(input.steps);
  prepared->sampled_seconds.resize(input.steps);
  prepared->start_seconds.resize(input.steps);
  prepared->factor.resize(input.steps);
  prepared->presence.resize((input.steps + 63) / 64);
  const double range_seconds = RangeSeconds(input.range_ms);
  RunOfWindows run;
  for (size_t base = 0; base < input.steps; base += kRun) {
    const size_t count = std::min(kRun, input.steps - base);
    Gather(input, base, count, &run, prepared);
    double* const sampled_seconds = prepared->sampled_seconds.data() + base;
    double* const start_seconds = prepared->start_seconds.data() + base;
    double* const factors = prepared->factor.data() + base;
    for (size_t k = 0; k < count; ++k) {
      const double sampled = run.sampled[k] / 1000;
      const double average = sampled / run.gaps[k];
      const double threshold = average * 1.1;
      const double to_start = run.to_start[k] / 1000, to_end = run.to_end[k] / 1000;
      const double start = to_start >= threshold ? average / 2 : to_start;
      const double end = to_end >= threshold ? average / 2 : to_end;
      const double factor = (sampled + start + end) / sampled;
      sampled_seconds[k] = sampled;
      start_seconds[k] = limit == ZeroLimit::kBeforeThreshold ? to_start : start;
      factors[k] = unit == Unit::kPerSecond ? factor / range_seconds : factor;
    }
  }
}

// The factor of a window in which the counter's zero, `to_zero` seconds before the first sample,
// limits the stretch.
template <Unit unit, ZeroLimit limit>
double FactorFromZero(const RangeInput& input, size_t step, double to_zero) {
  const Distances distances(input, step);
  const double start = limit == ZeroLimit::kBeforeThreshold ? distances.Stretch(to_zero) : to_zero;
  return Factor<unit>(distances.sampled, start, distances.Stretch(distances.to_end),
                      input.range_ms);
}

// Adds what was lost at the resets in the windows of steps [begin, begin + count).
void AddResets(const RangeInput& input, size_t begin, size_t count, IndexRun* resets,
               double* increases) {
  for (size_t k = 0; k < count; ++k) {
    const Window window = input.windows[begin + k];
    resets->Within(window.begin, window.end,
                   [&](uint32_t reset) { increases[k] += input.values[reset - 1]; });
  }
}

// A counter with start times: a range's first sample that began within the range stands for a zero
// at its start time, and a single sample is then enough.
template <Unit unit>
KernelFindings CounterWithStartTimes(const RangeInput& input, double* values, uint64_t* presence) {
  KernelFindings findings;
  const double* const v = input.values;
  const int64_t* const starts = input.start_times;
  std::vector<uint32_t>& overlap_list = input.scratch->more_indices;
  overlap_list.clear();
  const auto [begin, end] = SamplesInWindows(input);
  for (size_t i = begin + 1; i < end; ++i) {
    if (IsStartTimeOverlap(starts[i - 1], input.times[i - 1], starts[i])) {
      overlap_list.push_back(static_cast<uint32_t>(i));
    }
  }
  IndexRun overlaps(overlap_list), resets(input.scratch->indices);
  for (size_t i = 0; i < input.steps; ++i) {
    const Window window = input.windows[i];
    if (window.begin == window.end) continue;
    if (overlaps.CountWithin(window.begin, window.end) > 0) ++findings.start_time_overlaps;
    double increase = v[window.end - 1] - v[window.begin];
    AddResets(input, i, 1, &resets, &increase);

    const Distances distances(input, i);
    const int64_t start_time = starts[window.begin];
    double sampled = distances.sampled, start = 0;
    if (start_time != 0 && start_time > input.range_start_ms(i) &&
        start_time < input.times[window.begin]) {
      sampled = SecondsBetween(start_time, input.times[window.end - 1]);
      increase += v[window.begin];
    } else if (window.size() == 1) {
      continue;
    } else {
      start = distances.Stretch(distances.to_start);
      if (increase > 0 && v[window.begin] >= 0) {
        start = std::min(start, sampled * (v[window.begin] / increase));
      }
    }
    values[i] = increase *
                Factor<unit>(sampled, start, distances.Stretch(distances.to_end), input.range_ms);
    presence[i / 64] |= uint64_t{1} << (i % 64);
  }
  return findings;
}

template <Unit unit, ZeroLimit limit>
KernelFindings Counter(const RangeInput& input, double* values, uint64_t* presence) {
  FindResets(input, &input.scratch->indices);
  if (input.start_times != nullptr) return CounterWithStartTimes<unit>(input, values, presence);

  const PreparedExtrapolation& prepared = *input.extrapolation;
  const bool has_resets = !input.scratch->indices.empty();
  IndexRun resets(input.scratch->indices);
  std::copy(prepared.presence.begin(), prepared.presence.end(), presence);
  double firsts[kRun], increases[kRun], to_zero[kRun];
  for (size_t base = 0; base < input.steps; base += kRun) {
    const size_t count = std::min(kRun, input.steps - base);
    const uint32_t* const first = prepared.first.data() + base;
    const uint32_t* const last = prepared.last.data() + base;
    for (size_t k = 0; k < count; ++k) {
      firsts[k] = input.values[first[k]];
      increases[k] = input.values[last[k]] - firsts[k];
    }
    if (has_resets) AddResets(input, base, count, &resets, increases);

    const double* const sampled = prepared.sampled_seconds.data() + base;
    const double* const start = prepared.start_seconds.data() + base;
    const double* const factor = prepared.factor.data() + base;
    // Negative where the zero is closer than the start. (Counting comparisons does not vectorise.)
    uint64_t signs = 0;
    for (size_t k = 0; k < count; ++k) {
      const double zero = sampled[k] * (firsts[k] / increases[k]);
      to_zero[k] = (increases[k] > 0) & (firsts[k] >= 0) ? zero : start[k];
      signs |= std::bit_cast<uint64_t>(to_zero[k] - start[k]);
      values[base + k] = increases[k] * factor[k];
    }
    if (signs >> 63 == 0) continue;
    for (size_t k = 0; k < count; ++k) {
      if (!(to_zero[k] < start[k])) continue;
      values[base + k] = increases[k] * FactorFromZero<unit, limit>(input, base + k, to_zero[k]);
    }
  }
  return {};
}

}  // namespace

void PrepareRate(const RangeInput& input, PreparedExtrapolation* prepared) {
  Prepare<Unit::kPerSecond, ZeroLimit::kAfterThreshold>(input, prepared);
}

void PrepareIncrease(const RangeInput& input, PreparedExtrapolation* prepared) {
  Prepare<Unit::kTotal, ZeroLimit::kAfterThreshold>(input, prepared);
}

void PrepareRatePrometheus2(const RangeInput& input, PreparedExtrapolation* prepared) {
  Prepare<Unit::kPerSecond, ZeroLimit::kBeforeThreshold>(input, prepared);
}

void PrepareIncreasePrometheus2(const RangeInput& input, PreparedExtrapolation* prepared) {
  Prepare<Unit::kTotal, ZeroLimit::kBeforeThreshold>(input, prepared);
}

KernelFindings Rate(const RangeInput& input, double* values, uint64_t* presence) {
  return Counter<Unit::kPerSecond, ZeroLimit::kAfterThreshold>(input, values, presence);
}

KernelFindings Increase(const RangeInput& input, double* values, uint64_t* presence) {
  return Counter<Unit::kTotal, ZeroLimit::kAfterThreshold>(input, values, presence);
}

KernelFindings RatePrometheus2(const RangeInput& input, double* values, uint64_t* presence) {
  return Counter<Unit::kPerSecond, ZeroLimit::kBeforeThreshold>(input, values, presence);
}

KernelFindings IncreasePrometheus2(const RangeInput& input, double* values, uint64_t* presence) {
  return Counter<Unit::kTotal, ZeroLimit::kBeforeThreshold>(input, values, presence);
}

KernelFindings Delta(const RangeInput& input, double* values, uint64_t* presence) {
  const PreparedExtrapolation& prepared = *input.extrapolation;
  std::copy(prepared.presence.begin(), prepared.presence.end(), presence);
  const uint32_t* const first = prepared.first.data();
  const uint32_t* const last = prepared.last.data();
  const double* const factor = prepared.factor.data();
  for (size_t i = 0; i < input.steps; ++i) {
    values[i] = (input.values[last[i]] - input.values[first[i]]) * factor[i];
  }
  return {};
}

}  // namespace promlite::internal
