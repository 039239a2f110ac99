#ifndef PROMLITE_APPS_REPL_SHELL_HISTORY_FILE_H_
#define PROMLITE_APPS_REPL_SHELL_HISTORY_FILE_H_

#include <string>

namespace promlite::repl {

// Where the shell keeps its history: $XDG_STATE_HOME/promlite/history, without that variable
// ~/.local/state/promlite/history. Makes the folder. Empty if there is no such place or it cannot
// be written to: the shell then works without.
std::string HistoryFile();

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_HISTORY_FILE_H_
