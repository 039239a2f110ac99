#ifndef PROMLITE_ENGINE_DOCTOR_H_
#define PROMLITE_ENGINE_DOCTOR_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/engine_options.h"
#include "promlite/storage/database.h"
#include "promlite/storage/labels.h"
#include "promlite/storage/load_report.h"

namespace promlite {

// The formulas by which people count with counters.
enum class Formula {
  kExact,        // sum(increase(x[d] exact))
  kAnchored,     // sum(increase(x[d] anchored))
  kSmoothed,     // sum(increase(x[d] smoothed))
  kIncrease,     // sum(increase(x[d]))
  kMax,          // sum(max_over_time(x[d]))
  kMaxMinusMin,  // sum(max_over_time(x[d]) - min_over_time(x[d]))
};
inline constexpr size_t kFormulaCount = 6;
inline constexpr std::array<Formula, kFormulaCount> kAllFormulas = {
    Formula::kExact,    Formula::kAnchored, Formula::kSmoothed,
    Formula::kIncrease, Formula::kMax,      Formula::kMaxMinusMin};

// "exact", "anchored", "smoothed", "increase", "max", "max - min".
std::string_view FormulaName(Formula formula);

enum class FindingKind {
  // Several writers at once in one series: their values interleave, and every drop from one to the
  // other reads as a reset. count: the most writers at one time; since: of the first moment that
  // two share; size: what these drops add.
  kSeveralWriters,
  // Counters that began anew. count: how often; size: what had been counted before.
  kReset,
  // A counter that appears with its first event. size: the first values.
  kFirstSampleNotZero,
  // Streams of a single sample, as of a process that exports once, when it ends. count: streams;
  // size: their values.
  kSingleSample,
  // A stream goes down although its start says that it is the same counter. count: how often;
  // size: by how much.
  kNotMonotonic,
  // Exports further apart than the lookback delta: the counter is gone in between. count: gaps;
  // duration: the longest; size: what was counted across them.
  kGapBeyondLookback,
  // Exports more than twice as far apart as usual, but within the lookback delta. As above.
  kUnevenExports,
  // Streams without a start before their first sample. count: streams; size: their first values,
  // which may have been counted before the range or in it.
  kStartUnknown,
  // A start that moves with every export, although one counter goes on. count: starts; size: what
  // adding the streams up counts twice.
  kMovingStart,
  // Started before the range, and more than the lookback delta before its first sample. count:
  // streams; duration: the longest time between; size: the first values, counted at an unknown time
  // since the start.
  kOlderThanRecording,
  // Samples that tell what was counted since the last one, stored as they are. count: samples.
  kDelta,
  // Requests that were refused as their temporality is delta. count: requests; detail: the metric.
  kDeltaRefused,
  // One session under several values of a label that tells who or where it is. count: sessions;
  // detail: the label; size: what is not under the largest of them.
  kSessionUnderSeveralLabels,
};

// "several_writers", ...: the names of kinds in JSON.
std::string_view FindingKindName(FindingKind kind);

// A formula that a finding falsifies.
struct WrongFormula {
  Formula formula = Formula::kIncrease;
  // What it answers minus what was counted, over the range, in the series of the finding. Nothing:
  // it goes wrong in other ranges or groupings, or nobody can tell by how much.
  std::optional<double> error;
};

// Something in the data that makes formulas wrong, all cases of one metric together.
struct Finding {
  FindingKind kind = FindingKind::kReset;
  size_t series = 0;  // how many it concerns
  Labels example;     // the one with the largest size
  size_t count = 0;   // of what the kind says
  std::optional<absl::Time> since;
  std::optional<absl::Duration> duration;
  double size = 0;  // in the metric's own unit
  std::string detail;
  std::vector<WrongFormula> wrong;
  std::string instead;  // the query to use
};

struct FormulaAnswer {
  Formula formula = Formula::kExact;
  std::string query;
  std::optional<double> value;  // nothing: the query has no result
};

// A part of what a counter counted, and what another record of the same happenings says.
struct WitnessGroup {
  Labels labels;  // those of model, session and type of token that both records have
  double counted = 0;
  double value = 0;
};

// What another record of the same happenings says of the range: the sum of events.
struct Witness {
  std::string source;  // "claude_code.api_request events"
  double value = 0;
  std::vector<WitnessGroup> groups;  // all of either record, in label order
};

struct MetricDiagnosis {
  std::string metric;
  std::string type;
  std::string unit;
  size_t series = 0;
  size_t streams = 0;
  std::vector<FormulaAnswer> answers;  // of all formulas, in their order
  std::vector<Finding> findings;
  Formula right = Formula::kExact;  // the one that the findings falsify least
  std::optional<Witness> witness;
  // Why there is none although there are events; empty: nothing of the kind is loaded.
  std::string no_witness;

  const FormulaAnswer& Answer(Formula formula) const {
    return answers[static_cast<size_t>(formula)];
  }
};

// Times are those of the queries: (start, end].
struct Diagnosis {
  absl::Time start;
  absl::Time end;
  std::vector<MetricDiagnosis> metrics;  // sorted by name
  std::vector<Finding> findings;         // on what was not stored

  bool Healthy() const;  // nothing was found
};

struct DoctorOptions {
  // A vector selector without offset and @, of whose metrics those stay out that are gauges by
  // their type; empty: all counters by type or, where none is told, by name, `_bucket` left out.
  std::string selector;
  // The end of the range; nothing: the newest sample of all.
  std::optional<absl::Time> time;
  // How long it is; nothing: all selected samples lie in it, and the events beside them, rounded up
  // to whole minutes, from an hour on to hours, from a day on to days.
  std::optional<absl::Duration> range;
  // What loading said, for what was refused; may be null.
  const LoadReport* load_report = nullptr;
  // Called now and then with the series that were looked at, and their number in all.
  std::function<void(uint64_t done, uint64_t total)> progress;
  // Set it to true from any thread to stop: the result is then Cancelled.
  const std::atomic<bool>* cancelled = nullptr;
};

// What counts wrong in the database's counters, and why: by metric, what each formula answers, as
// the engine's own queries say (exact, anchored and smoothed allowed, Prometheus 3.14's semantics),
// and the findings that falsify some of them. Where events of Claude Code are loaded, they are the
// second witness of what it cost and of its tokens. Native histograms are not looked at. Holds the
// samples of one series at a time.
//
// Errors: InvalidArgument for a selector or range that is none; NotFound for a selector that no
// series matches, unless something was refused when it was loaded; those of Engine::Instant().
absl::StatusOr<Diagnosis> Doctor(const Database& database, const EngineOptions& engine_options = {},
                                 const DoctorOptions& options = {});

}  // namespace promlite

#endif  // PROMLITE_ENGINE_DOCTOR_H_
