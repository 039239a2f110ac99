// The part of StreamWriter that puts samples where they belong which arrive out of order.

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/stream_writer.h"

namespace promlite::internal {
namespace {

// A late chunk below this is joined with a small neighbour when another one needs its place, so
// that single stragglers do not leave a chunk each.
constexpr uint32_t kTiny = 16;

bool HasLargerBits(double a, double b) {
  return std::bit_cast<uint64_t>(a) > std::bit_cast<uint64_t>(b);
}

bool Conflict(double a, double b) {
  return std::bit_cast<uint64_t>(a) != std::bit_cast<uint64_t>(b);
}

size_t CountUpTo(std::span<const Sample> samples, int64_t last_ms) {
  return static_cast<size_t>(std::upper_bound(samples.begin(), samples.end(), last_ms,
                                              [](int64_t time, const Sample& sample) {
                                                return time < sample.timestamp_ms;
                                              }) -
                             samples.begin());
}

// Whether every sample is there already, with the same or larger bits: as when a file is loaded
// twice. `value_at(i)` reads one value. Then counts those whose bits are not the same.
// REQUIRES: of samples of one time the one with the largest bits is to stay.
template <typename ValueAt>
bool HoldsAll(const int64_t* times, uint32_t length, std::span<const Sample> samples,
              const ValueAt& value_at, uint64_t* conflicts) {
  const int64_t* from = times;
  uint64_t smaller = 0;
  for (const Sample& sample : samples) {
    from = std::lower_bound(from, times + length, sample.timestamp_ms);
    if (from == times + length || *from != sample.timestamp_ms) return false;
    const double held = value_at(static_cast<uint32_t>(from - times));
    if (HasLargerBits(sample.value, held)) return false;
    smaller += Conflict(sample.value, held);
  }
  *conflicts += smaller;
  return true;
}

}  // namespace

void StreamWriter::Replace(StreamId stream, int64_t time_ms, double value) {
  late_.push_back({stream, SameTime::kNewest, {time_ms, value}});
}

std::optional<double> StreamWriter::ValueAt(StreamId stream_id, int64_t time_ms) const {
  const StreamRecord& stream = (*streams_)[stream_id.number()];
  const uint32_t position = SealedPosition(stream, time_ms);
  if (position < stream.sealed_count && stream.sealed[position]->first_ms <= time_ms) {
    const Chunk& chunk = *stream.sealed[position];
    const int64_t* times = columns_->times(chunk.column) + chunk.offset;
    const int64_t* found = std::lower_bound(times, times + chunk.length, time_ms);
    if (*found != time_ms) return std::nullopt;
    double value;
    chunk.Decode(static_cast<uint32_t>(found - times), 1, &value);
    return value;
  }
  for (const OpenChunk* chunk : {&stream.late, &stream.open}) {
    if (chunk->length == 0) continue;
    const int64_t* times = columns_->times(chunk->column) + chunk->offset;
    const int64_t* found = std::lower_bound(times, times + chunk->length, time_ms);
    if (found != times + chunk->length && *found == time_ms) return chunk->values[found - times];
  }
  return std::nullopt;
}

void StreamWriter::FinishRequest() {
  std::sort(late_.begin(), late_.end(), [](const LateSample& a, const LateSample& b) {
    if (a.stream != b.stream) return a.stream < b.stream;
    if (a.same_time != b.same_time) return a.same_time < b.same_time;
    if (a.sample.timestamp_ms != b.sample.timestamp_ms) {
      return a.sample.timestamp_ms < b.sample.timestamp_ms;
    }
    return HasLargerBits(a.sample.value, b.sample.value);
  });
  for (size_t i = 0; i < late_.size();) {
    const StreamId stream = late_[i].stream;
    const SameTime same_time = late_[i].same_time;
    batch_.clear();
    for (; i < late_.size() && late_[i].stream == stream && late_[i].same_time == same_time; ++i) {
      if (batch_.empty() || batch_.back().timestamp_ms != late_[i].sample.timestamp_ms) {
        batch_.push_back(late_[i].sample);
      } else {
        conflicts_ += Conflict(batch_.back().value, late_[i].sample.value);
      }
    }
    InsertLate(stream, same_time, batch_);
  }
  late_.clear();
  sharing_.FinishRequest();
}

void StreamWriter::InsertLate(StreamId stream_id, SameTime same_time,
                              std::span<const Sample> samples) {
  StreamRecord* stream = streams_->Mutable(stream_id.number());
  while (!samples.empty()) {
    const int64_t time_ms = samples.front().timestamp_ms;
    const uint32_t position = SealedPosition(*stream, time_ms);
    const Chunk* next = position < stream->sealed_count ? stream->sealed[position] : nullptr;
    size_t count = 0;
    if (next != nullptr && next->first_ms <= time_ms) {
      count = CountUpTo(samples, next->last_ms);
      MergeIntoSealed(stream, position, same_time, samples.first(count));
    } else if (stream->late.length > 0 && FirstTime(stream->late) <= time_ms &&
               time_ms <= LastTime(stream->late)) {
      count = CountUpTo(samples, LastTime(stream->late));
      MergeIntoOpen(stream, &stream->late, same_time, samples.first(count));
    } else if (stream->open.length > 0 && FirstTime(stream->open) <= time_ms) {
      count = CountUpTo(samples, LastTime(stream->open));
      MergeIntoOpen(stream, &stream->open, same_time, samples.first(count));
    } else if (!stream->late.column.is_none() && !LateContinues(*stream, time_ms)) {
      PutLateAway(stream);  // which may close the gap: look again
    } else {
      // A gap; something follows it, since the sample is late.
      int64_t end_ms = stream->last_ms;
      if (next != nullptr) end_ms = std::min(end_ms, next->first_ms);
      if (stream->open.length > 0) end_ms = std::min(end_ms, FirstTime(stream->open));
      if (stream->late.length > 0 && FirstTime(stream->late) > time_ms) {
        end_ms = std::min(end_ms, FirstTime(stream->late));
      }
      count = CountUpTo(samples, end_ms - 1);
      AppendToGap(stream, samples.first(count));
    }
    samples = samples.subspan(count);
  }
}

bool StreamWriter::LateContinues(const StreamRecord& stream, int64_t time_ms) const {
  const OpenChunk& late = stream.late;
  const uint32_t position = SealedPosition(stream, time_ms);
  const Chunk* previous = position > 0 ? stream.sealed[position - 1] : nullptr;
  if (late.length > 0) {
    return LastTime(late) < time_ms && (previous == nullptr || previous->last_ms < FirstTime(late));
  }
  // It was sealed at the end of its column's last cut.
  return !late.column.is_none() && previous != nullptr && previous->column == late.column &&
         previous->offset + previous->length == late.offset;
}

void StreamWriter::AppendToGap(StreamRecord* stream, std::span<const Sample> samples) {
  for (const Sample& sample : samples) {
    if (!sharing_.Advance(stream->late, sample.timestamp_ms)) {
      Place(stream, &stream->late, sample.timestamp_ms);
    }
    Push(&stream->late, sample.value);
    Count(stream, 1, sample.timestamp_ms);
    if (AtChunkEnd(stream->late)) Seal(stream, &stream->late);
  }
}

void StreamWriter::PutLateAway(StreamRecord* stream) {
  OpenChunk* late = &stream->late;
  const uint32_t length = late->length;
  if (length > 0) {
    const uint32_t next = SealedPosition(*stream, FirstTime(*late));
    std::optional<uint32_t> neighbour;
    for (const uint32_t position : {next, next - 1}) {
      if (position < stream->sealed_count &&
          stream->sealed[position]->length < options_.chunk_samples / 2 &&
          (!neighbour || stream->sealed[position]->length < stream->sealed[*neighbour]->length)) {
        neighbour = position;
      }
    }
    if (length >= kTiny || !neighbour) {
      Seal(stream, late);
    } else {
      std::vector<Sample> samples(length);
      for (uint32_t i = 0; i < length; ++i) {
        samples[i] = {columns_->times(late->column)[late->offset + i], late->values[i]};
      }
      DropValues(late);
      stream->sample_count -= length;  // merging counts them again
      sample_count_ -= length;
      MergeIntoSealed(stream, *neighbour, SameTime::kLargestBits, samples);
    }
  }
  sharing_.Attach(late, ColumnId::None(), 0);
}

void StreamWriter::Merge(const int64_t* times, const double* values, uint32_t length,
                         SameTime same_time, std::span<const Sample> samples) {
  merged_times_.clear();
  merged_values_.clear();
  uint32_t i = 0;
  const auto take_old = [&] {
    merged_times_.push_back(times[i]);
    merged_values_.push_back(values[i]);
    ++i;
  };
  for (const Sample& sample : samples) {
    while (i < length && times[i] < sample.timestamp_ms) take_old();
    if (i < length && times[i] == sample.timestamp_ms) {
      take_old();
      double& value = merged_values_.back();
      if (same_time == SameTime::kLargestBits) conflicts_ += Conflict(sample.value, value);
      if (same_time == SameTime::kNewest || HasLargerBits(sample.value, value)) {
        value = sample.value;
      }
    } else {
      merged_times_.push_back(sample.timestamp_ms);
      merged_values_.push_back(sample.value);
    }
  }
  while (i < length) take_old();
}

Chunk* StreamWriter::SealMerged(size_t begin, size_t end) {
  const ColumnId column = sharing_.Intern({merged_times_.data() + begin, end - begin});
  return MakeChunk({.column = column, .offset = 0, .times = merged_times_.data() + begin},
                   PrepareChunk(merged_values_.data() + begin, static_cast<uint32_t>(end - begin),
                                options_.codec));
}

void StreamWriter::MergeIntoSealed(StreamRecord* stream, uint32_t position, SameTime same_time,
                                   std::span<const Sample> samples) {
  const Chunk& old = *stream->sealed[position];
  const int64_t* old_times = columns_->times(old.column) + old.offset;
  const auto value_at = [&](uint32_t index) {
    double value;
    old.Decode(index, 1, &value);
    return value;
  };
  if (same_time == SameTime::kLargestBits &&
      HoldsAll(old_times, old.length, samples, value_at, &conflicts_)) {
    return;
  }
  decoded_.resize(old.length);
  old.Decode(0, old.length, decoded_.data());
  Merge(old_times, decoded_.data(), old.length, same_time, samples);
  const size_t size = merged_times_.size();
  Count(stream, size - old.length, merged_times_.front());
  chunks_.clear();
  if (size == old.length) {
    chunks_.push_back(
        MakeChunk({.column = old.column, .offset = old.offset, .times = merged_times_.data()},
                  PrepareChunk(merged_values_.data(), old.length, options_.codec)));
  } else {
    const size_t parts = (size + options_.chunk_samples - 1) / options_.chunk_samples;
    for (size_t part = 0; part < parts; ++part) {
      chunks_.push_back(SealMerged(size * part / parts, size * (part + 1) / parts));
    }
  }
  Splice(stream, position, 1, chunks_);
}

void StreamWriter::MergeIntoOpen(StreamRecord* stream, OpenChunk* chunk, SameTime same_time,
                                 std::span<const Sample> samples) {
  const uint32_t old_length = chunk->length;
  const int64_t* old_times = columns_->times(chunk->column) + chunk->offset;
  const auto value_at = [&](uint32_t index) { return chunk->values[index]; };
  if (same_time == SameTime::kLargestBits &&
      HoldsAll(old_times, old_length, samples, value_at, &conflicts_)) {
    return;
  }
  Merge(old_times, chunk->values, old_length, same_time, samples);
  const size_t size = merged_times_.size();
  Count(stream, size - old_length, merged_times_.front());
  DropValues(chunk);
  size_t begin = 0;
  if (size != old_length) {
    const size_t parts = (size + options_.chunk_samples - 1) / options_.chunk_samples;
    chunks_.clear();
    for (size_t part = 0; part + 1 < parts; ++part) {
      const size_t end = size * (part + 1) / parts;
      chunks_.push_back(SealMerged(begin, end));
      begin = end;
    }
    Splice(stream, SealedPosition(*stream, merged_times_.front()), 0, chunks_);
    sharing_.Attach(chunk, sharing_.Intern({merged_times_.data() + begin, size - begin}), 0);
  }
  for (size_t i = begin; i < size; ++i) Push(chunk, merged_values_[i]);
  if (AtChunkEnd(*chunk)) Seal(stream, chunk);
}

}  // namespace promlite::internal
