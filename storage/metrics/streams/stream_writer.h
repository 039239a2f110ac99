#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_WRITER_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_WRITER_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "promlite/storage/codecs/codec.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/column_sharing.h"
#include "promlite/storage/metrics/streams/stream_record.h"

namespace promlite::internal {

// Puts samples into streams: in order at their ends, out of order wherever they belong. What a
// stream holds in the end does not depend on the order of arrival: one sample a time, of several
// the one with the largest bits, unless one is said to replace the others. Writer only.
class StreamWriter {
 public:
  struct Options {
    uint32_t chunk_samples = 512;  // columns cut their chunks at multiples of this
    std::optional<CodecId> codec;  // forced where it can encode
  };

  StreamWriter(VersionedMemory* memory, TimeColumns* columns, StreamArray* streams,
               Options options);

  // In-order samples are in the stream at once, late ones after FinishRequest().
  void Append(StreamId stream, int64_t time_ms, double value);
  // The same, but whatever the stream holds at that time makes way. REQUIRES: no other sample of
  // that time in the same request; not newer than the stream's last.
  void Replace(StreamId stream, int64_t time_ms, double value);
  void FinishRequest();

  // The sample that the stream holds at that time, late ones of the request at hand left out.
  std::optional<double> ValueAt(StreamId stream, int64_t time_ms) const;

  // Seals what is open and becomes smaller by it.
  void Pack(StreamId stream);

  // Of all streams.
  uint64_t sample_count() const { return sample_count_; }
  // Samples that bore the stream and time of another one with another value: one of the two is
  // kept.
  uint64_t conflicts() const { return conflicts_; }
  int64_t min_ms() const { return min_ms_; }  // REQUIRES: samples
  int64_t max_ms() const { return max_ms_; }

  // Releases all that the stream holds.
  void Destroy(const StreamRecord& record);

 private:
  // Which sample of one time stays.
  enum class SameTime { kLargestBits, kNewest };
  struct LateSample {
    StreamId stream;
    SameTime same_time;
    Sample sample;
  };

  bool AtChunkEnd(const OpenChunk& chunk) const {
    return chunk.length > 0 && chunk.end() % options_.chunk_samples == 0;
  }
  int64_t FirstTime(const OpenChunk& chunk) const;
  int64_t LastTime(const OpenChunk& chunk) const;

  void AppendNewest(StreamRecord* stream, int64_t time_ms, double value);
  // Adds to the chunk's values. REQUIRES: the column has the sample's time at chunk->end().
  void Push(OpenChunk* chunk, double value);
  void Place(StreamRecord* stream, OpenChunk* chunk, int64_t time_ms);
  void Seal(StreamRecord* stream, OpenChunk* chunk);
  // `values` are those of the chunk, prepared.
  void Seal(StreamRecord* stream, OpenChunk* chunk, const ChunkValues& values);
  // Seals the stream's open chunk `which` if it becomes smaller by it.
  void Pack(StreamId stream, OpenChunk StreamRecord::* which);
  Chunk* MakeChunk(const ChunkTimes& times, const ChunkValues& values);
  void DropValues(OpenChunk* chunk);

  // The first sealed chunk that ends at this time or later.
  static uint32_t SealedPosition(const StreamRecord& stream, int64_t time_ms);
  // Replaces `removed` sealed chunks from `position` on.
  void Splice(StreamRecord* stream, uint32_t position, uint32_t removed,
              std::span<Chunk* const> added);

  // ---- late samples (late_samples.cc) ----
  // Ascending, one a time, none after the stream's last.
  void InsertLate(StreamId stream_id, SameTime same_time, std::span<const Sample> samples);
  // Samples in one gap between pieces. REQUIRES: the late chunk is there, or free.
  void AppendToGap(StreamRecord* stream, std::span<const Sample> samples);
  // Whether a sample in a gap may follow the late chunk.
  bool LateContinues(const StreamRecord& stream, int64_t time_ms) const;
  // Makes the late chunk free to begin elsewhere.
  void PutLateAway(StreamRecord* stream);
  void MergeIntoSealed(StreamRecord* stream, uint32_t position, SameTime same_time,
                       std::span<const Sample> samples);
  void MergeIntoOpen(StreamRecord* stream, OpenChunk* chunk, SameTime same_time,
                     std::span<const Sample> samples);
  // Into merged_times_ and merged_values_.
  void Merge(const int64_t* times, const double* values, uint32_t length, SameTime same_time,
             std::span<const Sample> samples);
  // The merged samples [begin, end) as a sealed chunk on a column of its own.
  Chunk* SealMerged(size_t begin, size_t end);
  void Count(StreamRecord* stream, uint64_t added, int64_t first_ms);

  VersionedMemory* memory_;
  TimeColumns* columns_;
  StreamArray* streams_;
  Options options_;
  ColumnSharing sharing_;
  std::vector<LateSample> late_;

  uint64_t sample_count_ = 0;
  uint64_t conflicts_ = 0;
  int64_t min_ms_ = std::numeric_limits<int64_t>::max();
  int64_t max_ms_ = std::numeric_limits<int64_t>::min();

  // Scratch, kept to spare allocations.
  std::vector<Sample> batch_;
  std::vector<double> decoded_;
  std::vector<int64_t> merged_times_;
  std::vector<double> merged_values_;
  std::vector<Chunk*> chunks_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_WRITER_H_
