#include "promlite/apps/repl/doctor/doctor_json.h"

#include <string>

#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/json_object.h"

namespace promlite::repl {
namespace {

std::string Number(double value) { return JsonQuote(FormatSampleValue(value)); }

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
  if (finding.since) object.Add("since", UnixSecondsText(*finding.since));
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
  if (answer.formula == Formula::kAnchoredWithStarts) object.Add("startTimestamps", "true");
  if (answer.value) object.Add("value", Number(*answer.value));
  return object.Text();
}

std::string EstimateJson(const TurnsEstimate& estimate) {
  return JsonObject()
      .Add("sequences", std::to_string(estimate.sequences))
      .Add("sinceFirstSamples", Number(estimate.since_first_samples))
      .Add("fromZero", Number(estimate.from_zero))
      .Add("drops", std::to_string(estimate.drops))
      .Add("returns", std::to_string(estimate.returns))
      .Text();
}

std::string VerdictJson(const MetricDiagnosis& metric) {
  const Verdict& verdict = metric.verdict;
  JsonObject object;
  object.Add("kind", JsonQuote(VerdictKindName(verdict.kind)))
      .Add("value", Number(verdict.value))
      .Add("low", Number(verdict.low))
      .Add("high", Number(verdict.high));
  if (verdict.formula) {
    object.Add("formula", JsonQuote(FormulaName(*verdict.formula)))
        .Add("query", JsonQuote(metric.Answer(*verdict.formula).query));
  }
  object.Add("decidedByWitness", verdict.is_decided_by_witness ? "true" : "false")
      .Add("doubts",
           JsonArray(verdict.doubts, [](Doubt doubt) { return JsonQuote(DoubtName(doubt)); }));
  if (verdict.estimate) object.Add("estimate", EstimateJson(*verdict.estimate));
  return object.Text();
}

std::string RightJson(const MetricDiagnosis& metric) {
  const Formula formula = *metric.verdict.formula;
  return JsonObject()
      .Add("formula", JsonQuote(FormulaName(formula)))
      .Add("query", JsonQuote(metric.Answer(formula).query))
      .Text();
}

std::string DifferenceJson(const WitnessDifference& difference) {
  JsonObject object;
  object.Add("cause", JsonQuote(DifferenceCauseName(difference.cause)))
      .Add("labels", LabelsJson(difference.labels));
  if (difference.events > 0) object.Add("events", std::to_string(difference.events));
  if (difference.size != 0) object.Add("size", Number(difference.size));
  return object.Text();
}

std::string WitnessGroupJson(const WitnessGroup& group) {
  JsonObject object;
  object.Add("labels", LabelsJson(group.labels))
      .Add("counted", Number(group.counted))
      .Add("value", Number(group.value));
  if (group.untold > 0) object.Add("untold", std::to_string(group.untold));
  return object.Text();
}

std::string WitnessJson(const Witness& witness) {
  JsonObject object;
  object.Add("source", JsonQuote(witness.source)).Add("value", Number(witness.value));
  if (witness.later != 0) object.Add("later", Number(witness.later));
  object.Add("groups", JsonArray(witness.groups, WitnessGroupJson))
      .Add("events", std::to_string(witness.events))
      .Add("untold", std::to_string(witness.untold))
      .Add("differences", JsonArray(witness.differences, DifferenceJson));
  return object.Text();
}

std::string EventsJson(const EventTotals& totals) {
  JsonObject tokens;
  for (const TokenKind kind : kAllTokenKinds) {
    tokens.Add(TokenKindName(kind), Number(totals.tokens[static_cast<size_t>(kind)]));
  }
  return JsonObject()
      .Add("events", std::to_string(totals.events))
      .Add("untold", std::to_string(totals.untold))
      .Add("costUsd", Number(totals.cost_usd))
      .Add("tokens", tokens.Text())
      .Text();
}

std::string MetricJson(const MetricDiagnosis& metric) {
  JsonObject object;
  object.Add("metric", JsonQuote(metric.metric))
      .Add("type", JsonQuote(metric.type))
      .Add("unit", JsonQuote(metric.unit));
  if (!metric.resembles.empty()) object.Add("resembles", JsonQuote(metric.resembles));
  object.Add("series", std::to_string(metric.series))
      .Add("streams", std::to_string(metric.streams))
      .Add("answers", JsonArray(metric.answers, AnswerJson))
      .Add("findings", JsonArray(metric.findings, FindingJson))
      .Add("verdict", VerdictJson(metric));
  if (metric.verdict.kind == VerdictKind::kRight && metric.verdict.formula) {
    object.Add("right", RightJson(metric));
  }
  if (metric.witness) object.Add("witness", WitnessJson(*metric.witness));
  if (!metric.no_witness.empty()) object.Add("noWitness", JsonQuote(metric.no_witness));
  return object.Text();
}

}  // namespace

std::string DiagnosisToJson(const Diagnosis& diagnosis) {
  JsonObject data;
  data.Add("resultType", "\"diagnosis\"")
      .Add("healthy", diagnosis.Healthy() ? "true" : "false")
      .Add("start", UnixSecondsText(diagnosis.start))
      .Add("end", UnixSecondsText(diagnosis.end))
      .Add("metrics", JsonArray(diagnosis.metrics, MetricJson))
      .Add("findings", JsonArray(diagnosis.findings, FindingJson));
  if (diagnosis.events_alone) data.Add("eventsAlone", EventsJson(*diagnosis.events_alone));
  return JsonObject().Add("status", "\"success\"").Add("data", data.Text()).Text();
}

}  // namespace promlite::repl
