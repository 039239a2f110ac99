#include "promlite/engine/blocks/series_set.h"

namespace promlite::internal {

void SeriesSet::Add(SymbolPairs labels, bool drop_name) {
  const size_t old_size = pairs_.size();
  const SymbolPair* const base = pairs_.data();
  const bool own = labels.data() >= base && labels.data() < base + old_size;
  const size_t own_offset = own ? static_cast<size_t>(labels.data() - base) : 0;
  pairs_.resize(old_size + labels.size());
  const SymbolPair* from = own ? pairs_.data() + own_offset : labels.data();
  for (size_t i = 0; i < labels.size(); ++i) pairs_[old_size + i] = from[i];
  ends_.push_back(pairs_.size());
  drop_name_.push_back(drop_name);
}

}  // namespace promlite::internal
