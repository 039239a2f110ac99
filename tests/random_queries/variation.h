#ifndef PROMLITE_TESTS_RANDOM_QUERIES_VARIATION_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_VARIATION_H_

#include "promlite/parser/promql/ast.h"
#include "promlite/tests/random_queries/random.h"

namespace promlite::random_queries {

// The expression with one small thing changed somewhere, by which a planner that shares equal parts
// has to tell the two apart; or the expression itself, where there is nothing to change.
promql::ExprPtr Variation(const promql::ExprPtr& expr, Random* random);

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_VARIATION_H_
