#ifndef PROMLITE_PARSER_PROMQL_NAMESPACES_H_
#define PROMLITE_PARSER_PROMQL_NAMESPACES_H_

// PromQL's names stand in promlite::promql and promlite::promql::internal, so that those of another
// language (its Lexer, Token, Parse) can stand beside them. What languages share is in
// promlite::internal and seen from there as it is.
namespace promlite::internal {}
namespace promlite::promql::internal {
using namespace promlite::internal;
}

#endif  // PROMLITE_PARSER_PROMQL_NAMESPACES_H_
