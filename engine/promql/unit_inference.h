#ifndef PROMLITE_ENGINE_PROMQL_UNIT_INFERENCE_H_
#define PROMLITE_ENGINE_PROMQL_UNIT_INFERENCE_H_

#include <functional>
#include <string>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// The unit of a metric, empty if it has none or it is not known.
using UnitOfMetric = std::function<std::string(std::string_view metric)>;

// The unit of an expression's values, as far as it can be told: that of the metrics in it, "/s"
// behind it for rates, nothing for counts, ratios and what is multiplied. Empty if it cannot be
// told.
PROMLITE_EXPORT std::string InferUnit(const Expr& expr, const UnitOfMetric& unit_of_metric);

}  // namespace promlite::promql

#endif  // PROMLITE_ENGINE_PROMQL_UNIT_INFERENCE_H_
