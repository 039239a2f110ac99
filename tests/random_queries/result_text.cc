#include "promlite/tests/random_queries/result_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

namespace promlite::random_queries {
namespace {

// Hexadecimal digits are exact.
std::string Exactly(double value) {
  if (std::isnan(value)) return "NaN";
  char text[64];
  std::snprintf(text, sizeof text, "%.17g (%a)", value, value);
  return text;
}

std::string TextOf(const std::vector<HistogramBucket>& buckets) {
  std::string text = "[";
  for (const HistogramBucket& bucket : buckets) {
    if (bucket.count == 0) continue;
    text += std::to_string(bucket.index) + ":" + Exactly(bucket.count) + " ";
  }
  return text + "]";
}

std::string TextOf(const Histogram& histogram) {
  std::string text = "{hint " + std::to_string(static_cast<int>(histogram.hint)) + " schema " +
                     std::to_string(histogram.schema) + " zero " +
                     Exactly(histogram.zero_threshold) + ":" + Exactly(histogram.zero_count) +
                     " count " + Exactly(histogram.count) + " sum " + Exactly(histogram.sum) + " " +
                     TextOf(histogram.negative) + TextOf(histogram.positive);
  for (const double bound : histogram.custom_bounds) text += " " + Exactly(bound);
  return text + "}";
}

std::string TextOf(const ResultSeries& series) {
  std::string text = series.labels.ToString();
  for (const Sample& sample : series.samples) {
    text += " " + Exactly(sample.value) + "@" + std::to_string(sample.timestamp_ms);
  }
  for (const HistogramPoint& point : series.histograms) {
    text += " " + TextOf(*point.histogram) + "@" + std::to_string(point.timestamp_ms);
  }
  return text;
}

std::string Lines(std::vector<std::string> lines, bool order, std::string_view prefix) {
  if (!order) std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += std::string(prefix) + line + "\n";
  return text;
}

}  // namespace

std::string TextOf(const absl::StatusOr<QueryResult>& answer, const TextOptions& options) {
  if (!answer.ok()) return "error: " + answer.status().ToString() + "\n";
  std::string text = "type " + std::to_string(static_cast<int>(answer->type)) + "\n";
  if (answer->type == promql::ValueType::kScalar) {
    text +=
        Exactly(answer->scalar.value) + "@" + std::to_string(answer->scalar.timestamp_ms) + "\n";
  } else if (answer->type == promql::ValueType::kString) {
    text += answer->string + "@" + std::to_string(answer->timestamp_ms) + "\n";
  }
  std::vector<std::string> series;
  for (const ResultSeries& one : answer->series) series.push_back(TextOf(one));
  text += Lines(std::move(series), options.order, "");
  if (options.annotations) {
    text += Lines(answer->warnings, false, "warning: ") + Lines(answer->infos, false, "info: ");
  }
  return text;
}

}  // namespace promlite::random_queries
