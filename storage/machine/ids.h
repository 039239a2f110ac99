#ifndef PROMLITE_STORAGE_MACHINE_IDS_H_
#define PROMLITE_STORAGE_MACHINE_IDS_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <utility>

namespace promlite::internal {

// The number by which the database knows one thing of one kind: an index from 0, or none. Each kind
// has a type of its own, so that a series cannot be handed over for a stream; none costs more than
// the number.
template <typename Kind>
class Id {
 public:
  constexpr Id() = default;  // none
  constexpr explicit Id(uint32_t number) : number_(number) {}

  static constexpr Id None() { return Id(); }
  constexpr bool is_none() const { return number_ == kNoNumber; }
  // REQUIRES: !is_none(), where it is used as an index.
  constexpr uint32_t number() const { return number_; }

  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
  template <typename Hash>
  friend Hash AbslHashValue(Hash hash, Id id) {
    return Hash::combine(std::move(hash), id.number_);
  }

 private:
  static constexpr uint32_t kNoNumber = std::numeric_limits<uint32_t>::max();
  uint32_t number_ = kNoNumber;
};

// An interned string: a label name or a label value.
using SymbolId = Id<struct SymbolKind>;
// A label set, whether or not a sample has made it a series.
using LabelSetId = Id<struct LabelSetKind>;
// A series: a label set with a sample, as readers know it.
using SeriesId = Id<struct SeriesKind>;
// A stream: one writer's samples in one series. Stays valid as long as the head.
using StreamId = Id<struct StreamKind>;
// A time column.
using ColumnId = Id<struct ColumnKind>;
// The native histograms of one stream.
using HistogramRunId = Id<struct HistogramRunKind>;

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_IDS_H_
