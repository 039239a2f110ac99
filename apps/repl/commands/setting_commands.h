#ifndef PROMLITE_APPS_REPL_COMMANDS_SETTING_COMMANDS_H_
#define PROMLITE_APPS_REPL_COMMANDS_SETTING_COMMANDS_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/apps/repl/output/answer.h"
#include "promlite/apps/repl/workspace/workspace.h"
#include "promlite/apps/shared/time_text.h"

// The meta commands that set how queries are answered; without an argument they say how it is.
namespace promlite::repl {

// \time [TIME]: newest follows what is loaded. Ends a range.
absl::Status SetTime(std::string_view argument, Workspace* workspace);
// \range [START END [STEP] | DURATION [STEP] | all | off]
absl::Status SetRange(std::string_view argument, Workspace* workspace);
// \output [FORMAT]
absl::Status SetOutput(std::string_view argument, Workspace* workspace);
// \timing [on|off]
absl::Status SetTiming(std::string_view argument, Workspace* workspace);
// \rows [N]
absl::Status SetRows(std::string_view argument, Workspace* workspace);

// Start, end and step of a range; an empty step means the default one. InvalidArgument if the range
// ends before it starts.
absl::StatusOr<QueryTimes> MakeRange(std::string_view start, std::string_view end,
                                     std::string_view step, const TimeReference& reference);

// "1h 15s" is the hour before `end`; "all" all data; otherwise "START END [STEP]".
absl::StatusOr<QueryTimes> ParseRange(std::string_view text, absl::Time end,
                                      const TimeReference& reference);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_SETTING_COMMANDS_H_
