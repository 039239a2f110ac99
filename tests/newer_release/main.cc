// newer_release FOLDER...: tells what a newer release of Prometheus would change. Each folder holds
// scripts in the language of Prometheus' own PromQL tests, recordings as in tests/golden, or both.
// Run from the source root. The exit code is 0 if promlite answers as they say, 1 otherwise.

#include <iostream>
#include <string>
#include <vector>

#include "promlite/tests/newer_release/report.h"

int main(int argc, char** argv) {
  const std::vector<std::string> folders(argv + 1, argv + argc);
  if (folders.empty()) {
    std::cerr << "usage: newer_release FOLDER...\n";
    return 1;
  }
  return promlite::newer_release::ReportDifferences(folders, std::cout) ? 0 : 1;
}
