#include "promlite/engine/answer/json.h"

#include <cstdint>
#include <cstdio>

#include "promlite/engine/histograms/buckets.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/json_string.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/number_reading.h"

namespace promlite {
namespace {

// How many annotations of a kind the API shows.
constexpr size_t kMaxAnnotations = 10;

using internal::AppendApiNumber;
using internal::AppendJsonString;
using internal::kJsonOfLabels;
using internal::kJsonOfMessages;

void AppendSample(const Sample& sample, std::string* out) {
  out->push_back('[');
  out->append(FormatTimestamp(sample.timestamp_ms));
  out->append(",\"");
  AppendApiNumber(sample.value, out);
  out->append("\"]");
}

// How the API numbers the kinds of intervals.
int IntervalKind(const internal::BoundedBucket& bucket) {
  if (bucket.lower_inclusive) return bucket.upper_inclusive ? 3 : 1;
  return bucket.upper_inclusive ? 0 : 2;
}

void AppendNumber(double value, std::string* out) {
  out->push_back('"');
  AppendApiNumber(value, out);
  out->push_back('"');
}

void AppendHistogram(const Histogram& histogram, std::string* out) {
  out->append("{\"count\":");
  AppendNumber(histogram.count, out);
  out->append(",\"sum\":");
  AppendNumber(histogram.sum, out);
  bool any = false;
  for (const internal::BoundedBucket& bucket : internal::AllBuckets(histogram)) {
    if (bucket.count == 0) continue;
    out->append(any ? ",[" : ",\"buckets\":[[");
    any = true;
    out->append(std::to_string(IntervalKind(bucket)));
    for (const double number : {bucket.lower, bucket.upper, bucket.count}) {
      out->push_back(',');
      AppendNumber(number, out);
    }
    out->push_back(']');
  }
  out->append(any ? "]}" : "}");
}

void AppendHistogramPoint(const HistogramPoint& point, std::string* out) {
  out->push_back('[');
  out->append(FormatTimestamp(point.timestamp_ms));
  out->push_back(',');
  AppendHistogram(*point.histogram, out);
  out->push_back(']');
}

// A list of points under a key; nothing if there is none.
template <typename Point, typename Append>
void AppendPoints(std::string_view key, const std::vector<Point>& points, Append append,
                  std::string* out) {
  if (points.empty()) return;
  out->append(",\"");
  out->append(key);
  out->append("\":[");
  for (size_t i = 0; i < points.size(); ++i) {
    if (i > 0) out->push_back(',');
    append(points[i], out);
  }
  out->push_back(']');
}

void AppendSeries(const ResultSeries& series, promql::ValueType type, std::string* out) {
  out->append("{\"metric\":{");
  bool first = true;
  for (const auto& [name, value] : series.labels) {
    if (!first) out->push_back(',');
    first = false;
    AppendJsonString(name, kJsonOfLabels, out);
    out->push_back(':');
    AppendJsonString(value, kJsonOfLabels, out);
  }
  out->push_back('}');
  if (type == promql::ValueType::kVector && !series.histograms.empty()) {
    out->append(",\"histogram\":");
    AppendHistogramPoint(series.histograms.front(), out);
  } else if (type == promql::ValueType::kVector) {
    out->append(",\"value\":");
    AppendSample(series.samples.front(), out);
  } else {
    AppendPoints("values", series.samples, AppendSample, out);
    AppendPoints("histograms", series.histograms, AppendHistogramPoint, out);
  }
  out->push_back('}');
}

// Scalars and strings go through Go's encoder: the timestamp is the shortest float.
void AppendScalarTimestamp(int64_t ms, std::string* out) {
  out->append(FormatFixed(static_cast<double>(ms) / 1000));
}

void AppendResult(const QueryResult& result, std::string* out) {
  switch (result.type) {
    case promql::ValueType::kScalar:
    case promql::ValueType::kString:
      out->push_back('[');
      AppendScalarTimestamp(result.type == promql::ValueType::kScalar ? result.scalar.timestamp_ms
                                                                      : result.timestamp_ms,
                            out);
      out->push_back(',');
      AppendJsonString(result.type == promql::ValueType::kScalar ? FormatFixed(result.scalar.value)
                                                                 : result.string,
                       kJsonOfMessages, out);
      out->push_back(']');
      return;
    default:
      out->push_back('[');
      for (size_t i = 0; i < result.series.size(); ++i) {
        if (i > 0) out->push_back(',');
        AppendSeries(result.series[i], result.type, out);
      }
      out->push_back(']');
  }
}

void AppendAnnotations(std::string_view key, std::string_view kind,
                       const std::vector<std::string>& texts, std::string* out) {
  if (texts.empty()) return;
  out->append(",\"");
  out->append(key);
  out->append("\":[");
  for (size_t i = 0; i < texts.size() && i < kMaxAnnotations; ++i) {
    if (i > 0) out->push_back(',');
    AppendJsonString(texts[i], kJsonOfMessages, out);
  }
  if (texts.size() > kMaxAnnotations) {
    out->push_back(',');
    AppendJsonString(std::to_string(texts.size() - kMaxAnnotations) + " more " + std::string(kind) +
                         " annotations omitted",
                     kJsonOfMessages, out);
  }
  out->push_back(']');
}

std::string_view ErrorType(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return "bad_data";
    case absl::StatusCode::kDeadlineExceeded:
      return "timeout";
    case absl::StatusCode::kCancelled:
      return "canceled";
    case absl::StatusCode::kInternal:
      return "internal";
    default:
      return "execution";
  }
}

}  // namespace

std::string FormatTimestamp(int64_t ms) {
  std::string text;
  if (ms < 0) {
    text = "-";
    ms = -ms;
  }
  text += std::to_string(ms / 1000);
  if (ms % 1000 != 0) {
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ".%03d", static_cast<int>(ms % 1000));
    text += fraction;
  }
  return text;
}

std::string FormatFixed(double value) { return internal::GoFixed(value); }

std::string FormatShortest(double value) { return internal::GoShortest(value); }

std::optional<double> ParseSampleValue(std::string_view text) {
  return internal::ParseGoFloat(text);
}

std::string FormatSampleValue(double value) { return internal::ApiNumber(value); }

std::string JsonQuote(std::string_view text) {
  std::string out;
  AppendJsonString(text, kJsonOfMessages, &out);
  return out;
}

std::string ToJson(const QueryResult& result) {
  std::string out = "{\"status\":\"success\",\"data\":{\"resultType\":\"";
  out.append(promql::ResultTypeName(result.type));
  out.append("\",\"result\":");
  AppendResult(result, &out);
  out.push_back('}');
  AppendAnnotations("warnings", "warning", result.warnings, &out);
  AppendAnnotations("infos", "info", result.infos, &out);
  out.push_back('}');
  return out;
}

std::string ErrorToJson(const absl::Status& status) {
  std::string message(Std(status.message()));
  if (status.code() == absl::StatusCode::kInvalidArgument) {
    message = "invalid parameter \"query\": " + message;
  }
  std::string out = "{\"status\":\"error\",\"errorType\":\"";
  out.append(ErrorType(status));
  out.append("\",\"error\":");
  out.append(JsonQuote(message));
  out.push_back('}');
  return out;
}

}  // namespace promlite
