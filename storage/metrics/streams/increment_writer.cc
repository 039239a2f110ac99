#include "promlite/storage/metrics/streams/increment_writer.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {
namespace {

// The stream begins where its first increment does.
void MoveStart(StreamRecord* stream, const Increment& increment, int64_t time_ms) {
  if (stream->sample_count == 0 || time_ms < stream->first_ms) {
    stream->start_ns = increment.start_ns;
  } else if (time_ms == stream->first_ms) {
    stream->start_ns = std::min(stream->start_ns, increment.start_ns);
  }
}

}  // namespace

bool IncrementWriter::IsRepeated(const NewIncrement& added) {
  const std::array<uint64_t, 2> identity = {added.stream.number(), added.increment.point};
  if (taken_.insert(XXH3_64bits(identity.data(), sizeof(identity))).second) return false;
  // The increments of one point stand together.
  if (last_repeated_ != added.increment.point) ++repeated_;
  last_repeated_ = added.increment.point;
  return true;
}

void IncrementWriter::Append(std::vector<NewIncrement>* increments) {
  // Within a request nothing is late only because its points stand in another order.
  std::stable_sort(increments->begin(), increments->end(),
                   [](const NewIncrement& a, const NewIncrement& b) {
                     return a.increment.time_ns < b.increment.time_ns;
                   });
  for (const NewIncrement& added : *increments) {
    if (IsRepeated(added)) continue;
    const int64_t time_ms = TruncatedMilliseconds(added.increment.time_ns);
    StreamRecord* const stream = streams_->Mutable(added.stream.number());
    MoveStart(stream, added.increment, time_ms);
    if (stream->sample_count > 0 && time_ms <= stream->last_ms) {
      late_.push_back({{added.stream, time_ms}, added.increment.value});
    } else {
      writer_->Append(added.stream, time_ms, added.increment.value);
    }
  }
  std::sort(late_.begin(), late_.end(),
            [](const LateIncrement& a, const LateIncrement& b) { return a.place < b.place; });
  for (size_t begin = 0, end = 0; begin < late_.size(); begin = end) {
    while (end < late_.size() && late_[end].place == late_[begin].place) ++end;
    Join({late_.data() + begin, end - begin});
  }
  late_.clear();
  last_repeated_.reset();
}

void IncrementWriter::Join(std::span<const LateIncrement> increments) {
  const auto [stream, time_ms] = increments.front().place;
  const std::optional<double> held = writer_->ValueAt(stream, time_ms);
  const bool joins = held.has_value() && !std::isnan(*held);  // a staleness marker gives way
  if (!joins && increments.size() == 1) {
    writer_->Replace(stream, time_ms, increments.front().value);
    return;
  }
  const auto [sum, is_new] = together_.try_emplace(increments.front().place);
  if (is_new && joins) sum->second.Add(*held);
  for (const LateIncrement& increment : increments) sum->second.Add(increment.value);
  writer_->Replace(stream, time_ms, sum->second.Rounded());
}

size_t IncrementWriter::allocated_bytes() const {
  return taken_.capacity() * (sizeof(uint64_t) + 1) +
         together_.capacity() * (sizeof(Place) + sizeof(ExactSum) + 1);
}

}  // namespace promlite::internal
