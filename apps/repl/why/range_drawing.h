#ifndef PROMLITE_APPS_REPL_WHY_RANGE_DRAWING_H_
#define PROMLITE_APPS_REPL_WHY_RANGE_DRAWING_H_

#include <cstddef>
#include <string>

#include "promlite/engine/usage/increase_explanation/increase_explanation.h"

namespace promlite::repl {

// The range from edge to edge with the samples of a series in it:
//
//   [      ┄┄┄●──●──▼──●──●┄┄┄     ]
//
// ● a sample, ▼ one that reads as a reset, ─ between samples, ┄ where the samples are stretched to.
// A cell stands for a `width - 2`th of the range and may hold several samples. One line, without a
// line feed. REQUIRES: width >= 12
std::string DrawRange(const ExplainedSeries& series, const IncreaseExplanation& explanation,
                      size_t width);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WHY_RANGE_DRAWING_H_
