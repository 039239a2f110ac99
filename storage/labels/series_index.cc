#include "promlite/storage/labels/series_index.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "absl/types/span.h"

namespace promlite::internal {
namespace {

constexpr size_t kBlockPairs = 4096;

}  // namespace

std::vector<SeriesId> AllSeries(uint32_t first, uint32_t end) {
  std::vector<SeriesId> series;
  series.reserve(end - first);
  for (uint32_t number = first; number < end; ++number) series.emplace_back(number);
  return series;
}

uint64_t SeriesIndex::HashOf(SymbolPairs labels) {
  uint64_t hash = labels.size();
  for (const SymbolPair& label : labels) {
    hash =
        (hash ^ (uint64_t{label.name.number()} << 32 | label.value.number())) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  }
  return hash;
}

uint64_t SeriesIndex::HashOf(StreamKey key) {
  return absl::HashOf(key.label_set, key.start.start_ns, key.start.kind);
}

SeriesIndex::LookedUpLabels SeriesIndex::LookUp(LabelsView labels) {
  looked_up_.clear();
  for (const auto& [name, value] : labels) {
    looked_up_.push_back({symbols_->Intern(name), symbols_->Intern(value)});
  }
  LookedUpLabels result{looked_up_, HashOf(looked_up_), std::nullopt};
  const std::optional<uint32_t> found = label_set_index_.Find(result.hash, [&](uint32_t id) {
    const LabelSet& set = label_sets_[id];
    return std::equal(looked_up_.begin(), looked_up_.end(), set.labels,
                      set.labels + set.label_count);
  });
  if (found) result.label_set = LabelSetId(*found);
  return result;
}

LabelSetId SeriesIndex::AddLabelSet(const LookedUpLabels& labels, StreamId first_stream) {
  LabelSet set;
  set.labels = Keep(labels.symbols);
  set.label_count = static_cast<uint32_t>(labels.symbols.size());
  set.first_stream = first_stream;
  const auto id = static_cast<uint32_t>(label_sets_.Add(set));
  label_set_index_.Insert(labels.hash, id, [this](uint32_t other) {
    return HashOf(SymbolPairs(label_sets_[other].labels, label_sets_[other].label_count));
  });
  return LabelSetId(id);
}

SeriesId SeriesIndex::MakeSeries(LabelSetId label_set) {
  const SeriesId series(static_cast<uint32_t>(series_.Add(label_set)));
  label_sets_[label_set.number()].series = series;
  return series;
}

const SymbolPair* SeriesIndex::Keep(SymbolPairs labels) {
  if (labels.size() > block_left_) {
    const size_t size = std::max(kBlockPairs, labels.size());
    blocks_.push_back(std::make_unique<SymbolPair[]>(size));
    block_free_ = blocks_.back().get();
    block_left_ = size;
    block_bytes_ += size * sizeof(SymbolPair);
  }
  SymbolPair* kept = block_free_;
  std::copy(labels.begin(), labels.end(), kept);
  block_free_ += labels.size();
  block_left_ -= labels.size();
  return kept;
}

size_t SeriesIndex::allocated_bytes() const {
  return block_bytes_ + label_sets_.allocated_bytes() + series_.allocated_bytes() +
         memory_->allocated_bytes(MemoryUse::kSeries);
}

}  // namespace promlite::internal
