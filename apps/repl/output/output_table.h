#ifndef PROMLITE_APPS_REPL_OUTPUT_OUTPUT_TABLE_H_
#define PROMLITE_APPS_REPL_OUTPUT_OUTPUT_TABLE_H_

#include <cstddef>
#include <string>

#include "promlite/apps/repl/output/answer.h"

namespace promlite::repl {

// An answer as a box: a column a label and the value; for range queries a line a series with a
// sparkline, the least, largest and last value; for range vectors a line a sample. Below it how
// many series there are and when they were evaluated.
std::string FormatTable(const Answer& answer, const View& view);

// What stands below a table of which only some rows are shown; nothing if all are.
std::string RowsNotShown(size_t shown, size_t all);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_OUTPUT_TABLE_H_
