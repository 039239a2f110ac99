#include "promlite/engine/blocks/query_symbols.h"

#include <algorithm>

#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {

QuerySymbols::QuerySymbols(const Snapshot& snapshot)
    : snapshot_(snapshot),
      first_own_(snapshot.symbol_count()),
      metric_name_(Intern(kMetricName)),
      type_(Intern("__type__")),
      unit_(Intern("__unit__")),
      le_(Intern("le")) {}

SymbolId QuerySymbols::Intern(std::string_view text) {
  if (const auto id = snapshot_.FindSymbol(text)) return *id;
  if (const auto own = own_ids_.find(Absl(text)); own != own_ids_.end()) return own->second;
  const SymbolId id(first_own_ + static_cast<uint32_t>(own_.size()));
  own_.emplace_back(text);
  own_ids_.emplace(own_.back(), id);
  return id;
}

std::string_view QuerySymbols::Text(SymbolId id) const {
  return id.number() < first_own_ ? snapshot_.Symbol(id)
                                  : std::string_view(own_[id.number() - first_own_]);
}

int QuerySymbols::Compare(SymbolPairs a, SymbolPairs b) const {
  const size_t common = std::min(a.size(), b.size());
  for (size_t i = 0; i < common; ++i) {
    if (a[i].name != b[i].name) return Text(a[i].name) < Text(b[i].name) ? -1 : 1;
    if (a[i].value != b[i].value) return Text(a[i].value) < Text(b[i].value) ? -1 : 1;
  }
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

SymbolId QuerySymbols::Find(SymbolPairs labels, SymbolId name) {
  for (const SymbolPair& pair : labels) {
    if (pair.name == name) return pair.value;
  }
  return SymbolId::None();
}

std::string_view QuerySymbols::Value(SymbolPairs labels, SymbolId name) const {
  const SymbolId value = Find(labels, name);
  return value.is_none() ? std::string_view() : Text(value);
}

std::string QuerySymbols::ToString(SymbolPairs labels) const { return ToLabels(labels).ToString(); }

Labels QuerySymbols::ToLabels(SymbolPairs labels) const {
  std::vector<Labels::Label> owned;
  owned.reserve(labels.size());
  for (const SymbolPair& pair : labels) owned.emplace_back(Text(pair.name), Text(pair.value));
  return Labels(std::move(owned));
}

void LabelSetBuilder::Set(SymbolId name, SymbolId value) {
  if (symbols_.Text(value).empty()) return Delete(name);
  auto place = pairs_.begin();
  for (; place != pairs_.end(); ++place) {
    if (place->name == name) {
      place->value = value;
      return;
    }
    if (symbols_.Text(place->name) > symbols_.Text(name)) break;
  }
  pairs_.insert(place, {name, value});
}

void LabelSetBuilder::Delete(SymbolId name) {
  std::erase_if(pairs_, [name](const SymbolPair& pair) { return pair.name == name; });
}

}  // namespace promlite::internal
