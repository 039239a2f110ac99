#ifndef PROMLITE_TESTS_TWIN_RANGE_FUNCTIONS_H_
#define PROMLITE_TESTS_TWIN_RANGE_FUNCTIONS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/ast.h"

namespace promlite::twin {

struct Point {
  int64_t t = 0;
  double v = 0;
  int64_t start = 0;  // 0 = unknown
};

// What a function of a range vector sees of one series at one step.
struct Range {
  // With `anchored` and `smoothed` also those around the range that these look at.
  std::vector<Point> points;
  int64_t start = 0, end = 0;  // the range is (start, end]
  int64_t lookback = 0;        // how far behind the start those reach, milliseconds
  int64_t evaluation = 0;      // the step's time
  double seconds = 0;          // how long the range is
  promql::RangeModifier modifier = promql::RangeModifier::kNone;
  std::vector<double> parameters;  // the scalar arguments at this step
  // As Prometheus 2.42 answers.
  bool prometheus2 = false;
};

// The functions of range vectors as Prometheus documents them: one window at a time, sample by
// sample, nothing kept from one step to the next. REQUIRES: HasRangeFunction(function).
std::optional<double> EvaluateRangeFunction(std::string_view function, const Range& range);

// Whether the function is written down here.
bool HasRangeFunction(std::string_view function);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_RANGE_FUNCTIONS_H_
