#ifndef PROMLITE_APPS_REPL_OUTPUT_EXPLAIN_TEXT_H_
#define PROMLITE_APPS_REPL_OUTPUT_EXPLAIN_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "promlite/engine/engine.h"

namespace promlite::repl {

// The operators of an executed query as a tree, inputs below their operator, each with the series
// and samples of its result and the time it took without its inputs; below it the query's time.
std::string FormatExplainedPlan(const ExplainedPlan& explained, absl::Duration elapsed,
                                size_t max_width);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_EXPLAIN_TEXT_H_
