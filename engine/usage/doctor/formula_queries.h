#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_QUERIES_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_QUERIES_H_

#include <string>
#include <string_view>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::internal {

// The formula of each series: `increase(x[1h] exact)`.
std::string FormulaQuery(Formula formula, std::string_view selector, std::string_view range);

// The selector narrowed to one metric, as text: `x{job="a"}`, `{__name__="x.y",job="a"}`.
std::string SelectorOfMetric(const promql::VectorSelector* selector, std::string_view metric);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_FORMULA_QUERIES_H_
