#ifndef PROMLITE_STORAGE_LOAD_REPORT_H_
#define PROMLITE_STORAGE_LOAD_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace promlite {

// One thing that was wrong with a file. What was good in it is loaded all the same.
struct LoadProblem {
  std::string file;
  size_t record = 0;  // the record's number, from 1 (of text, the line's); 0 = the whole file
  uint64_t byte_offset = 0;  // where the record begins, in the (decompressed) file
  std::string message;

  // "usage.binpb: record 3 at byte 1024: <message>"
  std::string ToString() const;
};

// What loading one or more files did.
struct LoadReport {
  // So many problems and warnings of one file are kept; the rest is only counted.
  static constexpr size_t kMostProblems = 100;

  size_t files = 0;
  size_t records = 0;  // requests, lines, blocks: whatever the format is made of
  size_t samples = 0;  // as sent
  std::vector<LoadProblem> problems;
  size_t further_problems = 0;
  // Remarks that are no failure, such as labels that collide after sanitizing; each once a file.
  std::vector<std::string> warnings;
  size_t further_warnings = 0;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOAD_REPORT_H_
