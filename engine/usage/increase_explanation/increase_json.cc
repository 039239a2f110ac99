#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/json_object.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"

namespace promlite {
namespace {

std::string Quoted(double value) { return "\"" + FormatSampleValue(value) + "\""; }

// A number that may, in odd samples, be none that JSON knows.
std::string Number(double value) {
  return std::isfinite(value) ? FormatSampleValue(value) : "null";
}

std::string Answer(const std::optional<double>& answer) {
  return answer ? Quoted(*answer) : "null";
}

std::string Point(const Sample& sample) {
  return "[" + FormatTimestamp(sample.timestamp_ms) + "," + Quoted(sample.value) + "]";
}

std::string Edge(const IncreaseEdge& edge) {
  JsonObject object;
  object.Add("distance", Number(edge.distance))
      .Add("stretch", Number(edge.stretch))
      .Add("rule", JsonQuote(EdgeRuleName(edge.rule)));
  if (edge.to_zero) object.Add("toZero", Number(*edge.to_zero));
  return object.Text();
}

std::string Steps(const ExtrapolationSteps& steps, const std::vector<Sample>& samples) {
  return JsonObject()
      .Add("sampled", Number(steps.sampled))
      .Add("averageInterval", Number(steps.average_interval))
      .Add("start", Edge(steps.start))
      .Add("end", Edge(steps.end))
      .Add("rawDifference", Quoted(steps.raw_difference))
      .Add("resets", JsonArray(steps.resets,
                               [&](size_t i) { return FormatTimestamp(samples[i].timestamp_ms); }))
      .Add("addedByResets", Quoted(steps.added_by_resets))
      .Add("addedFromStart", Quoted(steps.added_from_start))
      .Add("increase", Quoted(steps.increase))
      .Add("factor", Number(steps.factor))
      .Add("result", Quoted(steps.result))
      .Text();
}

std::string Start(int64_t start_ns) {
  if (start_ns == 0) return "\"0\"";
  const int64_t seconds = std::abs(start_ns / 1'000'000'000);
  const int64_t rest = std::abs(start_ns % 1'000'000'000);
  char text[40];
  std::snprintf(text, sizeof(text), "\"%s%" PRId64 ".%09" PRId64 "\"", start_ns < 0 ? "-" : "",
                seconds, rest);
  return text;
}

std::string Stream(const ExplainedStream& stream) {
  return JsonObject()
      .Add("start", Start(stream.start_ns))
      .Add("startIsKnown", stream.start_is_known ? "true" : "false")
      .Add("samples", std::to_string(stream.samples))
      .Add("first", Point(stream.first))
      .Add("last", Point(stream.last))
      .Add("counted", Quoted(stream.counted))
      .Text();
}

std::string Series(const ExplainedSeries& series, std::string_view function) {
  JsonObject metric, samples, formulas, object;
  for (const auto& [name, value] : series.labels) metric.Add(name, JsonQuote(value));
  object.Add("metric", metric.Text());
  if (!series.samples.empty()) {
    samples.Add("count", std::to_string(series.samples.size()))
        .Add("first", Point(series.samples.front()))
        .Add("last", Point(series.samples.back()));
    object.Add("samples", samples.Text());
  }
  if (series.native_histograms > 0) {
    object.Add("nativeHistograms", std::to_string(series.native_histograms));
  }
  object.Add("steps", series.steps ? Steps(*series.steps, series.samples) : "null");
  formulas.Add(function, series.steps ? Quoted(series.steps->result) : "null")
      .Add("maxMinusMin", Answer(series.max_minus_min))
      .Add("anchored", Answer(series.anchored))
      .Add("smoothed", Answer(series.smoothed))
      .Add("exact", Answer(series.exact));
  return object.Add("formulas", formulas.Text())
      .Add("writersAtATime", std::to_string(series.writers_at_a_time))
      .Add("streams", JsonArray(series.streams, Stream))
      .Text();
}

}  // namespace

std::string_view EdgeRuleName(EdgeRule rule) {
  switch (rule) {
    case EdgeRule::kToTheEdge:
      return "to-the-edge";
    case EdgeRule::kHalfAnInterval:
      return "half-an-interval";
    case EdgeRule::kCounterZero:
      return "counter-zero";
    case EdgeRule::kStartTimestamp:
      return "start-timestamp";
  }
  return {};
}

std::string ToJson(const IncreaseExplanation& explanation) {
  const bool old = explanation.compatibility == Compatibility::kPrometheus2;
  const std::string data =
      JsonObject()
          .Add("call", JsonQuote(explanation.call))
          .Add("function", JsonQuote(explanation.function))
          .Add("compatibility", JsonQuote(old ? "prometheus-2" : "prometheus-3"))
          .Add("time", FormatTimestamp(explanation.time_ms))
          .Add("rangeStart", FormatTimestamp(explanation.range_start_ms))
          .Add("rangeEnd", FormatTimestamp(explanation.range_end_ms))
          .Add("seriesLeftOut", std::to_string(explanation.series_left_out))
          .Add("series", JsonArray(explanation.series,
                                   [&](const ExplainedSeries& series) {
                                     return Series(series, explanation.function);
                                   }))
          .Text();
  return JsonObject().Add("status", "\"success\"").Add("data", data).Text();
}

}  // namespace promlite
