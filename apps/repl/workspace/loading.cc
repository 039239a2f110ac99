#include "promlite/apps/repl/workspace/loading.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "promlite/apps/repl/terminal/progress.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/loading.h"

namespace promlite::repl {
namespace {

// Of the further lines of a problem.
constexpr size_t kIndent = 4;

std::string_view BaseName(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

absl::Status LoadOne(const std::string& name, Workspace* workspace, Database* database,
                     LoadReport* report) {
  const std::string path = name == "-" ? "/dev/stdin" : name;
  ProgressBar bar{std::string(BaseName(path))};
  const Settings& settings = workspace->settings();
  LoadOptions options;
  options.progress = [&](uint64_t done, uint64_t total) { bar.Update(done, total); };
  options.scraped_at = settings.scraped_at;
  options.scraped_when_modified = settings.scraped_when_modified;
  if (settings.all_problems) {
    options.on_problem = [&](const LoadProblem& problem) {
      workspace->Complain(PrintableLines(problem.ToString(), kIndent));
    };
  }
  return database->LoadFile(path, options, report);
}

// What to type so that it is read.
std::string_view RemedyText(LoadProblem::Remedy remedy) {
  switch (remedy) {
    case LoadProblem::Remedy::kNone:
      return "";
    case LoadProblem::Remedy::kScrapeTime:
      return "\n--scraped-at file takes the time at which the file was last modified, "
             "--scraped-at TIME another one";
    case LoadProblem::Remedy::kTimeUnit:
      return "\n--text-times seconds, or --text-times milliseconds, says what its times are in";
  }
  return "";
}

void PrintProblems(const std::string& path, const LoadReport& report, Workspace* workspace) {
  bool has_alike = false;
  for (const LoadProblem& problem : report.problems) {
    has_alike = has_alike || problem.alike > 0;
    workspace->Complain(PrintableLines(
        absl::StrCat(problem.ToString(), Absl(RemedyText(problem.remedy))), kIndent));
  }
  if (report.further_problems > 0) {
    workspace->Complain(
        absl::StrCat(Printable(path), ": ", report.further_problems, " more problems"));
  }
  if (has_alike || report.further_problems > 0) {
    workspace->PrintError("--all-problems says each of them\n");
  }
}

void PrintReport(const std::string& path, const absl::Status& status, const LoadReport& report,
                 Workspace* workspace) {
  if (!workspace->settings().all_problems) PrintProblems(path, report, workspace);
  if (!status.ok() && report.problems.empty()) {
    // A file that could not be read at all; the message may or may not name it.
    std::string message = PrintableLines(Std(status.message()), kIndent);
    if (message.find(Printable(path)) == std::string::npos)
      message = Printable(path) + ": " + message;
    workspace->Complain(message);
  }
  for (const std::string& warning : report.warnings)
    workspace->Warn(PrintableLines(warning, kIndent));
  if (report.further_warnings > 0) {
    workspace->Warn(absl::StrCat(Printable(path), ": ", report.further_warnings, " more warnings"));
  }
}

// Adds what one more file was found to be.
void AddToReport(LoadReport report, LoadReport* all) {
  all->files += report.files;
  all->records += report.records;
  all->samples += report.samples;
  all->log_records += report.log_records;
  all->traces += report.traces;
  for (const auto& [metric, requests] : report.refused_metrics) {
    all->refused_metrics[metric] += requests;
  }
  all->api_requests += report.api_requests;
  all->deltas += report.deltas;
  std::move(report.problems.begin(), report.problems.end(), std::back_inserter(all->problems));
  all->further_problems += report.further_problems;
  std::move(report.warnings.begin(), report.warnings.end(), std::back_inserter(all->warnings));
  all->further_warnings += report.further_warnings;
}

void PrintSummary(const LoadReport& loaded, absl::Duration elapsed, Workspace* workspace) {
  const size_t series = workspace->database().SeriesCount();
  std::string api_requests;
  if (loaded.log_records > 0) {
    api_requests = absl::StrCat(", ", Counted(loaded.api_requests, "API request", "API requests"),
                                " in ", Counted(loaded.log_records, "log record", "log records"));
  }
  workspace->Print(absl::StrCat("loaded ", Counted(loaded.files, "file", "files"), ", ",
                                Counted(loaded.records, "record", "records"), ", ", loaded.samples,
                                " samples", api_requests, " in ", ElapsedText(elapsed), "; ",
                                series, " series in all\n"));
}

}  // namespace

LoadOutcome LoadFiles(const std::vector<std::string>& paths, LoadSummary summary,
                      Workspace* workspace) {
  const absl::Time started = absl::Now();
  LoadReport all;
  LoadOutcome outcome = LoadOutcome::kGood;
  for (const std::string& path : paths) {
    LoadReport report;
    const absl::Status status = LoadOne(path, workspace, &workspace->database(), &report);
    PrintReport(path, status, report, workspace);
    const bool good = status.ok() && report.problems.empty();
    const bool unreadable = report.files == 0;
    if (!good && outcome == LoadOutcome::kGood) outcome = LoadOutcome::kSomeBad;
    if (unreadable) outcome = LoadOutcome::kUnreadable;
    AddToReport(std::move(report), &all);
  }
  if (outcome != LoadOutcome::kGood) workspace->Fail();
  if (summary == LoadSummary::kPrint && all.files > 0) {
    PrintSummary(all, absl::Now() - started, workspace);
  }
  AddToReport(std::move(all), &workspace->load_report());
  const std::string overlap = workspace->database().Overlaps().Warning();
  if (!overlap.empty()) workspace->Warn(Printable(overlap));
  return outcome;
}

bool CheckFiles(const std::vector<std::string>& paths, Workspace* workspace) {
  bool all_good = true;
  for (const std::string& path : paths) {
    Database trial(workspace->database_options());
    LoadReport report;
    const absl::Status status = LoadOne(path, workspace, &trial, &report);
    if (status.ok() && report.problems.empty()) continue;
    PrintReport(path, status, report, workspace);
    all_good = false;
  }
  if (!all_good) workspace->Fail();
  return all_good;
}

}  // namespace promlite::repl
