#ifndef PROMLITE_APPS_REPL_SCRIPT_SCRIPT_H_
#define PROMLITE_APPS_REPL_SCRIPT_SCRIPT_H_

#include <cstdio>
#include <string_view>

#include "promlite/apps/repl/workspace/workspace.h"

namespace promlite::repl {

// A query, or a meta command if it begins with a backslash. `place` stands before errors.
void RunStatement(std::string_view text, std::string_view place, Workspace* workspace);

// The statements of a stream, one after another; an error does not end it, \quit does. Statements
// are what StatementReader makes of the lines; besides, a line that begins with an operator
// (StatementReader::ContinuesQuery) belongs to the query before it. `name` is the stream's, for
// messages: "stdin:3: ".
void RunScript(std::FILE* stream, std::string_view name, Workspace* workspace);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_SCRIPT_SCRIPT_H_
