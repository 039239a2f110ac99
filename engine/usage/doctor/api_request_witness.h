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
#include "promlite/engine/usage/doctor/shared_labels.h"
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
  struct Series {
    Labels labels;
    double truth = 0;
    double low = 0;
    double high = 0;
  };
  struct Group {
    KahanSum counted;
    KahanSum told;
    double low = 0;  // bounds of what was counted
    double high = 0;
    // For the causes of differences.
    std::string session;
    std::string model;
    size_t events = 0;
    size_t untold = 0;
    bool is_auxiliary = true;
  };
  using Groups = std::map<Labels, Group>;

  void LearnLabels(const Database& database, std::string_view metric,
                   const std::vector<ApiRequest>& requests);
  // Sorts the matchers; the requests that they accept are those to be told.
  void Select(std::span<const Matcher> matchers, const std::vector<ApiRequest>& requests);
  // Calls `visit(type, value, is_told)` for what the counter counts of a request; the type is empty
  // where it has no such label.
  template <typename Visit>
  void VisitParts(const ApiRequest& request, Visit visit) const;
  bool AcceptsType(std::string_view type) const;
  // Whether it tells requests of one model in one session apart.
  bool TellsMore(const std::string& label) const;
  // The labels by which both records are grouped.
  std::vector<std::string> GroupLabels() const;
  std::string SessionLabel() const;  // the one that series have, or else requests

  void AddCounted(const std::vector<std::string>& group_labels, Groups* groups) const;
  void AddTold(const EvidenceRange& range, const std::vector<std::string>& group_labels,
               Groups* groups, Witness* witness) const;
  std::vector<WitnessDifference> DifferencesIn(const Groups& groups) const;

  Counter counter_ = Counter::kNone;
  bool has_events_ = false;
  SharedLabels shared_;
  std::vector<Matcher> type_matchers_;
  std::string untold_label_;  // empty: the events tell all that the matchers ask for
  std::vector<ApiRequest> requests_;
  std::vector<SessionLogs> logs_;
  std::vector<Series> counted_;
};

// What the events tell, if they are loaded and none of the metrics is a counter of the same.
std::optional<EventTotals> EventsAlone(const Database& database, const Diagnosis& diagnosis);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_API_REQUEST_WITNESS_H_
