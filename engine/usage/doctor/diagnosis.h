#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

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
  // What it says of the time after a range that ends with the newest sample, since no time is asked
  // for: no export reports that. Not in `value`.
  double later = 0;
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

// The formula that the findings falsify by the least; of several, one that counts by writer, or at
// least does not extrapolate.
PROMLITE_EXPORT Formula RightFormula(const std::vector<Finding>& findings);

// Times are those of the queries: (start, end].
struct PROMLITE_EXPORT Diagnosis {
  absl::Time start;
  absl::Time end;
  std::vector<MetricDiagnosis> metrics;  // sorted by name
  std::vector<Finding> findings;         // on what was not stored

  bool Healthy() const;  // nothing was found
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DIAGNOSIS_H_
