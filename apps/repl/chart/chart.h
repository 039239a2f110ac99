#ifndef PROMLITE_APPS_REPL_CHART_CHART_H_
#define PROMLITE_APPS_REPL_CHART_CHART_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::repl {

struct ChartLine {
  std::string name;             // for the legend
  std::vector<Sample> samples;  // by time
};

struct ChartOptions {
  absl::Time start, end;
  // Points farther apart than this are not joined.
  absl::Duration step;
  std::string unit;    // of the values; may be empty
  size_t width = 100;  // cells, axis included
  size_t height = 18;  // rows of the drawing
  bool colors = false;
};

// Lines over time between two axes, with a legend below. Several lines differ by colour or, without
// colours, by the character they are drawn with. At most ten lines are drawn, those that reach
// highest; what is left out (lines, NaN, infinities) is said below.
std::string DrawLineChart(const std::vector<ChartLine>& lines, const ChartOptions& options);

struct ChartBar {
  std::string name;
  double value = 0;
};

// A horizontal bar a value, negative ones to the left of zero.
std::string DrawBarChart(const std::vector<ChartBar>& bars, const ChartOptions& options);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_CHART_CHART_H_
