#ifndef PROMLITE_APPS_REPL_WHY_WHY_COMMAND_H_
#define PROMLITE_APPS_REPL_WHY_WHY_COMMAND_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// \why [all] QUERY: how rate, increase or delta comes to its answer, at the query time or at the
// end of the range that is set. With JSON as output, that (see increase_explanation.h).
absl::Status ShowWhy(std::string_view argument, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WHY_WHY_COMMAND_H_
