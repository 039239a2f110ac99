#ifndef PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_
#define PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_

#include <cstddef>
#include <string>

namespace promlite::repl {

// What --help prints, in lines of at most `width` cells.
std::string HelpText(size_t width);

// What --version prints: "promlite 0.1.0".
std::string VersionText();

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_
