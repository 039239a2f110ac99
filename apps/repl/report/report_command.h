#ifndef PROMLITE_APPS_REPL_REPORT_REPORT_COMMAND_H_
#define PROMLITE_APPS_REPL_REPORT_REPORT_COMMAND_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// \report, with the arguments of ParseReportWords(): what the agents' counters counted, as a table,
// JSON (also where it fails) or CSV. What the queries remark on goes to standard error.
absl::Status RunReport(std::string_view argument, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_REPORT_COMMAND_H_
