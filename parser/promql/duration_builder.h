#ifndef PROMLITE_PARSER_PROMQL_DURATION_BUILDER_H_
#define PROMLITE_PARSER_PROMQL_DURATION_BUILDER_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/operator_stack.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

// Builds one duration after the other from the tokens that the grammar recognises: a range, a
// subquery's step or an offset.
class DurationBuilder {
 public:
  explicit DurationBuilder(std::string_view query) : query_(query) {}

  // Where a duration stands; this decides what error messages say.
  enum class Place { kNone, kRange, kStep, kOffset };
  void Begin(Place place);
  Place place() const { return place_; }
  Expectation expectation() const;

  // From here on this offset ends with its first operand: `offset 5m + x` adds x to the selector,
  // while `offset (5m) + 1m` goes on.
  void EndAfterOneOperand() { one_operand_ = true; }
  bool MayContinue() const { return !one_operand_ || !groups_.empty(); }

  void Number(const Token& token);
  void Word(const Token& token);  // step or range; its parentheses follow
  void EndWord(const Token& right_paren);
  void Sign(const Token& token);
  void Operator(const Token& token);
  void OpenParen(const Token& token);
  void OpenMinMax(const Token& token);        // min_of or max_of; its parenthesis follows
  bool NextArgument();                        // false if a comma may not stand here
  bool CloseGroup(const Token& right_paren);  // false if nothing can be closed here
  // Gives the operators behind the last open parenthesis their operands.
  void ReduceOperators();
  bool AllGroupsClosed() const { return groups_.empty(); }

  // The duration; then the builder waits for the next Begin(). FinishPositive complains about a
  // literal that is not above zero.
  Duration Finish();
  Duration FinishPositive();
  // Where the duration's last token ends.
  int32_t end() const { return end_; }

 private:
  struct Operand {
    std::shared_ptr<DurationExpr> expr;
    int32_t height = 1;
  };
  struct PendingOperator {
    Token token;
    int precedence = 0;
    bool is_sign = false;
  };
  // An open parenthesis, or min_of or max_of.
  struct Group {
    Token token;
    size_t operators_below = 0;
    int arguments = 1;
  };

  size_t Base() const { return groups_.empty() ? 0 : groups_.back().operators_below; }
  void Reduce(const PendingOperator& op);
  void ReduceSign(const Token& sign);
  void ReduceBinary(const Token& op);
  void Wrap(const Token& left_paren);
  void JoinMinMax(const Token& word, const Token& right_paren);
  void Open(const Token& token);
  // Pushes a node with two operands.
  void Join(DurationExpr::Op op, const Token& token, Operand lhs, Operand rhs);
  void CheckDivisor(const Token& op, const DurationExpr& divisor) const;

  const std::string_view query_;
  Place place_ = Place::kNone;
  bool one_operand_ = false;
  int32_t end_ = 0;
  OperatorStack<Operand, PendingOperator> stack_;
  std::vector<Group> groups_;
};

// The value of a token of kind kNumber or kDuration, in seconds for the latter; complains if it
// has none.
double LiteralValue(const Token& token, std::string_view query);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_DURATION_BUILDER_H_
