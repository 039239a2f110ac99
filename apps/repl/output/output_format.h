#ifndef PROMLITE_APPS_REPL_OUTPUT_OUTPUT_FORMAT_H_
#define PROMLITE_APPS_REPL_OUTPUT_OUTPUT_FORMAT_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace promlite::repl {

// How answers are printed.
enum class OutputFormat {
  kTable,  // boxes for people
  kJson,   // the body of Prometheus' HTTP API, one line
  kCsv,    // one sample a line, RFC 4180
  kChart,  // lines over time, bars for instant vectors
};

// "table", "json", "csv" or "chart".
absl::StatusOr<OutputFormat> ParseOutputFormat(std::string_view name);
std::string_view OutputFormatName(OutputFormat format);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_OUTPUT_FORMAT_H_
