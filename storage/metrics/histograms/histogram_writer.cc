#include "promlite/storage/metrics/histograms/histogram_writer.h"

#include <algorithm>
#include <vector>

namespace promlite::internal {
namespace {

constexpr size_t kFirstCapacity = 4;

size_t CapacityOf(const HistogramRun& run) {
  return run.entries == nullptr ? 0 : VersionedMemory::Bytes(run.entries) / sizeof(HistogramEntry);
}

}  // namespace

void HistogramWriter::Append(std::span<const NewHistogram> histograms) {
  std::vector<const NewHistogram*> late;
  for (const NewHistogram& histogram : histograms) {
    const HistogramRunId run = RunOf(histogram.stream);
    const HistogramRun& known = (*runs_)[run.number()];
    if (known.count > 0 && histogram.time_ms <= known.end()[-1].time_ms) {
      late.push_back(&histogram);
    } else {
      AppendNewest(run, histogram);
    }
  }
  std::stable_sort(late.begin(), late.end(), [](const NewHistogram* a, const NewHistogram* b) {
    return a->stream != b->stream ? a->stream < b->stream : a->time_ms < b->time_ms;
  });
  for (size_t begin = 0, end = 0; begin < late.size(); begin = end) {
    while (end < late.size() && late[end]->stream == late[begin]->stream) ++end;
    InsertLate(RunOf(late[begin]->stream), std::span(late).subspan(begin, end - begin));
  }
}

HistogramRunId HistogramWriter::RunOf(StreamId stream) {
  const HistogramRunId known = (*streams_)[stream.number()].histograms;
  if (!known.is_none()) return known;
  const HistogramRunId run(static_cast<uint32_t>(runs_->Add({})));
  streams_->Mutable(stream.number())->histograms = run;
  return run;
}

void HistogramWriter::Count(int64_t time_ms) {
  ++sample_count_;
  min_ms_ = std::min(min_ms_, time_ms);
  max_ms_ = std::max(max_ms_, time_ms);
}

void HistogramWriter::AppendNewest(HistogramRunId run, const NewHistogram& histogram) {
  HistogramRun* changed = runs_->Mutable(run.number());
  const size_t capacity = CapacityOf(*changed);
  if (changed->count == capacity) {
    const size_t grown = std::max(kFirstCapacity, 2 * capacity);
    auto* entries = static_cast<HistogramEntry*>(
        memory_->Allocate(grown * sizeof(HistogramEntry), MemoryUse::kTimes));
    std::copy(changed->begin(), changed->end(), entries);
    memory_->Release(changed->entries);
    changed->entries = entries;
  }
  // In place: no version looks beyond the count that it saw.
  changed->entries[changed->count] = {histogram.time_ms,
                                      StoreHistogram(histogram.histogram, memory_)};
  ++changed->count;
  Count(histogram.time_ms);
}

void HistogramWriter::InsertLate(HistogramRunId run,
                                 std::span<const NewHistogram* const> histograms) {
  HistogramRun* changed = runs_->Mutable(run.number());
  const size_t most = changed->count + histograms.size();
  auto* entries = static_cast<HistogramEntry*>(
      memory_->Allocate(most * sizeof(HistogramEntry), MemoryUse::kTimes));
  HistogramEntry* end = entries;
  const HistogramEntry* old = changed->begin();
  for (const NewHistogram* late : histograms) {
    while (old != changed->end() && old->time_ms <= late->time_ms) *end++ = *old++;
    StoredHistogram* stored = StoreHistogram(late->histogram, memory_);
    if (end == entries || end[-1].time_ms != late->time_ms) {
      *end++ = {late->time_ms, stored};
      Count(late->time_ms);
      continue;
    }
    if (HasLargerBits(*stored, *end[-1].histogram)) std::swap(stored, end[-1].histogram);
    memory_->Release(stored);
  }
  end = std::copy(old, changed->end(), end);
  memory_->Release(changed->entries);
  changed->entries = entries;
  changed->count = static_cast<uint32_t>(end - entries);
}

void HistogramWriter::Destroy(const HistogramRun& run) {
  for (const HistogramEntry& entry : run) memory_->Release(entry.histogram);
  memory_->Release(run.entries);
}

}  // namespace promlite::internal
