#ifndef PROMLITE_TESTS_STORAGE_OTLP_RECORDED_ANSWERS_H_
#define PROMLITE_TESTS_STORAGE_OTLP_RECORDED_ANSWERS_H_

#include <map>
#include <string>
#include <vector>

#include "promlite/storage/labels.h"

namespace promlite::internal {

// The requests of a capture: 4-byte big-endian length, then one request, and so on.
std::vector<std::string> ReadRequests(const std::string& path);

// The lines of a text file.
std::vector<std::string> ReadLines(const std::string& path);

// What Prometheus stored of a capture: its recorded answer to a range selector over everything.
struct RecordedSeries {
  std::map<Labels, std::map<int64_t, double>> floats;  // by milliseconds
  std::vector<Labels> histograms;                      // series of native histograms
};
RecordedSeries ReadRecordedSeries(const std::string& path);

// The receiver's words of refusal, of as many requests each.
std::map<std::string, int> ReadRecordedRefusals(const std::string& path);

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_RECORDED_ANSWERS_H_
