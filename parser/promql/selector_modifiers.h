#ifndef PROMLITE_PARSER_PROMQL_SELECTOR_MODIFIERS_H_
#define PROMLITE_PARSER_PROMQL_SELECTOR_MODIFIERS_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// What may be written behind a selector or subquery. `expr` is any expression that the parser has
// just built and nobody shares yet; on the wrong kind of node, or a second time, a modifier is
// complained about. `end` is where the modifier ends.

void SetOffset(Expr* expr, Duration offset, int32_t end);
void SetTimestamp(Expr* expr, double seconds, int32_t end);
// `@ start()` and `@ end()`.
void SetQueryBound(Expr* expr, AtModifier::Kind bound, int32_t end);

// `anchored`, `smoothed` or `exact`; the first two are refused where they are disabled.
enum class ExtendedRanges { kEnabled, kDisabled };
void SetRangeModifier(Expr* expr, RangeModifier modifier, ExtendedRanges extended_ranges);

// expr[range]
std::shared_ptr<Expr> SelectRange(const std::shared_ptr<Expr>& expr, Duration range,
                                  PositionRange brackets);
// expr[range:step]
std::shared_ptr<Expr> MakeSubquery(std::shared_ptr<Expr> expr, Duration range,
                                   std::optional<Duration> step, int32_t end);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_SELECTOR_MODIFIERS_H_
