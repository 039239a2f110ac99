#ifndef PROMLITE_STORAGE_LOADING_H_
#define PROMLITE_STORAGE_LOADING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/otlp/delta_counts.h"

namespace promlite {

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

  // What, if it is said, lets it be read: LoadOptions::scraped_at, TextOptions::time_unit.
  enum class Remedy { kNone, kScrapeTime, kTimeUnit };
  Remedy remedy = Remedy::kNone;
  // How many more of the kind the file has: where the messages are the same but for numbers and
  // what they quote.
  size_t alike = 0;

  // "usage.binpb: record 3 at byte 1024: <message> (and 2 more records of the kind)"
  std::string ToString() const;
};

// Options of one Database::LoadFile().
struct LoadOptions {
  // Called now and then with the bytes of the file that have been read, and their number in all;
  // the last call of a file that could be read has done == total.
  std::function<void(uint64_t done, uint64_t total)> progress;

  // When the samples of OpenMetrics and Prometheus text that have no timestamp were scraped: then,
  // or when the file was last modified (a pipe: now). Without either they are refused.
  std::optional<absl::Time> scraped_at;
  bool scraped_when_modified = false;

  // Called with each problem as it is found; the report has one of each kind.
  std::function<void(const LoadProblem& problem)> on_problem;
};

// What loading one or more files did.
struct LoadReport {
  // So many kinds of problems, and so many warnings, of one file are kept; the rest is only
  // counted.
  static constexpr size_t kMostRemarks = 100;

  size_t files = 0;    // that could be opened and are of a kind that is read here
  size_t records = 0;  // requests, blocks, lines of JSON; a text counts as one
  size_t samples = 0;  // as sent
  size_t log_records = 0;
  size_t traces = 0;        // records of traces or profiles, which are passed over
  size_t api_requests = 0;  // the events claude_code.api_request among them, as sent
  DeltaCounts deltas;       // data points of delta temporality that were not added up
  // How many requests were refused for a metric's delta temporality, by its name as sent.
  std::map<std::string, size_t> refused_metrics;
  std::vector<LoadProblem> problems;  // the first of each kind
  size_t further_problems = 0;        // of other kinds
  // Remarks that are no failure, such as labels that collide after sanitizing; each once a file.
  std::vector<std::string> warnings;
  size_t further_warnings = 0;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOADING_H_
