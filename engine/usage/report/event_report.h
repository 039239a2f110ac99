#ifndef PROMLITE_ENGINE_USAGE_REPORT_EVENT_REPORT_H_
#define PROMLITE_ENGINE_USAGE_REPORT_EVENT_REPORT_H_

#include "absl/status/status.h"
#include "promlite/engine/usage/report/report.h"
#include "promlite/storage/database.h"

namespace promlite::internal {

// Fills the report with what the events of Claude Code say of its requests, for data without any
// counter. There is one event at least. Errors: those of ReportPeriods().
absl::Status ReportEvents(const Database& database, Report* report);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_REPORT_EVENT_REPORT_H_
