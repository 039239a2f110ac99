#ifndef PROMLITE_STORAGE_LABELS_SERIES_INDEX_H_
#define PROMLITE_STORAGE_LABELS_SERIES_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/symbol_table.h"
#include "promlite/storage/machine/ids.h"
#include "promlite/storage/machine/insert_only_index.h"
#include "promlite/storage/machine/stable_array.h"

namespace promlite::internal {

// The series with the numbers [first, end).
std::vector<SeriesId> AllSeries(uint32_t first, uint32_t end);

// Label sets by their labels, and streams by label set and start timestamp. A label set becomes a
// *series*, with a number that readers know, when its first sample is committed; label sets of
// requests that were given up stay without one.
//
// One writer adds while any number of readers call SeriesLabels() and FirstStream() for series of
// the versions that they look at.
class SeriesIndex {
 public:
  SeriesIndex(SymbolTable* symbols, VersionedMemory* memory)
      : symbols_(symbols),
        memory_(memory),
        label_set_index_(memory, MemoryUse::kSeries),
        further_stream_index_(memory, MemoryUse::kSeries) {}

  // ---- writer ----
  // Labels as their symbols, and the label set that they are, if it is there. Holds until the next
  // LookUp().
  struct LookedUpLabels {
    SymbolPairs symbols;
    uint64_t hash;
    std::optional<LabelSetId> label_set;
  };
  LookedUpLabels LookUp(LabelsView labels);
  // REQUIRES: the labels are no label set yet.
  LabelSetId AddLabelSet(const LookedUpLabels& labels, StreamId first_stream);
  StreamId FirstStreamOfLabelSet(LabelSetId label_set) const {
    return label_sets_[label_set.number()].first_stream;
  }

  // A label set's streams but for the first. `key_of(stream)` tells what a stream was added with.
  struct StreamStart {
    int64_t start_ns = 0;
    uint8_t kind = 0;  // what else tells streams of one start apart: for those who keep them to say
    friend bool operator==(const StreamStart&, const StreamStart&) = default;
  };
  struct StreamKey {
    LabelSetId label_set;
    StreamStart start;
    friend bool operator==(const StreamKey&, const StreamKey&) = default;
  };
  template <typename KeyOf>
  std::optional<StreamId> FindFurtherStream(StreamKey key, const KeyOf& key_of) const {
    const std::optional<uint32_t> found = further_stream_index_.Find(
        HashOf(key), [&](uint32_t stream) { return key_of(StreamId(stream)) == key; });
    return found ? std::optional(StreamId(*found)) : std::nullopt;
  }
  template <typename KeyOf>
  void AddFurtherStream(StreamKey key, StreamId stream, const KeyOf& key_of) {
    further_stream_index_.Insert(HashOf(key), stream.number(),
                                 [&](uint32_t other) { return HashOf(key_of(StreamId(other))); });
  }

  // The label set's series, or none.
  SeriesId SeriesOf(LabelSetId label_set) const { return label_sets_[label_set.number()].series; }
  SeriesId MakeSeries(LabelSetId label_set);
  uint32_t series_count() const { return static_cast<uint32_t>(series_.size()); }

  // Bytes of label sets and series, and of the streams' records, which count as the same use.
  size_t allocated_bytes() const;

  // ---- readers ----
  SymbolPairs SeriesLabels(SeriesId series) const {
    const LabelSet& set = LabelSetOf(series);
    return {set.labels, set.label_count};
  }
  // The series' other streams hang on the first one's record.
  StreamId FirstStream(SeriesId series) const { return LabelSetOf(series).first_stream; }

 private:
  struct LabelSet {
    const SymbolPair* labels = nullptr;
    uint32_t label_count = 0;
    StreamId first_stream;
    SeriesId series;
  };

  const LabelSet& LabelSetOf(SeriesId series) const {
    return label_sets_[series_[series.number()].number()];
  }

  static uint64_t HashOf(SymbolPairs labels);
  static uint64_t HashOf(StreamKey key);
  const SymbolPair* Keep(SymbolPairs labels);

  SymbolTable* symbols_;
  VersionedMemory* memory_;
  std::vector<SymbolPair> looked_up_;  // room for the symbols of LookedUpLabels
  InsertOnlyIndex label_set_index_;
  InsertOnlyIndex further_stream_index_;
  StableArray<LabelSet> label_sets_;
  StableArray<LabelSetId> series_;

  std::vector<std::unique_ptr<SymbolPair[]>> blocks_;
  SymbolPair* block_free_ = nullptr;
  size_t block_left_ = 0;
  size_t block_bytes_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LABELS_SERIES_INDEX_H_
