#include "promlite/apps/repl/doctor/doctor_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <iterator>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

// Differences are told to six digits, since more of them may be rounding, but whole numbers as
// such.
std::string Amount(double value) {
  if (!std::isfinite(value)) return FormatSampleValue(value);
  constexpr double kSixDigits = 1e6, kInteger = 1e15;
  const double size = std::fabs(value);
  char text[40];
  std::snprintf(text, sizeof(text), size >= kSixDigits && size < kInteger ? "%.0f" : "%.6g", value);
  return text;
}

std::string Signed(double value) {
  return value > 0 && std::isfinite(value) ? "+" + Amount(value) : Amount(value);
}

std::string WithUnit(double value, std::string_view unit) {
  return unit.empty() ? Amount(value) : absl::StrCat(Amount(value), " ", Absl(unit));
}

// What was found, in one sentence.
std::string Sentence(const Finding& finding, std::string_view unit) {
  const std::string size = WithUnit(finding.size, unit);
  const std::string in_series = Counted(finding.series, "series", "series");
  switch (finding.kind) {
    case FindingKind::kSeveralWriters:
      return absl::StrCat(
          finding.count, " writers at once in ", in_series, " since ", TimeText(*finding.since),
          finding.size == 0 ? ": none drops below another, so that one hides the others"
                            : ": drops from one to another read as resets, " + size + " in all");
    case FindingKind::kTakesTurns:
      return absl::StrCat("values that return to where others stood in ", in_series, ": ",
                          finding.count, " rising sequences take turns, ", size, " in all");
    case FindingKind::kReset:
      return absl::StrCat(Counted(finding.count, "reset", "resets"), " in ", in_series, ": ", size,
                          " counted before");
    case FindingKind::kFirstSampleNotZero:
      return absl::StrCat("first sample not zero in ", in_series, ": ", size, " counted before it");
    case FindingKind::kSingleSample:
      return absl::StrCat(Counted(finding.count, "stream", "streams"), " with a single sample in ",
                          in_series, ": ", size, " in no difference of samples");
    case FindingKind::kNotMonotonic:
      return absl::StrCat("not monotonic: ", in_series, " went down ",
                          Counted(finding.count, "time", "times"), " without a new start, by ",
                          size);
    case FindingKind::kGapBeyondLookback:
      return absl::StrCat(Counted(finding.count, "gap", "gaps"),
                          " longer than the lookback delta in ", in_series, ", the longest ",
                          DurationText(*finding.duration), ": ", size, " counted across");
    case FindingKind::kUnevenExports:
      return absl::StrCat(Counted(finding.count, "gap", "gaps"),
                          " more than twice the usual interval in ", in_series, ", the longest ",
                          DurationText(*finding.duration), ": ", size, " counted across");
    case FindingKind::kStartUnknown:
      return absl::StrCat("no start timestamp in ", Counted(finding.count, "stream", "streams"),
                          " of ", in_series, ": ", size, " counted before an unknown time");
    case FindingKind::kStartAtFirstSample:
      return absl::StrCat("start timestamp equal to the first sample's time in ",
                          Counted(finding.count, "stream", "streams"), " of ", in_series,
                          ", which OTLP calls unknown: ", size, " counted before an unknown time");
    case FindingKind::kRoundedStart:
      return absl::StrCat(Counted(finding.count, "start", "starts"),
                          " rounded to seconds before the last sample of the one before in ",
                          in_series, ": ", size, " counted again if one counter goes on");
    case FindingKind::kSecondRoute:
      return absl::StrCat(Counted(finding.count, "stream", "streams"), " of ", in_series,
                          " came by a second route without a start, and counts once");
    case FindingKind::kDeltaDropped:
      return absl::StrCat(
          "delta temporality: ", Counted(finding.count, "data point", "data points"),
          " came after later ones: PromQL does not see them, exact does");
    case FindingKind::kDeltaRepeated:
      return absl::StrCat(
          "delta temporality: ", Counted(finding.count, "data point", "data points"),
          " came twice, and counts once");
    case FindingKind::kMovingStart:
      return absl::StrCat("start timestamps that move with every export in ", in_series, ": ", size,
                          " counted again");
    case FindingKind::kOlderThanRecording:
      return absl::StrCat(Counted(finding.count, "stream", "streams"),
                          " older than the recording in ", in_series, ", by up to ",
                          DurationText(*finding.duration), ": ", size,
                          " counted since the start, but before the first sample");
    case FindingKind::kDelta:
      return absl::StrCat("delta temporality in ", in_series, ": ", size, " in ",
                          Counted(finding.count, "sample", "samples"));
    case FindingKind::kDeltaRefused:
      if (finding.detail.empty()) {
        return absl::StrCat(
            "delta temporality: ", Counted(finding.count, "data point", "data points"),
            " refused; --otlp delta=running_total counts them");
      }
      return absl::StrCat(Printable(finding.detail), ": delta temporality, ",
                          Counted(finding.count, "request", "requests"),
                          " refused; --otlp delta=running_total counts them");
    case FindingKind::kSessionUnderSeveralLabels:
      break;
  }
  return absl::StrCat(Counted(finding.count, "session", "sessions"), " under several values of ",
                      Printable(finding.detail), ": ", size, " not under the largest");
}

