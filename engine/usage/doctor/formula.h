#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "promlite/parser/text/export.h"

namespace promlite {

// The formulas by which people count with counters.
enum class Formula {
  kExact,        // sum(increase(x[d] exact))
  kAnchored,     // sum(increase(x[d] anchored))
  kSmoothed,     // sum(increase(x[d] smoothed))
  kIncrease,     // sum(increase(x[d]))
  kMax,          // sum(max_over_time(x[d]))
  kMaxMinusMin,  // sum(max_over_time(x[d]) - min_over_time(x[d]))
};
inline constexpr size_t kFormulaCount = 6;
inline constexpr std::array<Formula, kFormulaCount> kAllFormulas = {
    Formula::kExact,    Formula::kAnchored, Formula::kSmoothed,
    Formula::kIncrease, Formula::kMax,      Formula::kMaxMinusMin};

// "exact", "anchored", "smoothed", "increase", "max", "max - min".
PROMLITE_EXPORT std::string_view FormulaName(Formula formula);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_H_
