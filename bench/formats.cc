#include "promlite/bench/formats.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>

namespace promlite::bench {
namespace {

void AppendNumber(double value, std::string* text) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text->append(digits.data(), end);
}

// `{a="1",b="2"}`. Generated values need no escapes.
std::string LabelsText(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    if (name == kMetricName) continue;
    text += text.empty() ? "{" : ",";
    text += name + "=\"" + value + "\"";
  }
  return text + "}";
}

void AppendSeriesText(const GeneratedSeries& series, std::string* text) {
  const Labels labels = series.PrometheusLabels();
  const std::string prefix = std::string(labels.MetricName()) + LabelsText(labels) + " ";
  for (const Sample& sample : series.samples) {
    *text += prefix;
    AppendNumber(sample.value, text);
    char time[32];
    std::snprintf(time, sizeof(time), " %lld.%03d\n",
                  static_cast<long long>(sample.timestamp_ms / 1000),
                  static_cast<int>(sample.timestamp_ms % 1000));
    *text += time;
  }
}

// ---- protobuf's wire format -------------------------------------------------------------------

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

void AppendBytes(int field, std::string_view bytes, std::string* out) {
  AppendVarint(static_cast<uint64_t>(field) << 3 | 2, out);
  AppendVarint(bytes.size(), out);
  out->append(bytes);
}

void AppendFixed64(int field, uint64_t value, std::string* out) {
  AppendVarint(static_cast<uint64_t>(field) << 3 | 1, out);
  for (int shift = 0; shift < 64; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

void AppendUint(int field, uint64_t value, std::string* out) {
  AppendVarint(static_cast<uint64_t>(field) << 3, out);
  AppendVarint(value, out);
}

// A KeyValue with a string.
void AppendAttribute(int field, std::string_view key, std::string_view value, std::string* out) {
  std::string any, pair;
  AppendBytes(1, value, &any);
  AppendBytes(1, key, &pair);
  AppendBytes(2, any, &pair);
  AppendBytes(field, pair, out);
}

// A NumberDataPoint.
std::string DataPoint(const GeneratedSeries& series, const Sample& sample) {
  constexpr uint64_t kNanosPerMilli = 1'000'000;
  std::string point;
  for (const auto& [key, value] : series.attributes) AppendAttribute(7, key, value, &point);
  AppendFixed64(2, static_cast<uint64_t>(series.start_ms) * kNanosPerMilli, &point);
  AppendFixed64(3, static_cast<uint64_t>(sample.timestamp_ms) * kNanosPerMilli, &point);
  AppendFixed64(4, std::bit_cast<uint64_t>(sample.value), &point);
  return point;
}

// A Metric that is a monotonic cumulative Sum; `points` are its data points, each a field 1.
std::string MetricMessage(const Metric& metric, std::string points) {
  AppendUint(2, 2, &points);  // AGGREGATION_TEMPORALITY_CUMULATIVE
  AppendUint(3, 1, &points);  // is_monotonic
  std::string message;
  AppendBytes(1, metric.otlp_name, &message);
  if (!metric.unit.empty()) AppendBytes(3, metric.unit, &message);
  AppendBytes(7, points, &message);
  return message;
}

using PointsByMetric = std::map<const Metric*, std::string>;

std::string ExportRequest(const PointsByMetric& points) {
  std::string resource, scope, scope_metrics, resource_metrics, request;
  AppendAttribute(1, "service.name", "claude-code", &resource);
  AppendAttribute(1, "service.version", "2.1.197", &resource);
  AppendBytes(1, "com.anthropic.claude_code", &scope);
  AppendBytes(1, scope, &scope_metrics);
  for (const auto& [metric, encoded] : points) {
    AppendBytes(2, MetricMessage(*metric, encoded), &scope_metrics);
  }
  AppendBytes(1, resource, &resource_metrics);
  AppendBytes(2, scope_metrics, &resource_metrics);
  AppendBytes(1, resource_metrics, &request);
  return request;
}

// Who sent a series: its session, or else its instance.
std::string_view Writer(const GeneratedSeries& series) {
  for (const auto& [key, value] : series.attributes) {
    if (key == "session.id" || key == "service.instance") return value;
  }
  return "";
}

}  // namespace

std::string OpenMetricsText(const std::vector<GeneratedSeries>& series) {
  constexpr std::string_view kSuffix = "_total";
  std::map<std::string_view, std::string> families;
  for (const GeneratedSeries& one : series) {
    AppendSeriesText(one, &families[one.metric->prometheus_name]);
  }
  std::string text;
  for (const auto& [name, lines] : families) {
    text += "# TYPE " + std::string(name.substr(0, name.size() - kSuffix.size())) + " counter\n";
    text += lines;
  }
  return text + "# EOF\n";
}

std::vector<std::string> OtlpRequests(const std::vector<GeneratedSeries>& series) {
  std::map<std::pair<int64_t, std::string_view>, PointsByMetric> exports;
  for (const GeneratedSeries& one : series) {
    for (const Sample& sample : one.samples) {
      std::string& points = exports[{sample.timestamp_ms, Writer(one)}][one.metric];
      AppendBytes(1, DataPoint(one, sample), &points);
    }
  }
  std::vector<std::string> requests;
  requests.reserve(exports.size());
  for (const auto& [when, points] : exports) requests.push_back(ExportRequest(points));
  return requests;
}

}  // namespace promlite::bench
