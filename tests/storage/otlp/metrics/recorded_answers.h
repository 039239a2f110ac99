#ifndef PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDED_ANSWERS_H_
#define PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDED_ANSWERS_H_

#include <map>
#include <string>
#include <vector>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// The requests of a capture: 4-byte big-endian length, then one request, and so on.
std::vector<std::string> ReadRequests(const std::string& path);

// The lines of a text file.
std::vector<std::string> ReadLines(const std::string& path);

// What Prometheus stored of a capture: its recorded answer to a range selector over everything.
struct ShownHistogram {
  // The API shows a bucket with its bounds, and which of these belong to it.
  struct Bucket {
    int kind = 0;  // 0: the upper bound, 1: the lower, 3: both
    double lower = 0;
    double upper = 0;
    double count = 0;
    friend bool operator==(const Bucket&, const Bucket&) = default;
  };
  double count = 0;
  double sum = 0;
  std::vector<Bucket> buckets;  // those that are populated, ascending
  friend bool operator==(const ShownHistogram&, const ShownHistogram&) = default;
};
struct RecordedSeries {
  std::map<Labels, std::map<int64_t, double>> floats;  // by milliseconds
  std::map<Labels, std::map<int64_t, ShownHistogram>> histograms;
};
RecordedSeries ReadRecordedSeries(const std::string& path);

// As the API would show it.
ShownHistogram Show(const Histogram& histogram);

// The receiver's words of refusal, of as many requests each.
std::map<std::string, int> ReadRecordedRefusals(const std::string& path);

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDED_ANSWERS_H_
