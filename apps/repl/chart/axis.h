#ifndef PROMLITE_APPS_REPL_CHART_AXIS_H_
#define PROMLITE_APPS_REPL_CHART_AXIS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"

// Round numbers for the axes of charts.
namespace promlite::repl {

struct ValueAxis {
  double low = 0;   // what the lower edge of the drawing stands for; a multiple of step
  double high = 1;  // > low; a multiple of step
  double step = 1;  // the distance of two ticks: 1, 2 or 5 times a power of ten

  size_t tick_count() const;              // from low to high
  double tick(size_t index) const;        // REQUIRES: index < tick_count()
  std::string label(size_t index) const;  // "1.5k", "0.25", "-3M"
  // Where a value lies: 0 = low, 1 = high.
  double Fraction(double value) const;
};

// The axis for values between least and largest (both finite, least <= largest) with about
// `ticks` ticks. It begins at zero where that costs less than half of the height.
ValueAxis MakeValueAxis(double least, double largest, size_t ticks);

struct TimeTick {
  absl::Time time;
  std::string label;  // in UTC, as exact as the distance of the ticks asks for
};

// At most `most` ticks at round times within [start, end].
std::vector<TimeTick> MakeTimeTicks(absl::Time start, absl::Time end, size_t most);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_CHART_AXIS_H_
