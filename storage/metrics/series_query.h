#ifndef PROMLITE_STORAGE_METRICS_SERIES_QUERY_H_
#define PROMLITE_STORAGE_METRICS_SERIES_QUERY_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite {

// Which series a question is about, as Prometheus' API asks it (`match[]`, `start`, `end`).
struct SeriesQuery {
  // A series is meant if all matchers of any of these accept it. None: every series is.
  std::vector<std::vector<Matcher>> selectors;
  // And if it lives in [start, end]: its first sample is not after `end`, its last one not before
  // `start`. Times are taken to the millisecond.
  absl::Time start = absl::InfinitePast();
  absl::Time end = absl::InfiniteFuture();
};

// How many of the series in question have a value of a label.
struct LabelValueSummary {
  std::string value;
  size_t series = 0;
};

struct LabelSummary {
  std::string name;
  size_t series = 0;                      // that have the label
  std::vector<LabelValueSummary> values;  // sorted
};

// The numbers of one series in the time in question, as PromQL sees them: without native histograms
// and what they hide, staleness markers among them.
struct SeriesSummary {
  Labels labels;
  size_t numbers = 0;
  // Of the first and the last of them; meaningless if there is none.
  absl::Time first;
  absl::Time last;
  double last_value = 0;
};

// What one writer wrote into one series, numbers and native histograms, whenever it did.
struct WriterStream {
  std::optional<absl::Time> start;  // when it began to count; nothing: unknown
  absl::Time first;                 // of its samples
  absl::Time last;
  size_t samples = 0;
  double first_value = 0;  // of a native histogram: how many observations it counts
  double last_value = 0;
};

struct SeriesStreams {
  Labels labels;
  std::vector<WriterStream> streams;  // by start, unknown ones first, then by first sample
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_SERIES_QUERY_H_
