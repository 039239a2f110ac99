#include "promlite/storage/otlp/metrics/request_translator.h"

#include <optional>

#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/points/histogram_point.h"
#include "promlite/storage/otlp/metrics/points/native_histogram_point.h"
#include "promlite/storage/otlp/metrics/points/number_point.h"

namespace promlite::internal {

namespace {

// Calls `visit` with the points of a metric, whatever its kind.
template <typename Visit>
void VisitPoints(const otlp::Metric& metric, Visit visit) {
  switch (metric.data_case()) {
    case otlp::Metric::kGauge:
      return visit(metric.gauge().data_points());
    case otlp::Metric::kSum:
      return visit(metric.sum().data_points());
    case otlp::Metric::kHistogram:
      return visit(metric.histogram().data_points());
    case otlp::Metric::kExponentialHistogram:
      return visit(metric.exponential_histogram().data_points());
    case otlp::Metric::kSummary:
      return visit(metric.summary().data_points());
    case otlp::Metric::DATA_NOT_SET:
      return;
  }
}

size_t PointCount(const otlp::Metric& metric) {
  size_t count = 0;
  VisitPoints(metric, [&](const auto& points) { count = static_cast<size_t>(points.size()); });
  return count;
}

// The first error of any point.
template <typename Points, typename Add>
absl::Status ForEachPoint(const Points& points, Add add) {
  for (const auto& point : points) {
    if (absl::Status status = add(point); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

MetricHeader HeaderOf(const otlp::Metric& metric) {
  MetricHeader header{metric.name(), metric.description(), metric.unit()};
  switch (metric.data_case()) {
    case otlp::Metric::kGauge:
      header.kind = MetricKind::kGauge;
      break;
    case otlp::Metric::kSum:
      header.kind = MetricKind::kSum;
      header.temporality = metric.sum().aggregation_temporality();
      header.is_monotonic = metric.sum().is_monotonic();
      break;
    case otlp::Metric::kHistogram:
      header.kind = MetricKind::kHistogram;
      header.temporality = metric.histogram().aggregation_temporality();
      break;
    case otlp::Metric::kExponentialHistogram:
      header.kind = MetricKind::kExponentialHistogram;
      header.temporality = metric.exponential_histogram().aggregation_temporality();
      break;
    case otlp::Metric::kSummary:
      header.kind = MetricKind::kSummary;
      break;
    case otlp::Metric::DATA_NOT_SET:
      break;
  }
  return header;
}

void RequestTranslator::Translate(const otlp::ExportMetricsServiceRequest& message) {
  for (const otlp::ResourceMetrics& resource_metrics : message.resource_metrics()) {
    const absl::StatusOr<ResourceLabels> resource =
        BuildResourceLabels(resource_metrics.resource(), *options_, request_->labels()->names());
    if (!resource.ok()) {
      request_->AddError(resource.status());
      continue;
    }
    PointTimes times;
    for (const otlp::ScopeMetrics& scope_metrics : resource_metrics.scope_metrics()) {
      TranslateScope(scope_metrics, *resource, &times);
    }
    if (!times.empty()) AddTargetInfo(resource_metrics.resource(), *resource, times);
  }
}

void RequestTranslator::TranslateScope(const otlp::ScopeMetrics& scope_metrics,
                                       const ResourceLabels& resource, PointTimes* times) {
  const absl::StatusOr<ScopeLabels> scope = BuildScopeLabels(
      scope_metrics.scope(), scope_metrics.schema_url(), *options_, request_->labels()->names());
  if (!scope.ok()) {
    request_->AddError(scope.status());
    return;
  }
  for (const otlp::Metric& metric : scope_metrics.metrics()) {
    TranslateMetric(metric, request_->Target(resource, *scope), times);
  }
}

void RequestTranslator::TranslateMetric(const otlp::Metric& metric, PointTarget target,
                                        PointTimes* times) {
  bool is_empty = true;
  VisitPoints(metric, [&](const auto& points) {
    is_empty = points.empty();
    for (const auto& point : points) times->Add(point.time_unix_nano());
  });
  const MetricHeader header = HeaderOf(metric);
  const absl::StatusOr<MetricFamily> family = BuildMetricFamily(header, *options_);
  if (!family.ok()) {
    request_->AddError(family.status());
    if (header.temporality == kDelta) {
      request_->AddRefusedDeltas(header.name, PointCount(metric));
    }
    return;
  }
  if (is_empty) {
    request_->warnings()->push_back("empty data points. " + metric.name() + " is dropped");
    return;
  }
  target.family = &*family;
  if (absl::Status status = TranslatePoints(metric, target); !status.ok())
    request_->AddError(status);
}

absl::Status RequestTranslator::TranslatePoints(const otlp::Metric& metric,
                                                const PointTarget& target) {
  const auto store = [&] {
    request_->appender()->SetMetadata(target.family->name, target.family->metadata);
  };
  switch (metric.data_case()) {
    case otlp::Metric::kGauge:
      store();
      return ForEachPoint(metric.gauge().data_points(), [&](const otlp::NumberDataPoint& point) {
        return AddNumberPoint(target, point).status();
      });
    case otlp::Metric::kSum:
      store();
      return ForEachPoint(metric.sum().data_points(), [&](const otlp::NumberDataPoint& point) {
        absl::Status status = AddNumberPoint(target, point).status();
        return status.ok() ? CheckExemplars(point.exemplars()) : status;
      });
    case otlp::Metric::kHistogram:
      store();
      if (options_->convert_histograms_to_nhcb) {
        return ForEachPoint(metric.histogram().data_points(), [&](const auto& point) {
          return AddCustomBucketsPoint(target, point);
        });
      }
      return ForEachPoint(metric.histogram().data_points(), [&](const auto& point) {
        return AddHistogramPoint(target, point).status();
      });
    case otlp::Metric::kExponentialHistogram:
      store();
      return ForEachPoint(metric.exponential_histogram().data_points(), [&](const auto& point) {
        return AddExponentialHistogramPoint(target, point);
      });
    case otlp::Metric::kSummary:
      store();
      return ForEachPoint(metric.summary().data_points(),
                          [&](const auto& point) { return AddSummaryPoint(target, point); });
    case otlp::Metric::DATA_NOT_SET:
      break;
  }
  return absl::OkStatus();
}

void RequestTranslator::AppendIncrementsBeside(const otlp::ExportMetricsServiceRequest& message) {
  LabelNameCache* const names = request_->labels()->names();
  for (const otlp::ResourceMetrics& resource_metrics : message.resource_metrics()) {
    const absl::StatusOr<ResourceLabels> resource =
        BuildResourceLabels(resource_metrics.resource(), *options_, names);
    if (!resource.ok()) continue;
    for (const otlp::ScopeMetrics& scope_metrics : resource_metrics.scope_metrics()) {
      const absl::StatusOr<ScopeLabels> scope =
          BuildScopeLabels(scope_metrics.scope(), scope_metrics.schema_url(), *options_, names);
      if (!scope.ok()) continue;
      for (const otlp::Metric& metric : scope_metrics.metrics()) {
        AppendIncrementsBeside(metric, request_->Target(*resource, *scope));
      }
    }
  }
}

void RequestTranslator::AppendIncrementsBeside(const otlp::Metric& metric, PointTarget target) {
  const MetricHeader header = HeaderOf(metric);
  absl::StatusOr<MetricFamily> family = BuildMetricFamily(header, *options_);
  if (!family.ok() || header.temporality != kDelta) return;
  family->temporality = StreamTemporality::kDeltaBeside;
  target.family = &*family;
  for (const otlp::NumberDataPoint& point : metric.sum().data_points()) {
    if (!AddNumberPoint(target, point).ok()) return;
  }
  if (options_->convert_histograms_to_nhcb) return;
  for (const otlp::HistogramDataPoint& point : metric.histogram().data_points()) {
    if (!AddHistogramPoint(target, point).ok()) return;
  }
}

void RequestTranslator::AddTargetInfo(const otlp::Resource& resource, const ResourceLabels& labels,
                                      const PointTimes& times) {
  const absl::StatusOr<std::optional<StreamId>> stream =
      request_->target_info()->Stream(resource, labels, request_->labels());
  if (!stream.ok()) {
    request_->AddError(stream.status());
    return;
  }
  if (!stream->has_value()) return;
  if (absl::Status status = request_->target_info()->Append(**stream, times); !status.ok())
    request_->AddError(status);
}

}  // namespace promlite::internal
