#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "promlite/apps/promqltest/runner.h"
#include "promlite/apps/promqltest/script.h"

namespace {

constexpr std::string_view kHelp =
    "promqltest FILE...\n"
    "\n"
    "Runs scripts in the language of Prometheus' PromQL tests. Prints a line for each\n"
    "case that fails and, for each file, how many passed. Exits with 1 if any failed.\n";

struct Totals {
  size_t passed = 0;
  size_t failed = 0;
};

void RunFile(const std::string& path, Totals* totals) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf())) {
    std::cout << path << ": cannot be read\n";
    ++totals->failed;
    return;
  }
  const auto commands = promlite::promqltest::ParseScript(text.str());
  if (!commands.ok()) {
    std::cout << path << ": " << commands.status().message() << "\n";
    ++totals->failed;
    return;
  }
  const auto result = promlite::promqltest::RunScript(*commands);
  for (const auto& failure : result.failures) {
    std::cout << path << ":" << failure.line << ": " << failure.query << ": " << failure.message
              << "\n";
  }
  std::cout << path << ": " << result.passed << " of " << result.passed + result.failures.size()
            << " cases passed\n";
  totals->passed += result.passed;
  totals->failed += result.failures.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || std::string_view(argv[1]) == "--help") {
    std::cout << kHelp;
    return argc < 2 ? 1 : 0;
  }
  Totals totals;
  for (int i = 1; i < argc; ++i) RunFile(argv[i], &totals);
  std::cout << totals.passed << " passed, " << totals.failed << " failed, 0 skipped\n";
  return totals.failed == 0 ? 0 : 1;
}
