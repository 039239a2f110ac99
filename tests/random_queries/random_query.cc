#include "promlite/tests/random_queries/random_query.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "promlite/tests/random_queries/variation.h"

namespace promlite::random_queries {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ExprPtr Number(double value) {
  auto number = std::make_shared<NumberLiteral>();
  number->value = value;
  return number;
}

ExprPtr String(std::string value) {
  auto literal = std::make_shared<StringLiteral>();
  literal->value = std::move(value);
  return literal;
}

ExprPtr Parenthesized(ExprPtr expr) {
  auto paren = std::make_shared<ParenExpr>();
  paren->result_type = expr->type();
  paren->expr = std::move(expr);
  return paren;
}

// From what binds loosest. Not the parser's own table: a fault there is to be found.
int Precedence(BinaryOp op) {
  switch (op) {
    case BinaryOp::kOr:
      return 1;
    case BinaryOp::kAnd:
    case BinaryOp::kUnless:
      return 2;
    case BinaryOp::kAdd:
    case BinaryOp::kSub:
      return 4;
    case BinaryOp::kMul:
    case BinaryOp::kDiv:
    case BinaryOp::kMod:
    case BinaryOp::kAtan2:
      return 5;
    case BinaryOp::kPow:
      return 6;
    default:
      return 3;
  }
}

bool IsNegativeNumber(const Expr& expr) {
  // The printer writes the sign of an infinity always.
  return expr.kind() == ExprKind::kNumber && !(As<NumberLiteral>(expr).value > 0) &&
         As<NumberLiteral>(expr).value != 0;
}

bool HasNumber(const DurationExpr& expr) {
  if (expr.op == DurationExpr::Op::kNumber) return true;
  return (expr.lhs && HasNumber(*expr.lhs)) || (expr.rhs && HasNumber(*expr.rhs));
}

// Whether the text ends in a calculated offset, which takes an arithmetic operator behind it for a
// part of itself: `x offset (5m) * y`.
bool EndsInCalculatedOffset(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kVectorSelector:
      return As<VectorSelector>(expr).offset.expr != nullptr;
    case ExprKind::kSubquery:
      return As<SubqueryExpr>(expr).offset.expr != nullptr;
    case ExprKind::kUnary:
      return EndsInCalculatedOffset(*As<UnaryExpr>(expr).expr);
    case ExprKind::kBinary:
      return EndsInCalculatedOffset(*As<BinaryExpr>(expr).rhs);
    default:
      return false;
  }
}

// Whether the text of `operand` beside `op` would be read as another tree.
bool NeedsParentheses(const Expr& operand, BinaryOp op, bool is_right) {
  if (!is_right && EndsInCalculatedOffset(operand)) return true;
  if (operand.kind() == ExprKind::kUnary || IsNegativeNumber(operand)) return op == BinaryOp::kPow;
  if (operand.kind() == ExprKind::kNumber && As<NumberLiteral>(operand).value == kInfinity) {
    return op == BinaryOp::kPow;
  }
  if (operand.kind() != ExprKind::kBinary) return false;
  const int inner = Precedence(As<BinaryExpr>(operand).op), outer = Precedence(op);
  if (inner != outer) return inner < outer;
  return op == BinaryOp::kPow ? !is_right : is_right;
}

}  // namespace

bool RandomQueries::IsLeftOut(std::string_view name) const {
  return std::find(choices_.without.begin(), choices_.without.end(), name) !=
         choices_.without.end();
}

ExprPtr RandomQueries::Next(int height) {
  made_.clear();
  return random_.OneIn(8) ? Scalar(height) : Vector(height);
}

ExprPtr RandomQueries::AgainOrAlmost(int height) {
  if (made_.empty()) return nullptr;
  const auto& [made_height, expr] = random_.Of(made_);
  if (made_height > height) return nullptr;
  return random_.OneIn(3) ? expr : Variation(expr, &random_);
}

ExprPtr RandomQueries::Vector(int height) {
  ExprPtr vector = random_.OneIn(4) ? AgainOrAlmost(height) : nullptr;
  if (vector == nullptr) vector = NewVector(height);
  made_.emplace_back(height, vector);
  return vector;
}

