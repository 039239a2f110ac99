#include "promlite/apps/repl/report/report_command.h"

#include "absl/status/statusor.h"
#include "promlite/apps/repl/report/report_text.h"
#include "promlite/apps/repl/report/report_words.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/usage/report/report.h"

namespace promlite::repl {

absl::Status RunReport(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<ReportWords> words = ParseReportWords(argument, workspace->Times());
  if (!words.ok()) return words.status();
  const OutputFormat output = workspace->settings().output;
  if (output == OutputFormat::kChart) {
    return absl::InvalidArgumentError("\\report answers as a table, JSON or CSV only");
  }
  if (output == OutputFormat::kCsv && words->show_queries) {
    return absl::InvalidArgumentError("--show-queries answers as a table or JSON only");
  }
  const absl::StatusOr<Report> report = MakeReport(
      workspace->database(), workspace->engine().options(), words->request, InterruptFlag());
  if (!report.ok()) {
    if (output != OutputFormat::kJson) return report.status();
    workspace->Fail();
    workspace->Print(ErrorToJson(report.status()) + "\n");
    return absl::OkStatus();
  }
  const ShownQueries queries = words->show_queries ? ShownQueries::kYes : ShownQueries::kNo;
  for (const std::string& remark : report->remarks) workspace->Warn(remark);
  if (output == OutputFormat::kJson) {
    workspace->Print(ReportJson(*report, queries));
  } else if (output == OutputFormat::kCsv) {
    workspace->Print(ReportCsv(*report));
  } else {
    workspace->Print(ReportTable(*report, workspace->OutputView(), queries));
  }
  return absl::OkStatus();
}

}  // namespace promlite::repl
