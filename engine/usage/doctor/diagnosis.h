#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/engine/usage/doctor/verdict.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/logs/api_request.h"

namespace promlite {

struct FormulaAnswer {
  Formula formula = Formula::kExact;
  std::string query;
  std::optional<double> value;  // nothing: the query has no result
};

// A part of what a counter counted, and what another record of the same happenings says.
struct WitnessGroup {
  // Model, session and type of token, where both records have them, and what else both have with
  // values in common and tells requests of one model in one session apart.
  Labels labels;
  double counted = 0;
  double value = 0;
  size_t untold = 0;  // events that do not tell the number: then `value` is of the others only
};

// What is known to make events and counters of Claude Code differ.
enum class DifferenceCause {
  kLostLogs,        // gaps in the numbers of events: logs are missing. events: how many
  kAuxiliaryCalls,  // calls on the side, as those that judge tools, are counted, but have no event
  kAdvisor,         // counted under the advisor's model, told in the main model's event, if at all
  kBrokenStream,    // tokens of a stream that broke off are counted, but not in its repetition's
                    // event
};
// "lost_logs", "auxiliary_calls", "advisor", "broken_stream".
PROMLITE_EXPORT std::string_view DifferenceCauseName(DifferenceCause cause);

// A cause whose signs show.
struct WitnessDifference {
  DifferenceCause cause = DifferenceCause::kLostLogs;
  Labels labels;      // where: a session, with a model but for lost logs
  size_t events = 0;  // lost ones
  double size = 0;    // counted, but not told there
};

// What another record of the same happenings says of the range: the sum of events.
struct Witness {
  std::string source;  // "claude_code.api_request events"
  double value = 0;
  // What it says of the time after a range that ends with the newest sample, since no time is asked
  // for: no export reports that. Not in `value`.
  double later = 0;
  std::vector<WitnessGroup> groups;  // all of either record, in label order
  size_t events = 0;                 // in the range
  size_t untold = 0;                 // those of them that do not tell the number: it is unknown
  std::vector<WitnessDifference> differences;
  bool is_whole = false;  // nothing is known to be missing in it
};

struct MetricDiagnosis {
  std::string metric;
  std::string type;
  std::string unit;
  // The counter of Claude Code that it seems to be under another name, as a Collector's exporter
  // with a namespace gives it one; empty: it has that name, or seems to be none.
  std::string resembles;
  size_t series = 0;
  size_t streams = 0;
  std::vector<FormulaAnswer> answers;  // of all formulas, in their order
  std::vector<Finding> findings;
  Verdict verdict;
  std::optional<Witness> witness;
  // Why there is none although there are events; empty: nothing of the kind is loaded.
  std::string no_witness;

  const FormulaAnswer& Answer(Formula formula) const {
    return answers[static_cast<size_t>(formula)];
  }
};

// What events tell of requests to the model where no counter is there that does.
struct EventTotals {
  size_t events = 0;
  size_t untold = 0;    // those that tell no cost
  double cost_usd = 0;  // of the others
  std::array<double, kTokenKindCount> tokens{};
};

// Times are those of the queries: (start, end].
struct PROMLITE_EXPORT Diagnosis {
  absl::Time start;
  absl::Time end;
  std::vector<MetricDiagnosis> metrics;  // sorted by name
  std::vector<Finding> findings;         // on what was not stored
  // Events are loaded, but neither of the counters that they can be set beside.
  std::optional<EventTotals> events_alone;

  bool Healthy() const;  // nothing was found, and no metrics are missing beside events
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_
