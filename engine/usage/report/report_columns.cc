#include "promlite/engine/usage/report/report_columns.h"

namespace promlite {
namespace {

constexpr std::array<ReportColumnName, kReportColumnCount> kColumnNames = {{
    {"cost (USD)", "cost_usd"},
    {"input", "input_tokens"},
    {"output", "output_tokens"},
    {"cache read", "cache_read_tokens"},
    {"cache creation", "cache_creation_tokens"},
    {"reasoning", "reasoning_tokens"},
    {"requests", "requests"},
    {"sessions", "sessions"},
    {"commits", "commits"},
    {"PRs", "pull_requests"},
    {"added", "lines_added"},
    {"removed", "lines_removed"},
    {"active", "active_seconds"},
}};

}  // namespace

const std::array<ReportColumnName, kReportColumnCount>& ReportColumnNames() { return kColumnNames; }

std::vector<ReportColumn> AllReportColumns() {
  std::vector<ReportColumn> columns;
  for (size_t i = 0; i < kReportColumnCount; ++i) columns.push_back(static_cast<ReportColumn>(i));
  return columns;
}

std::vector<ReportColumn> ClaudeCodeColumns() {
  std::vector<ReportColumn> columns = AllReportColumns();
  std::erase(columns, ReportColumn::kReasoning);
  std::erase(columns, ReportColumn::kRequests);
  return columns;
}

}  // namespace promlite
