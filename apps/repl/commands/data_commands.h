#ifndef PROMLITE_APPS_REPL_COMMANDS_DATA_COMMANDS_H_
#define PROMLITE_APPS_REPL_COMMANDS_DATA_COMMANDS_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

// The meta commands that show what is loaded.
namespace promlite::repl {

// \metrics [TEXT]: the metrics whose name contains the text.
absl::Status ShowMetrics(std::string_view argument, Workspace* workspace);
// \labels [SELECTOR]: label names with their values.
absl::Status ShowLabels(std::string_view argument, Workspace* workspace);
// \values LABEL [SELECTOR]: the values of a label with their series.
absl::Status ShowValues(std::string_view argument, Workspace* workspace);
// \series [SELECTOR]: series with their samples and times.
absl::Status ShowSeries(std::string_view argument, Workspace* workspace);
// \streams [SELECTOR]: what each writer wrote into each series.
absl::Status ShowStreams(std::string_view argument, Workspace* workspace);
// \load FILE...
absl::Status LoadMore(std::string_view argument, Workspace* workspace);
// \save FILE
absl::Status SaveAll(std::string_view argument, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_DATA_COMMANDS_H_
