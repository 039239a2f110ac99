#include "promlite/storage/metrics/snapshot.h"

#include <utility>

namespace promlite::internal {

Labels Snapshot::LabelsOf(SeriesId id) const {
  std::vector<Labels::Label> labels;
  const SymbolPairs pairs = SeriesLabels(id);
  labels.reserve(pairs.size());
  for (const SymbolPair& pair : pairs) labels.emplace_back(Symbol(pair.name), Symbol(pair.value));
  return Labels(std::move(labels));
}

}  // namespace promlite::internal
