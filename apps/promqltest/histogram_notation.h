#ifndef PROMLITE_APPS_PROMQLTEST_HISTOGRAM_NOTATION_H_
#define PROMLITE_APPS_PROMQLTEST_HISTOGRAM_NOTATION_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::promqltest {

// A native histogram as scripts write it.
struct HistogramNotation {
  Histogram histogram;
  // Whether it says anything of counter resets: if not, any hint is as good as any other.
  bool hint_given = false;
};

// Parses `{{schema:0 sum:5 count:4 buckets:[1 2 1]}}`: keys in any order, each once, what is
// missing is 0 or empty. The buckets of a side are neighbours, from `offset` (`n_offset`) on.
absl::StatusOr<HistogramNotation> ParseHistogramNotation(std::string_view text);

// The other way round, for messages.
std::string PrintHistogramNotation(const Histogram& histogram);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_HISTOGRAM_NOTATION_H_
