#ifndef PROMLITE_APPS_REPL_OPTIONS_ARGUMENTS_H_
#define PROMLITE_APPS_REPL_OPTIONS_ARGUMENTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/repl/output/output_format.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/storage/database_options.h"

namespace promlite::repl {

// The command line, checked as far as it can be before any file is read.
struct Arguments {
  std::vector<std::string> files;
  std::vector<std::string> commands;  // -c: queries and meta commands

  // As written: relative times can be told only once the newest sample is known.
  std::optional<std::string> time;
  std::optional<std::string> start, end, step;

  OutputFormat output = OutputFormat::kTable;
  bool output_is_set = false;
  bool timing = false;
  bool strict = false;
  std::optional<absl::Time> scraped_at;
  bool scraped_when_modified = false;
  bool all_problems = false;
  bool doctor = false;
  std::string report;        // the arguments of \report; empty: none
  std::string save_file;     // empty: nothing is saved
  std::string queries_file;  // empty: none

  EngineOptions engine;
  DatabaseOptions database;

  bool help = false;
  bool version = false;

  bool HasRange() const { return start || end || step; }
};

// Options may stand anywhere among the files; "--option value" and "--option=value" are the same;
// after "--" all are files. InvalidArgument says which option is wrong.
absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string_view>& words);

// One option, for the help text.
struct OptionHelp {
  std::string spelling;  // "-c, --command QUERY"
  std::string_view text;
};
std::vector<OptionHelp> AllOptions();

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OPTIONS_ARGUMENTS_H_
