#ifndef PROMLITE_STORAGE_LABELS_POSTINGS_H_
#define PROMLITE_STORAGE_LABELS_POSTINGS_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "promlite/storage/labels/symbol_table.h"
#include "promlite/storage/machine/ids.h"
#include "promlite/storage/machine/insert_only_index.h"
#include "promlite/storage/machine/stable_array.h"
#include "promlite/storage/machine/versioned_memory.h"

namespace promlite::internal {

// Numbers (or ids) in one piece of memory, only ever added at the end. One writer, any number of
// readers.
template <typename Number>
class GrowingList {
 public:
  // What has been added so far. As long as the reader's version is pinned.
  std::span<const Number> Get() const {
    const uint32_t size = size_.load(std::memory_order_acquire);
    return {data_.load(std::memory_order_acquire), size};
  }
  // Writer only.
  void Add(Number number, VersionedMemory* memory) {
    const uint32_t size = size_.load(std::memory_order_relaxed);
    Number* data = data_.load(std::memory_order_relaxed);
    if (size == capacity_) {
      capacity_ = std::max(kFirstCapacity, capacity_ + capacity_ / 2);
      auto* grown =
          static_cast<Number*>(memory->Allocate(capacity_ * sizeof(Number), MemoryUse::kPostings));
      std::copy_n(data, size, grown);
      data_.store(grown, std::memory_order_release);
      memory->Retire(data);
      data = grown;
    }
    data[size] = number;
    size_.store(size + 1, std::memory_order_release);
  }
  void Free(VersionedMemory* memory) { memory->Release(data_.load(std::memory_order_relaxed)); }

 private:
  static constexpr uint32_t kFirstCapacity = 2;

  std::atomic<Number*> data_ = nullptr;
  std::atomic<uint32_t> size_ = 0;
  uint32_t capacity_ = 0;
};

// For each label (pair of name and value) the ascending numbers of the series that bear it; for
// each name its values. One writer adds while any number of readers look up, without locks: every
// answer takes the number of series that the reader's version has, and leaves out later ones.
class Postings {
 public:
  // The series with one label.
  struct Value {
    SymbolPair label;
    GrowingList<SeriesId> series;
  };

  explicit Postings(VersionedMemory* memory)
      : memory_(memory),
        name_index_(memory, MemoryUse::kPostings),
        value_index_(memory, MemoryUse::kPostings) {}
  ~Postings();
  Postings(const Postings&) = delete;
  Postings& operator=(const Postings&) = delete;

  // Writer only. REQUIRES: `series` is larger than all before it.
  void Add(SeriesId series, SymbolPairs labels);

  std::span<const SeriesId> Series(SymbolPair label, uint32_t series_count) const;

  // Calls `visit(name)` for every label name of the first `series_count` series, in no useful
  // order.
  template <typename Visit>
  void VisitNames(uint32_t series_count, const Visit& visit) const {
    for (const uint32_t entry : all_names_.Get()) {
      const Name& name = names_[entry];
      const Value& oldest = values_[name.values.Get().front()];
      if (oldest.series.Get().front().number() < series_count) visit(name.name);
    }
  }

  // Calls `visit(value, series)` for every value of a name, series as from Series(); in the order
  // in which the values appeared.
  template <typename Visit>
  void VisitValues(SymbolId name, uint32_t series_count, const Visit& visit) const {
    const std::optional<uint32_t> entry = FindName(name);
    if (!entry) return;
    for (const uint32_t number : names_[*entry].values.Get()) {
      const Value& value = values_[number];
      const auto series = FirstSeries(value.series.Get(), series_count);
      if (series.empty()) return;  // values stand in the order of their first series
      visit(value.label.value, series);
    }
  }
  // How many values a name has; later ones included.
  size_t ValueCount(SymbolId name) const;

  // Writer only.
  size_t allocated_bytes() const;

 private:
  struct Name {
    SymbolId name;
    GrowingList<uint32_t> values;  // indices into values_
  };

  static std::span<const SeriesId> FirstSeries(std::span<const SeriesId> series,
                                               uint32_t series_count);
  std::optional<uint32_t> FindName(SymbolId name) const;
  std::optional<uint32_t> FindValue(SymbolPair label) const;
  uint32_t AddName(SymbolId name);

  VersionedMemory* memory_;
  InsertOnlyIndex name_index_;
  StableArray<Name> names_;
  GrowingList<uint32_t> all_names_;  // indices into names_, of names that have a value
  InsertOnlyIndex value_index_;
  StableArray<Value> values_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LABELS_POSTINGS_H_
