#ifndef PROMLITE_TESTS_STORAGE_OTLP_METRICS_REQUEST_BUILDER_H_
#define PROMLITE_TESTS_STORAGE_OTLP_METRICS_REQUEST_BUILDER_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "otlp_metrics.pb.h"

namespace promlite::internal {

using AttributeList = std::vector<std::pair<std::string, std::string>>;

template <typename Message>
void AddAttributes(const AttributeList& attributes, Message* message) {
  for (const auto& [key, text] : attributes) {
    otlp::KeyValue* attribute = message->add_attributes();
    attribute->set_key(key);
    attribute->mutable_value()->set_string_value(text);
  }
}

inline constexpr uint64_t kSecond = 1'000'000'000;  // nanoseconds

// A request with one resource and one scope.
class RequestBuilder {
 public:
  explicit RequestBuilder(const AttributeList& resource = {}) {
    otlp::ResourceMetrics* resource_metrics = request_.add_resource_metrics();
    AddAttributes(resource, resource_metrics->mutable_resource());
    scope_metrics_ = resource_metrics->add_scope_metrics();
  }

  RequestBuilder(std::initializer_list<AttributeList::value_type> resource)
      : RequestBuilder(AttributeList(resource)) {}
  RequestBuilder(const RequestBuilder&) = delete;
  RequestBuilder& operator=(const RequestBuilder&) = delete;

  otlp::Metric* AddMetric(std::string_view name, std::string_view unit = "",
                          std::string_view description = "") {
    otlp::Metric* metric = scope_metrics_->add_metrics();
    metric->set_name(std::string(name));
    metric->set_unit(std::string(unit));
    metric->set_description(std::string(description));
    return metric;
  }

  otlp::NumberDataPoint* AddGauge(std::string_view name, const AttributeList& attributes = {},
                                  std::string_view unit = "") {
    otlp::NumberDataPoint* point = AddMetric(name, unit)->mutable_gauge()->add_data_points();
    return Fill(attributes, point);
  }

  otlp::NumberDataPoint* AddSum(
      std::string_view name, const AttributeList& attributes = {},
      otlp::AggregationTemporality temporality = otlp::AGGREGATION_TEMPORALITY_CUMULATIVE,
      bool is_monotonic = true) {
    otlp::Sum* sum = AddMetric(name)->mutable_sum();
    sum->set_aggregation_temporality(temporality);
    sum->set_is_monotonic(is_monotonic);
    return Fill(attributes, sum->add_data_points());
  }

  otlp::HistogramDataPoint* AddHistogram(
      std::string_view name, const AttributeList& attributes = {},
      otlp::AggregationTemporality temporality = otlp::AGGREGATION_TEMPORALITY_CUMULATIVE) {
    otlp::Histogram* histogram = AddMetric(name)->mutable_histogram();
    histogram->set_aggregation_temporality(temporality);
    return Fill(attributes, histogram->add_data_points());
  }

  otlp::ExponentialHistogramDataPoint* AddExponentialHistogram(
      std::string_view name,
      otlp::AggregationTemporality temporality = otlp::AGGREGATION_TEMPORALITY_CUMULATIVE) {
    otlp::ExponentialHistogram* histogram = AddMetric(name)->mutable_exponential_histogram();
    histogram->set_aggregation_temporality(temporality);
    return Fill({}, histogram->add_data_points());
  }

  otlp::SummaryDataPoint* AddSummary(std::string_view name) {
    return Fill({}, AddMetric(name)->mutable_summary()->add_data_points());
  }

  otlp::ScopeMetrics* scope_metrics() { return scope_metrics_; }
  otlp::ExportMetricsServiceRequest* request() { return &request_; }
  const otlp::ExportMetricsServiceRequest& Get() const { return request_; }

 private:
  // At 1,000 s since the epoch.
  template <typename Point>
  static Point* Fill(const AttributeList& attributes, Point* point) {
    AddAttributes(attributes, point);
    point->set_time_unix_nano(1000 * kSecond);
    return point;
  }

  otlp::ExportMetricsServiceRequest request_;
  otlp::ScopeMetrics* scope_metrics_ = nullptr;
};

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_METRICS_REQUEST_BUILDER_H_
