#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_LINE_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_LINE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/openmetrics/text_format.h"
#include "promlite/storage/openmetrics/text_options.h"

namespace promlite::internal {

// What one line says. Views into the line, or into `unescaped`.
struct TextLine {
  enum class Kind { kBlank, kComment, kType, kHelp, kUnit, kEof, kSample };
  Kind kind = Kind::kBlank;

  // Of kType, kHelp and kUnit.
  std::string_view family;
  std::string_view text;  // not unescaped

  // Of kSample. Labels in the line's order, the metric name first as `__name__`.
  std::vector<std::pair<std::string_view, std::string_view>> labels;
  std::string_view series;  // the part of the line that names the series
  double value = 0;
  std::optional<int64_t> timestamp_ms;
  bool doubts_time_unit = false;  // why the line is refused: TextOptions::time_unit would help

  std::deque<std::string> unescaped;
};

// Parses a line (without its '\n') by Prometheus' grammar for `format`: OpenMetrics wants single
// spaces and knows UNIT, EOF and exemplars (which are checked, then dropped); Prometheus text is
// free with blanks and has comments and empty lines.
absl::Status ParseTextLine(std::string_view line, TextFormat format, TextOptions::TimeUnit unit,
                           TextLine* out);
// The beginning of the line, quoted, for messages.
std::string QuotedLine(std::string_view line);

// \\, \" and \n are resolved, other backslashes stay.
std::string Unescape(std::string_view text);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_LINE_H_
