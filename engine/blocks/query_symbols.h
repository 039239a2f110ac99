#ifndef PROMLITE_ENGINE_BLOCKS_QUERY_SYMBOLS_H_
#define PROMLITE_ENGINE_BLOCKS_QUERY_SYMBOLS_H_

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The strings of one query: those of the snapshot under the snapshot's own numbers, and behind them
// those that the query makes (label_replace, count_values, ...). Equal text is equal number, so
// label sets compare and hash as runs of integers. Not thread-safe: labels are worked on between
// the parallel parts of a query.
class QuerySymbols {
 public:
  explicit QuerySymbols(const Snapshot& snapshot);
  QuerySymbols(const QuerySymbols&) = delete;
  QuerySymbols& operator=(const QuerySymbols&) = delete;

  SymbolId Intern(std::string_view text);
  // The view lives as long as the query.
  std::string_view Text(SymbolId id) const;

  // The labels with a meaning of their own.
  SymbolId metric_name() const { return metric_name_; }  // __name__
  SymbolId type() const { return type_; }                // __type__
  SymbolId unit() const { return unit_; }                // __unit__
  SymbolId le() const { return le_; }                    // le

  // Whether a label says what the metric is (its name, type or unit) and not which series of it.
  bool IsMetadata(SymbolId name) const {
    return name == metric_name_ || name == type_ || name == unit_;
  }

  // Prometheus' order of label sets: name, then value, label by label; a prefix is smaller.
  int Compare(SymbolPairs a, SymbolPairs b) const;

  // The value of a label; none if there is no such label.
  static SymbolId Find(SymbolPairs labels, SymbolId name);
  // The text of a label's value, empty if absent.
  std::string_view Value(SymbolPairs labels, SymbolId name) const;

  // `{__name__="up", job="node"}`, as Prometheus writes label sets in messages.
  std::string ToString(SymbolPairs labels) const;
  Labels ToLabels(SymbolPairs labels) const;

 private:
  const Snapshot& snapshot_;
  const uint32_t first_own_;
  std::deque<std::string> own_;
  absl::flat_hash_map<absl::string_view, SymbolId> own_ids_;
  SymbolId metric_name_, type_, unit_, le_;
};

// Makes a label set from another by setting and deleting labels.
class LabelSetBuilder {
 public:
  explicit LabelSetBuilder(const QuerySymbols& symbols) : symbols_(symbols) {}

  void Reset(SymbolPairs base) { pairs_.assign(base.begin(), base.end()); }
  // An empty text's symbol deletes the label.
  void Set(SymbolId name, SymbolId value);
  void Delete(SymbolId name);
  // The labels so far; valid until the next change.
  SymbolPairs pairs() const { return pairs_; }

 private:
  const QuerySymbols& symbols_;
  std::vector<SymbolPair> pairs_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_QUERY_SYMBOLS_H_
