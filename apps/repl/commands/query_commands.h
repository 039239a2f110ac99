#ifndef PROMLITE_APPS_REPL_COMMANDS_QUERY_COMMANDS_H_
#define PROMLITE_APPS_REPL_COMMANDS_QUERY_COMMANDS_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

// The meta commands that do something else with a query than answer it in the usual form.
namespace promlite::repl {

// \chart QUERY: over the range that is set, otherwise over all data.
absl::Status ChartQuery(std::string_view argument, Workspace* workspace);
// \explain QUERY: runs it and shows its operators.
absl::Status ExplainQuery(std::string_view argument, Workspace* workspace);
// \format QUERY: prints it in canonical form.
absl::Status FormatQuery(std::string_view argument, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_QUERY_COMMANDS_H_
