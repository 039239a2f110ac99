#include "promlite/parser/promql/parse_errors.h"

#include <utility>

namespace promlite::promql::internal {

void Fail(PositionRange range, std::string message) {
  throw ParseFailure{range, std::move(message)};
}

void FailAtToken(const Token& token, std::string_view query, Expectation expectation) {
  std::string message = "unexpected " + DescribeToken(token, query);
  if (!expectation.context.empty()) message.append(" in ").append(expectation.context);
  if (!expectation.expected.empty()) message.append(", expected ").append(expectation.expected);
  Fail(token.position, std::move(message));
}

absl::Status ParseErrorStatus(std::string_view query, const ParseFailure& failure) {
  return WithPosition(absl::InvalidArgumentError(LineAndColumn(query, failure.range.start) +
                                                 ": parse error: " + failure.message),
                      failure.range);
}

}  // namespace promlite::promql::internal
