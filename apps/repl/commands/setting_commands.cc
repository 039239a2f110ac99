#include "promlite/apps/repl/commands/setting_commands.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/apps/repl/output/output_format.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

void PrintRange(Workspace* workspace) {
  const std::optional<QueryTimes>& range = workspace->settings().range;
  workspace->Print(range ? absl::StrCat("range from ", TimeText(range->start), " to ",
                                        TimeText(range->end), " every ", DurationText(range->step),
                                        "\n")
                         : "no range: queries are evaluated at one time\n");
}

}  // namespace

absl::StatusOr<QueryTimes> MakeRange(std::string_view start, std::string_view end,
                                     std::string_view step, const TimeReference& reference) {
  const absl::StatusOr<absl::Time> from = ParseTime(start, reference);
  if (!from.ok()) return from.status();
  const absl::StatusOr<absl::Time> to = ParseTime(end, reference);
  if (!to.ok()) return to.status();
  if (*to < *from) {
    return absl::InvalidArgumentError(absl::StrCat("end timestamp must not be before start time (",
                                                   TimeText(*to), " is before ", TimeText(*from),
                                                   ")"));
  }
  if (step.empty()) return QueryTimes{*from, *to, DefaultStep(*from, *to)};
  const absl::StatusOr<absl::Duration> width = ParseDuration(step);
  if (!width.ok()) return width.status();
  if (*width < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError("a step is at least a millisecond");
  }
  return QueryTimes{*from, *to, *width};
}

absl::StatusOr<QueryTimes> ParseRange(std::string_view text, absl::Time end,
                                      const TimeReference& reference) {
  const std::vector<std::string> words = absl::StrSplit(Absl(text), ' ', absl::SkipWhitespace());
  if (words.empty() || words.size() > 3) {
    return absl::InvalidArgumentError("a range is START END [STEP], DURATION [STEP], or all");
  }
  const std::string last = words.size() > 1 ? words.back() : "";
  if (words[0] == "all" && words.size() <= 2) return MakeRange("oldest", "newest", last, reference);
  // "3600" alone could be a time; "1h" is none.
  const absl::StatusOr<absl::Duration> width = ParseDuration(words[0]);
  if (width.ok() && words.size() <= 2 && !ParseTime(words[0], reference).ok()) {
    return MakeRange(TimeText(end - *width), TimeText(end), last, reference);
  }
  if (words.size() < 2) {
    return absl::InvalidArgumentError("a range is START END [STEP], DURATION [STEP], or all");
  }
  return MakeRange(words[0], words[1], words.size() == 3 ? words[2] : "", reference);
}

absl::Status SetTime(std::string_view argument, Workspace* workspace) {
  Settings& settings = workspace->settings();
  if (argument == "newest") {
    settings.time.reset();
    settings.range.reset();
  } else if (!argument.empty()) {
    const absl::StatusOr<absl::Time> time = ParseTime(argument, workspace->Times());
    if (!time.ok()) return time.status();
    settings.time = *time;
    settings.range.reset();
  }
  if (settings.range) {
    PrintRange(workspace);
    return absl::OkStatus();
  }
  workspace->Print(absl::StrCat("time ", TimeText(workspace->QueryTimesNow().start),
                                settings.time             ? ""
                                : workspace->HasSamples() ? " (the newest sample)"
                                                          : " (now, as there is no sample)",
                                "\n"));
  return absl::OkStatus();
}

absl::Status SetRange(std::string_view argument, Workspace* workspace) {
  Settings& settings = workspace->settings();
  if (argument == "off") {
    settings.range.reset();
  } else if (!argument.empty()) {
    const TimeReference reference = workspace->Times();
    const absl::Time end = settings.time ? *settings.time : reference.newest;
    const absl::StatusOr<QueryTimes> range = ParseRange(argument, end, reference);
    if (!range.ok()) return range.status();
    settings.range = *range;
  }
  PrintRange(workspace);
  return absl::OkStatus();
}

absl::Status SetOutput(std::string_view argument, Workspace* workspace) {
  Settings& settings = workspace->settings();
  if (!argument.empty()) {
    const absl::StatusOr<OutputFormat> format = ParseOutputFormat(argument);
    if (!format.ok()) return format.status();
    settings.output = *format;
    return absl::OkStatus();
  }
  workspace->Print(absl::StrCat("output ", Absl(OutputFormatName(settings.output)), "\n"));
  return absl::OkStatus();
}

absl::Status SetTiming(std::string_view argument, Workspace* workspace) {
  Settings& settings = workspace->settings();
  if (argument == "on" || argument == "off") {
    settings.timing = argument == "on";
    return absl::OkStatus();
  }
  if (!argument.empty()) return absl::InvalidArgumentError("\\timing is on or off");
  workspace->Print(settings.timing ? "timing on\n" : "timing off\n");
  return absl::OkStatus();
}

absl::Status SetRows(std::string_view argument, Workspace* workspace) {
  Settings& settings = workspace->settings();
  if (!argument.empty()) {
    uint64_t rows;
    if (!absl::SimpleAtoi(Absl(argument), &rows)) {
      return absl::InvalidArgumentError("\\rows needs a number; 0 shows all");
    }
    settings.max_rows = rows;
    return absl::OkStatus();
  }
  workspace->Print(settings.max_rows == 0
                       ? std::string("tables show all rows\n")
                       : absl::StrCat("tables show ", settings.max_rows, " rows\n"));
  return absl::OkStatus();
}

}  // namespace promlite::repl
