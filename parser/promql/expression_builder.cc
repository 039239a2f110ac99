#include "promlite/parser/promql/expression_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "promlite/parser/promql/duration_builder.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/parser/promql/parse_limits.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {

// ---- operands -------------------------------------------------------------------------------

void ExpressionBuilder::Number(const Token& token) {
  auto number = std::make_shared<NumberLiteral>();
  number->value = LiteralValue(token, query_);
  number->is_duration = token.kind == TokenKind::kDuration;
  number->position = token.position;
  stack_.operands.push_back({std::move(number)});
}

void ExpressionBuilder::String(const Token& token) {
  auto string = std::make_shared<StringLiteral>();
  string->value = Unquoted(token.Text(query_));
  string->position = token.position;
  stack_.operands.push_back({std::move(string)});
}

void ExpressionBuilder::Selector(std::shared_ptr<VectorSelector> selector) {
  stack_.operands.push_back({std::move(selector)});
}

void ExpressionBuilder::Push(std::shared_ptr<Expr> expr, int32_t height, PositionRange complaint) {
  if (height > kMaxTreeHeight) {
    Fail(complaint, "expression has too many operations: its tree is more than " +
                        std::to_string(kMaxTreeHeight) + " levels high");
  }
  stack_.operands.push_back({std::move(expr), height});
}

// ---- operators ------------------------------------------------------------------------------

void ExpressionBuilder::Sign(const Token& token) {
  stack_.operators.push_back({token, kSignPrecedence, nullptr});
}

void ExpressionBuilder::BinaryOperator(const Token& token) {
  const BinaryOp op = *FindBinaryOp(token.kind);
  stack_.ReduceFor(op, Base(), [this](PendingOperator top) { Reduce(std::move(top)); });
  auto binary = std::make_shared<BinaryExpr>();
  binary->op = op;
  binary->op_position = token.position;
  binary->matching.emplace().unquoted_names = unquoted_names_;
  stack_.operators.push_back({token, Precedence(op), std::move(binary)});
}

void ExpressionBuilder::Bool() { LastOperator().return_bool = true; }

void ExpressionBuilder::Matching(const Token& on_or_ignoring) {
  VectorMatching& matching = *LastOperator().matching;
  matching.on = on_or_ignoring.kind == TokenKind::kOn;
  matching.labels = std::move(labels_);
  labels_.clear();
}

void ExpressionBuilder::Group(const Token& group_left_or_right) {
  VectorMatching& matching = *LastOperator().matching;
  matching.cardinality = group_left_or_right.kind == TokenKind::kGroupLeft
                             ? MatchCardinality::kManyToOne
                             : MatchCardinality::kOneToMany;
  matching.include = std::move(labels_);
  labels_.clear();
}

void ExpressionBuilder::FillSign(const Token& sign) {
  fill_sign_ = sign.kind == TokenKind::kSub ? -1 : 1;
}

void ExpressionBuilder::FillNumber(const Token& number) {
  fill_value_ = fill_sign_ * LiteralValue(number, query_);
}

void ExpressionBuilder::EndFill(FillSide side) {
  VectorMatching& matching = *LastOperator().matching;
  if (side != FillSide::kRight) matching.fill_left = fill_value_;
  if (side != FillSide::kLeft) matching.fill_right = fill_value_;
}

void ExpressionBuilder::Label(const Token& word_or_string) {
  const std::string_view text = word_or_string.Text(query_);
  const bool quoted = word_or_string.kind == TokenKind::kString;
  std::string label = quoted ? Unquoted(text) : std::string(text);
  // Without the feature Prometheus takes colons here, as it always has.
  const bool needs_quotes =
      unquoted_names_ == UnquotedNames::kUtf8 && !IsUnquotedLabelName(label, unquoted_names_);
  if (!IsValidName(label) || (!quoted && needs_quotes)) {
    Fail(word_or_string.position, "invalid label name for grouping: " + DoubleQuoted(label));
  }
  labels_.push_back(std::move(label));
}

void ExpressionBuilder::Reduce(PendingOperator op) {
  if (op.binary == nullptr) {
    ReduceSign(op.token);
  } else {
    ReduceBinary(std::move(op));
  }
}

void ExpressionBuilder::ReduceSign(const Token& sign) {
  Operand operand = stack_.Pop();
  const bool minus = sign.kind == TokenKind::kSub;
  // The sign before a number is part of the number.
  if (operand.expr->kind() == ExprKind::kNumber) {
    auto& number = static_cast<NumberLiteral&>(*operand.expr);
    if (minus) number.value = -number.value;
    number.position.start = sign.position.start;
    stack_.operands.push_back(std::move(operand));
    return;
  }
  auto unary = std::make_shared<UnaryExpr>();
  unary->op = minus ? UnaryOp::kMinus : UnaryOp::kPlus;
  unary->position = {sign.position.start, operand.expr->position.end};
  unary->result_type = operand.expr->type();
  unary->expr = std::move(operand.expr);
  Push(std::move(unary), operand.height + 1, sign.position);
}

