#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_BUCKET_LAYOUT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_BUCKET_LAYOUT_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/storage/metrics/histograms/histogram_check.h"

namespace promlite::internal {

// How the receiver turns OTLP's dense buckets, of which the first has the index `offset`, into
// those of a native histogram, as in Prometheus 3.16: each `2^scale_down` neighbours become one; up
// to two empty buckets in a row before one that is not stay as such, more become a gap; the last
// bucket stays in any case.
//
// `index_shift` is added to each index: 1 for exponential buckets (OTLP's bucket 0 begins at 1,
// that of Prometheus ends there), 0 for explicit ones. InvalidArgument, in Prometheus' words, if an
// index is beyond 32 bits.
absl::StatusOr<std::vector<IntegerBucket>> LayOutBuckets(std::span<const uint64_t> counts,
                                                         int32_t offset, int scale_down,
                                                         int index_shift);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_BUCKET_LAYOUT_H_
