#include "promlite/engine/grouping.h"

#include <algorithm>

#include "absl/strings/string_view.h"

namespace promlite::internal {

Grouping::Grouping(QuerySymbols& symbols, std::span<const std::string> labels, Labels which)
    : which_(which) {
  for (const std::string& label : labels) listed_.push_back(symbols.Intern(label));
  if (which == Labels::kAllExcept) listed_.push_back(symbols.metric_name());
}

bool Grouping::IsKept(SymbolId name) const {
  const bool listed = std::find(listed_.begin(), listed_.end(), name) != listed_.end();
  return listed == (which_ == Labels::kOnly);
}

uint32_t Grouping::GroupOf(SymbolPairs labels) {
  common_.clear();
  for (const SymbolPair& pair : labels) {
    if (IsKept(pair.name)) common_.push_back(pair);
  }
  // Pairs are sorted by name and equal text is the equal symbol: equal labels are equal bytes.
  const absl::string_view bytes(reinterpret_cast<const char*>(common_.data()),
                                common_.size() * sizeof(SymbolPair));
  if (const auto known = numbers_.find(bytes); known != numbers_.end()) return known->second;
  const auto number = static_cast<uint32_t>(groups_.size());
  numbers_.emplace(bytes, number);
  groups_.Add(common_);
  return number;
}

std::vector<uint32_t> Grouping::GroupsOf(const SeriesSet& series) {
  std::vector<uint32_t> numbers;
  numbers.reserve(series.size());
  for (size_t row = 0; row < series.size(); ++row) numbers.push_back(GroupOf(series.labels(row)));
  return numbers;
}

}  // namespace promlite::internal
