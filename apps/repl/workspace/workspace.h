#ifndef PROMLITE_APPS_REPL_WORKSPACE_WORKSPACE_H_
#define PROMLITE_APPS_REPL_WORKSPACE_WORKSPACE_H_

#include <cstdio>
#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "promlite/apps/repl/output/answer.h"
#include "promlite/apps/repl/output/output_format.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"
#include "promlite/storage/loading.h"

namespace promlite::repl {

// What meta commands set.
struct Settings {
  std::optional<absl::Time> time;   // nothing: the newest sample, whatever is loaded later
  std::optional<QueryTimes> range;  // set: queries are range queries
  OutputFormat output = OutputFormat::kTable;
  bool timing = false;
  bool strict = false;
  // When the samples without timestamps of files to be loaded were scraped; see LoadOptions.
  std::optional<absl::Time> scraped_at;
  bool scraped_when_modified = false;
  bool all_problems = false;  // each problem of a file is printed, not one of each kind
  size_t max_rows = 0;        // of a table; 0 = all
};

// What a running repl has in its hands: data, settings, and where it prints. One thread.
class Workspace {
 public:
  Workspace(const DatabaseOptions& database_options, const EngineOptions& engine_options,
            const Settings& settings);

  Database& database() { return database_; }
  const Database& database() const { return database_; }
  const DatabaseOptions& database_options() const { return database_options_; }
  const Engine& engine() const { return engine_; }
  Settings& settings() { return settings_; }
  const Settings& settings() const { return settings_; }

  bool HasSamples() const;
  // The machine's clock stands for newest and oldest while there is no sample.
  TimeReference Times() const;
  // When the next query is evaluated.
  QueryTimes QueryTimesNow() const;

  // To standard output, and to standard error.
  void Print(std::string_view text);
  void PrintError(std::string_view text);
  // "error: " and "warning: " in front, in colour where the terminal has them.
  void Complain(std::string_view message);
  void Warn(std::string_view message);
  // The room on standard output.
  View OutputView() const;

  // What was said about all files loaded so far.
  LoadReport& load_report() { return load_report_; }

  // The data has faults: the program's exit code will say so, if nothing went wrong besides.
  void ReportFaults() { has_faults_ = true; }
  bool has_faults() const { return has_faults_; }

  // Something went wrong: the program's exit code will say so.
  void Fail() { failed_ = true; }
  bool failed() const { return failed_; }

  void Quit() { quit_ = true; }
  bool quitting() const { return quit_; }

 private:
  const DatabaseOptions database_options_;
  Database database_;
  const Engine engine_;
  Settings settings_;
  LoadReport load_report_;
  bool has_faults_ = false;
  bool failed_ = false;
  bool quit_ = false;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WORKSPACE_WORKSPACE_H_
