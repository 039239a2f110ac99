#ifndef PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_
#define PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/metrics/labels/target_info.h"
#include "promlite/storage/otlp/metrics/metric_family.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

// All of a metric but its points; views into `metric`.
MetricHeader HeaderOf(const otlp::Metric& metric);

// Turns a decoded request into samples, as Prometheus' OTLP receiver does. Errors are collected
// while translation goes on; a request with any must not be stored.
class RequestTranslator {
 public:
  // `options` must outlive it.
  explicit RequestTranslator(const OtlpOptions* options)
      : options_(options), series_(options), target_info_(options) {}

  // The receiver's warnings on one request go to `warnings`.
  void StartRequest(Appender* appender, std::vector<std::string>* warnings);
  void Translate(const otlp::ExportMetricsServiceRequest& request);
  // The errors joined, a line each.
  absl::Status FinishRequest();

  // The steps of Translate(), for a caller that takes a request apart itself. `target` has all but
  // the family.
  void TranslateMetric(const otlp::Metric& metric, PointTarget target, PointTimes* times);
  void AddError(const absl::Status& error) { errors_.emplace_back(error.message()); }
  void AddTargetInfo(const otlp::Resource& resource, const ResourceLabels& labels,
                     const PointTimes& times);

  SeriesLabels* series() { return &series_; }
  TargetInfo* target_info() { return &target_info_; }
  Appender* appender() { return appender_; }

 private:
  void TranslateScope(const otlp::ScopeMetrics& scope_metrics, const ResourceLabels& resource,
                      PointTimes* times);
  absl::Status TranslatePoints(const otlp::Metric& metric, const PointTarget& target);

  const OtlpOptions* options_;
  SeriesLabels series_;
  TargetInfo target_info_;
  Appender* appender_ = nullptr;
  std::vector<std::string>* warnings_ = nullptr;
  std::vector<std::string> errors_;
  bool has_refused_delta_ = false;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_
