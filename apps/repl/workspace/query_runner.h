#ifndef PROMLITE_APPS_REPL_WORKSPACE_QUERY_RUNNER_H_
#define PROMLITE_APPS_REPL_WORKSPACE_QUERY_RUNNER_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/apps/repl/output/answer.h"
#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// Evaluates a query; Ctrl-C ends it, where it is caught.
absl::StatusOr<Answer> RunQuery(std::string_view query, const QueryTimes& times,
                                const Workspace& workspace);

// Evaluates a query and prints its answer, or what is wrong with it (in JSON on standard output,
// otherwise on standard error). `place` stands before an error ("stdin:3: "). Without an answer the
// workspace has failed.
void AnswerQuery(std::string_view query, const QueryTimes& times, OutputFormat format,
                 std::string_view place, Workspace* workspace);

// Prints what is wrong with a query, with carets under the place.
void PrintQueryError(std::string_view query, const absl::Status& status, std::string_view place,
                     Workspace* workspace);

// Prometheus' body for bad input other than the query.
std::string BadDataToJson(std::string_view message);

// A body with "queryMillis" added.
std::string WithQueryMillis(std::string body, absl::Duration elapsed);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WORKSPACE_QUERY_RUNNER_H_