// The formulas with their errors, or when they are wrong if that cannot be told as a number.
std::string WrongText(const Finding& finding) {
  std::string formulas;
  for (const WrongFormula& wrong : finding.wrong) {
    if (!formulas.empty()) formulas += ", ";
    formulas += FormulaName(wrong.formula);
    if (wrong.error) formulas += " " + Signed(*wrong.error);
  }
  switch (finding.kind) {
    case FindingKind::kNotMonotonic:
      return "all but one, as it is the same counter or began anew";
    case FindingKind::kTakesTurns:
      return "all, as far as several writers take turns";
    case FindingKind::kRoundedStart:
      return "exact if one counter goes on, else all others";
    case FindingKind::kOlderThanRecording:
      return absl::StrCat("exact and max ", Signed(finding.size),
                          " if that was before the range, else all others ", Signed(-finding.size));
    case FindingKind::kStartAtFirstSample:
    case FindingKind::kStartUnknown:
      return absl::StrCat("max ", Signed(finding.size), " if that was before the range, else all ",
                          "others ", Signed(-finding.size));
    case FindingKind::kGapBeyondLookback:
    case FindingKind::kUnevenExports:
      return absl::StrCat(formulas, " over ranges that begin or end in a gap");
    case FindingKind::kSessionUnderSeveralLabels:
      return absl::StrCat(formulas, " by session");
    case FindingKind::kDeltaRefused:
      return "all, since nothing of it is stored";
    default:
      return formulas;
  }
}

std::string FindingText(const Finding& finding, const MetricDiagnosis* metric) {
  std::string out = "- " + Sentence(finding, metric == nullptr ? "" : metric->unit) + "\n";
  if (metric != nullptr && metric->series > 1 && !finding.example.empty()) {
    out += "    such as " + Printable(SeriesName(finding.example)) + "\n";
  }
  const std::string wrong = WrongText(finding);
  if (!wrong.empty()) out += "    wrong: " + wrong + "\n";
  if (!finding.instead.empty()) out += "    use: " + Printable(finding.instead) + "\n";
  return out;
}

// By how much the answer is outside of what may be right.
std::string ErrorText(double answer, const Verdict& verdict) {
  const double error = ErrorOfAnswer(answer, verdict.low, verdict.high);
  return error == 0 ? "" : Signed(error);
}

Table AnswerTable(const MetricDiagnosis& metric) {
  Table table;
  table.AddColumn("formula");
  table.AddColumn(metric.unit.empty() ? "answer" : "answer (" + metric.unit + ")",
                  Table::Align::kRight);
  table.AddColumn("error", Table::Align::kRight);
  for (const FormulaAnswer& answer : metric.answers) {
    table.AddRow({std::string(FormulaName(answer.formula)),
                  answer.value ? FormatSampleValue(*answer.value) : "none",
                  ErrorText(answer.value.value_or(0), metric.verdict)});
  }
  if (metric.witness) {
    const Witness& witness = *metric.witness;
    const std::string value = FormatSampleValue(witness.value);
    if (witness.untold == 0) {
      table.AddRow({witness.source, value, ErrorText(witness.value, metric.verdict)});
    } else {
      table.AddRow(
          {witness.source, witness.untold == witness.events ? "unknown" : "at least " + value, ""});
    }
  }
  return table;
}

