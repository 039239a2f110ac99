#include "promlite/engine/usage/doctor/doctor.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/engine/usage/doctor/api_request_witness.h"
#include "promlite/engine/usage/doctor/detector.h"
#include "promlite/engine/usage/doctor/formula_queries.h"
#include "promlite/engine/usage/doctor/refused_delta.h"
#include "promlite/engine/usage/doctor/series_evidence.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/metric_summaries.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite {
namespace {

using internal::EvidenceRange;
using internal::SeriesAnswers;
using internal::SeriesEvidence;
using internal::SeriesId;
using internal::Snapshot;

constexpr int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
// PromQL's durations are nanoseconds in 64 bits: 292 years.
constexpr int64_t kLongestRange = std::numeric_limits<int64_t>::max() / 1'000'000 - kDay;

struct Metric {
  std::string name;
  std::string type;
  std::string unit;
  std::vector<SeriesId> series;  // in label order
};

// The selector, or null for all counters.
absl::StatusOr<promql::ExprPtr> ParseSelector(const std::string& text,
                                              const promql::ParseOptions& language) {
  if (text.empty()) return promql::ExprPtr();
  absl::StatusOr<promql::ExprPtr> expr = promql::Parse(text, language);
  if (!expr.ok()) return expr;
  const promql::Expr& root = **expr;
  if (root.kind() != promql::ExprKind::kVectorSelector) {
    return absl::InvalidArgumentError("expected a selector such as up{job=\"node\"}");
  }
  const auto& selector = promql::As<promql::VectorSelector>(root);
  if (!selector.offset.IsZeroLiteral() || selector.at.kind != promql::AtModifier::Kind::kNone) {
    return absl::InvalidArgumentError("expected a selector without offset and @");
  }
  if (selector.modifier != promql::RangeModifier::kNone) {
    return absl::InvalidArgumentError("expected a selector without anchored and smoothed");
  }
  return expr;
}

// Whether it counts: as its producer says, or else as its name does.
bool IsCounter(const Metric& metric) {
  if (metric.name.ends_with("_bucket")) return false;
  const bool suffixed = metric.name.ends_with("_sum") || metric.name.ends_with("_count");
  if (metric.type == "counter") return true;
  if (metric.type == "histogram" || metric.type == "summary") return suffixed;
  return (metric.type.empty() || metric.type == "unknown") &&
         (suffixed || metric.name.ends_with("_total"));
}

// OpenMetrics' word on when a counter began: a time, of which only the counter's family is told.
bool IsStartOfCounter(const Snapshot& snapshot, std::string_view name) {
  return name.ends_with("_created") && !snapshot.Metadata(name).has_value();
}

std::vector<Metric> MetricsOf(const Snapshot& snapshot, const std::vector<SeriesId>& series,
                              bool only_counters) {
  std::map<std::string, Metric> by_name;
  for (const SeriesId id : series) {
    std::string name(snapshot.LabelsOf(id).MetricName());
    by_name[std::move(name)].series.push_back(id);
  }
  std::vector<Metric> metrics;
  for (auto& [name, metric] : by_name) {
    metric.name = name;
    if (auto metadata = internal::FindMetadata(snapshot, name)) {
      metric.type = std::move(metadata->type);
      // Observations have no unit.
      if (!name.ends_with("_count") && !name.ends_with("_bucket"))
        metric.unit = std::move(metadata->unit);
    }
    const bool counts = only_counters
                            ? IsCounter(metric) && !IsStartOfCounter(snapshot, metric.name)
                            : metric.type != "gauge";
    if (counts) metrics.push_back(std::move(metric));
  }
  return metrics;
}

std::string ResembledCounter(const std::string& metric) {
  for (const usage::AgentCounter& known : usage::Agents().front().counters) {
    if (usage::LooksLikeMetricOf(metric, known.counter)) return std::string(known.counter.name);
  }
  return "";
}

int64_t RoundUp(int64_t ms) {
  if (ms > kLongestRange) return ms;
  const int64_t unit = ms < kHour ? kMinute : ms < kDay ? kHour : kDay;
  return std::max((ms + unit - 1) / unit, int64_t{1}) * unit;
}

// The range that holds all samples up to end_ms, the starts of those that began shortly before, and
// the events beside them, milliseconds.
int64_t WholeRange(const Snapshot& snapshot, const Database& database,
                   const std::vector<Metric>& metrics, const std::vector<Matcher>& matchers,
                   int64_t end_ms, int64_t lookback_ms) {
  int64_t first_ms = end_ms;
  for (const Metric& metric : metrics) {
    const internal::ApiRequestWitness witness(database, metric.name, matchers);
    first_ms = std::min(first_ms, witness.FirstTime().value_or(end_ms));
    for (const SeriesId id : metric.series) {
      first_ms = std::min(first_ms, snapshot.SeriesMinTime(id));
      for (const internal::StreamSummary& stream : snapshot.Streams(id)) {
        const int64_t start_ms = internal::FloorMilliseconds(stream.start_ns);
        const bool is_near =
            internal::SubtractMilliseconds(stream.first_ms, start_ms) <= lookback_ms;
        if (stream.start_is_known && is_near && stream.first_ms <= end_ms) {
          // The range is open where it begins, and so is what a counter counts.
          first_ms = std::min(first_ms, internal::AddMilliseconds(start_ms, 1));
        }
      }
    }
  }
  // Open on the left.
  return RoundUp(
      internal::SubtractMilliseconds(end_ms, internal::SubtractMilliseconds(first_ms, 1)));
}

class Examination {
 public:
  Examination(const Database& database, const EngineOptions& engine_options,
              const DoctorOptions& options)
      : database_(database),
        snapshot_(database.TakeSnapshot()),
        engine_(&database, WithAllModifiers(engine_options)),
        engine_with_starts_(&database, WithStarts(engine_.options())),
        options_(options) {
    query_options_.cancelled = options.cancelled;
  }

