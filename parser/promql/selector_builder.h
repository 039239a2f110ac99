#ifndef PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_
#define PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/names.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/promql/token.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// Builds one vector selector after the other from the tokens that the grammar recognises.
class SelectorBuilder {
 public:
  SelectorBuilder(std::string_view query, const ParseOptions& options)
      : query_(query), unquoted_names_(UnquotedNamesOf(options)) {}

  void Begin();
  void Name(const Token& word);  // outside the braces
  void LeftBrace(const Token& token);
  void LabelName(const Token& word_or_string);
  void Operator(const Token& token);
  // Completes a matcher. A bad regular expression is complained about here.
  void Value(const Token& string);
  // Completes a matcher that is a string only: that of the metric name.
  void QuotedMetricName();
  void RightBrace(const Token& token);

  std::shared_ptr<VectorSelector> Finish();

 private:
  const std::string_view query_;
  const UnquotedNames unquoted_names_;
  std::shared_ptr<VectorSelector> selector_;
  Token label_;
  TokenKind operator_ = TokenKind::kEqual;
};

// What may be written behind a selector or subquery. `expr` is any expression that the parser has
// just built and nobody shares yet; on the wrong kind of node, or a second time, a modifier is
// complained about. `end` is where the modifier ends.

void SetOffset(Expr* expr, Duration offset, int32_t end);
void SetTimestamp(Expr* expr, double seconds, int32_t end);
// `@ start()` and `@ end()`.
void SetQueryBound(Expr* expr, AtModifier::Kind bound, int32_t end);

// `anchored`, `smoothed` or `exact`; the first two are refused where the language has none.
enum class ExtendedRanges { kEnabled, kDisabled };
void SetRangeModifier(Expr* expr, RangeModifier modifier, ExtendedRanges extended_ranges);

// expr[range]
std::shared_ptr<Expr> SelectRange(const std::shared_ptr<Expr>& expr, Duration range,
                                  PositionRange brackets);
// expr[range:step]
std::shared_ptr<Expr> MakeSubquery(std::shared_ptr<Expr> expr, Duration range,
                                   std::optional<Duration> step, int32_t end);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_
