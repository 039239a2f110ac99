#ifndef PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_DATA_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_DATA_H_

#include <cstdint>
#include <vector>

#include "promlite/storage/database.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/histograms/histogram.h"

// Small data that random queries find something in: counters that are reset and restarted, gauges
// of all magnitudes, special values, classic histograms, with gaps, staleness markers and clocks
// that are regular, shared or neither.
namespace promlite::random_queries {

struct StoredSample {
  int64_t timestamp_ms = 0;
  double value = 0;
  int64_t start_ms = 0;  // 0 = unknown
};

struct StoredSeries {
  Labels labels;
  std::vector<StoredSample> samples;       // in time order
  std::vector<HistogramPoint> histograms;  // at other times than the samples
};

struct RandomDataOptions {
  int64_t first_ms = 0;
  int64_t length_ms = 45 * 60'000;
  bool start_times = false;
  bool native_histograms = false;
  bool type_and_unit = true;  // some series have __type__ or __unit__
};

// Sorted by labels. Names and labels are those that RandomQueries asks for.
std::vector<StoredSeries> RandomData(uint64_t seed, const RandomDataOptions& options);

// How samples reach the database; what it holds is the same.
enum class LoadOrder {
  kSeriesBySeries,
  kBackwards,    // the last series first, each in two halves, the newer one first
  kInterleaved,  // a few samples of every series, again and again, as exporters push
};
absl::Status Load(const std::vector<StoredSeries>& data, LoadOrder order, Database* database);

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_RANDOM_DATA_H_
