#include "promlite/apps/repl/doctor_json.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/json.h"
#include "promlite/storage/absl_compat.h"

namespace promlite::repl {
namespace {

using internal::Absl;

std::string Text(std::string_view text) { return JsonQuote(text); }
std::string Number(double value) { return "\"" + FormatSampleValue(value) + "\""; }
std::string Seconds(absl::Time time) {
  return FormatFixed(static_cast<double>(absl::ToUnixMillis(time)) / 1000);
}

template <typename Items, typename ToJson>
std::string List(const Items& items, ToJson to_json) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += to_json(item);
  }
  return out + "]";
}

std::string LabelsJson(const Labels& labels) {
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ',';
    out += Text(name) + ":" + Text(value);
  }
  return out + "}";
}

std::string WrongJson(const WrongFormula& wrong) {
  std::string out = "{\"formula\":" + Text(FormulaName(wrong.formula));
  if (wrong.error) out += ",\"error\":" + Number(*wrong.error);
  return out + "}";
}

std::string FindingJson(const Finding& finding) {
  std::string out = "{\"kind\":" + Text(FindingKindName(finding.kind));
  absl::StrAppend(&out, ",\"series\":", finding.series);
  if (finding.series > 0) out += ",\"example\":" + LabelsJson(finding.example);
  absl::StrAppend(&out, ",\"count\":", finding.count);
  if (finding.since) out += ",\"since\":" + Seconds(*finding.since);
  if (finding.duration) {
    out += ",\"durationSeconds\":" + FormatFixed(absl::ToDoubleSeconds(*finding.duration));
  }
  out += ",\"size\":" + Number(finding.size);
  if (!finding.detail.empty()) out += ",\"detail\":" + Text(finding.detail);
  out += ",\"wrong\":" + List(finding.wrong, WrongJson);
  if (!finding.instead.empty()) out += ",\"instead\":" + Text(finding.instead);
  return out + "}";
}

std::string AnswerJson(const FormulaAnswer& answer) {
  std::string out =
      "{\"formula\":" + Text(FormulaName(answer.formula)) + ",\"query\":" + Text(answer.query);
  if (answer.value) out += ",\"value\":" + Number(*answer.value);
  return out + "}";
}

std::string MetricJson(const MetricDiagnosis& metric) {
  std::string out = "{\"metric\":" + Text(metric.metric) + ",\"type\":" + Text(metric.type) +
                    ",\"unit\":" + Text(metric.unit);
  absl::StrAppend(&out, ",\"series\":", metric.series, ",\"streams\":", metric.streams);
  out += ",\"answers\":" + List(metric.answers, AnswerJson);
  out += ",\"findings\":" + List(metric.findings, FindingJson);
  out += ",\"right\":{\"formula\":" + Text(FormulaName(metric.right)) +
         ",\"query\":" + Text(metric.Answer(metric.right).query) + "}";
  if (metric.witness) {
    out += ",\"witness\":{\"source\":" + Text(metric.witness->source) +
           ",\"value\":" + Number(metric.witness->value) + "}";
  }
  return out + "}";
}

}  // namespace

std::string DiagnosisToJson(const Diagnosis& diagnosis) {
  std::string out = "{\"status\":\"success\",\"data\":{\"resultType\":\"diagnosis\",\"healthy\":";
  out += diagnosis.Healthy() ? "true" : "false";
  out += ",\"start\":" + Seconds(diagnosis.start) + ",\"end\":" + Seconds(diagnosis.end);
  out += ",\"metrics\":" + List(diagnosis.metrics, MetricJson);
  out += ",\"findings\":" + List(diagnosis.findings, FindingJson);
  return out + "}}";
}

}  // namespace promlite::repl
