#include "promlite/storage/otlp/metrics/ingest_cache.h"

#include <algorithm>
#include <span>
#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/points/number_point.h"
#include "promlite/storage/otlp/wire/request_damage.h"

namespace promlite::internal {

namespace {

template <typename Message>
bool Parse(std::string_view bytes, Message* message) {
  return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

void AppendKeyPart(std::string_view part, std::string* key) {
  const uint64_t size = part.size();
  key->append(reinterpret_cast<const char*>(&size), sizeof(size));
  key->append(part);
}

}  // namespace

absl::Status IngestCache::Ingest(std::string_view request) {
  if (!outline_.Scan(request)) return absl::UnknownError("");
  is_damaged_ = false;
  points_before_ = points_.size();
  learned_target_infos_.clear();
  for (const RequestOutline::Resource& part : outline_.resources()) {
    IngestResource(part);
    if (is_damaged_) break;
  }
  absl::Status status = translator_->FinishRequest();
  if (status.ok() && !is_damaged_) return status;
  ForgetLast();
  // Where translation stopped at an error, what follows has not been looked at.
  absl::Status damage = FindRequestDamage(request);
  if (!damage.ok()) return damage;
  return status.ok() ? absl::InvalidArgumentError("damaged OTLP request") : status;
}

void IngestCache::ForgetLast() {
  points_.Forget(points_before_);
  for (Resource* resource : learned_target_infos_) resource->knows_target_info = false;
  learned_target_infos_.clear();
  metadata_from_.clear();
}

IngestCache::Resource* IngestCache::FindResource(std::string_view bytes) {
  const auto known = resources_.find(Absl(bytes));
  if (known != resources_.end()) return known->second.get();
  otlp::Resource message;
  if (!Parse(bytes, &message)) {
    is_damaged_ = true;
    return nullptr;
  }
  absl::StatusOr<ResourceLabels> labels =
      BuildResourceLabels(message, *options_, translator_->series()->names());
  if (!labels.ok()) {
    translator_->AddError(labels.status());
    return nullptr;
  }
  auto resource = std::make_unique<Resource>();
  resource->labels = *std::move(labels);
  return resources_.emplace(std::string(bytes), std::move(resource)).first->second.get();
}

IngestCache::Scope* IngestCache::FindScope(Resource* resource, const RequestOutline::Scope& part) {
  key_.clear();
  AppendKeyPart(part.scope, &key_);
  AppendKeyPart(part.schema_url, &key_);
  const auto known = resource->scopes.find(key_);
  if (known != resource->scopes.end()) return known->second.get();
  otlp::InstrumentationScope message;
  if (!Parse(part.scope, &message)) {
    is_damaged_ = true;
    return nullptr;
  }
  absl::StatusOr<ScopeLabels> labels =
      BuildScopeLabels(message, part.schema_url, *options_, translator_->series()->names());
  if (!labels.ok()) {
    translator_->AddError(labels.status());
    return nullptr;
  }
  auto scope = std::make_unique<Scope>();
  scope->labels = *std::move(labels);
  return resource->scopes.emplace(key_, std::move(scope)).first->second.get();
}

IngestCache::Metric* IngestCache::FindMetric(Scope* scope, const MetricHeader& header) {
  key_.clear();
  AppendKeyPart(header.name, &key_);
  AppendKeyPart(header.description, &key_);
  AppendKeyPart(header.unit, &key_);
  key_.push_back(static_cast<char>(header.kind));
  key_.push_back(static_cast<char>(header.is_monotonic));
  AppendKeyPart(std::to_string(header.temporality), &key_);
  const auto known = scope->metrics.find(key_);
  if (known != scope->metrics.end()) return known->second.get();
  absl::StatusOr<MetricFamily> family = BuildMetricFamily(header, *options_);
  if (!family.ok()) return nullptr;
  auto metric = std::make_unique<Metric>();
  metric->number = ++metric_count_;
  metric->family = *std::move(family);
  return scope->metrics.emplace(key_, std::move(metric)).first->second.get();
}

void IngestCache::IngestResource(const RequestOutline::Resource& part) {
  Resource* resource = FindResource(part.resource);
  if (resource == nullptr) return;
  PointTimes times;
  const std::span scopes = std::span(outline_.scopes()).subspan(part.first_scope, part.scope_count);
  for (const RequestOutline::Scope& scope : scopes) {
    IngestScope(scope, resource, &times);
    if (is_damaged_) return;
  }
  if (!times.empty()) IngestTargetInfo(part.resource, resource, times);
}

void IngestCache::IngestScope(const RequestOutline::Scope& part, Resource* resource,
                              PointTimes* times) {
  Scope* scope = FindScope(resource, part);
  if (scope == nullptr) return;
  const PointTarget target{translator_->appender(), translator_->series(), &resource->labels,
                           &scope->labels};
  const std::span metrics =
      std::span(outline_.metrics()).subspan(part.first_metric, part.metric_count);
  for (const std::string_view metric : metrics) {
    IngestMetric(metric, target, scope, times);
    if (is_damaged_) return;
  }
}

void IngestCache::IngestMetric(std::string_view bytes, const PointTarget& target, Scope* scope,
                               PointTimes* times) {
  if (!ReadWireMetric(bytes, &wire_metric_)) return TranslateMetric(bytes, target, times);
  const bool is_histogram = wire_metric_.header.kind == MetricKind::kHistogram;
  if (is_histogram && options_->convert_histograms_to_nhcb) {
    return TranslateMetric(bytes, target, times);
  }
  const Metric* metric = FindMetric(scope, wire_metric_.header);
  if (metric == nullptr) return TranslateMetric(bytes, target, times);
  PointTarget points_target = target;
  points_target.family = &metric->family;
  SetMetadata(*metric, target.appender);
  for (const std::string_view point : wire_metric_.points) {
    absl::Status status = is_histogram ? IngestHistogram(point, *metric, points_target, times)
                                       : IngestNumber(point, *metric, points_target, times);
    if (is_damaged_) return;
    if (!status.ok()) return translator_->AddError(status);
  }
}

void IngestCache::TranslateMetric(std::string_view bytes, const PointTarget& target,
                                  PointTimes* times) {
  otlp::Metric message;
  is_damaged_ = !Parse(bytes, &message);
  if (is_damaged_) return;
  translator_->TranslateMetric(message, target, times);
  // It has set its family's metadata, which is no longer that of a metric known here.
  const absl::StatusOr<MetricFamily> family = BuildMetricFamily(HeaderOf(message), *options_);
  if (family.ok()) metadata_from_.erase(family->name);
}

absl::Status IngestCache::IngestNumber(std::string_view bytes, const Metric& metric,
                                       const PointTarget& target, PointTimes* times) {
  WireNumberPoint point;
  if (!ReadWireNumberPoint(bytes, &point)) return TranslateNumber(bytes, target, times);
  const KnownPoints::Key key =
      KnownPoints::MakeKey(metric.number, point.attributes, point.start_time_unix_nano);
  const std::span<const StreamId> streams = points_.Find(key);
  if (streams.empty()) {
    absl::Status status = TranslateNumber(bytes, target, times);
    if (status.ok() && !is_damaged_ && !target.labels->has_collision()) {
      points_.Learn(key, streams_);
    }
    return status;
  }
  times->Add(point.time_unix_nano);
  AppendValue(target.appender, streams[0], ToMilliseconds(point.time_unix_nano), point.value,
              (point.flags & kNoRecordedValue) != 0);
  return absl::OkStatus();
}

absl::Status IngestCache::TranslateNumber(std::string_view bytes, const PointTarget& target,
                                          PointTimes* times) {
  is_damaged_ = !Parse(bytes, &number_point_);
  if (is_damaged_) return absl::OkStatus();
  times->Add(number_point_.time_unix_nano());
  const absl::StatusOr<StreamId> stream = AddNumberPoint(target, number_point_);
  if (!stream.ok()) return stream.status();
  streams_.assign(1, *stream);
  const bool is_sum = wire_metric_.header.kind == MetricKind::kSum;
  return is_sum ? CheckExemplars(number_point_.exemplars()) : absl::OkStatus();
}

absl::Status IngestCache::IngestHistogram(std::string_view bytes, const Metric& metric,
                                          const PointTarget& target, PointTimes* times) {
  WireHistogramPoint point;
  if (!ReadWireHistogramPoint(bytes, &point)) return TranslateHistogram(bytes, target, times);
  const uint64_t shape = point.bucket_counts.size() << 1 | (point.sum.has_value() ? 1 : 0);
  const KnownPoints::Key key = KnownPoints::MakeKey(
      metric.number, point.attributes, point.explicit_bounds, shape, point.start_time_unix_nano);
  const std::span<const StreamId> streams = points_.Find(key);
  if (streams.empty()) {
    absl::Status status = TranslateHistogram(bytes, target, times);
    if (status.ok() && !is_damaged_ && !target.labels->has_collision()) {
      points_.Learn(key, streams_);
    }
    return status;
  }
  times->Add(point.time_unix_nano);
  AppendKnownHistogram(point, streams, target.appender);
  return absl::OkStatus();
}

absl::Status IngestCache::TranslateHistogram(std::string_view bytes, const PointTarget& target,
                                             PointTimes* times) {
  is_damaged_ = !Parse(bytes, &histogram_point_);
  if (is_damaged_) return absl::OkStatus();
  times->Add(histogram_point_.time_unix_nano());
  return AddHistogramPoint(target, histogram_point_, &streams_);
}

void IngestCache::AppendKnownHistogram(const WireHistogramPoint& point,
                                       std::span<const StreamId> streams, Appender* appender) {
  const size_t size = std::min(point.bucket_counts.size(), point.explicit_bounds.size());
  bucket_counts_.clear();
  for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
    bucket_counts_.push_back(LoadFixed64(point.bucket_counts.data() + i));
  }
  HistogramNumbers numbers;
  numbers.timestamp_ms = ToMilliseconds(point.time_unix_nano);
  numbers.is_stale = (point.flags & kNoRecordedValue) != 0;
  numbers.sum = point.sum;
  numbers.count = point.count;
  numbers.bucket_counts = bucket_counts_;
  AppendClassicHistogram(appender, streams, numbers);
}

void IngestCache::IngestTargetInfo(std::string_view bytes, Resource* resource,
                                   const PointTimes& times) {
  if (!resource->knows_target_info) {
    otlp::Resource message;
    is_damaged_ = !Parse(bytes, &message);
    if (is_damaged_) return;
    const absl::StatusOr<std::optional<StreamId>> stream =
        translator_->target_info()->Stream(message, resource->labels, translator_->series());
    if (!stream.ok()) return translator_->AddError(stream.status());
    resource->target_info = *stream;
    // Attributes that collide give a warning with each request.
    resource->knows_target_info = !translator_->series()->has_collision();
    if (resource->knows_target_info) learned_target_infos_.push_back(resource);
  }
  if (!resource->target_info.has_value()) return;
  absl::Status status = translator_->target_info()->Append(*resource->target_info, times);
  if (!status.ok()) translator_->AddError(status);
}

void IngestCache::SetMetadata(const Metric& metric, Appender* appender) {
  uint64_t& from = metadata_from_[metric.family.name];
  if (from == metric.number) return;
  from = metric.number;
  appender->SetMetadata(metric.family.name, metric.family.metadata);
}

}  // namespace promlite::internal
