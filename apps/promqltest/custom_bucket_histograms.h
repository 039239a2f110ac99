#ifndef PROMLITE_APPS_PROMQLTEST_CUSTOM_BUCKET_HISTOGRAMS_H_
#define PROMLITE_APPS_PROMQLTEST_CUSTOM_BUCKET_HISTOGRAMS_H_

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/promqltest/series_notation.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::promqltest {

// What `load_with_nhcb` stores beside the series themselves: of every classic histogram among them
// (`x_bucket` with a label `le`, `x_sum`, `x_count`), a native histogram `x` with custom buckets at
// each time. InvalidArgument if buckets are not cumulative or do not agree with the count.
absl::StatusOr<std::map<Labels, std::vector<HistogramPoint>>> CustomBucketHistograms(
    const std::vector<SeriesDescription>& series, absl::Duration gap);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_CUSTOM_BUCKET_HISTOGRAMS_H_
