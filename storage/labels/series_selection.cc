#include "promlite/storage/labels/series_selection.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "promlite/parser/text/regex_matcher.h"

namespace promlite::internal {
namespace {

using Series = std::span<const SeriesId>;

// From so many series on they are sorted by ranks instead of texts.
constexpr size_t kMany = 4096;

std::shared_ptr<const LabelOrder> WithRanks(std::vector<SeriesId> series) {
  auto order = std::make_shared<LabelOrder>();
  order->ranks.resize(series.size());
  for (uint32_t rank = 0; rank < series.size(); ++rank) order->ranks[series[rank].number()] = rank;
  order->series = std::move(series);
  return order;
}

std::optional<SymbolPair> FindLabel(const SelectionIndex& index, std::string_view name,
                                    std::string_view value) {
  const auto name_id = index.symbols.Find(name);
  const auto value_id = index.symbols.Find(value);
  if (!name_id || !value_id) return std::nullopt;
  return SymbolPair{*name_id, *value_id};
}

Series SeriesWith(const SelectionIndex& index, std::string_view name, std::string_view value) {
  const auto label = FindLabel(index, name, value);
  return label ? index.postings.Series(*label, index.series_count) : Series();
}

bool IsEquality(const Matcher& matcher) {
  return matcher.type() == Matcher::Type::kEqual && !matcher.value().empty();
}

// Advances through `longer` in doubling strides: for sets of very different size.
template <typename Visit>
void VisitMembership(Series shorter, Series longer, const Visit& visit) {
  size_t from = 0;
  for (const SeriesId id : shorter) {
    size_t stride = 1;
    while (from + stride < longer.size() && longer[from + stride] < id) stride *= 2;
    const auto end =
        longer.begin() + static_cast<ptrdiff_t>(std::min(from + stride + 1, longer.size()));
    const auto place = std::lower_bound(longer.begin() + static_cast<ptrdiff_t>(from), end, id);
    from = static_cast<size_t>(place - longer.begin());
    visit(id, place != longer.end() && *place == id);
  }
}

// Keeps those candidates that are in the other set, or those that are not.
void Keep(std::vector<SeriesId>* candidates, Series other, bool members) {
  size_t kept = 0;
  VisitMembership(*candidates, other, [&](SeriesId id, bool is_member) {
    if (is_member == members) (*candidates)[kept++] = id;
  });
  candidates->resize(kept);
}

// The series whose label has one of several values, ascending.
std::vector<SeriesId> Unite(const std::vector<Series>& sets, uint32_t series_count) {
  size_t size = 0;
  for (const Series set : sets) size += set.size();
  std::vector<SeriesId> united;
  united.reserve(size);
  if (sets.size() == 1) {
    united.assign(sets[0].begin(), sets[0].end());
  } else if (size > series_count / 16) {
    std::vector<bool> members(series_count);
    for (const Series set : sets) {
      for (const SeriesId id : set) members[id.number()] = true;
    }
    for (uint32_t id = 0; id < series_count; ++id) {
      if (members[id]) united.emplace_back(id);
    }
  } else {
    for (const Series set : sets) united.insert(united.end(), set.begin(), set.end());
    std::sort(united.begin(), united.end());
  }
  return united;
}

// The series whose label's value the matcher accepts. REQUIRES: it does not accept "".
std::vector<SeriesId> SeriesAccepted(const SelectionIndex& index, const Matcher& matcher) {
  std::vector<Series> sets;
  const RegexMatcher* regex = matcher.regex();
  if (matcher.type() == Matcher::Type::kRegexMatch &&
      regex->form() == RegexMatcher::Form::kLiterals) {
    for (const std::string& literal : regex->literals()) {
      sets.push_back(SeriesWith(index, matcher.name(), literal));
    }
  } else if (const auto name = index.symbols.Find(matcher.name())) {
    index.postings.VisitValues(*name, index.series_count, [&](SymbolId value, Series series) {
      if (matcher.Matches(index.symbols.Text(value))) sets.push_back(series);
    });
  }
  return Unite(sets, index.series_count);
}

// Drops the candidates whose label's value the matcher does not accept; a value is asked once.
void KeepAccepted(const SelectionIndex& index, const Matcher& matcher,
                  std::vector<SeriesId>* candidates) {
  const auto name = index.symbols.Find(matcher.name());
  const bool accepts_absence = matcher.MatchesEmpty();
  if (!name) {
    if (!accepts_absence) candidates->clear();
    return;
  }
  absl::flat_hash_map<SymbolId, bool> verdicts;
  std::erase_if(*candidates, [&](SeriesId id) {
    for (const SymbolPair& label : index.series.SeriesLabels(id)) {
      if (label.name != *name) continue;
      const auto [verdict, is_new] = verdicts.try_emplace(label.value, false);
      if (is_new) verdict->second = matcher.Matches(index.symbols.Text(label.value));
      return !verdict->second;
    }
    return !accepts_absence;
  });
}

// Candidates that satisfy all equalities; without one, those of the matcher among the others that
// wants a label and has the fewest values to look at (`*used` then), or all series.
std::vector<SeriesId> FirstCandidates(const SelectionIndex& index,
                                      std::span<const Matcher> matchers, const Matcher** used) {
  std::vector<Series> sets;
  for (const Matcher& matcher : matchers) {
    if (IsEquality(matcher)) sets.push_back(SeriesWith(index, matcher.name(), matcher.value()));
  }
  if (!sets.empty()) {
    std::sort(sets.begin(), sets.end(),
              [](const Series& a, const Series& b) { return a.size() < b.size(); });
    std::vector<SeriesId> candidates(sets[0].begin(), sets[0].end());
    for (size_t i = 1; i < sets.size() && !candidates.empty(); ++i) {
      Keep(&candidates, sets[i], /*members=*/true);
    }
    return candidates;
  }
  size_t fewest = 0;
  for (const Matcher& matcher : matchers) {
    if (matcher.MatchesEmpty()) continue;
    const auto name = index.symbols.Find(matcher.name());
    const size_t values = name ? index.postings.ValueCount(*name) : 0;
    if (*used != nullptr && values >= fewest) continue;
    *used = &matcher;
    fewest = values;
  }
  if (*used != nullptr) return SeriesAccepted(index, **used);
  return AllSeries(0, index.series_count);
}

}  // namespace

std::vector<SeriesId> SelectSeries(const SelectionIndex& index, std::span<const Matcher> matchers) {
  const Matcher* used = nullptr;
  std::vector<SeriesId> candidates = FirstCandidates(index, matchers, &used);
  for (const Matcher& matcher : matchers) {
    if (candidates.empty()) break;
    if (&matcher == used || IsEquality(matcher)) continue;
    if (matcher.type() == Matcher::Type::kNotEqual && !matcher.value().empty()) {
      Keep(&candidates, SeriesWith(index, matcher.name(), matcher.value()), /*members=*/false);
    } else {
      KeepAccepted(index, matcher, &candidates);
    }
  }
  return candidates;
}

void PutInOrder(const LabelOrder& order, std::vector<SeriesId>* series) {
  const auto rank = [&](SeriesId id) { return order.ranks[id.number()]; };
  // A bit a rank is set and read in one pass each; that beats sorting unless the bits are many.
  constexpr size_t kWordsASeries = 8;
  const size_t words = order.series.size() / 64 + 1;
  if (words > kWordsASeries * series->size()) {
    std::sort(series->begin(), series->end(),
              [&](SeriesId a, SeriesId b) { return rank(a) < rank(b); });
    return;
  }
  std::vector<uint64_t> is_there(words);
  for (const SeriesId id : *series) is_there[rank(id) / 64] |= uint64_t{1} << (rank(id) % 64);
  auto next = series->begin();
  for (size_t word = 0; word < words; ++word) {
    for (uint64_t bits = is_there[word]; bits != 0; bits &= bits - 1) {
      *next++ = order.series[word * 64 + static_cast<size_t>(std::countr_zero(bits))];
    }
  }
}

std::shared_ptr<const LabelOrder> LabelOrderCache::Get(uint32_t series_count) {
  const std::lock_guard lock(mutex_);
  if (newest_->series.size() > series_count) return Restrict(*newest_, series_count);
  if (newest_->series.size() < series_count) newest_ = Extend(*newest_, series_count);
  return newest_;
}

bool LabelOrderCache::Less(SeriesId a, SeriesId b) const {
  const SymbolPairs x = index_->SeriesLabels(a);
  const SymbolPairs y = index_->SeriesLabels(b);
  const auto [in_x, in_y] = std::mismatch(x.begin(), x.end(), y.begin(), y.end());
  if (in_x == x.end() || in_y == y.end()) return in_x == x.end() && in_y != y.end();
  if (in_x->name != in_y->name) return symbols_->Text(in_x->name) < symbols_->Text(in_y->name);
  return symbols_->Text(in_x->value) < symbols_->Text(in_y->value);
}

void LabelOrderCache::SortMany(std::vector<SeriesId>* series) const {
  uint32_t symbol_count = 0;
  for (const SeriesId id : *series) {
    for (const SymbolPair& label : index_->SeriesLabels(id)) {
      symbol_count = std::max({symbol_count, label.name.number() + 1, label.value.number() + 1});
    }
  }
  std::vector<SymbolId> symbols;
  symbols.reserve(symbol_count);
  for (uint32_t symbol = 0; symbol < symbol_count; ++symbol) symbols.emplace_back(symbol);
  std::sort(symbols.begin(), symbols.end(),
            [this](SymbolId a, SymbolId b) { return symbols_->Text(a) < symbols_->Text(b); });
  std::vector<uint32_t> ranks(symbol_count);
  for (uint32_t rank = 0; rank < symbol_count; ++rank) ranks[symbols[rank].number()] = rank;

  // Each series' labels as ranks, name and value in turn, all in one piece of memory.
  std::vector<uint64_t> keys;
  std::vector<size_t> begins;
  for (const SeriesId id : *series) {
    begins.push_back(keys.size());
    for (const SymbolPair& label : index_->SeriesLabels(id)) {
      keys.push_back(uint64_t{ranks[label.name.number()]} << 32 | ranks[label.value.number()]);
    }
  }
  begins.push_back(keys.size());
  std::vector<uint32_t> positions(series->size());
  std::iota(positions.begin(), positions.end(), 0);
  std::sort(positions.begin(), positions.end(), [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(keys.data() + begins[a], keys.data() + begins[a + 1],
                                        keys.data() + begins[b], keys.data() + begins[b + 1]);
  });
  std::vector<SeriesId> sorted;
  sorted.reserve(series->size());
  for (const uint32_t position : positions) sorted.push_back((*series)[position]);
  *series = std::move(sorted);
}

std::shared_ptr<const LabelOrder> LabelOrderCache::Extend(const LabelOrder& old,
                                                          uint32_t series_count) const {
  std::vector<SeriesId> added = AllSeries(static_cast<uint32_t>(old.series.size()), series_count);
  const auto less = [this](SeriesId a, SeriesId b) { return Less(a, b); };
  if (added.size() >= kMany) {
    SortMany(&added);
  } else {
    std::sort(added.begin(), added.end(), less);
  }
  if (old.series.empty()) return WithRanks(std::move(added));
  // Each new series' place is searched for, as there are few of them among many.
  std::vector<SeriesId> merged;
  merged.reserve(series_count);
  auto from = old.series.begin();
  for (const SeriesId series : added) {
    const auto place = std::upper_bound(from, old.series.end(), series, less);
    merged.insert(merged.end(), from, place);
    merged.push_back(series);
    from = place;
  }
  merged.insert(merged.end(), from, old.series.end());
  return WithRanks(std::move(merged));
}

std::shared_ptr<const LabelOrder> LabelOrderCache::Restrict(const LabelOrder& newer,
                                                            uint32_t series_count) const {
  std::vector<SeriesId> series;
  series.reserve(series_count);
  for (const SeriesId id : newer.series) {
    if (id.number() < series_count) series.push_back(id);
  }
  return WithRanks(std::move(series));
}

}  // namespace promlite::internal
