#include "promlite/storage/openmetrics/text_starts.h"

#include <algorithm>
#include <cmath>

#include "promlite/storage/openmetrics/text_format.h"

namespace promlite::internal {
namespace {

constexpr std::string_view kCreated = "_created";

bool MayHaveStart(std::string_view type) {
  return type == "counter" || type == "histogram" || type == "summary";
}

// Whether a sample of that name counts up from the metric's start.
bool Counts(std::string_view name, std::string_view family, std::string_view type) {
  if (!name.starts_with(family)) return false;
  const std::string_view suffix = name.substr(family.size());
  if (type == "counter") return suffix == "_total";
  return suffix == "_count" || suffix == "_sum" || (type == "histogram" && suffix == "_bucket");
}

std::string_view NameOf(LabelsView labels) {
  for (const auto& [name, value] : labels) {
    if (name == kMetricName) return value;
  }
  return {};
}

// Bytes that no valid UTF-8 has keep the parts of a key apart.
std::string KeyOf(std::string_view family, LabelsView labels) {
  std::string key(family);
  for (const auto& [name, value] : labels) {
    if (name == kMetricName || name == "le" || name == "quantile" || value.empty()) continue;
    key.append("\xff").append(name).append("\xfe").append(value);
  }
  return key;
}

}  // namespace

void MetricStarts::Add(int64_t timestamp_ms, int64_t start_ms) {
  const bool is_known = !said_.empty() && said_.back().start_ms == start_ms &&
                        said_.back().timestamp_ms <= timestamp_ms;
  if (!is_known) said_.push_back({timestamp_ms, start_ms});
}

void MetricStarts::Sort() {
  std::stable_sort(said_.begin(), said_.end(),
                   [](const Said& a, const Said& b) { return a.timestamp_ms < b.timestamp_ms; });
}

std::optional<int64_t> MetricStarts::StartAt(int64_t timestamp_ms) const {
  const auto later =
      std::upper_bound(said_.begin(), said_.end(), timestamp_ms,
                       [](int64_t time, const Said& said) { return time < said.timestamp_ms; });
  const auto at = later == said_.begin() ? later : later - 1;
  if (at != said_.end() && at->start_ms <= timestamp_ms) return at->start_ms;
  std::optional<int64_t> latest;
  for (const Said& said : said_) {
    if (said.start_ms <= timestamp_ms)
      latest = std::max(latest.value_or(said.start_ms), said.start_ms);
  }
  return latest;
}

bool TextStarts::MayBeIn(std::string_view text) { return text.find(kCreated) != text.npos; }

void TextStarts::Collect(std::string_view lines, int64_t scraped_ms) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    // Most lines are neither: they cost one search.
    if (line.starts_with("# ") || MayBeIn(line)) ReadLine(line, scraped_ms);
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

void TextStarts::ReadLine(std::string_view line, int64_t scraped_ms) {
  if (!ParseTextLine(line, TextFormat::kOpenMetrics, options_.time_unit, &line_).ok()) return;
  if (line_.kind == TextLine::Kind::kType || line_.kind == TextLine::Kind::kEof) {
    family_ = std::string(line_.family);
    type_ = std::string(line_.text);
  }
  if (line_.kind != TextLine::Kind::kSample || !MayHaveStart(type_)) return;
  std::vector<LabelView> labels(line_.labels.begin(), line_.labels.end());
  std::sort(labels.begin(), labels.end());
  if (NameOf(labels) != family_ + std::string(kCreated)) return;
  const double start_ms = line_.value * 1000;
  // 2^63
  if (!(start_ms >= 1 && start_ms < 9223372036854775808.0)) return;
  metrics_[KeyOf(family_, labels)].Add(line_.timestamp_ms.value_or(scraped_ms),
                                       static_cast<int64_t>(start_ms));
}

void TextStarts::Sort() {
  for (auto& [key, starts] : metrics_) starts.Sort();
}

const MetricStarts* TextStarts::Find(std::string_view family, std::string_view type,
                                     LabelsView labels) const {
  if (metrics_.empty() || !MayHaveStart(type) || !Counts(NameOf(labels), family, type)) {
    return nullptr;
  }
  const auto at = metrics_.find(KeyOf(family, labels));
  return at == metrics_.end() ? nullptr : &at->second;
}

}  // namespace promlite::internal
