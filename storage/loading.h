#ifndef PROMLITE_STORAGE_LOADING_H_
#define PROMLITE_STORAGE_LOADING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "promlite/parser/text/export.h"
#include "promlite/storage/otlp/delta_counts.h"

namespace promlite {

// Options of one Database::LoadFile().
struct LoadOptions {
  // Called now and then with the bytes of the file that have been read, and their number in all;
  // the last call of a file that could be read has done == total.
  std::function<void(uint64_t done, uint64_t total)> progress;
};

// One thing that was wrong with a file. What was good in it is loaded all the same.
struct PROMLITE_EXPORT LoadProblem {
  enum class Place { kFile, kRecord, kLine };

  std::string file;
  Place place = Place::kFile;
  // Of a record (a request, a block, a line of JSON), or of a line of text: its number from 1, and
  // where it begins in the (decompressed) file, in bytes.
  size_t number = 0;
  uint64_t byte_offset = 0;
  std::string message;

  // "usage.binpb: record 3 at byte 1024: <message>"
  std::string ToString() const;
};

// What loading one or more files did.
struct LoadReport {
  // So many problems and warnings of one file are kept; the rest is only counted.
  static constexpr size_t kMostRemarks = 100;

  size_t files = 0;    // that could be opened and are of a kind that is read here
  size_t records = 0;  // requests, blocks, lines of JSON; a text counts as one
  size_t samples = 0;  // as sent
  size_t log_records = 0;
  size_t api_requests = 0;  // the events claude_code.api_request among them, as sent
  DeltaCounts deltas;       // data points of delta temporality that were not added up
  std::vector<LoadProblem> problems;
  size_t further_problems = 0;
  // Remarks that are no failure, such as labels that collide after sanitizing; each once a file.
  std::vector<std::string> warnings;
  size_t further_warnings = 0;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOADING_H_
