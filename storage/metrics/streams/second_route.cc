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

void Insert(int64_t time_ms, double value, StreamNumbers* stream) {
  const auto at = std::lower_bound(stream->times.begin(), stream->times.end(), time_ms);
  stream->values.insert(stream->values.begin() + (at - stream->times.begin()), value);
  stream->times.insert(at, time_ms);
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
  StreamNumbers rest;
  rest.record = without_start.record;
  for (size_t i = 0; i < owners.size(); ++i) {
    const int64_t time_ms = without_start.times[i];
    const double value = without_start.values[i];
    if (owners[i].stream == nullptr) {
      rest.times.push_back(time_ms);
      rest.values.push_back(value);
      continue;
    }
    owners[i].stream->has_second_route = true;
    if (owners[i].claim != Claim::kHolds) Insert(time_ms, value, owners[i].stream);
  }
  streams->front() = std::move(rest);
  return true;
}

}  // namespace promlite::internal
