#include "promlite/apps/repl/terminal/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/numbers.h"

namespace promlite::repl {
namespace {

// Wider lines than any screen has would only cost memory.
constexpr int kWidest = 10'000;

std::string_view SgrParameter(Color color) {
  switch (color) {
    case Color::kRed:
      return "31";
    case Color::kGreen:
      return "32";
    case Color::kYellow:
      return "33";
    case Color::kBlue:
      return "34";
    case Color::kMagenta:
      return "35";
    case Color::kCyan:
      return "36";
    case Color::kDim:
      return "2";
    case Color::kBold:
      return "1";
    case Color::kNone:
      break;
  }
  return "0";
}

}  // namespace

Terminal DescribeTerminal(std::FILE* stream) {
  Terminal terminal;
  const int fd = fileno(stream);
  terminal.is_terminal = isatty(fd) == 1;
  winsize size{};
  if (terminal.is_terminal && ioctl(fd, TIOCGWINSZ, &size) == 0) {
    terminal.width = size.ws_col;
    terminal.height = size.ws_row;
  }
  int columns;
  const char* from_environment = std::getenv("COLUMNS");
  if (from_environment != nullptr && absl::SimpleAtoi(from_environment, &columns) && columns > 0 &&
      columns <= kWidest) {
    terminal.width = columns;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const char* type = std::getenv("TERM");
  terminal.colors = terminal.is_terminal && (no_color == nullptr || *no_color == '\0') &&
                    type != nullptr && std::string_view(type) != "dumb";
  return terminal;
}

std::string Colored(std::string_view text, Color color, bool colors) {
  if (!colors || color == Color::kNone) return std::string(text);
  std::string out = "\x1b[";
  out += SgrParameter(color);
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace promlite::repl