// A cause that is known to make the two records differ.
std::string DifferenceText(const WitnessDifference& difference, std::string_view unit) {
  const std::string where = Printable(SeriesName(difference.labels));
  const std::string size = WithUnit(difference.size, unit);
  switch (difference.cause) {
    case DifferenceCause::kLostLogs:
      return absl::StrCat("- event.sequence has gaps in ", where, ": ",
                          Counted(difference.events, "log record is", "log records are"),
                          " lost\n");
    case DifferenceCause::kAuxiliaryCalls:
      return absl::StrCat(
          "- calls on the side (query_source \"auxiliary\"), such as those that "
          "judge tools, have no event in ",
          where, ": ", size, "\n");
    case DifferenceCause::kAdvisor:
      return absl::StrCat("- no event of that model in ", where, ": ", size,
                          "; what an advisor took is told, if at all, in the cost of the main "
                          "model's event\n");
    case DifferenceCause::kBrokenStream:
      break;
  }
  return absl::StrCat("- more counted than told in ", where, ": ", size,
                      "; the first try of a stream that broke off has no event of its own\n");
}

// What the second witness says of later, and where it says something else than the counter, the
// largest differences first.
std::string WitnessText(const Witness& witness, std::string_view unit, std::string_view what) {
  constexpr size_t kMost = 10;
  std::vector<WitnessGroup> differing;
  std::copy_if(witness.groups.begin(), witness.groups.end(), std::back_inserter(differing),
               [](const WitnessGroup& group) {
                 return group.untold == 0 && !AreSameNumbers(group.value, group.counted);
               });
  std::stable_sort(differing.begin(), differing.end(),
                   [](const WitnessGroup& a, const WitnessGroup& b) {
                     return std::fabs(a.value - a.counted) > std::fabs(b.value - b.counted);
                   });
  std::string out;
  if (witness.untold > 0) {
    absl::StrAppend(&out, "- ", witness.untold, " of ", witness.events, " events ",
                    witness.untold == 1 ? "tells" : "tell", " no ", Absl(what),
                    ": unknown is not zero\n");
  }
  if (witness.later != 0) {
    absl::StrAppend(&out, "- ", witness.source,
                    " after the newest sample: ", WithUnit(witness.later, unit),
                    ", which no export reports\n");
  }
  for (const WitnessDifference& difference : witness.differences) {
    out += DifferenceText(difference, unit);
  }
  if (differing.empty()) return out;
  absl::StrAppend(&out, "- ", witness.source, " differ:\n");
  for (const WitnessGroup& group : differing) {
    if (&group - differing.data() == kMost) {
      return absl::StrCat(out, "    and ", differing.size() - kMost, " more\n");
    }
    absl::StrAppend(&out, "    ", Printable(SeriesName(group.labels)), ": ",
                    WithUnit(group.value, unit), " of ", WithUnit(group.counted, unit),
                    " counted, ", Signed(group.value - group.counted), "\n");
  }
  return out;
}

