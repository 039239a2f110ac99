#include "promlite/storage/labels/label_order.h"

#include <algorithm>
#include <numeric>

namespace promlite::internal {
namespace {

constexpr size_t kMany = 4096;

std::shared_ptr<const LabelOrder> WithRanks(std::vector<SeriesId> series) {
  auto order = std::make_shared<LabelOrder>();
  order->ranks.resize(series.size());
  for (uint32_t rank = 0; rank < series.size(); ++rank) order->ranks[series[rank].number()] = rank;
  order->series = std::move(series);
  return order;
}

}  // namespace

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
  SymbolId symbol_count = 0;
  for (const SeriesId id : *series) {
    for (const SymbolPair& label : index_->SeriesLabels(id)) {
      symbol_count = std::max({symbol_count, label.name + 1, label.value + 1});
    }
  }
  std::vector<SymbolId> symbols(symbol_count);
  std::iota(symbols.begin(), symbols.end(), 0);
  std::sort(symbols.begin(), symbols.end(),
            [this](SymbolId a, SymbolId b) { return symbols_->Text(a) < symbols_->Text(b); });
  std::vector<uint32_t> ranks(symbol_count);
  for (uint32_t rank = 0; rank < symbol_count; ++rank) ranks[symbols[rank]] = rank;

  // Each series' labels as ranks, name and value in turn, all in one piece of memory.
  std::vector<uint64_t> keys;
  std::vector<size_t> begins;
  for (const SeriesId id : *series) {
    begins.push_back(keys.size());
    for (const SymbolPair& label : index_->SeriesLabels(id)) {
      keys.push_back(uint64_t{ranks[label.name]} << 32 | ranks[label.value]);
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
