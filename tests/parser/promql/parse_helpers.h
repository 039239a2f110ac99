#ifndef PROMLITE_TESTS_PARSER_PROMQL_PARSE_HELPERS_H_
#define PROMLITE_TESTS_PARSER_PROMQL_PARSE_HELPERS_H_

#include <string>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parser.h"

namespace promlite::promql {

// Everything that can be enabled.
ParseOptions AllOptions();

// The tree of a query that must parse (with AllOptions()); the test fails if it does not.
ExprPtr MustParse(std::string_view query);

// The error of a query that must not parse: "1:2: parse error: ...", or "parsed: <text>".
std::string ErrorOf(std::string_view query, const ParseOptions& options = AllOptions());

// The bytes that the error is about, as "start-end".
std::string ErrorRangeOf(std::string_view query, const ParseOptions& options = AllOptions());

// A tree written out in full, but for positions: two trees are the same if their texts are.
std::string Dump(const Expr& expr);

// Each node's kind and bytes, then its children (an aggregation's parameter before its operand),
// then ";": "BinaryExpr[0,5)NumberLiteral[0,1);NumberLiteral[4,5);;".
std::string DumpPositions(const Expr& expr);

}  // namespace promlite::promql

#endif  // PROMLITE_TESTS_PARSER_PROMQL_PARSE_HELPERS_H_
