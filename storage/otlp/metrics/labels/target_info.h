#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_TARGET_INFO_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_TARGET_INFO_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "otlp_common.pb.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The times of a resource's points, in nanoseconds as sent.
struct PointTimes {
  uint64_t earliest = std::numeric_limits<uint64_t>::max();
  uint64_t latest = 0;

  void Add(uint64_t time_unix_nano) {
    earliest = std::min(earliest, time_unix_nano);
    latest = std::max(latest, time_unix_nano);
  }
  bool empty() const { return earliest == std::numeric_limits<uint64_t>::max(); }
};

// The series `target_info`, one for each resource: what else is known of the target.
class TargetInfo {
 public:
  // `options` must outlive it.
  explicit TargetInfo(const OtlpOptions* options) : options_(options) {}

  void StartRequest(Appender* appender);

  // The stream of a resource's target_info; none if the resource says nothing beyond `job` and
  // `instance`, or has neither.
  absl::StatusOr<std::optional<StreamId>> Stream(const otlp::Resource& resource,
                                                 const ResourceLabels& labels,
                                                 SeriesLabels* series);

  // Samples from the first to the last of the points, so close that a query finds one at any time
  // between. InvalidArgument if the points lie so far apart that one request would make more than
  // a million of them.
  absl::Status Append(StreamId stream, const PointTimes& times);

 private:
  void AppendOnce(StreamId stream, int64_t timestamp_ms);

  const OtlpOptions* options_;
  Appender* appender_ = nullptr;
  bool has_metadata_ = false;
  uint64_t samples_ = 0;  // of this request, repeated ones among them
  // Resources with the same labels share the series; what was written in this request.
  absl::flat_hash_set<std::pair<StreamId, int64_t>> written_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_TARGET_INFO_H_
