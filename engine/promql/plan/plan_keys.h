#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLAN_KEYS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLAN_KEYS_H_

#include <string>

#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// What an operator does, as text: two of equal text, on equal steps and inputs, have equal results.
std::string AggregateKey(const AggregateExpr& expr);
std::string BinaryKey(const BinaryExpr& expr);
// Arguments that are no blocks stand in it as they are written.
std::string CallKey(const Call& call, const EngineOptions& options);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLAN_KEYS_H_
