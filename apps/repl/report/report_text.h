#ifndef PROMLITE_APPS_REPL_REPORT_REPORT_TEXT_H_
#define PROMLITE_APPS_REPL_REPORT_REPORT_TEXT_H_

#include <string>

#include "promlite/apps/repl/output/answer.h"
#include "promlite/engine/usage/report/report.h"

namespace promlite::repl {

// Whether the queries that a report is made of are shown with it.
enum class ShownQueries { kNo, kYes };

// A box for people, dollars to four digits and times to the second, with a bar for the cost and the
// total as its last row, cells empty where no counter tells the value; where there is no room for
// it, a box of cost and tokens (without the bar if need be) and one of the rest. Below stand the
// report's notes, and the queries if they are shown.
std::string ReportTable(const Report& report, const View& view,
                        ShownQueries queries = ShownQueries::kNo);

// {"status":"success","data":{"resultType":"report","rows":[...],"total":{...},"queries":[...]}},
// one line; values as strings, with all their digits, null where no counter tells them; "agent"
// only where there are others than Claude Code, "notes" only if there are any, "queries" only if
// they are shown.
std::string ReportJson(const Report& report, ShownQueries queries = ShownQueries::kNo);

// A header, and a line a row, without the total. RFC 4180.
std::string ReportCsv(const Report& report);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_REPORT_TEXT_H_
