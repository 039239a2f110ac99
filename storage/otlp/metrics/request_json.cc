#include "promlite/storage/otlp/metrics/request_json.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/common_json.h"
#include "promlite/storage/otlp/json_reader.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

namespace {

using Value = JsonReader::Value;

template <typename Number>
bool ReadNumbers(JsonReader* json, std::string_view name, Value value,
                 google::protobuf::RepeatedField<Number>* numbers) {
  return json->ReadArray(value, [&](Value element) {
    Number number{};
    if (json->IsNull(&element)) json->NoteUnknown(name);
    if (!json->Read(element, &number)) return false;
    numbers->Add(number);
    return true;
  });
}

bool ReadExemplar(JsonReader* json, Value value, otlp::Exemplar* exemplar) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "asDouble") {
      return ReadOptional<double>(json, field, [&](double d) { exemplar->set_as_double(d); });
    }
    if (name == "asInt") {
      return ReadOptional<int64_t>(json, field, [&](int64_t i) { exemplar->set_as_int(i); });
    }
    if (name == "timeUnixNano") {
      return ReadOptional<uint64_t>(json, field,
                                    [&](uint64_t t) { exemplar->set_time_unix_nano(t); });
    }
    if (name == "traceId") return json->ReadHex(field, exemplar->mutable_trace_id());
    if (name == "spanId") return json->ReadHex(field, exemplar->mutable_span_id());
    if (name == "filteredAttributes") {
      return ReadMessages(json, field, exemplar->mutable_filtered_attributes(), ReadKeyValue);
    }
    return json->Skip(field);
  });
}

// The fields that every kind of point has.
template <typename Point>
bool ReadPointField(JsonReader* json, std::string_view name, Value field, Point* point) {
  if (name == "attributes") {
    return ReadMessages(json, field, point->mutable_attributes(), ReadKeyValue);
  }
  if (name == "startTimeUnixNano") {
    return ReadOptional<uint64_t>(json, field,
                                  [&](uint64_t t) { point->set_start_time_unix_nano(t); });
  }
  if (name == "timeUnixNano") {
    return ReadOptional<uint64_t>(json, field, [&](uint64_t t) { point->set_time_unix_nano(t); });
  }
  if (name == "flags") {
    return ReadOptional<uint32_t>(json, field, [&](uint32_t f) { point->set_flags(f); });
  }
  return json->Skip(field);
}

// Reads a number that says nothing if it is not there.
template <typename Number, typename Set>
bool ReadNeeded(JsonReader* json, std::string_view name, Value value, Set set) {
  if (json->IsNull(&value)) {
    json->NoteUnknown(name);
    return true;
  }
  return ReadOptional<Number>(json, value, set);
}

bool ReadNumberPoint(JsonReader* json, Value value, otlp::NumberDataPoint* point) {
  const bool read = json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "asDouble") {
      return ReadNeeded<double>(json, name, field, [&](double d) { point->set_as_double(d); });
    }
    if (name == "asInt") {
      return ReadNeeded<int64_t>(json, name, field, [&](int64_t i) { point->set_as_int(i); });
    }
    if (name == "exemplars") {
      return ReadMessages(json, field, point->mutable_exemplars(), ReadExemplar);
    }
    return ReadPointField(json, name, field, point);
  });
  // One of the two is enough, and a point may say that it has no value.
  const bool has_value = point->value_case() != otlp::NumberDataPoint::VALUE_NOT_SET;
  if (has_value || (point->flags() & kNoRecordedValue) != 0) json->TakeUnknown();
  return read;
}

// What both kinds of histogram have.
template <typename Point>
bool ReadHistogramField(JsonReader* json, std::string_view name, Value field, Point* point) {
  if (name == "count") {
    return ReadNeeded<uint64_t>(json, name, field, [&](uint64_t c) { point->set_count(c); });
  }
  if (name == "sum") {
    return ReadOptional<double>(json, field, [&](double d) { point->set_sum(d); });
  }
  if (name == "min") {
    return ReadOptional<double>(json, field, [&](double d) { point->set_min(d); });
  }
  if (name == "max") {
    return ReadOptional<double>(json, field, [&](double d) { point->set_max(d); });
  }
  if (name == "exemplars") {
    return ReadMessages(json, field, point->mutable_exemplars(), ReadExemplar);
  }
  return ReadPointField(json, name, field, point);
}