ExprPtr RandomQueries::NewVector(int height) {
  if (height <= 0) {
    return random_.OneIn(12) ? CallOf(*FindFunction("vector"), 0) : ExprPtr(Selector());
  }
  switch (random_.Below(10)) {
    case 0:
      return Selector();
    case 1:
      return Parenthesized(Vector(height - 1));
    case 2:
      return Negation(Vector(height - 1), ValueType::kVector);
    case 3:
    case 4:
      return VectorOperation(height);
    case 5:
    case 6:
      return Aggregation(height);
    default:
      return CallOf(*Function(ValueType::kVector), height);
  }
}

ExprPtr RandomQueries::Scalar(int height) {
  if (height <= 0 || random_.OneIn(3)) {
    if (random_.OneIn(5)) {
      auto number = std::make_shared<NumberLiteral>();
      number->value = static_cast<double>(random_.Below(5000));
      number->is_duration = true;
      return number;
    }
    return Number(random_.Of<double>({0, 1, 2, 0.5, 3, 10, -1, -2.5, 1e3, 0.1, 100, 1e16, kInfinity,
                                      -kInfinity, std::numeric_limits<double>::quiet_NaN()}));
  }
  switch (random_.Below(5)) {
    case 0:
      return Parenthesized(Scalar(height - 1));
    case 1:
      return Negation(Scalar(height - 1), ValueType::kScalar);
    case 2:
      return ScalarOperation(height);
    default:
      return CallOf(*Function(ValueType::kScalar), height);
  }
}

ExprPtr RandomQueries::Negation(ExprPtr operand, ValueType type) {
  // A sign before a number is part of it; one before an operation would bind to its first operand.
  const bool needs =
      operand->kind() == ExprKind::kNumber ||
      (operand->kind() == ExprKind::kBinary && As<BinaryExpr>(*operand).op != BinaryOp::kPow);
  auto unary = std::make_shared<UnaryExpr>();
  unary->op = random_.OneIn(3) ? UnaryOp::kPlus : UnaryOp::kMinus;
  unary->expr = needs ? Parenthesized(std::move(operand)) : std::move(operand);
  unary->result_type = type;
  return unary;
}

ExprPtr RandomQueries::RangeVector(int height) {
  if (height <= 0 || !random_.OneIn(4)) {
    auto matrix = std::make_shared<MatrixSelector>();
    matrix->selector = Selector();
    matrix->range = RandomDuration(1'000, 900'000);
    return matrix;
  }
  auto subquery = std::make_shared<SubqueryExpr>();
  subquery->expr = Vector(height - 1);
  // What a postfix would bind to only a part of stands in parentheses.
  const ExprKind kind = subquery->expr->kind();
  if (kind == ExprKind::kBinary || kind == ExprKind::kUnary || kind == ExprKind::kNumber) {
    subquery->expr = Parenthesized(subquery->expr);
  }
  // Prometheus reads no colon behind a range without a number: `[step():]`.
  do {
    subquery->range = RandomDuration(60'000, 900'000);
  } while (subquery->range.expr != nullptr && !HasNumber(*subquery->range.expr));
  if (!random_.OneIn(3)) subquery->step = RandomDuration(20'000, 200'000);
  subquery->offset = RandomOffset();
  subquery->at = RandomAt();
  return subquery;
}

// ---- selectors --------------------------------------------------------------------------------

LabelMatcher RandomQueries::Matcher() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kValues = {
      {"job", {"api", "web", "api|web", "w.*", ".+", ""}},
      {"instance", {"0", "1", "[12]", "0|2", ".*"}},
      {"zone", {"a", "b", "", "a|", ".+"}},
      {"le", {"+Inf", "5", "1.*", ""}},
  };
  const auto& [name, values] = random_.Of(kValues);
  LabelMatcher matcher;
  matcher.name = choices_.odd_text && random_.OneIn(3) ? Text() : name;
  if (matcher.name.empty()) matcher.name = "a.b";
  matcher.op = random_.Of<MatchOp>({MatchOp::kEqual, MatchOp::kEqual, MatchOp::kNotEqual,
                                    MatchOp::kRegexMatch, MatchOp::kRegexNoMatch});
  const bool regex = matcher.op == MatchOp::kRegexMatch || matcher.op == MatchOp::kRegexNoMatch;
  matcher.value = random_.Of(values);
  if (regex && matcher.value == "+Inf") matcher.value = "[+]Inf|5";
  if (choices_.odd_text && !regex && random_.OneIn(2)) matcher.value = Text();
  return matcher;
}

