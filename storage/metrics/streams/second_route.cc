#include "promlite/storage/metrics/streams/second_route.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {
namespace {

// What a stream with a start says of a sample.
enum class Claim {
  kNone,         // it is not there at that time
  kHolds,        // it holds the very sample
  kFits,         // the sample may be of it
  kFitsBetween,  // and lies between two of its own
  kContradicts,  // it has another value then
};

Claim ClaimOn(const StreamNumbers& stream, int64_t time_ms, double value) {
  const auto at = std::lower_bound(stream.times.begin(), stream.times.end(), time_ms);
  const size_t next = static_cast<size_t>(at - stream.times.begin());
  if (at != stream.times.end() && *at == time_ms) {
    return stream.values[next] == value ? Claim::kHolds : Claim::kContradicts;
  }
  if (time_ms < FloorMilliseconds(stream.record->start_ns)) return Claim::kNone;
  const bool has_next = at != stream.times.end();
  const bool rises = (next == 0 || stream.values[next - 1] <= value) &&
                     (!has_next || value <= stream.values[next]);
  const bool is_between = next > 0 && has_next;
  if (!rises) return is_between ? Claim::kContradicts : Claim::kNone;
  return is_between ? Claim::kFitsBetween : Claim::kFits;
}

struct Owner {
  StreamNumbers* stream = nullptr;
  Claim claim = Claim::kNone;
};

// Of several streams that a sample fits, the one that started last.
Owner FindOwner(std::vector<StreamNumbers>* streams, int64_t time_ms, double value) {
  Owner owner;
  for (size_t i = 1; i < streams->size(); ++i) {
    StreamNumbers& stream = (*streams)[i];
    if (HoldsIncrements(stream.record->temporality)) continue;
    const Claim claim = ClaimOn(stream, time_ms, value);
    if (claim == Claim::kHolds) return {&stream, claim};
    if (claim == Claim::kContradicts || owner.claim != Claim::kContradicts) {
      if (claim != Claim::kNone) owner = {&stream, claim};
    }
  }
  return owner;
}

void Append(int64_t time_ms, double value, StreamNumbers* numbers) {
  numbers->times.push_back(time_ms);
  numbers->values.push_back(value);
}

// Merges numbers of other times into the stream; both are in the order of time.
void Merge(const StreamNumbers& added, StreamNumbers* stream) {
  StreamNumbers merged;
  size_t next = 0;
  for (size_t i = 0; i < stream->times.size(); ++i) {
    for (; next < added.times.size() && added.times[next] < stream->times[i]; ++next) {
      Append(added.times[next], added.values[next], &merged);
    }
    Append(stream->times[i], stream->values[i], &merged);
  }
  for (; next < added.times.size(); ++next) Append(added.times[next], added.values[next], &merged);
  stream->times = std::move(merged.times);
  stream->values = std::move(merged.values);
}

}  // namespace

bool MayHaveSecondRoute(const std::vector<const StreamRecord*>& streams) {
  if (streams.size() < 2) return false;
  const StreamRecord& first = *streams.front();
  if (first.start_ns != 0 || first.sample_count == 0 || HoldsIncrements(first.temporality)) {
    return false;
  }
  return std::any_of(streams.begin() + 1, streams.end(), [&](const StreamRecord* stream) {
    return stream->start_ns > 0 && stream->sample_count > 0 &&
           !HoldsIncrements(stream->temporality) && stream->first_ms <= first.last_ms &&
           first.first_ms <= stream->last_ms;
  });
}

bool JoinSecondRoute(std::vector<StreamNumbers>* streams) {
  const StreamNumbers without_start = streams->front();
  std::vector<Owner> owners;
  size_t held = 0;
  for (size_t i = 0; i < without_start.times.size(); ++i) {
    owners.push_back(FindOwner(streams, without_start.times[i], without_start.values[i]));
    if (owners.back().claim == Claim::kContradicts) return false;
    held += owners.back().claim == Claim::kHolds ? 1 : 0;
  }
  if (held == 0) return false;
  std::vector<StreamNumbers> added(streams->size());  // the first of them belong to no other stream
  for (size_t i = 0; i < owners.size(); ++i) {
    StreamNumbers* const owner = owners[i].stream;
    if (owner != nullptr) owner->has_second_route = true;
    if (owners[i].claim == Claim::kHolds) continue;
    const size_t at = owner == nullptr ? 0 : static_cast<size_t>(owner - streams->data());
    Append(without_start.times[i], without_start.values[i], &added[at]);
  }
  for (size_t at = 1; at < streams->size(); ++at) {
    if (!added[at].times.empty()) Merge(added[at], &(*streams)[at]);
  }
  streams->front().times = std::move(added[0].times);
  streams->front().values = std::move(added[0].values);
  return true;
}

}  // namespace promlite::internal
