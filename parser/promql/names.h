#ifndef PROMLITE_PARSER_PROMQL_NAMES_H_
#define PROMLITE_PARSER_PROMQL_NAMES_H_

#include <string_view>

#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// What a name without quotes may be made of: letters, digits and underscores of ASCII, not
// beginning with a digit; or also Unicode's letters and, but for the beginning, dots
// (Prometheus 3.16's promql-unquoted-utf8-names). Names of metrics may have colons too.
enum class UnquotedNames { kAscii, kUtf8 };

inline UnquotedNames UnquotedNamesOf(const ParseOptions& options) {
  return options.unquoted_utf8_names ? UnquotedNames::kUtf8 : UnquotedNames::kAscii;
}

// Whether a query may write the name without quotes. A word that is a keyword where it stands is
// not looked out for.
PROMLITE_EXPORT bool IsUnquotedLabelName(std::string_view name, UnquotedNames names);
PROMLITE_EXPORT bool IsUnquotedMetricName(std::string_view name, UnquotedNames names);

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_NAMES_H_
