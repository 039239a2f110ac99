#include "promlite/apps/repl/output/result_labels.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace promlite::repl {

std::vector<std::string> LabelNamesOf(const std::vector<ResultSeries>& series) {
  std::set<std::string_view> names;
  for (const ResultSeries& one : series) {
    for (const auto& [name, value] : one.labels) names.insert(name);
  }
  std::vector<std::string> sorted;
  if (names.erase(kMetricName) > 0) sorted.emplace_back(kMetricName);
  sorted.insert(sorted.end(), names.begin(), names.end());
  return sorted;
}

Labels CommonLabels(const std::vector<ResultSeries>& series) {
  if (series.empty()) return {};
  std::vector<Labels::Label> common;
  for (const auto& label : series.front().labels) {
    const bool everywhere = std::all_of(series.begin(), series.end(), [&](const ResultSeries& one) {
      return one.labels.Get(label.first) == label.second;
    });
    if (everywhere) common.push_back(label);
  }
  return Labels(std::move(common));
}

}  // namespace promlite::repl
