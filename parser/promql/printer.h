#ifndef PROMLITE_PARSER_PROMQL_PRINTER_H_
#define PROMLITE_PARSER_PROMQL_PRINTER_H_

#include <string>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// The canonical text of an expression, as Prometheus prints it. Parse(Print(e)) is e; where
// Prometheus' own text would not lead back (1s1ms printed as 1s, x[0.0005] as x[0s], Inf ^ x as
// +Inf ^ x), it is not followed.
PROMLITE_EXPORT std::string Print(const Expr& expr);

// The same, split over lines where a node is longer than 100 bytes, as Prometheus' /format_query.
PROMLITE_EXPORT std::string PrettyPrint(const Expr& expr);

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_PRINTER_H_
