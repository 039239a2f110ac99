#ifndef PROMLITE_STORAGE_METRICS_STREAMS_SECOND_ROUTE_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_SECOND_ROUTE_H_

#include <cstdint>
#include <vector>

#include "promlite/storage/metrics/streams/stream_record.h"

namespace promlite::internal {

// All numbers of one stream that are not NaN, in time order.
struct StreamNumbers {
  const StreamRecord* record = nullptr;
  std::vector<int64_t> times;
  std::vector<double> values;
  bool has_second_route = false;  // some came without the start, too
};

// Whether the streams of a series, ordered by start, may be one counter by two routes, only one of
// which told its start: text knows none where OTLP does.
bool MayHaveSecondRoute(const std::vector<const StreamRecord*>& streams);

// Moves the samples of the stream without a start (the first one) to those with one that they are
// of: those that are there already, and those that fit in between, in front or behind, from the
// start on. If none is there already, or one contradicts, it is another counter: then nothing
// changes, and the result is false.
bool JoinSecondRoute(std::vector<StreamNumbers>* streams);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_SECOND_ROUTE_H_
