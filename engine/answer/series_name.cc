#include "promlite/engine/answer/series_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "promlite/parser/text/quoting.h"

namespace promlite {
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

}  // namespace promlite
