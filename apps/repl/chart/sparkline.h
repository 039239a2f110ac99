#ifndef PROMLITE_APPS_REPL_CHART_SPARKLINE_H_
#define PROMLITE_APPS_REPL_CHART_SPARKLINE_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/time/time.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::repl {

// The samples between `start` and `end` as a line of block characters, one a cell: the mean of the
// cell's samples between the series' least (▁) and largest (█), a blank where there is none. NaN
// and infinities count as none. A series of one value is a line at half height.
std::string Sparkline(std::span<const Sample> samples, absl::Time start, absl::Time end,
                      size_t cells);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_CHART_SPARKLINE_H_
