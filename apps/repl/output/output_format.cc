#include "promlite/apps/repl/output/output_format.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

constexpr std::pair<std::string_view, OutputFormat> kFormats[] = {
    {"table", OutputFormat::kTable},
    {"json", OutputFormat::kJson},
    {"csv", OutputFormat::kCsv},
    {"chart", OutputFormat::kChart},
};

}  // namespace

absl::StatusOr<OutputFormat> ParseOutputFormat(std::string_view name) {
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown output format \"", Absl(name), "\": table, json, csv or chart"));
}

std::string_view OutputFormatName(OutputFormat format) {
  for (const auto& [name, known] : kFormats) {
    if (known == format) return name;
  }
  return "";
}

}  // namespace promlite::repl
