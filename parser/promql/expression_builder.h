#ifndef PROMLITE_PARSER_PROMQL_EXPRESSION_BUILDER_H_
#define PROMLITE_PARSER_PROMQL_EXPRESSION_BUILDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/names.h"
#include "promlite/parser/promql/operator_stack.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/promql/selector_builder.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

// Builds the tree of an expression from the tokens that the grammar recognises, in their order.
// Open parentheses, calls and aggregations are kept on a stack of its own, so that their depth
// costs no stack of the machine. What Prometheus complains about while it parses is complained
// about here; types are checked later, on the whole tree.
class ExpressionBuilder {
 public:
  ExpressionBuilder(std::string_view query, const ParseOptions& options)
      : query_(query), options_(options), unquoted_names_(UnquotedNamesOf(options)) {}

  void Number(const Token& token);
  void String(const Token& token);
  void Selector(std::shared_ptr<VectorSelector> selector);

  void Sign(const Token& token);
  void BinaryOperator(const Token& token);
  // Modifiers of the operator that was read last.
  void Bool();
  void Matching(const Token& on_or_ignoring);
  void Group(const Token& group_left_or_right);
  enum class FillSide { kLeft, kRight, kBoth };
  void BeginFill() { fill_sign_ = 1; }
  void FillSign(const Token& sign);
  void FillNumber(const Token& number);
  void EndFill(FillSide side);

  // A list of labels; taken over by what it belongs to.
  void BeginLabels() { labels_.clear(); }
  void Label(const Token& word_or_string);

  void OpenParen(const Token& left_paren);
  void OpenCall(const Token& function_name);  // its parenthesis follows
  void OpenAggregate(const Token& op);        // its labels or parenthesis follow
  void AggregateLabels(const Token& by_or_without);
  // Whether the innermost open call or aggregation has no argument yet.
  bool AtFirstArgument() const;
  bool InArguments() const;
  void NextArgument();
  [[noreturn]] void RefuseTrailingComma(const Token& comma) const;
  // False if there is nothing of the kind to close.
  bool CloseParen(const Token& right_paren);
  bool CloseCall(const Token& right_paren);
  bool CloseAggregate(const Token& right_paren);
  // Behind a closed aggregation: whether its labels may follow, and what completes it.
  bool AggregateLabelsMayFollow() const { return !closed_.has_labels; }
  void TrailingAggregateLabels(const Token& by_or_without, int32_t end);
  void FinishAggregate();

  // What was read last is modified.
  void Offset(Duration offset, int32_t end);
  void Timestamp(double seconds, int32_t end);
  void QueryBound(const Token& start_or_end, int32_t end);
  void Modify(const Token& range_modifier);
  void Range(Duration range, PositionRange brackets);
  void Subquery(Duration range, std::optional<Duration> step, int32_t end);

  // Gives the operators behind the last open parenthesis their operands.
  void ReduceOperators();

  // What a syntax error says that happens here and has no closer context.
  Expectation expectation() const;

  std::shared_ptr<Expr> Finish();

 private:
  struct Operand {
    std::shared_ptr<Expr> expr;
    int32_t height = 1;
  };
  // A sign, or a binary operator with its modifiers.
  struct PendingOperator {
    Token token;
    int precedence = 0;
    std::shared_ptr<BinaryExpr> binary;
  };
  struct Frame {
    enum class Kind { kParen, kCall, kAggregate };
    Kind kind = Kind::kParen;
    Token token;
    size_t operators_below = 0;
    size_t operands_below = 0;
    // Of an aggregation.
    std::shared_ptr<AggregateExpr> aggregate;
    bool has_labels = false;
  };
  // An aggregation behind its right parenthesis.
  struct ClosedAggregate {
    std::shared_ptr<AggregateExpr> node;
    std::vector<Operand> arguments;
    bool has_labels = false;
  };

  void Open(Frame::Kind kind, const Token& token);
  bool TopFrameIs(Frame::Kind kind) const;
  size_t Base() const { return frames_.empty() ? 0 : frames_.back().operators_below; }
  void Reduce(PendingOperator op);
  void ReduceSign(const Token& sign);
  void ReduceBinary(PendingOperator op);
  // Closes the innermost frame; its arguments are taken from the operands.
  Frame PopFrame();
  std::vector<Operand> TakeArguments(const Frame& frame);
  // Pushes a node whose children are `height` - 1 high.
  void Push(std::shared_ptr<Expr> expr, int32_t height, PositionRange complaint);
  Expr* Last() { return stack_.operands.back().expr.get(); }
  BinaryExpr& LastOperator() { return *stack_.operators.back().binary; }

  const std::string_view query_;
  const ParseOptions options_;
  const UnquotedNames unquoted_names_;
  OperatorStack<Operand, PendingOperator> stack_;
  std::vector<Frame> frames_;
  int open_aggregates_ = 0;
  ClosedAggregate closed_;
  std::vector<std::string> labels_;
  double fill_sign_ = 1;
  double fill_value_ = 0;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_EXPRESSION_BUILDER_H_
