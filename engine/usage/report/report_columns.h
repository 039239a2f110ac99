#ifndef PROMLITE_ENGINE_USAGE_REPORT_REPORT_COLUMNS_H_
#define PROMLITE_ENGINE_USAGE_REPORT_REPORT_COLUMNS_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/parser/text/export.h"

namespace promlite {

// What agents count, as columns. What the input counts is the agent's own word: Claude Code leaves
// out what was read from the cache, others count it there too.
enum class ReportColumn {
  kCost,
  kInput,
  kOutput,
  kCacheRead,
  kCacheCreation,
  kReasoning,  // output that was spent on reasoning
  kRequests,   // to the model, answered ones
  kSessions,
  kCommits,
  kPullRequests,
  kLinesAdded,
  kLinesRemoved,
  kActiveTime,
};
inline constexpr size_t kReportColumnCount = 13;

struct ReportColumnName {
  std::string_view title;  // for people: "cost (USD)", "cache read"
  std::string_view key;    // for programs; the unit stands in it: "cost_usd", "cache_read_tokens"
};
// In the order of ReportColumn.
PROMLITE_EXPORT const std::array<ReportColumnName, kReportColumnCount>& ReportColumnNames();

PROMLITE_EXPORT std::vector<ReportColumn> AllReportColumns();
// What Claude Code counts: all but reasoning and requests.
PROMLITE_EXPORT std::vector<ReportColumn> ClaudeCodeColumns();

// Nothing where no counter tells it, which is not the same as 0.
using ReportValues = std::array<std::optional<double>, kReportColumnCount>;

inline std::optional<double> ValueOf(const ReportValues& values, ReportColumn column) {
  return values[static_cast<size_t>(column)];
}
inline void AddTo(ReportValues* values, ReportColumn column, double value) {
  std::optional<double>& cell = (*values)[static_cast<size_t>(column)];
  cell = cell.value_or(0) + value;
}

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_REPORT_REPORT_COLUMNS_H_
