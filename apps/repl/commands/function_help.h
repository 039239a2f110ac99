#ifndef PROMLITE_APPS_REPL_COMMANDS_FUNCTION_HELP_H_
#define PROMLITE_APPS_REPL_COMMANDS_FUNCTION_HELP_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::repl {

// "rate(range vector) instant vector", with [ ] around what may be left out and "..." behind what
// may be repeated.
std::string FunctionUsage(const promql::Function& function);

// Usage and summary of a function. NotFound, with a suggestion, if there is none of that name.
absl::StatusOr<std::string> FunctionHelp(std::string_view name);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_FUNCTION_HELP_H_
