#ifndef PROMLITE_ENGINE_BLOCKS_GROUPING_H_
#define PROMLITE_ENGINE_BLOCKS_GROUPING_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/query_symbols.h"

namespace promlite::internal {

// Puts label sets into groups, numbered in the order in which they are first seen: the groups of an
// aggregation (`by`, `without`) and the match groups of a binary operator (`on`, `ignoring`). A
// missing label is equal to an empty one.
class Grouping {
 public:
  Grouping(const Grouping&) = delete;
  Grouping& operator=(const Grouping&) = delete;

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
  // A group's common labels, looked for or known by the group's number.
  struct Key {
    SymbolPairs labels;
    size_t hash;
  };
  struct Hash {
    using is_transparent = void;
    const Grouping* grouping;
    size_t operator()(uint32_t group) const { return grouping->hashes_[group]; }
    size_t operator()(const Key& key) const { return key.hash; }
  };
  struct Equal {
    using is_transparent = void;
    const Grouping* grouping;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t group, const Key& key) const;
  };

  bool IsKept(SymbolId name) const;

  std::vector<SymbolId> listed_;
  const Labels which_;
  SeriesSet groups_;
  std::vector<size_t> hashes_;  // of each group's labels
  absl::flat_hash_set<uint32_t, Hash, Equal> numbers_{0, Hash{this}, Equal{this}};
  std::vector<SymbolPair> common_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_GROUPING_H_
