#ifndef PROMLITE_APPS_REPL_SHELL_FILE_COMPLETION_H_
#define PROMLITE_APPS_REPL_SHELL_FILE_COMPLETION_H_

#include <string_view>

#include "promlite/apps/repl/shell/completion.h"

namespace promlite::repl {

// Completes the last word of `before_cursor` as the name of a file or folder (which ends in a
// slash). Hidden ones are offered only to words that begin with a dot.
Completion CompleteFile(std::string_view before_cursor);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SHELL_FILE_COMPLETION_H_
