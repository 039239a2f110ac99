#ifndef PROMLITE_STORAGE_METRICS_HEAD_H_
#define PROMLITE_STORAGE_METRICS_HEAD_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "promlite/storage/codecs/codec.h"
#include "promlite/storage/machine/memory_stats.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

struct HeadOptions {
  // Chunks are cut after so many samples of a column.
  uint32_t chunk_samples = 512;
  // The codec to use wherever it can encode a chunk; none: the one that needs the fewest bytes.
  std::optional<CodecId> codec;
};

// The in-memory database proper: series, streams, columns. Thread-safe: any number of readers, one
// writer at a time (further ones wait); neither kind waits for the other. Snapshots may outlive the
// head; appenders must not.
class Head {
 public:
  explicit Head(const HeadOptions& options = {});
  ~Head();
  Head(const Head&) = delete;
  Head& operator=(const Head&) = delete;

  // Waits for the writer before. All three wait for ever if the calling thread holds an appender.
  std::unique_ptr<Appender> StartAppend();
  // Shows what was committed for later; packs it first, so this is for the end of a bulk load, not
  // for each request (that is what Appender::Publish::kNow is for).
  void Publish();
  MemoryStats memory_stats() const;
  // How many numbers bore the stream and time of another one with another value, of which the one
  // with the larger bits is kept.
  uint64_t conflicting_samples() const;
  // How many points of increments were passed over since they had been taken before, as in a batch
  // that was sent twice.
  uint64_t repeated_increments() const;

  std::shared_ptr<const Snapshot> TakeSnapshot() const;

 private:
  class Impl;
  class HeadAppender;
  std::unique_ptr<Impl> impl_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HEAD_H_
