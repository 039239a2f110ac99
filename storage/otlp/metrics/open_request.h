#ifndef PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_
#define PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/metrics/labels/target_info.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The request at hand: where its samples go, and what there is to say of it. It is written to by
// whoever takes the request, or a part of it, apart. Used again from request to request: it keeps
// its memory.
class OpenRequest {
 public:
  // `options` must outlive it.
  explicit OpenRequest(const OtlpOptions* options) : labels_(options), target_info_(options) {}

  // The receiver's warnings on the request go to `warnings`.
  void Start(Appender* appender, std::vector<std::string>* warnings);
  // InvalidArgument, the errors joined, a line each: nothing of the request may be stored.
  absl::Status Finish();

  // The receiver goes on after an error, to report them all.
  void AddError(const absl::Status& error) { errors_.emplace_back(error.message()); }
  // Beside its error: Finish() says then how to have deltas taken.
  void AddRefusedDelta() { has_refused_delta_ = true; }

  Appender* appender() { return appender_; }
  SeriesLabels* labels() { return &labels_; }
  TargetInfo* target_info() { return &target_info_; }
  std::vector<std::string>* warnings() { return warnings_; }

 private:
  Appender* appender_ = nullptr;
  std::vector<std::string>* warnings_ = nullptr;
  std::vector<std::string> errors_;
  bool has_refused_delta_ = false;
  SeriesLabels labels_;
  TargetInfo target_info_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_OPEN_REQUEST_H_
