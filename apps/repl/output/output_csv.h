#ifndef PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CSV_H_
#define PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CSV_H_

#include <string>
#include <string_view>

#include "promlite/apps/repl/output/answer.h"

namespace promlite::repl {

// One sample a line under a line of titles: a column a label, then `timestamp` (RFC 3339) and
// `value`. Quoted as RFC 4180 says; lines end in a line feed. A label that is itself called
// timestamp or value renames ours to __timestamp__ and __value__.
std::string FormatCsv(const Answer& answer);

// One field, quoted if it must be.
void AppendCsvField(std::string_view text, std::string* out);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CSV_H_
