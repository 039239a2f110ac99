#ifndef PROMLITE_STORAGE_METRICS_STREAMS_INCREMENT_WRITER_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_INCREMENT_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/metrics/streams/exact_sum.h"
#include "promlite/storage/metrics/streams/stream_record.h"
#include "promlite/storage/metrics/streams/stream_writer.h"

namespace promlite::internal {

// Puts increments (points of delta temporality) into the streams that collect them. What a stream
// holds in the end does not depend on the order of arrival: at each millisecond the sum of what was
// added then. An increment of a point that has been taken before is of a batch sent twice, and
// counts once. Only the one writer of the database calls it.
//
// What tells one increment from another is kept as 64 bits of hash each, some ten bytes: of n
// increments two share theirs with a chance of n^2 / 2^65.
class IncrementWriter {
 public:
  IncrementWriter(StreamArray* streams, StreamWriter* writer)
      : streams_(streams), writer_(writer) {}

  struct NewIncrement {
    StreamId stream;
    Increment increment;
  };
  // A request's increments; the stream writer finishes the request.
  void Append(std::vector<NewIncrement>* increments);

  // How many points were passed over since they had been taken before.
  uint64_t repeated() const { return repeated_; }
  size_t allocated_bytes() const;

 private:
  // One millisecond of a stream.
  using Place = std::pair<StreamId, int64_t>;
  struct LateIncrement {
    Place place;
    double value;
  };

  bool IsRepeated(const NewIncrement& added);
  // Joins those of one place with what the stream holds there.
  void Join(std::span<const LateIncrement> increments);

  StreamArray* const streams_;
  StreamWriter* const writer_;
  absl::flat_hash_set<uint64_t> taken_;
  // The places at which several increments came together.
  absl::flat_hash_map<Place, ExactSum> together_;
  std::vector<LateIncrement> late_;  // of the request at hand
  uint64_t repeated_ = 0;
  std::optional<uint64_t> last_repeated_;  // of the request at hand
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_INCREMENT_WRITER_H_
