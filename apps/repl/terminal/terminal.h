#ifndef PROMLITE_APPS_REPL_TERMINAL_TERMINAL_H_
#define PROMLITE_APPS_REPL_TERMINAL_TERMINAL_H_

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace promlite::repl {

// What is at the other end of a stream, at the moment of asking.
struct Terminal {
  bool is_terminal = false;
  // Cells a line: COLUMNS if it is set, else what the terminal says; 0 = unknown (a file, a pipe).
  size_t width = 0;
  // Lines; 0 = unknown.
  size_t height = 0;
  // A terminal that shows colours, and NO_COLOR is not set.
  bool colors = false;
};

Terminal DescribeTerminal(std::FILE* stream);

// The SGR colours that charts and messages use.
enum class Color { kNone, kRed, kGreen, kYellow, kBlue, kMagenta, kCyan, kDim, kBold };

// The text in a colour, or as it is if `colors` is false.
std::string Colored(std::string_view text, Color color, bool colors);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TERMINAL_TERMINAL_H_
