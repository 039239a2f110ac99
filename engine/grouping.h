#ifndef PROMLITE_ENGINE_GROUPING_H_
#define PROMLITE_ENGINE_GROUPING_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "promlite/engine/query_symbols.h"
#include "promlite/engine/series_set.h"

namespace promlite::internal {

// Puts label sets into groups, numbered in the order in which they are first seen: the groups of an
// aggregation (`by`, `without`) and the match groups of a binary operator (`on`, `ignoring`). A
// missing label is equal to an empty one.
class Grouping {
 public:
  enum class Labels {
    kOnly,       // `by`, `on`: what is equal in a group are the labels listed
    kAllExcept,  // `without`, `ignoring`: all labels but those listed and the metric name
  };
  Grouping(QuerySymbols& symbols, std::span<const std::string> labels, Labels which);

  // The number of the group that `labels` belongs to.
  uint32_t GroupOf(SymbolPairs labels);
  std::vector<uint32_t> GroupsOf(const SeriesSet& series);

  size_t size() const { return groups_.size(); }
  // The labels that the members of each group have in common.
  const SeriesSet& groups() const { return groups_; }

 private:
  bool IsKept(SymbolId name) const;

  std::vector<SymbolId> listed_;
  const Labels which_;
  SeriesSet groups_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;  // by the bytes of the common labels
  std::vector<SymbolPair> common_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_GROUPING_H_
