#include "promlite/engine/blocks/vector_matching.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/grouping.h"

namespace promlite::internal {

MatchGroups FindMatchGroups(QuerySymbols& symbols, const promql::VectorMatching& matching,
                            const SeriesSet& lhs, const SeriesSet& rhs) {
  Grouping grouping(symbols, matching.labels,
                    matching.on ? Grouping::Labels::kOnly : Grouping::Labels::kAllExcept);
  MatchGroups groups;
  groups.lhs = grouping.GroupsOf(lhs);
  groups.rhs = grouping.GroupsOf(rhs);
  groups.labels = grouping.groups();
  return groups;
}

RowsByGroup::RowsByGroup(std::span<const uint32_t> group_of_row, size_t group_count)
    : rows_(group_of_row.size()), begins_(group_count + 1) {
  for (const uint32_t group : group_of_row) ++begins_[group + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (size_t row = 0; row < group_of_row.size(); ++row) {
    rows_[next[group_of_row[row]]++] = static_cast<uint32_t>(row);
  }
}

VectorMatcher::VectorMatcher(QuerySymbols& symbols, const promql::VectorMatching& matching,
                             const Block& lhs, const Block& rhs)
    : symbols_(symbols),
      matching_(matching),
      many_(one_is_left() ? rhs : lhs),
      one_(one_is_left() ? lhs : rhs),
      many_presence_(many_),
      one_presence_(one_),
      groups_(FindMatchGroups(symbols, matching, lhs.series, rhs.series)),
      many_group_(one_is_left() ? groups_.rhs : groups_.lhs),
      one_group_(one_is_left() ? groups_.lhs : groups_.rhs),
      many_rows_(many_group_, groups_.size()),
      one_rows_(one_group_, groups_.size()) {}

// ---- pairs ----------------------------------------------------------------------------------

void VectorMatcher::AddIfItMeets(const Pair& pair, size_t end, std::vector<uint64_t>* bits,
                                 std::vector<Pair>* pairs) const {
  const StepSpan span = MeetingSteps(pair, bits->data());
  uint64_t any = 0;
  ForEachWord(span.first, std::min<size_t>(span.end, end),
              [&](size_t word, uint64_t mask) { any |= (*bits)[word] & mask; });
  if (any != 0) pairs->push_back(pair);
}

std::vector<VectorMatcher::Pair> VectorMatcher::FindPairsOfMany(size_t end) const {
  std::vector<Pair> pairs;
  std::vector<uint64_t> bits(many_.words());
  for (uint32_t row = 0; row < many_.rows(); ++row) {
    const uint32_t group = many_group_[row];
    for (const uint32_t one : one_rows_[group]) {
      AddIfItMeets({row, one, group}, end, &bits, &pairs);
    }
    if (one_fill()) AddIfItMeets({row, Pair::kFilled, group}, end, &bits, &pairs);
  }
  return pairs;
}

std::vector<VectorMatcher::Pair> VectorMatcher::FindPairs(size_t end) const {
  std::vector<Pair> pairs = FindPairsOfMany(end);
  if (!many_fill()) return pairs;
  std::vector<uint64_t> bits(many_.words());
  for (uint32_t row = 0; row < one_.rows(); ++row) {
    AddIfItMeets({Pair::kFilled, row, one_group_[row]}, end, &bits, &pairs);
  }
  return pairs;
}

SymbolPairs VectorMatcher::ManyLabels(const Pair& pair) const {
  return pair.many == Pair::kFilled ? groups_.labels.labels(pair.group)
                                    : many_.series.labels(pair.many);
}

SymbolPairs VectorMatcher::OneLabels(const Pair& pair) const {
  return pair.one == Pair::kFilled ? groups_.labels.labels(pair.group)
                                   : one_.series.labels(pair.one);
}

StepSpan VectorMatcher::MeetingSteps(const Pair& pair, uint64_t* bits) const {
  if (pair.many != Pair::kFilled && pair.one != Pair::kFilled) {
    const StepSpan span =
        Intersection(many_presence_.span(pair.many), one_presence_.span(pair.one));
    const uint64_t* many_bits = many_presence_.bits(pair.many);
    const uint64_t* one_bits = one_presence_.bits(pair.one);
    ForEachWord(span.first, span.end,
                [&](size_t word, uint64_t) { bits[word] = many_bits[word] & one_bits[word]; });
    return span;
  }
  // The steps of the row that is there, but those at which its group has any on the other side.
  const bool many_is_there = pair.many != Pair::kFilled;
  const SamplePresence& there = many_is_there ? many_presence_ : one_presence_;
  const SamplePresence& other = many_is_there ? one_presence_ : many_presence_;
  const uint32_t row = many_is_there ? pair.many : pair.one;
  const StepSpan span = there.span(row);
  ForEachWord(span.first, span.end,
              [&](size_t word, uint64_t) { bits[word] = there.bits(row)[word]; });
  for (const uint32_t met : (many_is_there ? one_rows_ : many_rows_)[pair.group]) {
    const StepSpan both = Intersection(span, other.span(met));
    ForEachWord(both.first, both.end,
                [&](size_t word, uint64_t) { bits[word] &= ~other.bits(met)[word]; });
  }
  return span;
}

// ---- conflicts ------------------------------------------------------------------------------

std::optional<MatchConflict> VectorMatcher::FindConflict() const {
  std::optional<MatchConflict> conflict = DuplicateOfOne();
  if (matching_.cardinality != promql::MatchCardinality::kOneToOne) return conflict;
  const size_t end = conflict ? conflict->step : many_.steps();
  if (auto earlier = DuplicateOfMany(end)) return earlier;
  return conflict;
}

// The first step before `end` at which two of the rows are present and which is in `counts_at`.
std::optional<size_t> VectorMatcher::FirstDuplicate(const SamplePresence& presence,
                                                    std::span<const uint32_t> rows,
                                                    const uint64_t* counts_at, size_t end) const {
  std::vector<uint64_t> seen(presence.words());
  size_t first = end;
  for (const uint32_t row : rows) {
    const StepSpan span = presence.span(row);
    const uint64_t* bits = presence.bits(row);
    ForEachWord(span.first, span.end, [&](size_t word, uint64_t mask) {
      const uint64_t here = bits[word] & mask;
      if (const uint64_t twice = seen[word] & here & counts_at[word]; twice != 0) {
        first = std::min(first, word * 64 + static_cast<size_t>(std::countr_zero(twice)));
      }
      seen[word] |= here;
    });
  }
  return first < end ? std::optional(first) : std::nullopt;
}

// The steps at which any of the rows is present.
std::vector<uint64_t> VectorMatcher::StepsOf(const SamplePresence& presence,
                                             std::span<const uint32_t> rows) const {
  std::vector<uint64_t> steps(presence.words());
  for (const uint32_t row : rows) {
    const StepSpan span = presence.span(row);
    ForEachWord(span.first, span.end, [&](size_t word, uint64_t mask) {
      steps[word] |= presence.bits(row)[word] & mask;
    });
  }
  return steps;
}

std::optional<MatchConflict> VectorMatcher::DuplicateOfOne() const {
  std::vector<uint64_t> counts_at;  // made for the first group that needs it
  size_t end = one_.steps();
  for (size_t group = 0; group < groups_.size(); ++group) {
    if (one_rows_[group].size() < 2) continue;
    if (counts_at.empty()) {
      if (many_fill() || one_fill()) {
        counts_at.assign(one_.words(), ~uint64_t{0});
      } else {
        std::vector<uint32_t> all(many_.rows());
        std::iota(all.begin(), all.end(), 0);
        counts_at = StepsOf(many_presence_, all);
      }
    }
    end = FirstDuplicate(one_presence_, one_rows_[group], counts_at.data(), end).value_or(end);
  }
  if (end == one_.steps()) return std::nullopt;
  return MatchConflict{end, DescribeDuplicateOfOne(end)};
}

absl::Status VectorMatcher::DescribeDuplicateOfOne(size_t step) const {
  absl::flat_hash_map<uint32_t, uint32_t> first_of_group;
  for (uint32_t row = 0; row < one_.rows(); ++row) {
    if (!one_presence_.present(row, step)) continue;
    const auto [first, is_new] = first_of_group.try_emplace(one_group_[row], row);
    if (is_new) continue;
    std::string series[] = {symbols_.ToString(one_.series.labels(first->second)),
                            symbols_.ToString(one_.series.labels(row))};
    std::sort(std::begin(series), std::end(series));
    return absl::FailedPreconditionError(absl::StrCat(
        "found duplicate series for the match group ",
        symbols_.ToString(groups_.labels.labels(one_group_[row])), " on the ",
        one_is_left() ? "left" : "right", " hand-side of the operation: [", series[0], ", ",
        series[1],
        "];many-to-many matching not allowed: matching labels must be unique on one side"));
  }
  return absl::OkStatus();
}

std::optional<MatchConflict> VectorMatcher::DuplicateOfMany(size_t end) const {
  std::optional<MatchConflict> conflict;
  for (size_t group = 0; group < groups_.size(); ++group) {
    if (many_rows_[group].size() < 2) continue;
    if (one_rows_[group].empty() && !one_fill()) continue;
    const std::vector<uint64_t> matched = one_fill()
                                              ? std::vector<uint64_t>(many_.words(), ~uint64_t{0})
                                              : StepsOf(one_presence_, one_rows_[group]);
    const auto step = FirstDuplicate(many_presence_, many_rows_[group], matched.data(), end);
    if (!step) continue;
    end = *step;
    conflict = MatchConflict{
        end, absl::FailedPreconditionError("multiple matches for labels: many-to-one matching must "
                                           "be explicit (group_left/group_right)")};
  }
  return conflict;
}

}  // namespace promlite::internal
