#ifndef PROMLITE_TESTS_STORAGE_METRICS_HISTOGRAM_TEXT_H_
#define PROMLITE_TESTS_STORAGE_METRICS_HISTOGRAM_TEXT_H_

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// Everything that a native histogram holds, empty buckets too: what is 0 or empty is left out.
//   schema:3 gauge count:7 sum:2.5 zero:1e-128/4 +[1:2 3:0] -[0:1] bounds[0.5 1]
inline std::string HistogramText(const Histogram& histogram) {
  const auto number = [](double value) {
    char text[64];
    return std::string(text, std::to_chars(text, text + sizeof(text), value).ptr);
  };
  const auto side = [&](const char* name, const std::vector<HistogramBucket>& buckets) {
    std::string text;
    for (const HistogramBucket& bucket : buckets) {
      text += (text.empty() ? "" : " ") + std::to_string(bucket.index) + ":" + number(bucket.count);
    }
    return text.empty() ? text : std::string(" ") + name + "[" + text + "]";
  };
  if (histogram.IsStalenessMarker()) return "stale";
  constexpr std::string_view kHints[] = {"", " reset", " not_reset", " gauge"};
  std::string text = "schema:" + std::to_string(histogram.schema);
  text += kHints[static_cast<size_t>(histogram.hint)];
  if (histogram.count != 0) text += " count:" + number(histogram.count);
  if (histogram.sum != 0) text += " sum:" + number(histogram.sum);
  if (histogram.zero_threshold != 0 || histogram.zero_count != 0) {
    text += " zero:" + number(histogram.zero_threshold) + "/" + number(histogram.zero_count);
  }
  text += side("+", histogram.positive) + side("-", histogram.negative);
  if (!histogram.custom_bounds.empty()) {
    text += " bounds[";
    for (size_t i = 0; i < histogram.custom_bounds.size(); ++i) {
      text += (i == 0 ? "" : " ") + number(histogram.custom_bounds[i]);
    }
    text += "]";
  }
  return text;
}

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_METRICS_HISTOGRAM_TEXT_H_
