#include "promlite/engine/kernels/extremes_over_time.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {
namespace {

// Whether a sample takes the place of the extreme before it.
struct Smaller {
  static bool Replaces(double sample, double extreme) { return sample < extreme; }
};
struct Larger {
  static bool Replaces(double sample, double extreme) { return sample > extreme; }
};
struct SmallerOrEqual {
  static bool Replaces(double sample, double extreme) { return sample <= extreme; }
};
struct LargerOrEqual {
  static bool Replaces(double sample, double extreme) { return sample >= extreme; }
};

// The index of the extreme of one window.
template <typename Order>
uint32_t Scan(const double* samples, Window window) {
  uint32_t extreme = window.begin;
  for (uint32_t k = window.begin + 1; k < window.end; ++k) {
    if (Order::Replaces(samples[k], samples[extreme]) || std::isnan(samples[extreme])) extreme = k;
  }
  return extreme;
}

// The extremes of windows that move along: a queue of the samples that are or can become one. Each
// enters at the back, where it drives out those that it replaces, and leaves at the front.
template <typename Order>
class ExtremeQueue {
 public:
  ExtremeQueue(const RangeInput& input, std::vector<uint32_t>* queue)
      : samples_(input.values), queue_(*queue) {
    const auto [begin, end] = SamplesInWindows(input);
    queue_.resize(end - begin);
  }

  uint32_t MoveTo(Window window) {
    uint32_t* const queue = queue_.data();
    if (next_ < window.begin) {
      next_ = window.begin;
      front_ = back_ = 0;
    }
    while (front_ < back_ && queue[front_] < window.begin) ++front_;
    for (; next_ < window.end; ++next_) {
      const double sample = samples_[next_];
      if (std::isnan(sample)) continue;
      while (front_ < back_ && Order::Replaces(sample, samples_[queue[back_ - 1]])) --back_;
      queue[back_++] = next_;
    }
    // Nothing but NaN: the last one.
    return front_ < back_ ? queue[front_] : window.end - 1;
  }

 private:
  const double* const samples_;
  std::vector<uint32_t>& queue_;
  size_t front_ = 0, back_ = 0;
  uint32_t next_ = 0;  // the first sample that has not been in a window
};

// values[i] = result(index of the extreme).
template <typename Order, typename Result>
KernelFindings Extremes(const RangeInput& input, double* values, uint64_t* presence,
                        Result result) {
  // A queue pays where most samples are in several windows.
  constexpr size_t kOverlapping = 4;
  const auto [begin, end] = SamplesInWindows(input);
  size_t in_windows = 0;
  for (size_t i = 0; i < input.steps; ++i) in_windows += input.windows[i].size();
  if (in_windows < kOverlapping * (end - begin)) {
    EachWindow(input, 1, values, presence,
               [&](size_t, Window window) { return result(Scan<Order>(input.values, window)); });
    return {};
  }
  ExtremeQueue<Order> queue(input, &input.scratch->indices);
  EachWindow(input, 1, values, presence,
             [&](size_t, Window window) { return result(queue.MoveTo(window)); });
  return {};
}

template <typename Order>
KernelFindings ExtremeValues(const RangeInput& input, double* values, uint64_t* presence) {
  return Extremes<Order>(input, values, presence,
                         [&](uint32_t extreme) { return input.values[extreme]; });
}

template <typename Order>
KernelFindings ExtremeTimes(const RangeInput& input, double* values, uint64_t* presence) {
  return Extremes<Order>(input, values, presence, [&](uint32_t extreme) {
    return static_cast<double>(input.times[extreme]) / 1000;
  });
}

}  // namespace

KernelFindings MinOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtremeValues<Smaller>(input, values, presence);
}

KernelFindings MaxOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtremeValues<Larger>(input, values, presence);
}

KernelFindings TimeOfMinOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtremeTimes<SmallerOrEqual>(input, values, presence);
}

KernelFindings TimeOfMaxOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtremeTimes<LargerOrEqual>(input, values, presence);
}

}  // namespace promlite::internal
