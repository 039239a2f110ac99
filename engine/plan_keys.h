#ifndef PROMLITE_ENGINE_PLAN_KEYS_H_
#define PROMLITE_ENGINE_PLAN_KEYS_H_

#include <string>

#include "promlite/engine/engine_options.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// What an operator does, as text: two of equal text, on equal steps and inputs, have equal results.
std::string AggregateKey(const AggregateExpr& expr);
std::string BinaryKey(const BinaryExpr& expr);
// Arguments that are no blocks stand in it as they are written.
std::string CallKey(const Call& call, const EngineOptions& options);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_PLAN_KEYS_H_
