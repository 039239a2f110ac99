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

std::string Counted(size_t count, std::string_view one, std::string_view many) {
  return absl::StrCat(count, " ", Absl(count == 1 ? one : many));
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
    case FindingKind::kMovingStart:
      return absl::StrCat("start timestamps that move with every export in ", in_series, ": ", size,
                          " counted again");
    case FindingKind::kOlderThanRecording:
      return absl::StrCat(Counted(finding.count, "stream", "streams"),
                          " older than the recording in ", in_series, ", by up to ",
                          DurationText(*finding.duration), ": ", size, " counted before it");
    case FindingKind::kDelta:
      return absl::StrCat("delta temporality in ", in_series, ": ", size, " in ",
                          Counted(finding.count, "sample", "samples"));
    case FindingKind::kDeltaRefused:
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

// Sums of the same numbers in another order do not differ.
bool Differ(double answer, double right) {
  constexpr double kRounding = 1e-9;
  if (answer == right || (std::isnan(answer) && std::isnan(right))) return false;
  const double error = answer - right;
  return !std::isfinite(error) || std::fabs(error) > kRounding * std::fabs(right);
}

// By how much the answer misses the right one.
std::string ErrorText(double answer, double right) {
  return Differ(answer, right) ? Signed(answer - right) : "";
}

Table AnswerTable(const MetricDiagnosis& metric) {
  Table table;
  table.AddColumn("formula");
  table.AddColumn(metric.unit.empty() ? "answer" : "answer (" + metric.unit + ")",
                  Table::Align::kRight);
  table.AddColumn("error", Table::Align::kRight);
  const double right = metric.Answer(metric.right).value.value_or(0);
  for (const FormulaAnswer& answer : metric.answers) {
    table.AddRow({std::string(FormulaName(answer.formula)),
                  answer.value ? FormatSampleValue(*answer.value) : "none",
                  ErrorText(answer.value.value_or(0), right)});
  }
  if (metric.witness) {
    table.AddRow({metric.witness->source, FormatSampleValue(metric.witness->value),
                  ErrorText(metric.witness->value, right)});
  }
  return table;
}

// What the second witness says of later, and where it says something else than the counter, the
// largest differences first.
std::string WitnessText(const Witness& witness, std::string_view unit) {
  constexpr size_t kMost = 10;
  std::vector<WitnessGroup> differing;
  std::copy_if(witness.groups.begin(), witness.groups.end(), std::back_inserter(differing),
               [](const WitnessGroup& group) { return Differ(group.value, group.counted); });
  std::stable_sort(differing.begin(), differing.end(),
                   [](const WitnessGroup& a, const WitnessGroup& b) {
                     return std::fabs(a.value - a.counted) > std::fabs(b.value - b.counted);
                   });
  std::string out;
  if (witness.later != 0) {
    absl::StrAppend(&out, "- ", witness.source,
                    " after the newest sample: ", WithUnit(witness.later, unit),
                    ", which no export reports\n");
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

std::string MetricText(const MetricDiagnosis& metric, const Diagnosis& diagnosis,
                       const View& view) {
  std::string out = absl::StrCat(
      Printable(metric.metric), ": ", Counted(metric.series, "series", "series"), ", ",
      Counted(metric.streams, "stream", "streams"), ", the ",
      DurationText(diagnosis.end - diagnosis.start), " until ", TimeText(diagnosis.end), "\n");
  out += AnswerTable(metric).Render(view.table_width);
  for (const Finding& finding : metric.findings) out += FindingText(finding, &metric);
  if (metric.witness) out += WitnessText(*metric.witness, metric.unit);
  if (!metric.no_witness.empty()) out += "- " + Printable(metric.no_witness) + "\n";
  return out;
}

std::string Verdict(const Diagnosis& diagnosis) {
  if (diagnosis.metrics.empty()) return "no counters with samples in the range\n";
  std::map<Formula, std::vector<const MetricDiagnosis*>> by_formula;
  for (const MetricDiagnosis& metric : diagnosis.metrics)
    by_formula[metric.right].push_back(&metric);
  std::string out =
      diagnosis.Healthy() ? "nothing is wrong; right for this data: " : "right for this data: ";
  const auto most = std::max_element(
      by_formula.begin(), by_formula.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  const MetricDiagnosis& shown = *most->second.front();
  absl::StrAppend(&out, Absl(FormulaName(most->first)), ", as in ",
                  Printable(shown.Answer(most->first).query));
  for (const auto& [formula, metrics] : by_formula) {
    if (formula == most->first) continue;
    std::string names;
    for (const MetricDiagnosis* metric : metrics) {
      if (!names.empty()) names += ", ";
      names += Printable(metric->metric);
    }
    absl::StrAppend(&out, "; but ", Absl(FormulaName(formula)), " for ", names);
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
  return out + Verdict(diagnosis);
}

}  // namespace promlite::repl
