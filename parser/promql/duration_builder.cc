#include "promlite/parser/promql/duration_builder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "promlite/parser/promql/parse_limits.h"
#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/number_reading.h"

namespace promlite::promql::internal {
namespace {

DurationExpr::Op DurationOperator(TokenKind kind) {
  switch (kind) {
    case TokenKind::kAdd:
      return DurationExpr::Op::kAdd;
    case TokenKind::kSub:
      return DurationExpr::Op::kSub;
    case TokenKind::kMul:
      return DurationExpr::Op::kMul;
    case TokenKind::kDiv:
      return DurationExpr::Op::kDiv;
    case TokenKind::kMod:
      return DurationExpr::Op::kMod;
    default:
      return DurationExpr::Op::kPow;
  }
}

bool IsNumber(const DurationExpr& expr) { return expr.op == DurationExpr::Op::kNumber; }

void CheckHeight(int32_t height, const Token& token) {
  if (height <= kMaxDurationHeight) return;
  Fail(token.position, "duration has too many operations: its tree is more than " +
                           std::to_string(kMaxDurationHeight) + " levels high");
}

void CheckLiteral(const DurationExpr& number, PositionRange complaint) {
  if (IsDurationOutOfRange(number.seconds)) Fail(complaint, "duration out of range");
}

}  // namespace

double LiteralValue(const Token& token, std::string_view query) {
  const std::string_view text = token.Text(query);
  if (token.kind == TokenKind::kNumber) {
    const absl::StatusOr<double> value = ParseNumberLiteral(text);
    if (value.ok()) return *value;
    Fail(token.position, "error parsing number: " + std::string(value.status().message()));
  }
  const absl::StatusOr<int64_t> nanoseconds = ParseDurationText(text);
  if (!nanoseconds.ok()) Fail(token.position, std::string(nanoseconds.status().message()));
  return SecondsFromNanoseconds(*nanoseconds);
}

void DurationBuilder::Begin(Place place) {
  place_ = place;
  one_operand_ = false;
}

Expectation DurationBuilder::expectation() const {
  switch (place_) {
    case Place::kRange:
      return {"subquery or range selector", "number, duration, step(), or range()"};
    case Place::kStep:
      return {"subquery selector", "number, duration, step(), range(), or \"]\""};
    default:
      return {"offset", "number, duration, step(), or range()"};
  }
}

void DurationBuilder::Number(const Token& token) {
  auto number = std::make_shared<DurationExpr>();
  number->seconds = LiteralValue(token, query_);
  number->has_unit = token.kind == TokenKind::kDuration;
  number->position = token.position;
  // Prometheus checks the number of a signed offset only with its sign, and complains there.
  const bool signed_offset = !MayContinue() && !stack_.operators.empty();
  if (!signed_offset) CheckLiteral(*number, token.position);
  end_ = token.position.end;
  stack_.operands.push_back({std::move(number)});
}

void DurationBuilder::Word(const Token& token) {
  auto word = std::make_shared<DurationExpr>();
  word->op = token.kind == TokenKind::kStep ? DurationExpr::Op::kStep : DurationExpr::Op::kRange;
  word->position = token.position;
  stack_.operands.push_back({std::move(word)});
}

void DurationBuilder::EndWord(const Token& right_paren) {
  stack_.operands.back().expr->position.end = end_ = right_paren.position.end;
}

void DurationBuilder::Sign(const Token& token) {
  stack_.operators.push_back({token, kSignPrecedence, /*is_sign=*/true});
}

void DurationBuilder::Operator(const Token& token) {
  const std::optional<BinaryOp> op = FindBinaryOp(token.kind);
  stack_.ReduceFor(*op, Base(), [this](const PendingOperator& top) { Reduce(top); });
  stack_.operators.push_back({token, Precedence(*op)});
}

void DurationBuilder::Open(const Token& token) {
  if (groups_.size() >= static_cast<size_t>(kMaxDurationHeight)) {
    Fail(token.position,
         "duration nested too deeply: more than " + std::to_string(kMaxDurationHeight) + " levels");
  }
  groups_.push_back({token, stack_.operators.size()});
}

void DurationBuilder::OpenParen(const Token& token) { Open(token); }
void DurationBuilder::OpenMinMax(const Token& token) { Open(token); }

bool DurationBuilder::NextArgument() {
  if (groups_.empty() || groups_.back().token.kind == TokenKind::kLeftParen) return false;
  if (groups_.back().arguments == 2) return false;
  ReduceOperators();
  ++groups_.back().arguments;
  return true;
}

bool DurationBuilder::CloseGroup(const Token& right_paren) {
  if (groups_.empty()) return false;
  const bool is_paren = groups_.back().token.kind == TokenKind::kLeftParen;
  if (!is_paren && groups_.back().arguments != 2) return false;
  ReduceOperators();
  const Token opened = groups_.back().token;
  groups_.pop_back();
  end_ = right_paren.position.end;
  if (is_paren) {
    Wrap(opened);
  } else {
    JoinMinMax(opened, right_paren);
  }
  return true;
}

void DurationBuilder::ReduceOperators() {
  stack_.ReduceAll(Base(), [this](const PendingOperator& top) { Reduce(top); });
}

void DurationBuilder::Reduce(const PendingOperator& op) {
  if (op.is_sign) {
    ReduceSign(op.token);
  } else {
    ReduceBinary(op.token);
  }
}

void DurationBuilder::ReduceSign(const Token& sign) {
  const bool minus = sign.kind == TokenKind::kSub;
  Operand& operand = stack_.operands.back();
  if (IsNumber(*operand.expr)) {
    if (minus) operand.expr->seconds = -operand.expr->seconds;
    CheckLiteral(*operand.expr, sign.position);
    operand.expr->position.start = sign.position.start;
    return;
  }
  if (!minus) {
    // A plus is part of an offset that is one call, and of nothing else.
    const bool is_call = operand.expr->op != DurationExpr::Op::kParen;
    if (!MayContinue() && is_call) operand.expr->position.start = sign.position.start;
    return;
  }
  CheckHeight(operand.height + 1, sign);
  auto negated = std::make_shared<DurationExpr>();
  negated->op = DurationExpr::Op::kNegate;
  negated->position = {sign.position.start, operand.expr->position.end};
  negated->lhs = std::move(operand.expr);
  operand = {std::move(negated), operand.height + 1};
}

void DurationBuilder::ReduceBinary(const Token& op) {
  Operand rhs = stack_.Pop();
  Operand lhs = stack_.Pop();
  CheckDivisor(op, *rhs.expr);
  Join(DurationOperator(op.kind), op, std::move(lhs), std::move(rhs));
}

void DurationBuilder::CheckDivisor(const Token& op, const DurationExpr& divisor) const {
  if (!IsNumber(divisor) || divisor.seconds != 0) return;
  if (op.kind == TokenKind::kDiv) Fail(op.position, "division by zero");
  if (op.kind == TokenKind::kMod) Fail(op.position, "modulo by zero");
}

// Parentheses are kept for printing. Two pairs around each other are one. As in Prometheus, they
// are not part of the position, but for the left one before a number.
void DurationBuilder::Wrap(const Token& left_paren) {
  Operand& operand = stack_.operands.back();
  if (operand.expr->op == DurationExpr::Op::kParen) return;
  auto paren = std::make_shared<DurationExpr>();
  paren->op = DurationExpr::Op::kParen;
  paren->position = operand.expr->position;
  if (IsNumber(*operand.expr)) paren->position.start = left_paren.position.start;
  paren->lhs = std::move(operand.expr);
  operand = {std::move(paren), operand.height + 1};
}

void DurationBuilder::JoinMinMax(const Token& word, const Token& right_paren) {
  Operand rhs = stack_.Pop();
  Operand lhs = stack_.Pop();
  Join(word.kind == TokenKind::kMinOf ? DurationExpr::Op::kMinOf : DurationExpr::Op::kMaxOf, word,
       std::move(lhs), std::move(rhs));
  stack_.operands.back().expr->position = {word.position.start, right_paren.position.end};
}

void DurationBuilder::Join(DurationExpr::Op op, const Token& token, Operand lhs, Operand rhs) {
  const int32_t height = std::max(lhs.height, rhs.height) + 1;
  CheckHeight(height, token);
  auto joined = std::make_shared<DurationExpr>();
  joined->op = op;
  joined->position = {lhs.expr->position.start, rhs.expr->position.end};
  joined->lhs = std::move(lhs.expr);
  joined->rhs = std::move(rhs.expr);
  stack_.operands.push_back({std::move(joined), height});
}

Duration DurationBuilder::Finish() {
  ReduceOperators();
  const Operand result = stack_.Pop();
  place_ = Place::kNone;
  if (IsNumber(*result.expr)) return {RoundToInt64(result.expr->seconds * 1e9), nullptr};
  return {0, result.expr};
}

Duration DurationBuilder::FinishPositive() {
  ReduceOperators();
  const DurationExpr& result = *stack_.operands.back().expr;
  if (IsNumber(result) && result.seconds <= 0) {
    Fail(result.position, "duration must be greater than 0");
  }
  return Finish();
}

}  // namespace promlite::promql::internal
