#include "promlite/apps/repl/commands/commands.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/commands/data_commands.h"
#include "promlite/apps/repl/commands/function_help.h"
#include "promlite/apps/repl/commands/query_commands.h"
#include "promlite/apps/repl/commands/setting_commands.h"
#include "promlite/apps/repl/doctor/doctor_command.h"
#include "promlite/apps/repl/output/error_caret.h"
#include "promlite/apps/repl/report/report_command.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/why/why_command.h"
#include "promlite/apps/repl/workspace/query_runner.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

absl::Status ShowHelp(std::string_view argument, Workspace* workspace);

absl::Status Leave(std::string_view, Workspace* workspace) {
  workspace->Quit();
  return absl::OkStatus();
}

constexpr Command kCommands[] = {
    {"help", "?", "[COMMAND|FUNCTION]", "this list, or more about one thing", ArgumentKind::kTopic,
     ShowHelp},
    {"metrics", "", "[TEXT]",
     "the metrics (whose name contains TEXT): type, unit, help, series, samples, "
     "first and last time; what was not added up of deltas, if anything; a table or JSON",
     ArgumentKind::kQuery, ShowMetrics},
    {"labels", "", "[SELECTOR]", "the label names (of the series selected) and their values",
     ArgumentKind::kQuery, ShowLabels},
    {"values", "", "LABEL [SELECTOR]", "the values of a label", ArgumentKind::kLabel, ShowValues},
    {"series", "", "[SELECTOR]", "the series with their samples, first and last time",
     ArgumentKind::kQuery, ShowSeries},
    {"streams", "", "[SELECTOR]",
     "what each writer, told by its start timestamp, wrote into each series", ArgumentKind::kQuery,
     ShowStreams},
    {"doctor", "", "[SELECTOR] [DURATION]",
     "what each way of counting answers for the counters, what in the data makes some of them "
     "wrong, and what can be told of the truth; if logs are loaded, what Claude Code's events say",
     ArgumentKind::kQuery, RunDoctor},
    {"report", "", "[day|week|month|session|user] [by model] [OPTION...]",
     "cost, tokens, sessions, commits, pull requests, lines and active time of Claude Code and "
     "other agents (Codex, Gemini CLI, Qwen Code, Copilot CLI), counted exactly; options: --since "
     "TIME, --until TIME, --timezone ZONE, --show-queries",
     ArgumentKind::kReport, RunReport},
    {"time", "", "[TIME]", "when queries are evaluated: a time, -1h, newest, oldest or now",
     ArgumentKind::kTime, SetTime},
    {"range", "", "[START END [STEP]|DURATION [STEP]|all|off]",
     "ask for ranges: 'START END', the DURATION before the query time, or all data",
     ArgumentKind::kTime, SetRange},
    {"output", "", "[table|json|csv|chart]", "how answers are printed", ArgumentKind::kOutput,
     SetOutput},
    {"chart", "", "QUERY", "draw a query over the range, or over all data if none is set",
     ArgumentKind::kQuery, ChartQuery},
    {"explain", "", "QUERY", "run a query and show its operators with series, samples and time",
     ArgumentKind::kQuery, ExplainQuery},
    {"why", "", "[all] QUERY",
     "how rate, increase or delta comes to its answer, and what other formulas say, for ten series "
     "or all",
     ArgumentKind::kQuery, ShowWhy},
    {"format", "", "QUERY", "print a query in canonical form", ArgumentKind::kQuery, FormatQuery},
    {"timing", "", "[on|off]", "say how long each query took", ArgumentKind::kOnOff, SetTiming},
    {"rows", "", "[N]", "how many rows tables show at most; 0 shows all", ArgumentKind::kNone,
     SetRows},
    {"load", "", "FILE...", "load more captures", ArgumentKind::kFiles, LoadMore},
    {"save", "", "FILE", "write all that was loaded to one .plc file", ArgumentKind::kFiles,
     SaveAll},
    {"quit", "q", "", "leave", ArgumentKind::kNone, Leave},
};

std::string Usage(const Command& command) {
  std::string usage = absl::StrCat("\\", Absl(command.name));
  if (!command.arguments.empty()) absl::StrAppend(&usage, " ", Absl(command.arguments));
  return usage;
}

constexpr size_t kUsageCells = 30;

constexpr std::string_view kHelpOfQueries =
    R"(Everything else is PromQL. A query goes on in the next line while a bracket is open or an
operator misses its operand, and after a \ at the end of the line; an empty line ends it.
Tab completes names, Ctrl-C stops, Ctrl-D leaves.

)";

std::string CommandList(size_t width) {
  std::string out;
  for (const Command& command : kCommands) {
    const std::string usage = Usage(command);
    const bool own_line = DisplayWidth(usage) > kUsageCells;
    out += "  " + PadRight(usage, kUsageCells);
    const size_t indent = kUsageCells + 4;
    out += own_line ? "\n" + std::string(indent, ' ') : "  ";
    bool first = true;
    for (const std::string& line : Wrap(command.help, std::max(width, indent + 30) - indent)) {
      if (!first) out += std::string(indent, ' ');
      first = false;
      out += line + "\n";
    }
  }
  return out;
}

absl::Status ShowHelp(std::string_view argument, Workspace* workspace) {
  if (argument.empty()) {
    const size_t width = workspace->OutputView().table_width;
    workspace->Print(std::string(kHelpOfQueries) + CommandList(width == 0 ? 100 : width) +
                     "\n\\help FUNCTION explains a function of PromQL.\n");
    return absl::OkStatus();
  }
  const std::string_view topic = argument.starts_with('\\') ? argument.substr(1) : argument;
  if (const Command* command = FindCommand(topic)) {
    std::string text = Usage(*command) + "\n  " + std::string(command->help) + "\n";
    if (!command->alias.empty()) text += "  also \\" + std::string(command->alias) + "\n";
    workspace->Print(text);
    return absl::OkStatus();
  }
  absl::StatusOr<std::string> text = FunctionHelp(topic);
  if (!text.ok()) return text.status();
  workspace->Print(*text);
  return absl::OkStatus();
}

}  // namespace

std::span<const Command> AllCommands() { return kCommands; }

const Command* FindCommand(std::string_view name) {
  for (const Command& command : kCommands) {
    if (command.name == name || (!command.alias.empty() && command.alias == name)) return &command;
  }
  return nullptr;
}

void RunCommand(std::string_view line, std::string_view place, Workspace* workspace) {
  const std::string_view text = Std(absl::StripAsciiWhitespace(Absl(line))).substr(1);
  const std::string_view name = text.substr(0, std::min(text.find_first_of(" \t"), text.size()));
  const std::string_view argument = Std(absl::StripAsciiWhitespace(Absl(text.substr(name.size()))));
  const Command* command = FindCommand(name);
  if (command == nullptr) {
    std::vector<std::string_view> names;
    for (const Command& known : kCommands) names.push_back(known.name);
    const std::string nearest = NearestName(name, names);
    workspace->Fail();
    workspace->Complain(absl::StrCat(
        Absl(place), "unknown command \\", Printable(name),
        nearest.empty() ? "; \\help lists all" : absl::StrCat("; did you mean \\", nearest, "?")));
    return;
  }
  if (command->arguments.empty() && !argument.empty()) {
    workspace->Fail();
    workspace->Complain(absl::StrCat(Absl(place), "\\", Absl(name), " takes no argument"));
    return;
  }
  const absl::Status status = command->run(argument, workspace);
  if (status.ok()) return;
  workspace->Fail();
  PrintQueryError(argument, status, place, workspace);
}

}  // namespace promlite::repl
