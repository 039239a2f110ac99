#ifndef PROMLITE_APPS_REPL_OUTPUT_ANSWER_H_
#define PROMLITE_APPS_REPL_OUTPUT_ANSWER_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "promlite/engine/answer/query_result.h"

namespace promlite::repl {

// When a query is evaluated: at one time, or at start, start + step, ... <= end.
struct QueryTimes {
  absl::Time start;
  absl::Time end;       // == start for an instant query
  absl::Duration step;  // 0 for an instant query

  static QueryTimes At(absl::Time time) { return {time, time, absl::ZeroDuration()}; }
  bool is_range() const { return step > absl::ZeroDuration(); }
};

// A query's result with what is needed to show it.
struct Answer {
  QueryTimes times;
  QueryResult result;
  // Of the result's values, where it can be told from the metrics' metadata ("USD", "tokens/s").
  std::string unit;
  // From the text to the result.
  absl::Duration elapsed;
};

// The room in which answers are shown.
struct View {
  size_t table_width = 0;    // cells; 0 = as wide as needed
  size_t chart_width = 100;  // cells, labels and axes included
  size_t chart_height = 18;  // lines of the drawing area
  bool colors = false;
  // Series (or samples, for range vectors) shown in a table; 0 = all.
  size_t max_rows = 0;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_ANSWER_H_
