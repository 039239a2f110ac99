#ifndef PROMLITE_PARSER_PROMQL_PARSE_ERRORS_H_
#define PROMLITE_PARSER_PROMQL_PARSE_ERRORS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/parser/promql/token.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// What ends the parsing of a query; thrown within parser/ only, and caught by Parse(). Prometheus
// collects several errors and shows the first; here the first one ends it.
struct ParseFailure {
  PositionRange range;
  std::string message;
};

[[noreturn]] void Fail(PositionRange range, std::string message);

// What the grammar was reading when it met a token that may not stand there. Either may be empty.
struct Expectation {
  std::string_view context;
  std::string_view expected;
};

// "unexpected <by> in grouping opts, expected label".
[[noreturn]] void FailAtToken(const Token& token, std::string_view query, Expectation expectation);

// "1:7: parse error: <message>", with the range as a payload.
absl::Status ParseErrorStatus(std::string_view query, const ParseFailure& failure);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_PARSE_ERRORS_H_
