#ifndef PROMLITE_APPS_REPL_COMMANDS_COMMANDS_H_
#define PROMLITE_APPS_REPL_COMMANDS_COMMANDS_H_

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// What a meta command takes, for completion.
enum class ArgumentKind { kNone, kQuery, kFiles, kOutput, kOnOff, kTime, kLabel, kReport, kTopic };

// A meta command: `\name arguments`.
struct Command {
  std::string_view name;       // without the backslash
  std::string_view alias;      // another name, or empty
  std::string_view arguments;  // as the help shows them
  std::string_view help;       // one sentence
  ArgumentKind kind;
  // Errors with a place in `argument` are those of the query that it is.
  absl::Status (*run)(std::string_view argument, Workspace* workspace);
};

// All of them, in the order of \help.
std::span<const Command> AllCommands();

// The command of that name or alias, or null.
const Command* FindCommand(std::string_view name);

// Runs a line that begins with a backslash. If something is wrong it says so, after `place`, and
// the workspace has failed.
void RunCommand(std::string_view line, std::string_view place, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_COMMANDS_H_
