#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_STARTS_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_STARTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/openmetrics/text_line.h"
#include "promlite/storage/openmetrics/text_options.h"

namespace promlite::internal {

// When the writer of a metric began to count, by the metric's `_created` series, which mostly stand
// behind the samples that they explain.
class MetricStarts {
 public:
  void Add(int64_t timestamp_ms, int64_t start_ms);
  // Call between the last Add() and the first StartAt().
  void Sort();
  // The start of a sample of that time, milliseconds: what `_created` said at the time or last
  // before it, or else said first. A start does not lie after its sample: then it is the latest one
  // that does not. Nothing: not known.
  std::optional<int64_t> StartAt(int64_t timestamp_ms) const;

 private:
  struct Said {
    int64_t timestamp_ms;
    int64_t start_ms;
  };
  std::vector<Said> said_;  // what is as before is left out
};

// The `_created` series of an OpenMetrics text, taken in before its samples are. As in Prometheus'
// parser they hold for counters, histograms and summaries below a TYPE line of theirs, for all
// series of the metric that have the same labels, `le` and `quantile` aside.
class TextStarts {
 public:
  explicit TextStarts(TextOptions options) : options_(options) {}

  // Whether a whole text may have any: most have none, and that is seen at once.
  static bool MayBeIn(std::string_view text);

  // The next piece of the text, which ends where a line ends. `scraped_ms` is the time of samples
  // without one.
  void Collect(std::string_view lines, int64_t scraped_ms);
  // After the last piece.
  void Sort();

  // Of the metric that a sample's series, below the TYPE line of `family`, belongs to; null if
  // nothing is said about it.
  const MetricStarts* Find(std::string_view family, std::string_view type, LabelsView labels) const;

 private:
  void ReadLine(std::string_view line, int64_t scraped_ms);

  const TextOptions options_;
  TextLine line_;
  std::string family_, type_;  // the last TYPE line's
  absl::flat_hash_map<std::string, MetricStarts> metrics_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_STARTS_H_
