#ifndef PROMLITE_PARSER_PROMQL_NAME_RUNES_H_
#define PROMLITE_PARSER_PROMQL_NAME_RUNES_H_

#include <cstdint>

#include "promlite/parser/promql/names.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// The code points that a name begins and goes on with; colons are up to the caller.
bool StartsName(uint32_t rune, UnquotedNames names);
bool ContinuesName(uint32_t rune, UnquotedNames names);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_NAME_RUNES_H_