  absl::StatusOr<Diagnosis> Run() {
    absl::StatusOr<promql::ExprPtr> selector =
        ParseSelector(options_.selector, promql::internal::ParseOptionsOf(engine_.options()));
    if (!selector.ok()) return selector.status();
    selector_ = *selector == nullptr ? nullptr : &promql::As<promql::VectorSelector>(**selector);
    if (selector_ != nullptr) {
      absl::StatusOr<std::vector<Matcher>> compiled = promql::internal::CompileMatchers(*selector_);
      if (!compiled.ok()) return compiled.status();
      matchers_ = *std::move(compiled);
    }
    const std::vector<SeriesId> series = snapshot_->Select(matchers_);
    const std::vector<Metric> metrics = MetricsOf(*snapshot_, series, selector_ == nullptr);
    Diagnosis diagnosis;
    if (options_.load_report != nullptr) {
      diagnosis.findings = internal::FindRefusedDelta(*options_.load_report);
    }
    internal::AddDeltaCounts(database_.Deltas(), &diagnosis.findings);
    if (selector_ != nullptr && series.empty() && diagnosis.findings.empty()) {
      return absl::NotFoundError("no series matches " + options_.selector);
    }
    if (absl::Status status = SetRange(metrics, &diagnosis); !status.ok()) return status;
    for (const Metric& metric : metrics) series_in_all_ += metric.series.size();
    for (const Metric& metric : metrics) {
      absl::StatusOr<MetricDiagnosis> one = Examine(metric);
      if (!one.ok()) return one.status();
      // A metric without any sample of a number in the range has nothing to tell.
      if (one->streams > 0) diagnosis.metrics.push_back(*std::move(one));
    }
    if (selector_ == nullptr) diagnosis.events_alone = internal::EventsAlone(database_, diagnosis);
    return diagnosis;
  }

 private:
  static EngineOptions WithAllModifiers(EngineOptions options) {
    options.exact_ranges = true;
    options.compatibility = Compatibility::kPrometheus3;
    return options;
  }

  static EngineOptions WithStarts(EngineOptions options) {
    options.use_start_timestamps = true;
    return options;
  }

  absl::Status SetRange(const std::vector<Metric>& metrics, Diagnosis* diagnosis) {
    range_.lookback_ms = absl::ToInt64Milliseconds(engine_.options().lookback_delta);
    range_.end_ms =
        options_.time ? absl::ToUnixMillis(*options_.time) : snapshot_->MaxTime().value_or(0);
    const int64_t range_ms = options_.range ? absl::ToInt64Milliseconds(*options_.range)
                                            : WholeRange(*snapshot_, database_, metrics, matchers_,
                                                         range_.end_ms, range_.lookback_ms);
    if (range_ms < 1) {
      return absl::InvalidArgumentError("the range must be at least a millisecond");
    }
    if (range_ms > kLongestRange) {
      return absl::InvalidArgumentError("the range is longer than 292 years: give a shorter one");
    }
    range_.after_ms = internal::SubtractMilliseconds(range_.end_ms, range_ms);
    range_.ends_with_newest_sample = !options_.time;
    range_text_ = internal::FormatDuration(range_ms * 1'000'000);
    diagnosis->start = absl::FromUnixMillis(range_.after_ms);
    diagnosis->end = absl::FromUnixMillis(range_.end_ms);
    return absl::OkStatus();
  }

  absl::StatusOr<QueryResult> Ask(Formula formula, const std::string& query) const {
    const Engine& engine = formula == Formula::kAnchoredWithStarts ? engine_with_starts_ : engine_;
    return engine.Instant(query, absl::FromUnixMillis(range_.end_ms), query_options_);
  }