bool ReadHistogramPoint(JsonReader* json, Value value, otlp::HistogramDataPoint* point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "bucketCounts")
      return ReadNumbers(json, name, field, point->mutable_bucket_counts());
    if (name == "explicitBounds")
      return ReadNumbers(json, name, field, point->mutable_explicit_bounds());
    return ReadHistogramField(json, name, field, point);
  });
}

bool ReadBuckets(JsonReader* json, Value value,
                 otlp::ExponentialHistogramDataPoint::Buckets* buckets) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "offset") {
      return ReadOptional<int32_t>(json, field, [&](int32_t o) { buckets->set_offset(o); });
    }
    if (name == "bucketCounts")
      return ReadNumbers(json, name, field, buckets->mutable_bucket_counts());
    return json->Skip(field);
  });
}

bool ReadExponentialPoint(JsonReader* json, Value value,
                          otlp::ExponentialHistogramDataPoint* point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "scale") {
      return ReadOptional<int32_t>(json, field, [&](int32_t s) { point->set_scale(s); });
    }
    if (name == "zeroCount") {
      return ReadOptional<uint64_t>(json, field, [&](uint64_t c) { point->set_zero_count(c); });
    }
    if (name == "zeroThreshold") {
      return ReadOptional<double>(json, field, [&](double d) { point->set_zero_threshold(d); });
    }
    if (name == "positive") return ReadBuckets(json, field, point->mutable_positive());
    if (name == "negative") return ReadBuckets(json, field, point->mutable_negative());
    return ReadHistogramField(json, name, field, point);
  });
}

bool ReadQuantile(JsonReader* json, Value value,
                  otlp::SummaryDataPoint::ValueAtQuantile* quantile) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "quantile") {
      return ReadOptional<double>(json, field, [&](double d) { quantile->set_quantile(d); });
    }
    if (name == "value") {
      return ReadNeeded<double>(json, name, field, [&](double d) { quantile->set_value(d); });
    }
    return json->Skip(field);
  });
}

bool ReadSummaryPoint(JsonReader* json, Value value, otlp::SummaryDataPoint* point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "count") {
      return ReadNeeded<uint64_t>(json, name, field, [&](uint64_t c) { point->set_count(c); });
    }
    if (name == "sum") {
      return ReadOptional<double>(json, field, [&](double d) { point->set_sum(d); });
    }
    if (name == "quantileValues") {
      return ReadMessages(json, field, point->mutable_quantile_values(), ReadQuantile);
    }
    return ReadPointField(json, name, field, point);
  });
}

template <typename Data>
bool ReadTemporality(JsonReader* json, Value value, Data* data) {
  simdjson::ondemand::json_type type{};
  if (value.type().get(type) == simdjson::SUCCESS &&
      type == simdjson::ondemand::json_type::string) {
    std::string name;
    otlp::AggregationTemporality temporality;
    if (!json->Read(value, &name)) return false;
    if (!otlp::AggregationTemporality_Parse(name, &temporality)) {
      return json->Fail("an aggregation temporality is expected");
    }
    data->set_aggregation_temporality(temporality);
    return true;
  }
  return ReadOptional<int32_t>(json, value, [&](int32_t number) {
    data->set_aggregation_temporality(static_cast<otlp::AggregationTemporality>(number));
  });
}

// Points of one metric that could not be read.
struct LostPoints {
  size_t count = 0;
  std::string field;  // that is null in the last of them
};

template <typename Points, typename Read>
bool ReadPoints(JsonReader* json, Value value, Points* points, Read read_point, LostPoints* lost) {
  return json->ReadArray(value, [&](Value element) {
    if (!read_point(json, element, points->Add())) return false;
    std::string unknown = json->TakeUnknown();
    if (unknown.empty()) return true;
    points->RemoveLast();
    ++lost->count;
    lost->field = std::move(unknown);
    return true;
  });
}

