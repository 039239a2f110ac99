#include "promlite/engine/usage/doctor/shared_labels.h"

#include <algorithm>

namespace promlite::internal {

void SharedLabels::Look(const Labels& labels, Record* record) {
  ++record->looked_at;
  for (const auto& [name, value] : labels) {
    if (name == kMetricName) continue;
    Record::Values& seen = record->labels[name];
    ++seen.with;
    seen.values.insert(value);
  }
}

bool SharedLabels::IsShared(std::string_view label) const {
  const auto counted = counters_.labels.find(label);
  const auto told = events_.labels.find(label);
  if (counted == counters_.labels.end() || told == events_.labels.end()) return false;
  return std::any_of(counted->second.values.begin(), counted->second.values.end(),
                     [&](const std::string& value) { return told->second.values.contains(value); });
}

bool SharedLabels::IsUnknown(std::string_view label) const {
  return counters_.labels.find(label) == counters_.labels.end() &&
         events_.labels.find(label) == events_.labels.end();
}

bool SharedLabels::Tells(const Record& record, const Record::Values& values) {
  return values.values.size() > 1 || values.with < record.looked_at;
}

std::vector<std::string> SharedLabels::Telling() const {
  std::vector<std::string> telling;
  for (const auto& [name, values] : counters_.labels) {
    if (!IsShared(name)) continue;
    const Record::Values& told = events_.labels.find(name)->second;
    if (Tells(counters_, values) || Tells(events_, told)) telling.push_back(name);
  }
  return telling;
}

}  // namespace promlite::internal
