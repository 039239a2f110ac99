#include "promlite/engine/usage/increase_explanation/stream_counts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "promlite/engine/kernels/exact_range.h"
#include "promlite/engine/usage/samples_without_nan.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"

namespace promlite::internal {
namespace {

// What the stream counted in the samples [begin, end): one step of the kernel of `exact`.
double Counted(const std::vector<Sample>& samples, size_t begin, const StreamView& stream) {
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
  const ExactKernel kernel =
      HoldsIncrements(stream.temporality) ? ExactIncreaseOfIncrements : ExactIncrease;
  kernel(input, stream.start_is_known ? 0 : values[0], &counted, &presence);
  return counted;
}

}  // namespace

std::vector<ExplainedStream> CountStreams(const Snapshot& snapshot, SeriesId id, int64_t after_ms,
                                          int64_t max_ms) {
  std::vector<ExplainedStream> streams;
  SampleBuffer buffer;
  snapshot.ReadStreams(id, after_ms, max_ms, &buffer, [&](const StreamView& view) {
    const std::vector<Sample> numbers = SamplesWithoutNaN(view.samples);
    const auto begin = std::find_if(numbers.begin(), numbers.end(), [&](const Sample& sample) {
      return sample.timestamp_ms > after_ms;
    });
    if (begin == numbers.end()) return;
    ExplainedStream& stream = streams.emplace_back();
    stream.start_ns = view.start_ns;
    stream.start_is_known = view.start_is_known;
    stream.holds_increments = HoldsIncrements(view.temporality);
    stream.first = *begin;
    stream.last = numbers.back();
    stream.samples = static_cast<size_t>(numbers.end() - begin);
    stream.counted = Counted(numbers, static_cast<size_t>(begin - numbers.begin()), view);
  });
  return streams;
}

size_t WritersAtATime(const std::vector<ExplainedStream>& streams) {
  std::vector<StreamSummary> spans;
  for (const ExplainedStream& stream : streams) {
    spans.push_back({.first_ms = stream.first.timestamp_ms,
                     .last_ms = stream.last.timestamp_ms,
                     .samples = stream.samples});
  }
  const std::optional<StreamOverlap> overlap = FindOverlap(spans);
  return overlap ? overlap->writers : std::min<size_t>(streams.size(), 1);
}

}  // namespace promlite::internal
