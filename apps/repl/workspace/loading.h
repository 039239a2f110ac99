#ifndef PROMLITE_APPS_REPL_WORKSPACE_LOADING_H_
#define PROMLITE_APPS_REPL_WORKSPACE_LOADING_H_

#include <string>
#include <vector>

#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

enum class LoadSummary { kSilent, kPrint };

enum class LoadOutcome {
  kGood,
  kSomeBad,     // records were bad; all others are loaded
  kUnreadable,  // a file could not be opened, or is none that can be taken apart
};

// Loads the files into the workspace, with a progress bar on a terminal. What is wrong with them
// goes to standard error, with file, record and byte offset, as does one line about series that
// several writers wrote at the same time. If not all of it was good, the workspace has failed.
LoadOutcome LoadFiles(const std::vector<std::string>& paths, LoadSummary summary,
                      Workspace* workspace);

// Whether all records of the files are good, tried out in a database of its own, since what is
// loaded cannot be taken back. If not, says why, and the workspace has failed.
bool CheckFiles(const std::vector<std::string>& paths, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WORKSPACE_LOADING_H_
