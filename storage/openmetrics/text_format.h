#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_

#include <string_view>

namespace promlite::internal {

// Two languages that look alike. OpenMetrics ends with a line `# EOF` and writes times in seconds;
// Prometheus' own text has no such end and writes them in milliseconds.
enum class TextFormat { kOpenMetrics, kPrometheus };

// Judged by the last line. `text` may be only the end of a text.
inline TextFormat FormatOfText(std::string_view text) {
  constexpr std::string_view kEnd = "# EOF";
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  if (!text.ends_with(kEnd)) return TextFormat::kPrometheus;
  text.remove_suffix(kEnd.size());
  return text.empty() || text.back() == '\n' ? TextFormat::kOpenMetrics : TextFormat::kPrometheus;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_
