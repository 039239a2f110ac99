#ifndef PROMLITE_APPS_REPL_WHY_WHY_TEXT_H_
#define PROMLITE_APPS_REPL_WHY_WHY_TEXT_H_

#include <cstddef>
#include <string>

#include "promlite/engine/usage/increase_explanation/increase_explanation.h"

namespace promlite::repl {

// How rate, increase or delta came to its answers, for people: series by series the range drawn
// with its samples, the steps of the calculation, the other formulas' answers, and the streams.
// Lines are at most `max_width` cells wide where that can be; 0 = as wide as needed.
std::string FormatWhy(const IncreaseExplanation& explanation, size_t max_width);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_WHY_WHY_TEXT_H_
