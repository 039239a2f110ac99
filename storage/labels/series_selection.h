#ifndef PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_
#define PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/labels/postings.h"
#include "promlite/storage/labels/series_index.h"
#include "promlite/storage/labels/symbol_table.h"

namespace promlite::internal {

// Where matchers find series: one version's view of the indices.
struct SelectionIndex {
  const SymbolTable& symbols;
  const Postings& postings;
  const SeriesIndex& series;
  uint32_t series_count;
};

// The numbers, ascending, of the series that all matchers accept. Equalities are intersected,
// smallest first; what they leave is held against the other matchers, each of which sees a label
// value once. Without an equality the first candidates are those of the cheapest matcher that
// wants its label to be there.
std::vector<SeriesId> SelectSeries(const SelectionIndex& index, std::span<const Matcher> matchers);

// The first so many series in label order (that of Labels), and each one's rank in it.
struct LabelOrder {
  std::vector<SeriesId> series;  // by rank
  std::vector<uint32_t> ranks;   // by series
};

// Sorts series by their ranks. REQUIRES: no series stands twice, and the order has them all.
void PutInOrder(const LabelOrder& order, std::vector<SeriesId>* series);

// Keeps the newest order that was asked for, and makes the next one out of it: only new series are
// sorted. Thread-safe; readers that ask at the same time wait for one another, writers never.
class LabelOrderCache {
 public:
  LabelOrderCache(const SymbolTable* symbols, const SeriesIndex* index)
      : symbols_(symbols), index_(index) {}

  std::shared_ptr<const LabelOrder> Get(uint32_t series_count);

 private:
  std::shared_ptr<const LabelOrder> Extend(const LabelOrder& old, uint32_t series_count) const;
  std::shared_ptr<const LabelOrder> Restrict(const LabelOrder& newer, uint32_t series_count) const;
  // Sorts series by the ranks of their symbols: for many, where comparing texts would cost more.
  void SortMany(std::vector<SeriesId>* series) const;
  bool Less(SeriesId a, SeriesId b) const;

  const SymbolTable* symbols_;
  const SeriesIndex* index_;
  std::mutex mutex_;
  std::shared_ptr<const LabelOrder> newest_ = std::make_shared<LabelOrder>();
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_
