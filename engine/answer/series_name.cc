#include "promlite/engine/answer/series_name.h"

#include "promlite/parser/text/quoting.h"

namespace promlite {

std::string QuoteString(std::string_view text) { return internal::DoubleQuoted(text); }

std::string QuotedIfNeeded(std::string_view label_name, promql::UnquotedNames names) {
  return promql::IsUnquotedLabelName(label_name, names) ? std::string(label_name)
                                                        : QuoteString(label_name);
}

std::string SeriesName(const Labels& labels) {
  const std::string_view name = labels.MetricName();
  const bool name_outside = promql::IsUnquotedMetricName(name, promql::UnquotedNames::kAscii);
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

}  // namespace promlite
