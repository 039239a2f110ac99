#ifndef PROMLITE_ENGINE_USAGE_REPORT_USAGE_COUNTERS_H_
#define PROMLITE_ENGINE_USAGE_REPORT_USAGE_COUNTERS_H_

#include <optional>
#include <string>
#include <vector>

#include "promlite/engine/usage/vocabulary.h"
#include "promlite/storage/database.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::usage {

// A counter of an agent that a database has, in the words that it has there.
struct FoundCounter {
  const Agent* agent;
  const AgentCounter* counter;
  std::vector<std::string> metrics;  // one, or several spellings of the name
  std::string kind_label;            // empty: the series are of one kind
  std::string model_label;
  std::optional<Matcher> condition;  // that series must fulfil to count, `success="true"`
};

struct UsageCounters {
  std::vector<FoundCounter> found;   // in the order of Agents()
  std::vector<std::string> remarks;  // what else looks like one, and what was made of it
};

// The counters of all agents. Metrics and labels are found however OTLP names were translated;
// where a counter is missing, those that look like it stand for it. What several agents share is
// left to processes that have no counter of their own, so that nothing counts twice.
UsageCounters FindUsageCounters(const Database& database);

}  // namespace promlite::usage

#endif  // PROMLITE_ENGINE_USAGE_REPORT_USAGE_COUNTERS_H_
