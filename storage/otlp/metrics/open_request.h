#ifndef PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_
#define PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/metrics/labels/target_info.h"
#include "promlite/storage/otlp/metrics/memory_limits.h"
#include "promlite/storage/otlp/metrics/points/delta_accumulator.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The request at hand: where its samples go, and what there is to say of it. It is written to by
// whoever takes the request, or a part of it, apart. Used again from request to request: it keeps
// its memory.
class OpenRequest {
 public:
  // `options` must outlive it.
  OpenRequest(const OtlpOptions* options, const MemoryLimits& limits)
      : labels_(options), target_info_(options), native_sums_(limits.delta_streams) {}

  // The receiver's warnings on the request go to `warnings`.
  void Start(Appender* appender, std::vector<std::string>* warnings);
  // InvalidArgument, the errors joined, a line each: nothing of the request may be stored.
  absl::Status Finish();

  // The receiver goes on after an error, to report them all.
  void AddError(const absl::Status& error) { errors_.emplace_back(error.message()); }
  // Beside its error: Finish() says then how to have deltas taken.
  void AddRefusedDeltas(std::string_view metric, size_t points) {
    refused_metrics_.emplace(metric);
    refused_deltas_ += points;
  }
  // Their names.
  const std::set<std::string>& refused_metrics() const { return refused_metrics_; }
  // Data points of delta temporality in metrics that were refused for that.
  size_t refused_deltas() const { return refused_deltas_; }

  // Where points of this resource and scope go, whatever their family.
  PointTarget Target(const ResourceLabels& resource, const ScopeLabels& scope) {
    return {.appender = appender_,
            .labels = &labels_,
            .resource = &resource,
            .scope = &scope,
            .warnings = warnings_,
            .native_sums = &native_sums_};
  }

  Appender* appender() { return appender_; }
  SeriesLabels* labels() { return &labels_; }
  TargetInfo* target_info() { return &target_info_; }
  std::vector<std::string>* warnings() { return warnings_; }

 private:
  Appender* appender_ = nullptr;
  std::vector<std::string>* warnings_ = nullptr;
  std::vector<std::string> errors_;
  size_t refused_deltas_ = 0;
  std::set<std::string> refused_metrics_;
  SeriesLabels labels_;
  TargetInfo target_info_;
  NativeDeltaSums native_sums_;  // of all requests
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_
