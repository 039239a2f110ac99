#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_WITNESS_DIFFERENCES_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_WITNESS_DIFFERENCES_H_

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "promlite/engine/usage/doctor/diagnosis.h"

namespace promlite::internal {

// What one model took in one session, as the counter and the events have it: all kinds of tokens,
// or the cost.
struct ModelUsage {
  double counted = 0;
  double told = 0;
  double more_counted = 0;  // over the kinds of which more is counted than told
  size_t events = 0;
  bool is_auxiliary = false;  // all that is counted was asked for on the side
};

// By session, then model.
using UsageByModel = std::map<std::string, std::map<std::string, ModelUsage>>;
// Lost events, by session.
using LostBySession = std::map<std::string, size_t>;

// Names the causes whose signs show. In a session that lost logs nothing else can be told.
// `is_cost`: of a stream that broke off the repetition's event has the cost of both.
std::vector<WitnessDifference> FindDifferences(const UsageByModel& usage, const LostBySession& lost,
                                               const std::string& session_label, bool is_cost);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_WITNESS_DIFFERENCES_H_
