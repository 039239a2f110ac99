#ifndef PROMLITE_APPS_REPL_DOCTOR_DOCTOR_COMMAND_H_
#define PROMLITE_APPS_REPL_DOCTOR_DOCTOR_COMMAND_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// \doctor [SELECTOR] [DURATION]: what counts wrong in the counters, and why, over the duration
// before the query time; without one over the range that is set, or over all data. A table or
// JSON, with a progress bar on a terminal. If anything is wrong, the workspace has faults.
absl::Status RunDoctor(std::string_view argument, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_DOCTOR_DOCTOR_COMMAND_H_
