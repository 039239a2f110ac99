#ifndef PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_
#define PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_

#include <memory>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

// Builds one vector selector after the other from the tokens that the grammar recognises.
class SelectorBuilder {
 public:
  explicit SelectorBuilder(std::string_view query) : query_(query) {}

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
  std::shared_ptr<VectorSelector> selector_;
  Token label_;
  TokenKind operator_ = TokenKind::kEqual;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_SELECTOR_BUILDER_H_
