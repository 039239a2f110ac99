#include "promlite/engine/blocks/grouping.h"

#include <algorithm>

namespace promlite::internal {
namespace {

// Pairs are sorted by name and equal text is the equal symbol: equal labels are equal numbers.
size_t HashOf(SymbolPairs labels) {
  uint64_t hash = labels.size();
  for (const SymbolPair& pair : labels) {
    // Multiplied by the golden ratio, each bit moves the higher ones; those come down again.
    hash =
        (hash ^ (uint64_t{pair.name.number()} << 32 | pair.value.number())) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

Grouping::Grouping(QuerySymbols& symbols, std::span<const std::string> labels, Labels which)
    : which_(which) {
  for (const std::string& label : labels) listed_.push_back(symbols.Intern(label));
  if (which == Labels::kAllExcept) {
    listed_.insert(listed_.end(), {symbols.metric_name(), symbols.type(), symbols.unit()});
  }
}

bool Grouping::IsKept(SymbolId name) const {
  const bool listed = std::find(listed_.begin(), listed_.end(), name) != listed_.end();
  return listed == (which_ == Labels::kOnly);
}

bool Grouping::Equal::operator()(uint32_t group, const Key& key) const {
  const SymbolPairs labels = grouping->groups_.labels(group);
  return std::equal(labels.begin(), labels.end(), key.labels.begin(), key.labels.end());
}

uint32_t Grouping::GroupOf(SymbolPairs labels) {
  common_.clear();
  for (const SymbolPair& pair : labels) {
    if (IsKept(pair.name)) common_.push_back(pair);
  }
  const Key key{common_, HashOf(common_)};
  if (const auto known = numbers_.find(key); known != numbers_.end()) return *known;
  const auto number = static_cast<uint32_t>(groups_.size());
  groups_.Add(common_);
  hashes_.push_back(key.hash);
  numbers_.insert(number);
  return number;
}

std::vector<uint32_t> Grouping::GroupsOf(const SeriesSet& series) {
  std::vector<uint32_t> numbers;
  numbers.reserve(series.size());
  for (size_t row = 0; row < series.size(); ++row) numbers.push_back(GroupOf(series.labels(row)));
  return numbers;
}

}  // namespace promlite::internal
