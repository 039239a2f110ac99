#ifndef PROMLITE_APPS_REPL_SHELL_SHELL_H_
#define PROMLITE_APPS_REPL_SHELL_SHELL_H_

#include <string>

#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// The interactive shell, on the terminal, until \quit or Ctrl-D.
void RunShell(Workspace* workspace);

// When the next query is evaluated, as the prompt shows it: "2026-06-01T12:00:00Z> ", or both ends
// and the step of a range.
std::string PromptText(const Workspace& workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_SHELL_H_