  // What the formulas answer for each series, by the labels that they leave it.
  absl::StatusOr<std::map<Labels, SeriesAnswers>> AnswersBySeries(
      const std::string& selector) const {
    std::map<Labels, SeriesAnswers> answers;
    for (const Formula formula : kAllFormulas) {
      const absl::StatusOr<QueryResult> result =
          Ask(formula, internal::FormulaQuery(formula, selector, range_text_));
      if (!result.ok()) return result.status();
      for (const ResultSeries& series : result->series) {
        if (series.samples.empty()) continue;
        answers[series.labels][static_cast<size_t>(formula)] = series.samples.front().value;
      }
    }
    return answers;
  }

  absl::StatusOr<MetricDiagnosis> Examine(const Metric& metric) {
    MetricDiagnosis diagnosis;
    diagnosis.metric = metric.name;
    diagnosis.type = metric.type;
    diagnosis.unit = metric.unit;
    diagnosis.resembles = ResembledCounter(metric.name);
    const internal::Remedies remedies{internal::SelectorOfMetric(selector_, metric.name),
                                      range_text_};
    for (const Formula formula : kAllFormulas) {
      FormulaAnswer answer{formula, remedies.Query(formula), std::nullopt};
      const absl::StatusOr<QueryResult> result = Ask(formula, answer.query);
      if (!result.ok()) return result.status();
      if (!result->series.empty() && !result->series.front().samples.empty()) {
        answer.value = result->series.front().samples.front().value;
      }
      diagnosis.answers.push_back(std::move(answer));
    }
    if (absl::Status status = LookAtSeries(metric, remedies, &diagnosis); !status.ok()) {
      return status;
    }
    return diagnosis;
  }

  absl::Status LookAtSeries(const Metric& metric, const internal::Remedies& remedies,
                            MetricDiagnosis* diagnosis) {
    absl::StatusOr<std::map<Labels, SeriesAnswers>> answers = AnswersBySeries(remedies.selector);
    if (!answers.ok()) return answers.status();
    const std::vector<std::unique_ptr<internal::Detector>> detectors =
        internal::MakeDetectors(remedies);
    internal::ApiRequestWitness witness(database_, metric.name, matchers_);
    internal::FirstExports first_exports;
    for (const SeriesId id : metric.series) {
      internal::AddFirstExports(*snapshot_, id, range_, &first_exports);
    }
    internal::Counted counted;
    for (const SeriesId id : metric.series) {
      if (options_.cancelled != nullptr && options_.cancelled->load()) {
        return absl::CancelledError("the examination was canceled");
      }
      if (options_.progress) options_.progress(series_seen_, series_in_all_);
      ++series_seen_;
      const SeriesEvidence evidence = internal::ReadSeriesEvidence(
          *snapshot_, id, range_, first_exports, (*answers)[LabelsOfAnswer(id)]);
      if (evidence.streams.empty()) continue;
      ++diagnosis->series;
      diagnosis->streams += evidence.streams.size();
      for (const auto& detector : detectors) detector->Look(evidence);
      witness.Look(evidence);
      counted.Add(evidence.counted);
    }
    for (const auto& detector : detectors) detector->Finish(&diagnosis->findings);
    witness.Finish(range_, diagnosis);
    const bool is_whole = diagnosis->witness && diagnosis->witness->is_whole;
    diagnosis->verdict =
        internal::VerdictOn(counted, diagnosis->answers,
                            is_whole ? std::optional(diagnosis->witness->value) : std::nullopt);
    return absl::OkStatus();
  }

  Labels LabelsOfAnswer(SeriesId id) const {
    std::vector<Labels::Label> labels;
    for (const Labels::Label& label : snapshot_->LabelsOf(id)) {
      const bool removed =
          label.first == kMetricName || label.first == "__type__" || label.first == "__unit__";
      if (!removed) labels.push_back(label);
    }
    return Labels(std::move(labels));
  }

  const Database& database_;
  const std::shared_ptr<const Snapshot> snapshot_;
  const Engine engine_;
  const Engine engine_with_starts_;
  const DoctorOptions& options_;
  QueryOptions query_options_;
  const promql::VectorSelector* selector_ = nullptr;
  std::vector<Matcher> matchers_;
  EvidenceRange range_;
  std::string range_text_;
  uint64_t series_seen_ = 0, series_in_all_ = 0;
};

}  // namespace

absl::StatusOr<Diagnosis> Doctor(const Database& database, const EngineOptions& engine_options,
                                 const DoctorOptions& options) {
  return Examination(database, engine_options, options).Run();
}

}  // namespace promlite
