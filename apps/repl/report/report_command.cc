#include "promlite/apps/repl/report/report_command.h"

#include "absl/status/statusor.h"
#include "promlite/apps/repl/report/report.h"
#include "promlite/apps/repl/report/report_request.h"
#include "promlite/apps/repl/report/report_text.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/engine/answer/json.h"

namespace promlite::repl {

absl::Status RunReport(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<ReportRequest> request = ParseReportRequest(argument, workspace->Times());
  if (!request.ok()) return request.status();
  const OutputFormat output = workspace->settings().output;
  if (output == OutputFormat::kChart) {
    return absl::InvalidArgumentError("\\report answers as a table, JSON or CSV only");
  }
  if (output == OutputFormat::kCsv && request->show_queries) {
    return absl::InvalidArgumentError("--show-queries answers as a table or JSON only");
  }
  const absl::StatusOr<Report> report =
      MakeReport(workspace->database(), workspace->engine().options(), *request, InterruptFlag());
  if (!report.ok()) {
    if (output != OutputFormat::kJson) return report.status();
    workspace->Fail();
    workspace->Print(ErrorToJson(report.status()) + "\n");
    return absl::OkStatus();
  }
  for (const std::string& remark : report->remarks) workspace->Warn(remark);
  if (output == OutputFormat::kJson) {
    workspace->Print(ReportJson(*report));
  } else if (output == OutputFormat::kCsv) {
    workspace->Print(ReportCsv(*report));
  } else {
    workspace->Print(ReportTable(*report, workspace->OutputView()));
  }
  return absl::OkStatus();
}

}  // namespace promlite::repl
