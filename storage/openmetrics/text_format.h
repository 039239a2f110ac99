#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_

#include <cstddef>
#include <string_view>

namespace promlite::internal {

// Two languages that look alike. OpenMetrics ends a page with a line `# EOF` and writes times in
// seconds; Prometheus' own text has no such end and writes them in milliseconds.
enum class TextFormat { kOpenMetrics, kPrometheus };

// OpenMetrics if a line is `# EOF`: mostly the last one; where pages follow each other and the last
// is torn, another one. Prometheus text has such a line only by accident.
inline TextFormat FormatOfText(std::string_view text) {
  constexpr std::string_view kEnd = "# EOF";
  constexpr std::string_view kLineEnds = "\r\n ";
  for (size_t at = text.rfind(kEnd); at != text.npos;
       at = at == 0 ? text.npos : text.rfind(kEnd, at - 1)) {
    const size_t behind = at + kEnd.size();
    const bool ends = behind == text.size() || kLineEnds.find(text[behind]) != kLineEnds.npos;
    if (ends && (at == 0 || text[at - 1] == '\n')) return TextFormat::kOpenMetrics;
  }
  return TextFormat::kPrometheus;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_FORMAT_H_
