#include "promlite/apps/repl/commands/function_help.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/suggestion.h"

namespace promlite::repl {

std::string FunctionUsage(const promql::Function& function) {
  std::string out = std::string(function.name) + "(";
  for (size_t i = 0; i < function.arguments.size(); ++i) {
    const bool last = i + 1 == function.arguments.size();
    const bool optional = last && function.variadic != 0;
    const bool repeated = last && (function.variadic < 0 || function.variadic > 1);
    if (optional) out += '[';
    if (i > 0) out += ", ";
    out += promql::DocumentedName(function.arguments[i]);
    if (repeated) out += ", ...";
    if (optional) out += ']';
  }
  return out + ") " + std::string(promql::DocumentedName(function.result));
}

absl::StatusOr<std::string> FunctionHelp(std::string_view name) {
  const promql::Function* function = promql::FindFunction(name);
  if (function == nullptr) {
    std::vector<std::string_view> names;
    for (const promql::Function& known : promql::AllFunctions()) names.push_back(known.name);
    return absl::NotFoundError(absl::StrCat("no command and no function is called ",
                                            Printable(name), DidYouMean(name, names)));
  }
  std::string out = FunctionUsage(*function) + "\n  " + std::string(function->summary) + "\n";
  if (function->experimental) out += "  experimental: feature promql-experimental-functions\n";
  return out;
}

}  // namespace promlite::repl