// Why low and high differ.
std::string DoubtText(Doubt doubt, const Verdict& verdict, std::string_view unit) {
  const std::string low = WithUnit(verdict.low, unit), high = WithUnit(verdict.high, unit);
  switch (doubt) {
    case Doubt::kStartUnknown:
      return absl::StrCat(low, " since the first samples, ", high,
                          " if the counters began at zero in the range");
    case Doubt::kStartAtFirstSample:
      return absl::StrCat(low, " if a start equal to the first sample is none, ", high,
                          " if the counters began at zero in the range");
    case Doubt::kStartedBeforeRange:
      return absl::StrCat(low, " in the recording, ", high, " since the start");
    case Doubt::kGoesDown:
      return absl::StrCat(low, " if what goes down is the same counter, ", high,
                          " if it began anew");
    case Doubt::kRoundedStart:
      return absl::StrCat("starts are rounded to seconds: ", low, " if one counter goes on, ", high,
                          " if another began");
    case Doubt::kSecondRoute:
      return absl::StrCat(low, " if the stream without a start is a counter that has one, come by ",
                          "another route, ", high, " if it is not");
    case Doubt::kTakesTurns:
      break;
  }
  const TurnsEstimate& estimate = *verdict.estimate;
  return absl::StrCat("an estimate, if ", estimate.sequences,
                      " writers take turns: ", WithUnit(estimate.since_first_samples, unit),
                      " since the first samples, ", WithUnit(estimate.from_zero, unit),
                      " from zero; ", estimate.returns, " of ",
                      Counted(estimate.drops, "drop", "drops"),
                      " return to where another rising sequence stood");
}

// The same where it is not the only reason, so that no number is of it alone.
std::string_view OneOfDoubts(Doubt doubt) {
  switch (doubt) {
    case Doubt::kStartUnknown:
      return "there are streams without a start";
    case Doubt::kStartAtFirstSample:
      return "there are starts equal to the first sample, which are unknown";
    case Doubt::kStartedBeforeRange:
      return "there are counters that are older than the recording";
    case Doubt::kGoesDown:
      return "there are counters that go down, or began anew";
    case Doubt::kRoundedStart:
      return "there are starts that are rounded to seconds";
    case Doubt::kSecondRoute:
      return "there are streams without a start that may be counters with one, come by another "
             "route";
    case Doubt::kTakesTurns:
      break;
  }
  return "there are writers that take turns";
}

// What can be said of what was counted, and why not more.
std::string VerdictText(const MetricDiagnosis& metric) {
  const Verdict& verdict = metric.verdict;
  const std::string value = WithUnit(verdict.value, metric.unit);
  const std::string low = WithUnit(verdict.low, metric.unit);
  const std::string high = WithUnit(verdict.high, metric.unit);
  std::string out;
  switch (verdict.kind) {
    case VerdictKind::kRight:
      out = absl::StrCat(
          "right: ", Absl(verdict.formula ? FormulaName(*verdict.formula) : "no formula"), ", ",
          value);
      if (verdict.is_decided_by_witness) {
        out += ", as the events say, which the counters leave open";
      }
      return out;
    case VerdictKind::kAtLeast:
      out = absl::StrCat("at least ", value, ", at most ", high);
      break;
    case VerdictKind::kAtMost:
      out = absl::StrCat("at most ", value);
      break;
    case VerdictKind::kCannotTell:
      out = absl::StrCat("cannot be told from this data: between ", low, " and ", high);
      break;
  }
  for (const Doubt doubt : verdict.doubts) {
    out += "; " + (verdict.doubts.size() == 1 || doubt == Doubt::kTakesTurns
                       ? DoubtText(doubt, verdict, metric.unit)
                       : std::string(OneOfDoubts(doubt)));
  }
  return out;
}

std::string MetricText(const MetricDiagnosis& metric, const Diagnosis& diagnosis,
                       const View& view) {
  std::string out = absl::StrCat(
      Printable(metric.metric), ": ", Counted(metric.series, "series", "series"), ", ",
      Counted(metric.streams, "stream", "streams"), ", the ",
      DurationText(diagnosis.end - diagnosis.start), " until ", TimeText(diagnosis.end), "\n");
  out += AnswerTable(metric).Render(view.table_width);
  if (!metric.resembles.empty()) {
    absl::StrAppend(&out, "- named as ", metric.resembles,
                    " but for what stands before it, or for the case of letters\n");
  }
  for (const Finding& finding : metric.findings) out += FindingText(finding, &metric);
  if (metric.witness) {
    out += WitnessText(*metric.witness, metric.unit, metric.unit == "tokens" ? "tokens" : "cost");
  }
  if (!metric.no_witness.empty()) out += "- " + Printable(metric.no_witness) + "\n";
  return out + "verdict: " + VerdictText(metric) + "\n";
}

