#ifndef PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_
#define PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_

#include <cstddef>
#include <string>

namespace promlite::repl {

// What --help prints, in lines of at most `width` cells.
std::string HelpText(size_t width);

// What --version prints: which promlite this is, and which Prometheus it answers as.
std::string VersionText();

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_HELP_TEXT_H_
