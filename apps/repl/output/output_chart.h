#ifndef PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CHART_H_
#define PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CHART_H_

#include <string>

#include "promlite/apps/repl/output/answer.h"

namespace promlite::repl {

// An answer as a picture: lines over time for ranges and range vectors, bars for an instant vector;
// scalars and strings as text.
std::string FormatChart(const Answer& answer, const View& view);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_OUTPUT_CHART_H_
