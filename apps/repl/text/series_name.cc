#include "promlite/apps/repl/text/series_name.h"
#include "promlite/parser/text/quoting.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"

namespace promlite::repl {
namespace {

bool IsPlainName(std::string_view name, bool with_colon) {
  if (name.empty() || absl::ascii_isdigit(name.front())) return false;
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return absl::ascii_isalnum(c) || c == '_' || (with_colon && c == ':');
  });
}

}  // namespace

bool IsPlainLabelName(std::string_view name) { return IsPlainName(name, false); }
bool IsPlainMetricName(std::string_view name) { return IsPlainName(name, true); }

std::string QuoteString(std::string_view text) { return internal::DoubleQuoted(text); }

std::string QuotedIfNeeded(std::string_view label_name) {
  return IsPlainLabelName(label_name) ? std::string(label_name) : QuoteString(label_name);
}

std::string SeriesName(const Labels& labels) {
  const std::string_view name = labels.MetricName();
  const bool name_outside = IsPlainMetricName(name);
  std::string matchers;
  if (!name.empty() && !name_outside) matchers = QuoteString(name);
  for (const auto& [label, value] : labels) {
    if (label == kMetricName) continue;
    if (!matchers.empty()) matchers += ", ";
    matchers += QuotedIfNeeded(label) + "=" + QuoteString(value);
  }
  std::string out(name_outside ? name : std::string_view());
  if (!matchers.empty() || out.empty()) out += "{" + matchers + "}";
  return out;
}

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
