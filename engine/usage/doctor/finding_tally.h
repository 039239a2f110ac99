#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_TALLY_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/engine/usage/doctor/series_evidence.h"

namespace promlite::internal {

// Formulas that a finding may falsify; whether they do, and by how much, their answers say.
using Formulas = std::vector<Formula>;

// The formulas that Prometheus has; none knows of more than one series.
Formulas PrometheusFormulas();

// The cases of one kind of finding, added up over the series of a metric.
class FindingTally {
 public:
  explicit FindingTally(FindingKind kind) { finding_.kind = kind; }

  // Counts a series in which the formulas' answers miss what was counted by so much as they are
  // outside its bounds.
  void Add(const SeriesEvidence& series, size_t count, double size, const Formulas& suspects);
  // Says that a formula errs by so much more, whatever its answers are.
  void Blame(Formula formula, double error);
  // Says that a formula goes wrong, but not by how much.
  void Blame(Formula formula);

  // For what differs from kind to kind: the earliest `since`, the longest `duration`, ...
  Finding& finding() { return finding_; }
  void KeepEarliest(int64_t since_ms);
  void KeepLongest(int64_t duration_ms);

  // Appends the finding if there is a case, with the query to use.
  void Finish(std::string instead, std::vector<Finding>* findings);

 private:
  struct Blamed {
    bool is_blamed = false;
    bool has_error = false;
    KahanSum error;
    double magnitude = 0;  // of what the error is the difference of
  };

  Finding finding_;
  KahanSum size_;
  double largest_ = -1;
  std::array<Blamed, kFormulaCount> blamed_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_TALLY_H_
