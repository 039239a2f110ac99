#include "promlite/engine/explanation/stream_counts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "promlite/engine/kernels/exact_range.h"
#include "promlite/engine/operators/exact_range.h"

namespace promlite::internal {
namespace {

// What the stream counted in the samples [begin, end): one step of the kernel of `exact`.
double Counted(const std::vector<Sample>& samples, size_t begin, double before_first) {
  std::vector<int64_t> times;
  std::vector<double> values;
  for (const Sample& sample : samples) {
    times.push_back(sample.timestamp_ms);
    values.push_back(sample.value);
  }
  const Window window{static_cast<uint32_t>(begin), static_cast<uint32_t>(samples.size())};
  KernelScratch scratch;
  RangeInput input;
  input.times = times.data();
  input.values = values.data();
  input.size = samples.size();
  input.windows = &window;
  input.steps = 1;
  input.scratch = &scratch;
  double counted = 0;
  uint64_t presence = 0;
  ExactIncrease(input, before_first, &counted, &presence);
  return counted;
}

}  // namespace

std::vector<ExplainedStream> CountStreams(const Snapshot& snapshot, SeriesId id, int64_t after_ms,
                                          int64_t max_ms) {
  std::vector<ExplainedStream> streams;
  SampleBuffer buffer;
  snapshot.ReadStreams(id, after_ms, max_ms, &buffer, [&](const StreamView& view) {
    std::vector<Sample> numbers;
    for (size_t i = 0; i < view.samples.size; ++i) {
      if (std::isnan(view.samples.values[i])) continue;
      numbers.push_back({view.samples.times[i], view.samples.values[i]});
    }
    const auto begin = std::find_if(numbers.begin(), numbers.end(), [&](const Sample& sample) {
      return sample.timestamp_ms > after_ms;
    });
    if (begin == numbers.end()) return;
    ExplainedStream& stream = streams.emplace_back();
    stream.start_ns = view.start_ns;
    stream.start_is_known = StreamStartIsKnown(view.start_ns, numbers[0].timestamp_ms);
    stream.first = *begin;
    stream.last = numbers.back();
    stream.samples = static_cast<size_t>(numbers.end() - begin);
    stream.counted = Counted(numbers, static_cast<size_t>(begin - numbers.begin()),
                             stream.start_is_known ? 0 : numbers[0].value);
  });
  return streams;
}

size_t WritersAtATime(const std::vector<ExplainedStream>& streams) {
  // Firsts before lasts of the same time, since both ends are included.
  std::vector<std::pair<int64_t, int>> ends;
  for (const ExplainedStream& stream : streams) {
    ends.push_back({stream.first.timestamp_ms, 0});
    ends.push_back({stream.last.timestamp_ms, 1});
  }
  std::sort(ends.begin(), ends.end());
  size_t writing = 0, most = 0;
  for (const auto& [time, is_last] : ends) {
    if (is_last == 1) {
      --writing;
    } else {
      most = std::max(most, ++writing);
    }
  }
  return most;
}

}  // namespace promlite::internal
