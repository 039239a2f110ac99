#ifndef PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_
#define PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_

#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/labels/target_info.h"
#include "promlite/storage/otlp/metrics/metric_family.h"
#include "promlite/storage/otlp/metrics/open_request.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// All of a metric but its points; views into `metric`.
MetricHeader HeaderOf(const otlp::Metric& metric);

// Turns a decoded request into samples, as Prometheus' OTLP receiver does. What is wrong with it is
// told to the open request while translation goes on.
class RequestTranslator {
 public:
  // Both must outlive it. REQUIRES, for all of the below: `request` has been started.
  RequestTranslator(const OtlpOptions* options, OpenRequest* request)
      : options_(options), request_(request) {}

  void Translate(const otlp::ExportMetricsServiceRequest& message);
  // Appends the increments of sums and classic histograms of delta temporality beside what will be
  // added up of them, to be seen by readers of streams only, and nothing else. What is wrong with
  // the request is left for Translate() to say.
  void AppendIncrementsBeside(const otlp::ExportMetricsServiceRequest& message);
  // A step of it, for a caller that takes a request apart itself. `target` has all but the family.
  void TranslateMetric(const otlp::Metric& metric, PointTarget target, PointTimes* times);

 private:
  void TranslateScope(const otlp::ScopeMetrics& scope_metrics, const ResourceLabels& resource,
                      PointTimes* times);
  void AppendIncrementsBeside(const otlp::Metric& metric, PointTarget target);
  absl::Status TranslatePoints(const otlp::Metric& metric, const PointTarget& target);
  void AddTargetInfo(const otlp::Resource& resource, const ResourceLabels& labels,
                     const PointTimes& times);

  const OtlpOptions* const options_;
  OpenRequest* const request_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_REQUEST_TRANSLATOR_H_