std::string Names(const std::vector<const MetricDiagnosis*>& metrics) {
  std::string names;
  for (const MetricDiagnosis* metric : metrics) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", Printable(metric->metric));
  }
  return names;
}

// "exact, as in QUERY; but max for NAMES": of the metrics of which that is known.
std::string RightFormulas(
    const std::map<Formula, std::vector<const MetricDiagnosis*>>& by_formula) {
  const auto most = std::max_element(
      by_formula.begin(), by_formula.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  const MetricDiagnosis& shown = *most->second.front();
  std::string out = absl::StrCat(Absl(FormulaName(most->first)), ", as in ",
                                 Printable(shown.Answer(most->first).query));
  for (const auto& [formula, metrics] : by_formula) {
    if (formula == most->first) continue;
    absl::StrAppend(&out, "; but ", Absl(FormulaName(formula)), " for ", Names(metrics));
  }
  return out;
}

std::string BriefVerdict(const MetricDiagnosis& metric) {
  const Verdict& verdict = metric.verdict;
  const std::string value = WithUnit(verdict.value, metric.unit);
  std::string brief;
  switch (verdict.kind) {
    case VerdictKind::kRight:
      brief = "right, but by no formula: " + value;
      break;
    case VerdictKind::kAtLeast:
      brief = "at least " + value;
      break;
    case VerdictKind::kAtMost:
      brief = "at most " + value;
      break;
    case VerdictKind::kCannotTell:
      brief = "cannot be told from this data";
      break;
  }
  return absl::StrCat(brief, " for ", Printable(metric.metric));
}

std::string EventsText(const EventTotals& totals) {
  std::string out =
      absl::StrCat("metrics are missing: only events are there, no counters of cost and tokens: ",
                   Counted(totals.events, "claude_code.api_request event tells",
                           "claude_code.api_request events tell"),
                   " of ", Amount(totals.cost_usd), " USD");
  for (const TokenKind kind : kAllTokenKinds) {
    absl::StrAppend(&out, ", ", Amount(totals.tokens[static_cast<size_t>(kind)]), " ",
                    Absl(TokenKindName(kind)));
  }
  out += " tokens";
  if (totals.untold > 0) {
    absl::StrAppend(&out, "; ", totals.untold, " of ", totals.events, " events ",
                    totals.untold == 1 ? "tells" : "tell", " no cost: unknown is not zero");
  }
  return out + "\n\n";
}

std::string LastLine(const Diagnosis& diagnosis) {
  if (diagnosis.metrics.empty()) return "no counters with samples in the range\n";
  std::map<Formula, std::vector<const MetricDiagnosis*>> by_formula;
  std::vector<std::string> parts;
  for (const MetricDiagnosis& metric : diagnosis.metrics) {
    if (metric.verdict.kind == VerdictKind::kRight && metric.verdict.formula) {
      by_formula[*metric.verdict.formula].push_back(&metric);
    } else {
      parts.push_back(BriefVerdict(metric));
    }
  }
  std::string out = diagnosis.Healthy() ? "nothing is wrong; " : "";
  if (!by_formula.empty()) {
    parts.insert(parts.begin(), "right for this data: " + RightFormulas(by_formula));
  }
  for (const std::string& part : parts) {
    if (&part != parts.data()) out += "; ";
    out += part;
  }
  return out + "\n";
}

}  // namespace

std::string DiagnosisText(const Diagnosis& diagnosis, const View& view) {
  std::string out;
  for (const MetricDiagnosis& metric : diagnosis.metrics) {
    out += MetricText(metric, diagnosis, view) + "\n";
  }
  for (const Finding& finding : diagnosis.findings) out += FindingText(finding, nullptr);
  if (!diagnosis.findings.empty()) out += "\n";
  if (diagnosis.events_alone) out += EventsText(*diagnosis.events_alone);
  return out + LastLine(diagnosis);
}

}  // namespace promlite::repl
