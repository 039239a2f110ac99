#include "promlite/storage/otlp/wire/wire_point.h"

#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/otlp/wire/otlp_fields.h"
#include "promlite/storage/otlp/wire/parse_message.h"

namespace promlite::internal {

namespace {

using enum OtlpMessage;

// What a field is told by, its number and how it is written; equal to OtlpTag() for fields as
// exporters write them. A tag longer than need be begins with a byte that is no OtlpTag().
unsigned char TagOf(const ProtobufField& field) { return static_cast<unsigned char>(*field.start); }

// The three kinds of data that can be read have the same fields in the same places, as far as they
// have them: a gauge has points only, a histogram is not monotonic.
constexpr unsigned char kPointsTag = OtlpTag(kSum, "data_points");
constexpr unsigned char kTemporalityTag = OtlpTag(kSum, "aggregation_temporality");
constexpr unsigned char kMonotonicTag = OtlpTag(kSum, "is_monotonic");
static_assert(kPointsTag == OtlpTag(kGauge, "data_points") &&
              kPointsTag == OtlpTag(kHistogram, "data_points") &&
              kTemporalityTag == OtlpTag(kHistogram, "aggregation_temporality"));

bool ReadDataField(const ProtobufField& field, WireMetric* metric) {
  const MetricKind kind = metric->header.kind;
  switch (TagOf(field)) {
    case kPointsTag:
      metric->points.push_back(field.bytes);
      return true;
    case kTemporalityTag:
      metric->header.temporality = static_cast<int>(static_cast<uint32_t>(field.varint));
      return kind != MetricKind::kGauge;
    case kMonotonicTag:
      metric->header.is_monotonic = field.varint != 0;
      return kind == MetricKind::kSum;
    default:
      return false;
  }
}

// False if there is data already.
bool TakeData(const ProtobufField& field, MetricKind kind, MetricHeader* header,
              std::string_view* data) {
  if (header->kind != MetricKind::kUnset) return false;
  header->kind = kind;
  *data = field.bytes;
  return true;
}

bool ReadMetricField(const ProtobufField& field, MetricHeader* header, std::string_view* data) {
  switch (TagOf(field)) {
    case OtlpTag(kMetric, "name"):
      header->name = field.bytes;
      return true;
    case OtlpTag(kMetric, "description"):
      header->description = field.bytes;
      return true;
    case OtlpTag(kMetric, "unit"):
      header->unit = field.bytes;
      return true;
    case OtlpTag(kMetric, "gauge"):
      return TakeData(field, MetricKind::kGauge, header, data);
    case OtlpTag(kMetric, "sum"):
      return TakeData(field, MetricKind::kSum, header, data);
    case OtlpTag(kMetric, "histogram"):
      return TakeData(field, MetricKind::kHistogram, header, data);
    default:
      return false;
  }
}

// Makes a field one with those of its kind that stand right before it. False if there are any
// elsewhere.
bool TakeAdjacent(const ProtobufField& field, std::string_view* fields) {
  const char* const end = field.bytes.data() + field.bytes.size();
  const char* const start = fields->empty() ? field.start : fields->data();
  const bool is_adjacent = fields->empty() || fields->data() + fields->size() == field.start;
  *fields = {start, static_cast<size_t>(end - start)};
  return is_adjacent;
}

// Packed numbers of eight bytes. False if they are not in one piece.
bool TakePacked(const ProtobufField& field, std::string_view* numbers) {
  if (numbers->data() != nullptr || field.bytes.size() % sizeof(uint64_t) != 0) return false;
  *numbers = field.bytes;
  return true;
}

// An exemplar is not kept; it must be whole, and have a value.
bool IsExemplar(std::string_view bytes) {
  otlp::Exemplar exemplar;
  return ParseMessage(bytes, &exemplar) && exemplar.value_case() != otlp::Exemplar::VALUE_NOT_SET;
}

// The fields that points of all kinds have.
template <OtlpMessage kPoint>
bool ReadPointField(const ProtobufField& field, WirePoint* point) {
  switch (TagOf(field)) {
    case OtlpTag(kPoint, "start_time_unix_nano"):
      point->start_time_unix_nano = field.AsFixed64();
      return true;
    case OtlpTag(kPoint, "time_unix_nano"):
      point->time_unix_nano = field.AsFixed64();
      return true;
    case OtlpTag(kPoint, "exemplars"):
      return IsExemplar(field.bytes);
    case OtlpTag(kPoint, "attributes"):
      return TakeAdjacent(field, &point->attributes);
    case OtlpTag(kPoint, "flags"):
      point->flags = static_cast<uint32_t>(field.varint);
      return true;
    default:
      return false;
  }
}

bool ReadNumberField(const ProtobufField& field, WireNumberPoint* point) {
  switch (TagOf(field)) {
    case OtlpTag(kNumberDataPoint, "as_double"):
      point->value = field.AsDouble();
      return true;
    case OtlpTag(kNumberDataPoint, "as_int"):
      point->value = static_cast<double>(static_cast<int64_t>(field.AsFixed64()));
      return true;
    default:
      return ReadPointField<kNumberDataPoint>(field, point);
  }
}

bool ReadHistogramField(const ProtobufField& field, WireHistogramPoint* point) {
  switch (TagOf(field)) {
    case OtlpTag(kHistogramDataPoint, "count"):
      point->count = field.AsFixed64();
      return true;
    case OtlpTag(kHistogramDataPoint, "sum"):
      point->sum = field.AsDouble();
      return true;
    case OtlpTag(kHistogramDataPoint, "bucket_counts"):
      return TakePacked(field, &point->bucket_counts);
    case OtlpTag(kHistogramDataPoint, "explicit_bounds"):
      return TakePacked(field, &point->explicit_bounds);
    case OtlpTag(kHistogramDataPoint, "min"):
    case OtlpTag(kHistogramDataPoint, "max"):
      return true;
    default:
      return ReadPointField<kHistogramDataPoint>(field, point);
  }
}

}  // namespace

bool ReadWireMetric(std::string_view bytes, WireMetric* metric) {
  metric->header = {};
  metric->points.clear();
  std::string_view data;
  const MessageWalk in_metric = WalkMessage(bytes, [&](const ProtobufField& field) {
    return ReadMetricField(field, &metric->header, &data);
  });
  if (!in_metric.is_whole()) return false;
  const MessageWalk in_data =
      WalkMessage(data, [&](const ProtobufField& field) { return ReadDataField(field, metric); });
  return in_data.is_whole() && !metric->points.empty();
}

bool ReadWireNumberPoint(std::string_view bytes, WireNumberPoint* point) {
  *point = {};
  return WalkMessage(bytes,
                     [&](const ProtobufField& field) { return ReadNumberField(field, point); })
      .is_whole();
}

bool ReadWireHistogramPoint(std::string_view bytes, WireHistogramPoint* point) {
  *point = {};
  return WalkMessage(bytes,
                     [&](const ProtobufField& field) { return ReadHistogramField(field, point); })
      .is_whole();
}

}  // namespace promlite::internal