std::shared_ptr<VectorSelector> RandomQueries::Selector() {
  auto selector = std::make_shared<VectorSelector>();
  for (uint64_t i = random_.Below(3); i > 0; --i) selector->matchers.push_back(Matcher());
  if (random_.OneIn(8)) {
    selector->matchers.push_back(
        {"__name__", MatchOp::kRegexMatch,
         random_.Of<std::string>({"requests_total|errors_total", "(temp|que).+", ".+_total",
                                  "odd|queue", "latency.+"})});
  } else {
    selector->name =
        random_.Of<std::string>({"requests_total", "requests_total", "errors_total", "temperature",
                                 "queue", "odd", "latency_bucket", "sizes", "nothing"});
    if (choices_.odd_text && random_.OneIn(2))
      selector->name = random_.Of<std::string>({"a:b", "sum", "start", "fill"});
    selector->matchers.push_back({"__name__", MatchOp::kEqual, selector->name});
  }
  selector->offset = RandomOffset();
  selector->at = RandomAt();
  if (random_.OneIn(12) && !IsLeftOut("smoothed")) {
    selector->modifier = random_.OneIn(2) ? RangeModifier::kAnchored : RangeModifier::kSmoothed;
  }
  return selector;
}

Duration RandomQueries::RandomDuration(int64_t shortest_ms, int64_t longest_ms) {
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  Duration duration;
  if (choices_.odd_text && random_.OneIn(3)) {
    duration.expr = CalculatedDuration(2);
    if (duration.expr->op != DurationExpr::Op::kNumber) return duration;
    duration.expr = nullptr;
  }
  if (choices_.query_grid && random_.OneIn(25)) {
    // step() * 2, which is nothing in an instant query.
    auto step = std::make_shared<DurationExpr>(), two = std::make_shared<DurationExpr>(),
         product = std::make_shared<DurationExpr>();
    step->op = DurationExpr::Op::kStep;
    two->seconds = 2;
    product->op = DurationExpr::Op::kMul;
    product->lhs = step;
    product->rhs = two;
    duration.expr = product;
    return duration;
  }
  int64_t ms = random_.OneIn(2)
                   ? random_.Of<int64_t>({60'000, 300'000, 90'000, 120'000, 45'000})
                   : shortest_ms + static_cast<int64_t>(random_.Below(
                                       static_cast<uint64_t>(longest_ms - shortest_ms)));
  // Long ones in whole seconds: a literal passes through a double, which keeps no milliseconds
  // then.
  if (choices_.odd_text && random_.OneIn(3)) {
    ms = (1 + ms / 1000) * (1 + static_cast<int64_t>(random_.Below(100'000))) * 1000;
  }
  duration.nanoseconds = ms * kNanosecondsPerMillisecond;
  return duration;
}

std::shared_ptr<const DurationExpr> RandomQueries::CalculatedDuration(int height) {
  using Op = DurationExpr::Op;
  auto expr = std::make_shared<DurationExpr>();
  if (height == 0) {
    expr->op = random_.Of<Op>({Op::kNumber, Op::kNumber, Op::kStep, Op::kRange});
    expr->seconds = static_cast<double>(1 + random_.Below(5000));
    expr->has_unit = random_.OneIn(2) && expr->op == Op::kNumber;
    return expr;
  }
  expr->op = random_.Of<Op>({Op::kParen, Op::kMinOf, Op::kMaxOf, Op::kParen, Op::kStep});
  if (expr->op == Op::kStep) return expr;
  if (expr->op != Op::kParen) {
    expr->lhs = CalculatedDuration(height - 1);
    expr->rhs = CalculatedDuration(height - 1);
    return expr;
  }
  auto inside = std::make_shared<DurationExpr>();
  inside->op = random_.Of<Op>({Op::kAdd, Op::kSub, Op::kMul, Op::kDiv, Op::kMod, Op::kPow});
  inside->lhs = CalculatedDuration(height - 1);
  inside->rhs = CalculatedDuration(height - 1);
  expr->lhs = inside;
  return expr;
}

Duration RandomQueries::RandomOffset() {
  if (!random_.OneIn(6)) return {};
  Duration offset = RandomDuration(1, 400'000);
  if (offset.expr == nullptr && random_.OneIn(3)) offset.nanoseconds = -offset.nanoseconds;
  if (offset.expr != nullptr) {
    // Unparenthesized arithmetic would not belong to the offset.
    auto paren = std::make_shared<DurationExpr>();
    paren->op = DurationExpr::Op::kParen;
    paren->lhs = offset.expr;
    if (offset.expr->op == DurationExpr::Op::kMul) offset.expr = paren;
  }
  return offset;
}

AtModifier RandomQueries::RandomAt() {
  if (!choices_.at_modifiers || !random_.OneIn(10)) return {};
  AtModifier at;
  at.kind = AtModifier::Kind::kTimestamp;
  if (choices_.query_grid && random_.OneIn(2)) {
    at.kind = random_.OneIn(2) ? AtModifier::Kind::kStart : AtModifier::Kind::kEnd;
    return at;
  }
  at.timestamp_ms = choices_.first_ms + static_cast<int64_t>(random_.Below(static_cast<uint64_t>(
                                            choices_.last_ms - choices_.first_ms)));
  if (random_.OneIn(2)) at.timestamp_ms -= at.timestamp_ms % 1000;
  return at;
}

// ---- functions --------------------------------------------------------------------------------

const FunctionSignature* RandomQueries::Function(ValueType result) {
  const auto functions = AllFunctions();
  for (;;) {
    const FunctionSignature& function = functions[random_.Below(functions.size())];
    const bool asks_grid = function.name == "start" || function.name == "end" ||
                           function.name == "range" || function.name == "step";
    if (function.result != result || IsLeftOut(function.name)) continue;
    if (asks_grid && !choices_.query_grid) continue;
    return &function;
  }
}

ExprPtr RandomQueries::CallOf(const FunctionSignature& function, int height) {
  auto call = std::make_shared<Call>();
  call->function = &function;
  size_t arguments = function.arguments.size();
  if (function.variadic != 0 && random_.OneIn(2)) --arguments;
  if (function.variadic < 0 || function.variadic > 2) arguments += random_.Below(3);
  for (size_t i = 0; i < arguments; ++i) {
    call->arguments.push_back(Argument(function, i, height - 1));
  }
  return call;
}

ExprPtr RandomQueries::Argument(const FunctionSignature& function, size_t index, int height) {
  const size_t declared = std::min(index, function.arguments.size() - 1);
  switch (function.arguments[declared]) {
    case ValueType::kScalar:
      return ScalarParameter(function, index, height);
    case ValueType::kString:
      return StringArgument(function, index);
    case ValueType::kMatrix: {
      ExprPtr range = RangeVector(height);
      // A modifier is for some functions only; the others then fail.
      const bool knows_modifiers = function.name == "rate" || function.name == "increase" ||
                                   function.name == "delta" || function.name == "changes" ||
                                   function.name == "resets";
      if (range->kind() != ExprKind::kMatrixSelector || knows_modifiers || random_.OneIn(8)) {
        return range;
      }
      auto matrix = std::make_shared<MatrixSelector>();
      auto selector = std::make_shared<VectorSelector>();
      const VectorSelector& from = *As<MatrixSelector>(*range).selector;
      selector->name = from.name;
      selector->matchers = from.matchers;
      selector->offset = from.offset;
      selector->at = from.at;
      matrix->selector = selector;
      matrix->range = As<MatrixSelector>(*range).range;
      return matrix;
    }
    default:
      break;
  }
  if (function.name == "info" && index == 1) {
    auto selector = std::make_shared<VectorSelector>();
    selector->matchers.push_back(Matcher());
    return selector;
  }
  if (function.name.starts_with("histogram_") && !random_.OneIn(3)) {
    auto buckets = std::make_shared<VectorSelector>();
    buckets->name = "latency_bucket";
    buckets->matchers.push_back({"__name__", MatchOp::kEqual, buckets->name});
    return buckets;
  }
  const bool of_the_selector = function.name == "absent" || function.name.ends_with("timestamp");
  return of_the_selector && random_.OneIn(2) ? ExprPtr(Selector()) : Vector(height);
}

ExprPtr RandomQueries::StringArgument(const FunctionSignature& function, size_t index) {
  if (function.name == "label_replace") {
    if (index == 2)
      return String(random_.Of<std::string>({"$1", "x-$1", "${1}$1", "", "new", "$word"}));
    if (index == 4)
      return String(random_.Of<std::string>({"(.*)", "(.)", "(?P<word>a.*)", "0|1", ""}));
  }
  if (function.name == "label_join" && index == 2) return String(random_.OneIn(2) ? "-" : "");
  if (choices_.odd_text && random_.OneIn(2)) return String(Text());
  if (random_.OneIn(6)) return String("__name__");
  return String(LabelName());
}

ExprPtr RandomQueries::ScalarParameter(const FunctionSignature& function, size_t index,
                                       int height) {
  if (random_.OneIn(6)) return Scalar(height);
  const std::string_view name = function.name;
  if (name == "double_exponential_smoothing") return Number(random_.Of<double>({0.3, 0.5, 0.8}));
  if (name.find("quantile") != std::string_view::npos) {
    return Number(random_.Of<double>({0, 0.5, 0.9, 0.25, 1, 0.99, 1.5}));
  }
  if (name == "histogram_fraction") return Number(random_.Of<double>({0, 0.05, 1, 3, 7, 1e3}));
  if (name == "clamp") return Number(index == 1 ? -10 : 40);
  if (name == "predict_linear") return Number(random_.Of<double>({0, 60, 3600, -600}));
  return Scalar(0);
}

// ---- aggregations -----------------------------------------------------------------------------

std::string RandomQueries::LabelName() {
  if (choices_.odd_text && random_.OneIn(4)) {
    std::string name = Text();
    if (!name.empty()) return name;
  }
  return random_.Of<std::string>({"job", "instance", "zone", "le", "job", "zone"});
}

std::vector<std::string> RandomQueries::LabelNames() {
  std::vector<std::string> names;
  for (uint64_t i = random_.Below(3); i > 0; --i) names.push_back(LabelName());
  if (random_.OneIn(10)) names.push_back("__name__");
  return names;
}

std::string RandomQueries::Text() {
  static const std::vector<std::string> kTexts = {
      "a b",       "\"", "\\", "\n\t", "\xc3\xa9", "\xe6\x97\xa5", "'",  "`",
      "{a=\"b\"}", "",   "#",  "1",    "\x7f",     "\x01",         "sum"};
  std::string text = random_.Of(kTexts);
  if (random_.OneIn(2)) text += random_.Of(kTexts);
  return text;
}

ExprPtr RandomQueries::Aggregation(int height) {
  auto aggregate = std::make_shared<AggregateExpr>();
  const auto ops = AllAggregateOps();
  do {
    aggregate->op = ops[random_.Below(ops.size())];
  } while (IsLeftOut(AggregateName(aggregate->op)));
  aggregate->without = random_.OneIn(3);
  if (aggregate->without || random_.OneIn(2)) aggregate->grouping = LabelNames();
  aggregate->expr = Vector(height - 1);
  switch (aggregate->op) {
    case AggregateOp::kTopk:
    case AggregateOp::kBottomk:
    case AggregateOp::kLimitk:
      aggregate->parameter = random_.OneIn(6) ? Scalar(height - 1)
                                              : Number(random_.Of<double>({1, 2, 3, 2.9, 0, 100}));
      break;
    case AggregateOp::kLimitRatio:
    case AggregateOp::kQuantile:
      aggregate->parameter = random_.OneIn(6)
                                 ? Scalar(height - 1)
                                 : Number(random_.Of<double>({0.5, 0.25, 0.9, 1, 0, -0.5, 1.2}));
      break;
    case AggregateOp::kCountValues:
      aggregate->parameter = String(random_.OneIn(3) ? LabelName() : "value");
      break;
    default:
      break;
  }
  return aggregate;
}

// ---- operators --------------------------------------------------------------------------------

ExprPtr RandomQueries::Operand(ExprPtr operand, BinaryOp op, bool is_right) {
  return NeedsParentheses(*operand, op, is_right) ? Parenthesized(std::move(operand))
                                                  : std::move(operand);
}

ExprPtr RandomQueries::ScalarOperation(int height) {
  auto binary = std::make_shared<BinaryExpr>();
  binary->op = random_.Of<BinaryOp>({BinaryOp::kAdd, BinaryOp::kSub, BinaryOp::kMul, BinaryOp::kDiv,
                                     BinaryOp::kMod, BinaryOp::kPow, BinaryOp::kAtan2,
                                     BinaryOp::kLess, BinaryOp::kEqual, BinaryOp::kNotEqual});
  binary->return_bool = IsComparison(binary->op);
  binary->lhs = Operand(Scalar(height - 1), binary->op, false);
  binary->rhs = Operand(Scalar(height - 1), binary->op, true);
  binary->result_type = ValueType::kScalar;
  return binary;
}

VectorMatching RandomQueries::Matching(BinaryOp op) {
  VectorMatching matching;
  matching.on = random_.OneIn(2);
  if (matching.on || random_.OneIn(2)) matching.labels = LabelNames();
  if (IsSetOperator(op)) {
    matching.cardinality = MatchCardinality::kManyToMany;
    return matching;
  }
  // group_left and group_right stand behind on() or ignoring() only.
  if ((matching.on || !matching.labels.empty()) && random_.OneIn(2)) {
    matching.cardinality =
        random_.OneIn(2) ? MatchCardinality::kManyToOne : MatchCardinality::kOneToMany;
    for (std::string& label : LabelNames()) {
      const bool listed =
          std::find(matching.labels.begin(), matching.labels.end(), label) != matching.labels.end();
      if (!(matching.on && listed)) matching.include.push_back(std::move(label));
    }
  }
  if (random_.OneIn(5)) matching.fill_left = random_.Of<double>({0, 7, -1.5});
  if (random_.OneIn(5)) matching.fill_right = random_.Of<double>({0, 7, 60});
  return matching;
}

ExprPtr RandomQueries::VectorOperation(int height) {
  static const std::vector<BinaryOp> kOps = {BinaryOp::kAdd,
                                             BinaryOp::kSub,
                                             BinaryOp::kMul,
                                             BinaryOp::kDiv,
                                             BinaryOp::kMod,
                                             BinaryOp::kPow,
                                             BinaryOp::kAtan2,
                                             BinaryOp::kEqual,
                                             BinaryOp::kNotEqual,
                                             BinaryOp::kLess,
                                             BinaryOp::kGreater,
                                             BinaryOp::kLessOrEqual,
                                             BinaryOp::kGreaterOrEqual,
                                             BinaryOp::kAnd,
                                             BinaryOp::kOr,
                                             BinaryOp::kUnless,
                                             BinaryOp::kAnd,
                                             BinaryOp::kOr,
                                             BinaryOp::kUnless,
                                             BinaryOp::kTrimUpper,
                                             BinaryOp::kTrimLower};
  auto binary = std::make_shared<BinaryExpr>();
  binary->op = random_.Of(kOps);
  binary->result_type = ValueType::kVector;
  binary->return_bool = IsComparison(binary->op) && random_.OneIn(3);
  const uint64_t kind = IsSetOperator(binary->op) ? 0 : random_.Below(3);
  ExprPtr lhs = kind == 1 ? Scalar(height - 1) : Vector(height - 1);
  // Often two parts that are all but equal: what a planner must not share.
  const bool almost_equal = kind == 0 && random_.OneIn(3);
  ExprPtr rhs = kind == 2 ? Scalar(height - 1) : Vector(height - 1);
  if (almost_equal) rhs = Variation(lhs, &random_);
  if (kind == 0) binary->matching = Matching(binary->op);
  binary->lhs = Operand(std::move(lhs), binary->op, false);
  binary->rhs = Operand(std::move(rhs), binary->op, true);
  return binary;
}

}  // namespace promlite::random_queries
