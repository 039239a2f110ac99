#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_API_REQUEST_WITNESS_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_API_REQUEST_WITNESS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/usage/doctor/diagnosis.h"
#include "promlite/engine/usage/doctor/series_evidence.h"
#include "promlite/storage/database.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/logs/api_request.h"

namespace promlite::internal {

// Sets Claude Code's events beside one of its counters: what all requests to the model cost, or how
// many tokens they took. Other metrics it has nothing to say of.
class ApiRequestWitness {
 public:
  // The matchers are those of the metric's selector.
  ApiRequestWitness(const Database& database, std::string_view metric,
                    std::span<const Matcher> matchers);

  // Of the first request that is told, milliseconds; nothing: none is.
  std::optional<int64_t> FirstTime() const;

  // To be called for each series of the metric; then, once, Finish().
  void Look(const SeriesEvidence& series);
  // Sets the witness, or why there is none; neither if no events are loaded.
  void Finish(const EvidenceRange& range, MetricDiagnosis* diagnosis);

 private:
  enum class Counter { kNone, kCost, kTokens };
  struct Group {
    KahanSum counted;
    KahanSum told;
  };
  using Groups = std::map<Labels, Group>;

  // Calls `visit(type, value)` for what the counter counts of a request; the type is empty where it
  // has no such label.
  template <typename Visit>
  void VisitParts(const ApiRequest& request, Visit visit) const;
  bool AcceptsType(std::string_view type) const;
  // The labels by which both records can be grouped.
  std::vector<std::string_view> GroupLabels() const;

  Counter counter_ = Counter::kNone;
  bool has_events_ = false;
  std::vector<Matcher> type_matchers_;
  std::string untold_label_;  // empty: the events tell all that the matchers ask for
  std::vector<ApiRequest> requests_;
  std::vector<std::pair<Labels, double>> counted_;  // by series
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_API_REQUEST_WITNESS_H_
