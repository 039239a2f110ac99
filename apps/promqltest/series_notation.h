#ifndef PROMLITE_APPS_PROMQLTEST_SERIES_NOTATION_H_
#define PROMLITE_APPS_PROMQLTEST_SERIES_NOTATION_H_

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::promqltest {

// One place in a series' sequence of values.
struct SequenceItem {
  bool omitted = false;
  double value = 0;  // a staleness marker has its bits
  // Instead of a value.
  std::shared_ptr<const Histogram> histogram = nullptr;
  bool hint_given = false;  // see HistogramNotation
};

// `metric{label="value"} 1 2 _ 4+2x3 stale`.
struct SeriesDescription {
  Labels labels;
  std::vector<SequenceItem> items;
};

// Parses a series line of `load` and of expectations: `_` and `_xN` omit samples; `a+bxN` is N + 1
// samples, each the one before plus b (so that rounding adds up as in Prometheus); `axN` is N + 1
// samples of a; `stale` is a staleness marker. `{{...}}` is a native histogram, repeated and added
// up in the same ways: `{{...}}xN`, `{{...}}+{{...}}xN`.
absl::StatusOr<SeriesDescription> ParseSeriesDescription(std::string_view line);

// `metric{...}@st -1m _ -30s+10sx2`: for each sample, how far its start timestamp lies from its own
// time; nothing where the item is `_`.
struct StartTimesDescription {
  Labels labels;
  struct Item {
    bool omitted = false;
    absl::Duration offset;
  };
  std::vector<Item> items;
};
bool IsStartTimesLine(std::string_view line);
absl::StatusOr<StartTimesDescription> ParseStartTimesDescription(std::string_view line);

// A Prometheus duration ("1h30m", "333ms", "0"), with or without a sign.
absl::StatusOr<absl::Duration> ParseDuration(std::string_view text);

// A number as PromQL writes it, with a sign.
absl::StatusOr<double> ParseNumber(std::string_view text);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_SERIES_NOTATION_H_
