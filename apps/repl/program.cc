#include "promlite/apps/repl/program.h"

#include <unistd.h>

#include <cstdio>
#include <string>

#include "absl/status/statusor.h"
#include "promlite/apps/repl/commands/help_text.h"
#include "promlite/apps/repl/commands/setting_commands.h"
#include "promlite/apps/repl/options/arguments.h"
#include "promlite/apps/repl/script/queries_file.h"
#include "promlite/apps/repl/script/script.h"
#include "promlite/apps/repl/shell/shell.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/workspace/loading.h"
#include "promlite/apps/repl/workspace/workspace.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

constexpr size_t kDefaultHelpWidth = 100;
// A table longer than this is more than anybody reads on a terminal.
constexpr size_t kShellRows = 200;

// The exit code if the doctor found anything.
constexpr int kFaultsFound = 3;

enum class Mode { kShell, kScript, kCommands, kQueries, kDoctor, kReport, kSaveOnly };

Mode ModeOf(const Arguments& arguments) {
  if (!arguments.queries_file.empty()) return Mode::kQueries;
  if (!arguments.commands.empty()) return Mode::kCommands;
  if (arguments.doctor) return Mode::kDoctor;
  if (!arguments.report.empty()) return Mode::kReport;
  if (!arguments.save_file.empty()) return Mode::kSaveOnly;
  return isatty(STDIN_FILENO) == 1 ? Mode::kShell : Mode::kScript;
}

Settings SettingsOf(const Arguments& arguments, Mode mode) {
  Settings settings;
  settings.output = arguments.output;
  settings.timing = arguments.timing;
  settings.strict = arguments.strict;
  settings.scraped_at = arguments.scraped_at;
  settings.scraped_when_modified = arguments.scraped_when_modified;
  settings.all_problems = arguments.all_problems;
  if (mode == Mode::kShell) settings.max_rows = kShellRows;
  return settings;
}

// The times of the command line, relative to what was loaded.
absl::Status ApplyTimes(const Arguments& arguments, Workspace* workspace) {
  const TimeReference reference = workspace->Times();
  if (arguments.time) {
    const absl::StatusOr<absl::Time> time = ParseTime(*arguments.time, reference);
    if (!time.ok()) return time.status();
    workspace->settings().time = *time;
  }
  if (arguments.HasRange()) {
    const absl::StatusOr<QueryTimes> range =
        MakeRange(arguments.start.value_or("oldest"), arguments.end.value_or("newest"),
                  arguments.step.value_or(""), reference);
    if (!range.ok()) return range.status();
    workspace->settings().range = *range;
  }
  return absl::OkStatus();
}

void Complain(const absl::Status& status, Workspace* workspace) {
  workspace->Fail();
  workspace->Complain(Printable(Std(status.message())));
}

void RunMode(const Arguments& arguments, Mode mode, Workspace* workspace) {
  switch (mode) {
    case Mode::kShell:
      RunShell(workspace);
      return;
    case Mode::kScript:
      RunScript(stdin, "stdin", workspace);
      return;
    case Mode::kCommands:
      for (const std::string& command : arguments.commands) {
        if (workspace->quitting()) return;
        RunStatement(command, "", workspace);
      }
      return;
    case Mode::kQueries:
      AnswerQueriesFile(arguments.queries_file, workspace);
      return;
    case Mode::kDoctor:
      RunStatement("\\doctor", "", workspace);
      return;
    case Mode::kReport:
      RunStatement("\\report " + arguments.report, "", workspace);
      return;
    case Mode::kSaveOnly:
      return;
  }
}

void Run(const Arguments& arguments, Mode mode, Workspace* workspace) {
  const LoadSummary summary = mode == Mode::kShell ? LoadSummary::kPrint : LoadSummary::kSilent;
  const LoadOutcome loaded = LoadFiles(arguments.files, summary, workspace);
  // Answers without a file that was asked for would be wrong ones; in the shell its error is seen.
  if (loaded == LoadOutcome::kUnreadable && mode != Mode::kShell) return;
  if (loaded != LoadOutcome::kGood && arguments.strict) return;
  if (absl::Status status = ApplyTimes(arguments, workspace); !status.ok()) {
    Complain(status, workspace);
    return;
  }
  if (!arguments.save_file.empty()) {
    if (absl::Status status = workspace->database().Save(arguments.save_file); !status.ok()) {
      Complain(status, workspace);
      return;
    }
  }
  RunMode(arguments, mode, workspace);
}

}  // namespace

int RunProgram(const std::vector<std::string_view>& words) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(words);
  if (!arguments.ok()) {
    std::fprintf(stderr, "repl: %s\nrepl --help lists the options\n",
                 Printable(Std(arguments.status().message())).c_str());
    return 1;
  }
  int code = 0;
  if (arguments->help) {
    const size_t width = DescribeTerminal(stdout).width;
    std::fputs(HelpText(width == 0 ? kDefaultHelpWidth : width).c_str(), stdout);
  } else if (arguments->version) {
    std::fputs(VersionText().c_str(), stdout);
  } else {
    const Mode mode = ModeOf(*arguments);
    Workspace workspace(arguments->database, arguments->engine, SettingsOf(*arguments, mode));
    Run(*arguments, mode, &workspace);
    const bool has_faults = mode != Mode::kShell && workspace.has_faults();
    code = workspace.failed() ? 1 : has_faults ? kFaultsFound : 0;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::fputs("repl: cannot write to standard output\n", stderr);
    code = 1;
  }
  return code;
}

}  // namespace promlite::repl
