#ifndef PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_
#define PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_

#include <cstdint>
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

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LABELS_SERIES_SELECTION_H_