void ExpressionBuilder::ReduceBinary(PendingOperator op) {
  Operand rhs = stack_.Pop();
  Operand lhs = stack_.Pop();
  BinaryExpr& binary = *op.binary;
  binary.position = {lhs.expr->position.start, rhs.expr->position.end};
  const bool fills =
      binary.matching->fill_left.has_value() || binary.matching->fill_right.has_value();
  if (fills && !options_.binop_fill_modifiers) {
    Fail(binary.position, "binop fill modifiers are experimental and not enabled");
  }
  const bool scalars =
      lhs.expr->type() == ValueType::kScalar && rhs.expr->type() == ValueType::kScalar;
  binary.result_type = scalars ? ValueType::kScalar : ValueType::kVector;
  binary.lhs = std::move(lhs.expr);
  binary.rhs = std::move(rhs.expr);
  Push(std::move(op.binary), std::max(lhs.height, rhs.height) + 1, op.token.position);
}

void ExpressionBuilder::ReduceOperators() {
  stack_.ReduceAll(Base(), [this](PendingOperator top) { Reduce(std::move(top)); });
}

// ---- parentheses, calls and aggregations ----------------------------------------------------

void ExpressionBuilder::Open(Frame::Kind kind, const Token& token) {
  if (frames_.size() >= static_cast<size_t>(kMaxNesting)) {
    Fail(token.position, "expression nested too deeply: more than " + std::to_string(kMaxNesting) +
                             " parentheses, calls and aggregations inside each other");
  }
  Frame frame;
  frame.kind = kind;
  frame.token = token;
  frame.operators_below = stack_.operators.size();
  frame.operands_below = stack_.operands.size();
  frames_.push_back(std::move(frame));
}

void ExpressionBuilder::OpenParen(const Token& left_paren) {
  Open(Frame::Kind::kParen, left_paren);
}

void ExpressionBuilder::OpenCall(const Token& function_name) {
  Open(Frame::Kind::kCall, function_name);
}

void ExpressionBuilder::OpenAggregate(const Token& op) {
  Open(Frame::Kind::kAggregate, op);
  auto aggregate = std::make_shared<AggregateExpr>();
  aggregate->op = *FindAggregateOp(op.Text(query_));
  aggregate->position = op.position;
  aggregate->unquoted_names = unquoted_names_;
  frames_.back().aggregate = std::move(aggregate);
  ++open_aggregates_;
}

void ExpressionBuilder::AggregateLabels(const Token& by_or_without) {
  Frame& frame = frames_.back();
  frame.has_labels = true;
  frame.aggregate->without = by_or_without.kind == TokenKind::kWithout;
  frame.aggregate->grouping = std::move(labels_);
  labels_.clear();
}

bool ExpressionBuilder::TopFrameIs(Frame::Kind kind) const {
  return !frames_.empty() && frames_.back().kind == kind;
}

bool ExpressionBuilder::InArguments() const {
  return !frames_.empty() && frames_.back().kind != Frame::Kind::kParen;
}

bool ExpressionBuilder::AtFirstArgument() const {
  return InArguments() && frames_.back().operators_below == stack_.operators.size() &&
         frames_.back().operands_below == stack_.operands.size();
}

void ExpressionBuilder::NextArgument() { ReduceOperators(); }

void ExpressionBuilder::RefuseTrailingComma(const Token& comma) const {
  Fail(comma.position, "trailing commas not allowed in function call args");
}

ExpressionBuilder::Frame ExpressionBuilder::PopFrame() {
  ReduceOperators();
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  return frame;
}

std::vector<ExpressionBuilder::Operand> ExpressionBuilder::TakeArguments(const Frame& frame) {
  const auto first = stack_.operands.begin() + static_cast<ptrdiff_t>(frame.operands_below);
  std::vector<Operand> arguments(std::make_move_iterator(first),
                                 std::make_move_iterator(stack_.operands.end()));
  stack_.operands.erase(first, stack_.operands.end());
  return arguments;
}

bool ExpressionBuilder::CloseParen(const Token& right_paren) {
  if (!TopFrameIs(Frame::Kind::kParen)) return false;
  const Frame frame = PopFrame();
  Operand inner = stack_.Pop();
  auto paren = std::make_shared<ParenExpr>();
  paren->position = {frame.token.position.start, right_paren.position.end};
  paren->result_type = inner.expr->type();
  paren->expr = std::move(inner.expr);
  Push(std::move(paren), inner.height + 1, frame.token.position);
  return true;
}

