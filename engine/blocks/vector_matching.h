#ifndef PROMLITE_ENGINE_BLOCKS_VECTOR_MATCHING_H_
#define PROMLITE_ENGINE_BLOCKS_VECTOR_MATCHING_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/query_symbols.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::internal {

// Which rows of two vectors can meet: those of one match group, whose match labels are equal.
struct MatchGroups {
  std::vector<uint32_t> lhs, rhs;  // the group of each row
  SeriesSet labels;                // the match labels of each group

  size_t size() const { return labels.size(); }
};
MatchGroups FindMatchGroups(QuerySymbols& symbols, const promql::VectorMatching& matching,
                            const SeriesSet& lhs, const SeriesSet& rhs);

// The rows of one vector by match group.
class RowsByGroup {
 public:
  RowsByGroup(std::span<const uint32_t> group_of_row, size_t group_count);

  // In the order of the rows.
  std::span<const uint32_t> operator[](size_t group) const {
    return std::span(rows_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
  }

 private:
  std::vector<uint32_t> rows_;    // group by group
  std::vector<uint32_t> begins_;  // where each group begins in rows_, and the end
};

// A matching that is not allowed, and the first step at which it happens.
struct MatchConflict {
  size_t step = 0;
  absl::Status error;
};

// One-to-one, many-to-one and one-to-many matching of two vectors. The two sides are called `many`
// and `one`; of one-to-one matching, `many` is the left. Which rows can meet is decided once for
// all steps; at which steps they do, their presence says. Numbers and histograms match alike.
class VectorMatcher {
 public:
  // Everything outlives the matcher.
  VectorMatcher(QuerySymbols& symbols, const promql::VectorMatching& matching, const Block& lhs,
                const Block& rhs);

  bool one_is_left() const { return matching_.cardinality == promql::MatchCardinality::kOneToMany; }
  const Block& many() const { return many_; }
  const Block& one() const { return one_; }
  const SamplePresence& one_presence() const { return one_presence_; }
  uint32_t GroupOfOne(uint32_t row) const { return one_group_[row]; }
  // The values that stand in for missing samples.
  const std::optional<double>& many_fill() const {
    return one_is_left() ? matching_.fill_right : matching_.fill_left;
  }
  const std::optional<double>& one_fill() const {
    return one_is_left() ? matching_.fill_left : matching_.fill_right;
  }

  // A row of each side that meet at some step.
  struct Pair {
    // For a row: its samples meet none, so the missing one is filled in, with the match labels.
    static constexpr uint32_t kFilled = ~uint32_t{0};
    uint32_t many = kFilled;
    uint32_t one = kFilled;
    uint32_t group = 0;
  };
  // The pairs that meet before step `end`, in the order of the rows of `many`, and behind them
  // those in which it is filled.
  std::vector<Pair> FindPairs(size_t end) const;
  // The pairs that FindPairs() gives for rows of `many`, without those in which it is filled.
  std::vector<Pair> FindPairsOfMany(size_t end) const;

  // The labels of a pair's samples; of a filled one the match labels.
  SymbolPairs ManyLabels(const Pair& pair) const;
  SymbolPairs OneLabels(const Pair& pair) const;

  // Writes at which steps a pair meets to the words of `bits` that the span returned touches.
  StepSpan MeetingSteps(const Pair& pair, uint64_t* bits) const;

  // Several samples of a match group on the `one` side; in one-to-one matching also on the `many`
  // side, where they find a match. Steps at which a side is empty (and nothing is filled in) have
  // no conflicts. Up to and including the first conflict's step there is no other.
  std::optional<MatchConflict> FindConflict() const;
  // What FindConflict() finds, looking at the `one` side only.
  std::optional<MatchConflict> FindConflictOfOne() const { return DuplicateOfOne(); }

 private:
  std::optional<size_t> FirstDuplicate(const SamplePresence& presence,
                                       std::span<const uint32_t> rows, const uint64_t* counts_at,
                                       size_t end) const;
  std::vector<uint64_t> StepsOf(const SamplePresence& presence,
                                std::span<const uint32_t> rows) const;
  // Adds the pair if it meets before `end`. `bits` is scratch memory.
  void AddIfItMeets(const Pair& pair, size_t end, std::vector<uint64_t>* bits,
                    std::vector<Pair>* pairs) const;
  std::optional<MatchConflict> DuplicateOfOne() const;
  std::optional<MatchConflict> DuplicateOfMany(size_t end) const;
  absl::Status DescribeDuplicateOfOne(size_t step) const;

  QuerySymbols& symbols_;
  const promql::VectorMatching& matching_;
  const Block& many_;
  const Block& one_;
  const SamplePresence many_presence_, one_presence_;
  const MatchGroups groups_;
  const std::span<const uint32_t> many_group_, one_group_;
  const RowsByGroup many_rows_, one_rows_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_VECTOR_MATCHING_H_
