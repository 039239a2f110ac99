#ifndef PROMLITE_APPS_REPL_PROGRAM_H_
#define PROMLITE_APPS_REPL_PROGRAM_H_

#include <string_view>
#include <vector>

namespace promlite::repl {

// The whole program, given its command line without its own name. The exit code: 0, or 1 after any
// error.
int RunProgram(const std::vector<std::string_view>& words);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_PROGRAM_H_
