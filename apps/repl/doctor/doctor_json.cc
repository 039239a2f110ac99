#include "promlite/apps/repl/doctor/doctor_json.h"

#include <string>

#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/json_object.h"

namespace promlite::repl {
namespace {

std::string Number(double value) { return JsonQuote(FormatSampleValue(value)); }
std::string Seconds(absl::Time time) {
  return FormatFixed(static_cast<double>(absl::ToUnixMillis(time)) / 1000);
}

std::string LabelsJson(const Labels& labels) {
  JsonObject object;
  for (const auto& [name, value] : labels) object.Add(name, JsonQuote(value));
  return object.Text();
}

std::string WrongJson(const WrongFormula& wrong) {
  JsonObject object;
  object.Add("formula", JsonQuote(FormulaName(wrong.formula)));
  if (wrong.error) object.Add("error", Number(*wrong.error));
  return object.Text();
}

std::string FindingJson(const Finding& finding) {
  JsonObject object;
  object.Add("kind", JsonQuote(FindingKindName(finding.kind)))
      .Add("series", std::to_string(finding.series));
  if (finding.series > 0) object.Add("example", LabelsJson(finding.example));
  object.Add("count", std::to_string(finding.count));
  if (finding.since) object.Add("since", Seconds(*finding.since));
  if (finding.duration) {
    object.Add("durationSeconds", FormatFixed(absl::ToDoubleSeconds(*finding.duration)));
  }
  object.Add("size", Number(finding.size));
  if (!finding.detail.empty()) object.Add("detail", JsonQuote(finding.detail));
  object.Add("wrong", JsonArray(finding.wrong, WrongJson));
  if (!finding.instead.empty()) object.Add("instead", JsonQuote(finding.instead));
  return object.Text();
}

std::string AnswerJson(const FormulaAnswer& answer) {
  JsonObject object;
  object.Add("formula", JsonQuote(FormulaName(answer.formula)))
      .Add("query", JsonQuote(answer.query));
  if (answer.value) object.Add("value", Number(*answer.value));
  return object.Text();
}

std::string RightJson(const MetricDiagnosis& metric) {
  return JsonObject()
      .Add("formula", JsonQuote(FormulaName(metric.right)))
      .Add("query", JsonQuote(metric.Answer(metric.right).query))
      .Text();
}

std::string WitnessGroupJson(const WitnessGroup& group) {
  return JsonObject()
      .Add("labels", LabelsJson(group.labels))
      .Add("counted", Number(group.counted))
      .Add("value", Number(group.value))
      .Text();
}

std::string WitnessJson(const Witness& witness) {
  JsonObject object;
  object.Add("source", JsonQuote(witness.source)).Add("value", Number(witness.value));
  if (witness.later != 0) object.Add("later", Number(witness.later));
  object.Add("groups", JsonArray(witness.groups, WitnessGroupJson));
  return object.Text();
}

std::string MetricJson(const MetricDiagnosis& metric) {
  JsonObject object;
  object.Add("metric", JsonQuote(metric.metric))
      .Add("type", JsonQuote(metric.type))
      .Add("unit", JsonQuote(metric.unit))
      .Add("series", std::to_string(metric.series))
      .Add("streams", std::to_string(metric.streams))
      .Add("answers", JsonArray(metric.answers, AnswerJson))
      .Add("findings", JsonArray(metric.findings, FindingJson))
      .Add("right", RightJson(metric));
  if (metric.witness) object.Add("witness", WitnessJson(*metric.witness));
  if (!metric.no_witness.empty()) object.Add("noWitness", JsonQuote(metric.no_witness));
  return object.Text();
}

}  // namespace

std::string DiagnosisToJson(const Diagnosis& diagnosis) {
  const std::string data = JsonObject()
                               .Add("resultType", "\"diagnosis\"")
                               .Add("healthy", diagnosis.Healthy() ? "true" : "false")
                               .Add("start", Seconds(diagnosis.start))
                               .Add("end", Seconds(diagnosis.end))
                               .Add("metrics", JsonArray(diagnosis.metrics, MetricJson))
                               .Add("findings", JsonArray(diagnosis.findings, FindingJson))
                               .Text();
  return JsonObject().Add("status", "\"success\"").Add("data", data).Text();
}

}  // namespace promlite::repl
