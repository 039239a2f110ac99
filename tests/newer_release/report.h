#ifndef PROMLITE_TESTS_NEWER_RELEASE_REPORT_H_
#define PROMLITE_TESTS_NEWER_RELEASE_REPORT_H_

#include <ostream>
#include <string>
#include <vector>

namespace promlite::newer_release {

// Runs the scripts (*.test) and asks the questions of the recordings (*.jsonl.gz, scripts.json.gz)
// that lie in the folders, and writes what promlite answers otherwise, by kind, with the shortest
// query of each. Returns whether there was something in every folder, and nothing differs.
bool ReportDifferences(const std::vector<std::string>& folders, std::ostream& out);

}  // namespace promlite::newer_release

#endif  // PROMLITE_TESTS_NEWER_RELEASE_REPORT_H_
