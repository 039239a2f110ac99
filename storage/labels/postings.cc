#include "promlite/storage/labels/postings.h"

#include <algorithm>

namespace promlite::internal {
namespace {

// Mixes the bits of a number (the finalizer of MurmurHash3).
uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccd;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53;
  return x ^ (x >> 33);
}

uint64_t HashOf(SymbolId name) { return Mix(name.number()); }
uint64_t HashOf(SymbolPair label) {
  return Mix(uint64_t{label.name.number()} << 32 | label.value.number());
}

}  // namespace

Postings::~Postings() {
  for (size_t i = 0; i < values_.size(); ++i) values_[i].series.Free(memory_);
  for (size_t i = 0; i < names_.size(); ++i) names_[i].values.Free(memory_);
  all_names_.Free(memory_);
}

void Postings::Add(SeriesId series, SymbolPairs labels) {
  for (const SymbolPair& label : labels) {
    if (const auto known = FindValue(label)) {
      values_[*known].series.Add(series, memory_);
      continue;
    }
    const auto number = static_cast<uint32_t>(values_.AddDefault());
    Value& value = values_[number];
    value.label = label;
    value.series.Add(series, memory_);
    value_index_.Insert(HashOf(label), number,
                        [this](uint32_t other) { return HashOf(values_[other].label); });
    if (const auto name = FindName(label.name)) {
      names_[*name].values.Add(number, memory_);
    } else {
      const uint32_t added = AddName(label.name);
      names_[added].values.Add(number, memory_);
      all_names_.Add(added, memory_);
    }
  }
}

uint32_t Postings::AddName(SymbolId name) {
  const auto number = static_cast<uint32_t>(names_.AddDefault());
  names_[number].name = name;
  name_index_.Insert(HashOf(name), number,
                     [this](uint32_t other) { return HashOf(names_[other].name); });
  return number;
}

std::optional<uint32_t> Postings::FindName(SymbolId name) const {
  return name_index_.Find(HashOf(name), [&](uint32_t entry) { return names_[entry].name == name; });
}

std::optional<uint32_t> Postings::FindValue(SymbolPair label) const {
  return value_index_.Find(HashOf(label),
                           [&](uint32_t entry) { return values_[entry].label == label; });
}

std::span<const SeriesId> Postings::FirstSeries(std::span<const SeriesId> series,
                                                uint32_t series_count) {
  if (series.empty() || series.back().number() < series_count) return series;
  return series.first(static_cast<size_t>(
      std::lower_bound(series.begin(), series.end(), SeriesId(series_count)) - series.begin()));
}

std::span<const SeriesId> Postings::Series(SymbolPair label, uint32_t series_count) const {
  const auto entry = FindValue(label);
  if (!entry) return {};
  return FirstSeries(values_[*entry].series.Get(), series_count);
}

size_t Postings::ValueCount(SymbolId name) const {
  const auto entry = FindName(name);
  return entry ? names_[*entry].values.Get().size() : 0;
}

size_t Postings::allocated_bytes() const {
  return memory_->allocated_bytes(MemoryUse::kPostings) + names_.allocated_bytes() +
         values_.allocated_bytes();
}

}  // namespace promlite::internal