template <typename Data, typename Read>
bool ReadPointsOf(JsonReader* json, Value value, Data* data, Read read_point, LostPoints* lost) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "dataPoints") {
      return ReadPoints(json, field, data->mutable_data_points(), read_point, lost);
    }
    if constexpr (requires { data->aggregation_temporality(); }) {
      if (name == "aggregationTemporality") return ReadTemporality(json, field, data);
    }
    if constexpr (requires { data->is_monotonic(); }) {
      if (name == "isMonotonic") {
        return ReadOptional<bool>(json, field, [&](bool b) { data->set_is_monotonic(b); });
      }
    }
    return json->Skip(field);
  });
}

std::string TextOf(const LostPoints& lost, std::string_view metric) {
  return absl::StrCat(
      "metric \"", Absl(metric), "\": ", lost.count,
      lost.count == 1 ? " data point is" : " data points are", " left out whose ", lost.field,
      " is null, as JavaScript writes NaN and the infinities: its value is unknown");
}

bool ReadMetric(JsonReader* json, Value value, otlp::Metric* metric,
                std::vector<std::string>* lost_points) {
  LostPoints lost;
  const bool read = json->ReadObject(value, [&](std::string_view name, Value field) {
    if (json->IsNull(&field)) return true;
    if (name == "name") return json->Read(field, metric->mutable_name());
    if (name == "description") return json->Read(field, metric->mutable_description());
    if (name == "unit") return json->Read(field, metric->mutable_unit());
    if (name == "gauge")
      return ReadPointsOf(json, field, metric->mutable_gauge(), ReadNumberPoint, &lost);
    if (name == "sum")
      return ReadPointsOf(json, field, metric->mutable_sum(), ReadNumberPoint, &lost);
    if (name == "histogram") {
      return ReadPointsOf(json, field, metric->mutable_histogram(), ReadHistogramPoint, &lost);
    }
    if (name == "exponentialHistogram") {
      return ReadPointsOf(json, field, metric->mutable_exponential_histogram(),
                          ReadExponentialPoint, &lost);
    }
    if (name == "summary") {
      return ReadPointsOf(json, field, metric->mutable_summary(), ReadSummaryPoint, &lost);
    }
    return json->Skip(field);
  });
  if (lost.count > 0) lost_points->push_back(TextOf(lost, metric->name()));
  return read;
}

bool ReadScopeMetrics(JsonReader* json, Value value, otlp::ScopeMetrics* scope_metrics,
                      std::vector<std::string>* lost_points) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "scope") return ReadScope(json, field, scope_metrics->mutable_scope());
    if (name == "schemaUrl") return json->Read(field, scope_metrics->mutable_schema_url());
    if (name == "metrics") {
      const auto read = [&](JsonReader* reader, Value element, otlp::Metric* metric) {
        return ReadMetric(reader, element, metric, lost_points);
      };
      return ReadMessages(json, field, scope_metrics->mutable_metrics(), read);
    }
    return json->Skip(field);
  });
}

bool ReadResourceMetrics(JsonReader* json, Value value, otlp::ResourceMetrics* resource_metrics,
                         std::vector<std::string>* lost_points) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "resource") return ReadResource(json, field, resource_metrics->mutable_resource());
    if (name == "scopeMetrics") {
      const auto read = [&](JsonReader* reader, Value element, otlp::ScopeMetrics* scope) {
        return ReadScopeMetrics(reader, element, scope, lost_points);
      };
      return ReadMessages(json, field, resource_metrics->mutable_scope_metrics(), read);
    }
    return json->Skip(field);
  });
}

}  // namespace

absl::Status ReadOtlpJson(std::string_view text, otlp::ExportMetricsServiceRequest* request,
                          std::vector<std::string>* lost_points) {
  JsonReader json;
  json.ReadDocument(text, [&](std::string_view name, Value field) {
    if (name == "resourceMetrics") {
      const auto read = [&](JsonReader* reader, Value element, otlp::ResourceMetrics* metrics) {
        return ReadResourceMetrics(reader, element, metrics, lost_points);
      };
      return ReadMessages(&json, field, request->mutable_resource_metrics(), read);
    }
    return json.Skip(field);
  });
  return json.status();
}

}  // namespace promlite::internal
