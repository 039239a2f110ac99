#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/apps/promqltest/runner.h"
#include "promlite/apps/promqltest/script.h"

namespace {

constexpr std::string_view kHelp = R"(Usage: promqltest FILE...

Runs scripts in the language of Prometheus' own PromQL tests: load, clear and eval commands,
and what is expected of each eval. Each FILE has a database of its own.

Prints a line for each case that fails (FILE:LINE: QUERY: what is wrong), a line for each FILE
with its number of cases, and a last line with the sums. A FILE that cannot be read or
understood counts as one case that failed. The exit code is 0 if all passed, 1 otherwise.

Queries run as in Prometheus 3.16's own tests: every feature is enabled, delayed name removal
and start timestamps among them, and a query may hold 10,000 samples. An instant query is asked
again with its time fixed by @, and as a step of a range query.
)";

struct Totals {
  size_t passed = 0;
  size_t failed = 0;
};

// Each report is one line, whatever is in it.
void PrintLine(std::string_view text) {
  for (const char c : text) {
    if (c == '\n') {
      std::cout << "\\n";
    } else {
      std::cout << c;
    }
  }
  std::cout << '\n';
}

bool ReadFile(const std::string& path, std::string* text) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return false;
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return false;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  text->assign(std::istreambuf_iterator<char>(file), {});
  return !file.bad();
}

void RunFile(const std::string& path, Totals* totals) {
  std::string text;
  if (!ReadFile(path, &text)) {
    PrintLine(path + ": cannot be read: " + std::strerror(errno));
    ++totals->failed;
    return;
  }
  const auto commands = promlite::promqltest::ParseScript(text);
  if (!commands.ok()) {
    PrintLine(path + ":" + std::string(commands.status().message()));
    ++totals->failed;
    return;
  }
  const auto result = promlite::promqltest::RunScript(*commands);
  for (const auto& failure : result.failures) {
    PrintLine(path + ":" + std::to_string(failure.line) + ": " + failure.query + ": " +
              failure.message);
  }
  PrintLine(path + ": " + std::to_string(result.passed) + " of " +
            std::to_string(result.passed + result.failures.size()) + " cases passed");
  totals->passed += result.passed;
  totals->failed += result.failures.size();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  for (const std::string& argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      std::cout << kHelp;
      return 0;
    }
    if (argument.size() > 1 && argument[0] == '-') {
      std::cerr << "promqltest: unknown option " << argument << " (--help lists what there is)\n";
      return 1;
    }
  }
  if (arguments.empty()) {
    std::cerr << "promqltest: no FILE is given (--help says more)\n";
    return 1;
  }
  Totals totals;
  for (const std::string& path : arguments) RunFile(path, &totals);
  std::cout << totals.passed << " passed, " << totals.failed << " failed, 0 skipped\n";
  return totals.failed == 0 ? 0 : 1;
}