bool ExpressionBuilder::CloseCall(const Token& right_paren) {
  if (!TopFrameIs(Frame::Kind::kCall)) return false;
  const Frame frame = PopFrame();
  const std::string_view name = frame.token.Text(query_);
  auto call = std::make_shared<Call>();
  call->position = {frame.token.position.start, right_paren.position.end};
  call->function = FindFunction(name);
  if (call->function == nullptr) {
    Fail(frame.token.position, "unknown function with name " + DoubleQuoted(name));
  }
  if (call->function->experimental && !options_.experimental_functions) {
    Fail(frame.token.position, "function " + DoubleQuoted(name) + " is not enabled");
  }
  int32_t height = 0;
  for (Operand& argument : TakeArguments(frame)) {
    height = std::max(height, argument.height);
    call->arguments.push_back(std::move(argument.expr));
  }
  Push(std::move(call), height + 1, frame.token.position);
  return true;
}

bool ExpressionBuilder::CloseAggregate(const Token& right_paren) {
  if (!TopFrameIs(Frame::Kind::kAggregate)) return false;
  Frame frame = PopFrame();
  --open_aggregates_;
  frame.aggregate->position.end = right_paren.position.end;
  closed_.arguments = TakeArguments(frame);
  closed_.node = std::move(frame.aggregate);
  closed_.has_labels = frame.has_labels;
  return true;
}

void ExpressionBuilder::TrailingAggregateLabels(const Token& by_or_without, int32_t end) {
  closed_.node->without = by_or_without.kind == TokenKind::kWithout;
  closed_.node->grouping = std::move(labels_);
  closed_.node->position.end = end;
  labels_.clear();
}

void ExpressionBuilder::FinishAggregate() {
  std::shared_ptr<AggregateExpr> node = std::move(closed_.node);
  std::vector<Operand> arguments = std::move(closed_.arguments);
  const PositionRange position = node->position;
  if (arguments.empty()) Fail(position, "no arguments for aggregate expression provided");
  const bool experimental =
      node->op == AggregateOp::kLimitk || node->op == AggregateOp::kLimitRatio;
  if (experimental && !options_.experimental_functions) {
    Fail(position, std::string(AggregateName(node->op)) +
                       "() is experimental and must be enabled with "
                       "--enable-feature=promql-experimental-functions");
  }
  const size_t wanted = TakesParameter(node->op) ? 2 : 1;
  if (arguments.size() != wanted) {
    Fail(position, "wrong number of arguments for aggregate expression provided, expected " +
                       std::to_string(wanted) + ", got " + std::to_string(arguments.size()));
  }
  const int32_t height = std::max(arguments.front().height, arguments.back().height);
  node->expr = std::move(arguments.back().expr);
  if (wanted == 2) node->parameter = std::move(arguments.front().expr);
  Push(std::move(node), height + 1, position);
}

// ---- modifiers of selectors -----------------------------------------------------------------

void ExpressionBuilder::Offset(Duration offset, int32_t end) {
  SetOffset(Last(), std::move(offset), end);
}

void ExpressionBuilder::Timestamp(double seconds, int32_t end) {
  SetTimestamp(Last(), seconds, end);
}

void ExpressionBuilder::QueryBound(const Token& start_or_end, int32_t end) {
  SetQueryBound(
      Last(),
      start_or_end.kind == TokenKind::kStart ? AtModifier::Kind::kStart : AtModifier::Kind::kEnd,
      end);
}

void ExpressionBuilder::Modify(const Token& range_modifier) {
  RangeModifier modifier = RangeModifier::kExact;
  if (range_modifier.kind == TokenKind::kAnchored) modifier = RangeModifier::kAnchored;
  if (range_modifier.kind == TokenKind::kSmoothed) modifier = RangeModifier::kSmoothed;
  SetRangeModifier(Last(), modifier,
                   options_.extended_ranges ? ExtendedRanges::kEnabled : ExtendedRanges::kDisabled);
}

void ExpressionBuilder::Range(Duration range, PositionRange brackets) {
  Operand operand = stack_.Pop();
  Push(SelectRange(operand.expr, std::move(range), brackets), operand.height + 1, brackets);
}

void ExpressionBuilder::Subquery(Duration range, std::optional<Duration> step, int32_t end) {
  Operand operand = stack_.Pop();
  const PositionRange position = operand.expr->position;
  Push(MakeSubquery(std::move(operand.expr), std::move(range), std::move(step), end),
       operand.height + 1, position);
}

// ---- the whole ------------------------------------------------------------------------------

Expectation ExpressionBuilder::expectation() const {
  if (open_aggregates_ > 0) return {"aggregation", ""};
  return {};
}

std::shared_ptr<Expr> ExpressionBuilder::Finish() { return stack_.Pop().expr; }

}  // namespace promlite::promql::internal
