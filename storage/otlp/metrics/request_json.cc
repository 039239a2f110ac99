#include "promlite/storage/otlp/metrics/request_json.h"

#include <string>

#include "promlite/storage/otlp/common_json.h"
#include "promlite/storage/otlp/json_reader.h"

namespace promlite::internal {

namespace {

using Value = JsonReader::Value;

template <typename Number>
bool ReadNumbers(JsonReader* json, Value value, google::protobuf::RepeatedField<Number>* numbers) {
  return json->ReadArray(value, [&](Value element) {
    Number number{};
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

bool ReadNumberPoint(JsonReader* json, Value value, otlp::NumberDataPoint* point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "asDouble") {
      return ReadOptional<double>(json, field, [&](double d) { point->set_as_double(d); });
    }
    if (name == "asInt") {
      return ReadOptional<int64_t>(json, field, [&](int64_t i) { point->set_as_int(i); });
    }
    if (name == "exemplars") {
      return ReadMessages(json, field, point->mutable_exemplars(), ReadExemplar);
    }
    return ReadPointField(json, name, field, point);
  });
}

// What both kinds of histogram have.
template <typename Point>
bool ReadHistogramField(JsonReader* json, std::string_view name, Value field, Point* point) {
  if (name == "count") {
    return ReadOptional<uint64_t>(json, field, [&](uint64_t c) { point->set_count(c); });
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
    if (name == "bucketCounts") return ReadNumbers(json, field, point->mutable_bucket_counts());
    if (name == "explicitBounds") return ReadNumbers(json, field, point->mutable_explicit_bounds());
    return ReadHistogramField(json, name, field, point);
  });
}

bool ReadBuckets(JsonReader* json, Value value,
                 otlp::ExponentialHistogramDataPoint::Buckets* buckets) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "offset") {
      return ReadOptional<int32_t>(json, field, [&](int32_t o) { buckets->set_offset(o); });
    }
    if (name == "bucketCounts") return ReadNumbers(json, field, buckets->mutable_bucket_counts());
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
      return ReadOptional<double>(json, field, [&](double d) { quantile->set_value(d); });
    }
    return json->Skip(field);
  });
}

bool ReadSummaryPoint(JsonReader* json, Value value, otlp::SummaryDataPoint* point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "count") {
      return ReadOptional<uint64_t>(json, field, [&](uint64_t c) { point->set_count(c); });
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

template <typename Data, typename Read>
bool ReadPointsOf(JsonReader* json, Value value, Data* data, Read read_point) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "dataPoints") {
      return ReadMessages(json, field, data->mutable_data_points(), read_point);
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

bool ReadMetric(JsonReader* json, Value value, otlp::Metric* metric) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (json->IsNull(&field)) return true;
    if (name == "name") return json->Read(field, metric->mutable_name());
    if (name == "description") return json->Read(field, metric->mutable_description());
    if (name == "unit") return json->Read(field, metric->mutable_unit());
    if (name == "gauge") return ReadPointsOf(json, field, metric->mutable_gauge(), ReadNumberPoint);
    if (name == "sum") return ReadPointsOf(json, field, metric->mutable_sum(), ReadNumberPoint);
    if (name == "histogram") {
      return ReadPointsOf(json, field, metric->mutable_histogram(), ReadHistogramPoint);
    }
    if (name == "exponentialHistogram") {
      return ReadPointsOf(json, field, metric->mutable_exponential_histogram(),
                          ReadExponentialPoint);
    }
    if (name == "summary") {
      return ReadPointsOf(json, field, metric->mutable_summary(), ReadSummaryPoint);
    }
    return json->Skip(field);
  });
}

bool ReadScopeMetrics(JsonReader* json, Value value, otlp::ScopeMetrics* scope_metrics) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "scope") return ReadScope(json, field, scope_metrics->mutable_scope());
    if (name == "schemaUrl") return json->Read(field, scope_metrics->mutable_schema_url());
    if (name == "metrics") {
      return ReadMessages(json, field, scope_metrics->mutable_metrics(), ReadMetric);
    }
    return json->Skip(field);
  });
}

bool ReadResourceMetrics(JsonReader* json, Value value, otlp::ResourceMetrics* resource_metrics) {
  return json->ReadObject(value, [&](std::string_view name, Value field) {
    if (name == "resource") return ReadResource(json, field, resource_metrics->mutable_resource());
    if (name == "scopeMetrics") {
      return ReadMessages(json, field, resource_metrics->mutable_scope_metrics(), ReadScopeMetrics);
    }
    return json->Skip(field);
  });
}

}  // namespace

absl::Status ReadOtlpJson(std::string_view text, otlp::ExportMetricsServiceRequest* request) {
  JsonReader json;
  json.ReadDocument(text, [&](std::string_view name, Value field) {
    if (name == "resourceMetrics") {
      return ReadMessages(&json, field, request->mutable_resource_metrics(), ReadResourceMetrics);
    }
    return json.Skip(field);
  });
  return json.status();
}

}  // namespace promlite::internal
