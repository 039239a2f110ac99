#include "promlite/storage/otlp/metrics/ingest_cache.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/points/histogram_point.h"
#include "promlite/storage/otlp/metrics/points/number_point.h"
#include "promlite/storage/otlp/wire/parse_message.h"
#include "promlite/storage/otlp/wire/protobuf_field.h"
#include "promlite/storage/otlp/wire/request_damage.h"

namespace promlite::internal {

namespace {

bool ReadWirePoint(std::string_view bytes, WireNumberPoint* point) {
  return ReadWireNumberPoint(bytes, point);
}
bool ReadWirePoint(std::string_view bytes, WireHistogramPoint* point) {
  return ReadWireHistogramPoint(bytes, point);
}

// Increments with other starts go to the same stream.
uint64_t StartOfStream(const WirePoint& point, const KnownMetrics::Metric& metric) {
  return CollectsIncrements(metric.family.temporality) ? 0 : point.start_time_unix_nano;
}

// An increment that is NaN is the translator's to tell of.
bool IsUnusual(const WireNumberPoint& point) { return std::isnan(point.value); }
bool IsUnusual(const WireHistogramPoint&) { return false; }

// What tells to which streams a point goes.
KnownPoints::Key KeyOf(const WireNumberPoint& point, const KnownMetrics::Metric& metric) {
  return KnownPoints::MakeKey(metric.number, point.attributes, StartOfStream(point, metric));
}
KnownPoints::Key KeyOf(const WireHistogramPoint& point, const KnownMetrics::Metric& metric) {
  const uint64_t shape = point.bucket_counts.size() << 1 | (point.sum.has_value() ? 1 : 0);
  return KnownPoints::MakeKey(metric.number, point.attributes, point.explicit_bounds, shape,
                              StartOfStream(point, metric));
}

absl::StatusOr<PointStreams> AddPoint(const PointTarget& target, MetricKind kind,
                                      const otlp::NumberDataPoint& point) {
  const absl::StatusOr<StreamId> stream = AddNumberPoint(target, point);
  if (!stream.ok()) return stream.status();
  if (kind == MetricKind::kSum) {
    if (absl::Status status = CheckExemplars(point.exemplars()); !status.ok()) return status;
  }
  return PointStreams{*stream};
}
absl::StatusOr<PointStreams> AddPoint(const PointTarget& target, MetricKind /*kind*/,
                                      const otlp::HistogramDataPoint& point) {
  return AddHistogramPoint(target, point);
}

// Decodes a point into `message` and stores it.
template <typename Message>
absl::StatusOr<PointStreams> TranslatePoint(std::string_view bytes,
                                            const KnownMetrics::Metric& metric,
                                            const PointTarget& target, Message* message,
                                            PointTimes* times) {
  if (!ParseMessage(bytes, message)) return absl::DataLossError("not a point");
  times->Add(message->time_unix_nano());
  return AddPoint(target, metric.kind, *message);
}

}  // namespace

std::optional<absl::Status> IngestCache::Ingest(std::string_view bytes) {
  if (!outline_.Scan(bytes)) return std::nullopt;
  StartRequest();
  const absl::Status walked = IngestResources();
  absl::Status status = request_->Finish();
  if (walked.ok() && status.ok()) return status;
  ForgetLast();
  // Where translation stopped at an error, what follows has not been looked at.
  absl::Status damage = FindRequestDamage(bytes);
  if (!damage.ok()) return damage;
  return status.ok() ? absl::InvalidArgumentError("damaged OTLP request") : status;
}

// What is known of metrics is pointed to while a request is walked: it is only forgotten here.
void IngestCache::StartRequest() {
  learned_target_infos_.clear();
  points_.StartRequest();
  if (metrics_.size() < most_metrics_) return;
  metrics_.Forget();
  points_.Forget();  // they are known by their metrics' numbers
  metadata_from_.clear();
}

void IngestCache::ForgetLast() {
  points_.ForgetLast();
  for (Resource* resource : learned_target_infos_) resource->knows_target_info = false;
  learned_target_infos_.clear();
  metadata_from_.clear();
}

absl::Status IngestCache::KeepRefusal(const absl::Status& status) {
  if (status.ok() || absl::IsDataLoss(status)) return status;
  request_->AddError(status);
  return absl::OkStatus();
}

absl::Status IngestCache::IngestResources() {
  for (const RequestOutline::Resource& part : outline_.resources()) {
    if (absl::Status status = IngestResource(part); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status IngestCache::IngestResource(const RequestOutline::Resource& part) {
  const absl::StatusOr<Resource*> resource =
      metrics_.FindResource(part.resource, request_->labels()->names());
  if (!resource.ok()) return KeepRefusal(resource.status());
  PointTimes times;
  const std::span scopes = std::span(outline_.scopes()).subspan(part.first_scope, part.scope_count);
  for (const RequestOutline::Scope& scope : scopes) {
    if (absl::Status status = IngestScope(scope, *resource, &times); !status.ok()) return status;
  }
  return times.empty() ? absl::OkStatus() : IngestTargetInfo(part.resource, *resource, times);
}

absl::Status IngestCache::IngestScope(const RequestOutline::Scope& part, Resource* resource,
                                      PointTimes* times) {
  const absl::StatusOr<Scope*> scope =
      metrics_.FindScope(part, resource, request_->labels()->names());
  if (!scope.ok()) return KeepRefusal(scope.status());
  const PointTarget target = request_->Target(resource->labels, (*scope)->labels);
  const std::span metrics =
      std::span(outline_.metrics()).subspan(part.first_metric, part.metric_count);
  for (const std::string_view metric : metrics) {
    absl::Status status = IngestMetric(metric, target, *scope, times);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status IngestCache::IngestMetric(std::string_view bytes, const PointTarget& target,
                                       Scope* scope, PointTimes* times) {
  if (!ReadWireMetric(bytes, &wire_metric_)) return TranslateMetric(bytes, target, times);
  const MetricHeader& header = wire_metric_.header;
  const bool becomes_native =
      header.kind == MetricKind::kHistogram && options_->convert_histograms_to_nhcb;
  if (becomes_native) return TranslateMetric(bytes, target, times);
  const absl::StatusOr<const Metric*> metric = metrics_.FindMetric(header, scope);
  // The translator says in its stead what is wrong with it.
  if (!metric.ok()) return TranslateMetric(bytes, target, times);
  return IngestPoints(wire_metric_.points, **metric, target, times);
}

absl::Status IngestCache::IngestPoints(std::span<const std::string_view> points,
                                       const Metric& metric, PointTarget target,
                                       PointTimes* times) {
  target.family = &metric.family;
  SetMetadata(metric, target.appender);
  for (const std::string_view point : points) {
    const absl::Status status =
        metric.kind == MetricKind::kHistogram
            ? IngestPoint<WireHistogramPoint>(point, metric, target, &histogram_point_, times)
            : IngestPoint<WireNumberPoint>(point, metric, target, &number_point_, times);
    if (!status.ok()) return KeepRefusal(status);
  }
  return absl::OkStatus();
}

absl::Status IngestCache::TranslateMetric(std::string_view bytes, const PointTarget& target,
                                          PointTimes* times) {
  otlp::Metric message;
  if (!ParseMessage(bytes, &message)) return absl::DataLossError("not a metric");
  translator_->TranslateMetric(message, target, times);
  // It has set its family's metadata, which is no longer that of a metric known here.
  const absl::StatusOr<MetricFamily> family = BuildMetricFamily(HeaderOf(message), *options_);
  if (family.ok()) metadata_from_.erase(family->name);
  return absl::OkStatus();
}

template <typename Point, typename Message>
absl::Status IngestCache::IngestPoint(std::string_view bytes, const Metric& metric,
                                      const PointTarget& target, Message* scratch,
                                      PointTimes* times) {
  Point point;
  if (!ReadWirePoint(bytes, &point) || IsUnusual(point)) {
    return TranslatePoint(bytes, metric, target, scratch, times).status();
  }
  const KnownPoints::Key key = KeyOf(point, metric);
  if (const KnownPoints::Known known = points_.Find(key); !known.streams.empty()) {
    times->Add(point.time_unix_nano);
    AppendPoint(point, known, target);
    return absl::OkStatus();
  }
  const absl::StatusOr<PointStreams> streams =
      TranslatePoint(bytes, metric, target, scratch, times);
  if (!streams.ok()) return streams.status();
  // Attributes that collide give a warning with each request.
  if (target.labels->has_collision()) return absl::OkStatus();
  const uint64_t writer =
      CollectsIncrements(metric.family.temporality) ? WriterOf(target, scratch->attributes()) : 0;
  points_.Learn(key, {*streams, writer});
  return absl::OkStatus();
}

void IngestCache::AppendPoint(const WireNumberPoint& point, const KnownPoints::Known& known,
                              const PointTarget& target) {
  PointMoment moment = MomentOf(point, *target.family);
  if (CollectsIncrements(moment.temporality)) {
    Identify(known.writer, std::bit_cast<uint64_t>(point.value), &moment);
  }
  AppendValue(target.appender, known.streams[0], moment, point.value);
}

void IngestCache::AppendPoint(const WireHistogramPoint& point, const KnownPoints::Known& known,
                              const PointTarget& target) {
  const size_t size = std::min(point.bucket_counts.size(), point.explicit_bounds.size());
  bucket_counts_.clear();
  for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
    bucket_counts_.push_back(LoadFixed64(point.bucket_counts.data() + i));
  }
  HistogramNumbers numbers;
  numbers.moment = MomentOf(point, *target.family);
  numbers.sum = point.sum;
  numbers.count = point.count;
  numbers.bucket_counts = bucket_counts_;
  if (CollectsIncrements(numbers.moment.temporality)) {
    Identify(known.writer, IdentityOf(numbers), &numbers.moment);
  }
  AppendClassicHistogram(target.appender, known.streams, numbers);
}

absl::Status IngestCache::IngestTargetInfo(std::string_view bytes, Resource* resource,
                                           const PointTimes& times) {
  const absl::StatusOr<std::optional<StreamId>> stream = FindTargetInfo(bytes, resource);
  if (!stream.ok()) return KeepRefusal(stream.status());
  if (!stream->has_value()) return absl::OkStatus();
  return KeepRefusal(request_->target_info()->Append(**stream, times));
}

absl::StatusOr<std::optional<StreamId>> IngestCache::FindTargetInfo(std::string_view bytes,
                                                                    Resource* resource) {
  if (resource->knows_target_info) return resource->target_info;
  otlp::Resource message;
  if (!ParseMessage(bytes, &message)) return absl::DataLossError("not a resource");
  absl::StatusOr<std::optional<StreamId>> stream =
      request_->target_info()->Stream(message, resource->labels, request_->labels());
  if (!stream.ok()) return stream;
  // Attributes that collide give a warning with each request.
  if (!request_->labels()->has_collision()) {
    resource->target_info = *stream;
    resource->knows_target_info = true;
    learned_target_infos_.push_back(resource);
  }
  return stream;
}

void IngestCache::SetMetadata(const Metric& metric, Appender* appender) {
  uint64_t& from = metadata_from_[metric.family.name];
  if (from == metric.number) return;
  from = metric.number;
  appender->SetMetadata(metric.family.name, metric.family.metadata);
}

}  // namespace promlite::internal
