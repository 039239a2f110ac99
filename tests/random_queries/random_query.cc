#include "promlite/tests/random_queries/random_query.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "promlite/tests/random_queries/variation.h"

namespace promlite::random_queries {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

promql::ExprPtr Number(double value) {
  auto number = std::make_shared<promql::NumberLiteral>();
  number->value = value;
  return number;
}

promql::ExprPtr String(std::string value) {
  auto literal = std::make_shared<promql::StringLiteral>();
  literal->value = std::move(value);
  return literal;
}

promql::ExprPtr Parenthesized(promql::ExprPtr expr) {
  auto paren = std::make_shared<promql::ParenExpr>();
  paren->result_type = expr->type();
  paren->expr = std::move(expr);
  return paren;
}

// From what binds loosest. Not the parser's own table: a fault there is to be found.
int Precedence(promql::BinaryOp op) {
  switch (op) {
    case promql::BinaryOp::kOr:
      return 1;
    case promql::BinaryOp::kAnd:
    case promql::BinaryOp::kUnless:
      return 2;
    case promql::BinaryOp::kAdd:
    case promql::BinaryOp::kSub:
      return 4;
    case promql::BinaryOp::kMul:
    case promql::BinaryOp::kDiv:
    case promql::BinaryOp::kMod:
    case promql::BinaryOp::kAtan2:
      return 5;
    case promql::BinaryOp::kPow:
      return 6;
    default:
      return 3;
  }
}

bool IsNegativeNumber(const promql::Expr& expr) {
  // The printer writes the sign of an infinity always.
  return expr.kind() == promql::ExprKind::kNumber &&
         !(promql::As<promql::NumberLiteral>(expr).value > 0) &&
         promql::As<promql::NumberLiteral>(expr).value != 0;
}

// Whether the text ends in a calculated offset, which takes an arithmetic operator behind it for a
// part of itself: `x offset (5m) * y`.
bool EndsInCalculatedOffset(const promql::Expr& expr) {
  switch (expr.kind()) {
    case promql::ExprKind::kVectorSelector:
      return promql::As<promql::VectorSelector>(expr).offset.expr != nullptr;
    case promql::ExprKind::kSubquery:
      return promql::As<promql::SubqueryExpr>(expr).offset.expr != nullptr;
    case promql::ExprKind::kUnary:
      return EndsInCalculatedOffset(*promql::As<promql::UnaryExpr>(expr).expr);
    case promql::ExprKind::kBinary:
      return EndsInCalculatedOffset(*promql::As<promql::BinaryExpr>(expr).rhs);
    default:
      return false;
  }
}

// Whether the text of `operand` beside `op` would be read as another tree.
bool NeedsParentheses(const promql::Expr& operand, promql::BinaryOp op, bool is_right) {
  if (!is_right && EndsInCalculatedOffset(operand)) return true;
  if (operand.kind() == promql::ExprKind::kUnary || IsNegativeNumber(operand))
    return op == promql::BinaryOp::kPow;
  if (operand.kind() == promql::ExprKind::kNumber &&
      promql::As<promql::NumberLiteral>(operand).value == kInfinity) {
    return op == promql::BinaryOp::kPow;
  }
  if (operand.kind() != promql::ExprKind::kBinary) return false;
  const int inner = Precedence(promql::As<promql::BinaryExpr>(operand).op), outer = Precedence(op);
  if (inner != outer) return inner < outer;
  return op == promql::BinaryOp::kPow ? !is_right : is_right;
}

}  // namespace

bool RandomQueries::IsLeftOut(std::string_view name) const {
  return std::find(choices_.without.begin(), choices_.without.end(), name) !=
         choices_.without.end();
}

promql::ExprPtr RandomQueries::Next(int height) {
  made_.clear();
  return random_.OneIn(8) ? Scalar(height) : Vector(height);
}

promql::ExprPtr RandomQueries::AgainOrAlmost(int height) {
  if (made_.empty()) return nullptr;
  const auto& [made_height, expr] = random_.Of(made_);
  if (made_height > height) return nullptr;
  return random_.OneIn(3) ? expr : Variation(expr, &random_);
}

promql::ExprPtr RandomQueries::Vector(int height) {
  promql::ExprPtr vector = random_.OneIn(4) ? AgainOrAlmost(height) : nullptr;
  if (vector == nullptr) vector = NewVector(height);
  made_.emplace_back(height, vector);
  return vector;
}

promql::ExprPtr RandomQueries::NewVector(int height) {
  if (height <= 0) {
    return random_.OneIn(12) ? CallOf(*promql::FindFunction("vector"), 0)
                             : promql::ExprPtr(Selector());
  }
  switch (random_.Below(10)) {
    case 0:
      return Selector();
    case 1:
      return Parenthesized(Vector(height - 1));
    case 2:
      return Negation(Vector(height - 1), promql::ValueType::kVector);
    case 3:
    case 4:
      return VectorOperation(height);
    case 5:
    case 6:
      return Aggregation(height);
    default:
      return CallOf(*Function(promql::ValueType::kVector), height);
  }
}

promql::ExprPtr RandomQueries::Scalar(int height) {
  if (height <= 0 || random_.OneIn(3)) {
    if (random_.OneIn(5)) {
      auto number = std::make_shared<promql::NumberLiteral>();
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
      return Negation(Scalar(height - 1), promql::ValueType::kScalar);
    case 2:
      return ScalarOperation(height);
    default:
      return CallOf(*Function(promql::ValueType::kScalar), height);
  }
}

promql::ExprPtr RandomQueries::Negation(promql::ExprPtr operand, promql::ValueType type) {
  // A sign before a number is part of it; one before an operation would bind to its first operand.
  const bool needs = operand->kind() == promql::ExprKind::kNumber ||
                     (operand->kind() == promql::ExprKind::kBinary &&
                      promql::As<promql::BinaryExpr>(*operand).op != promql::BinaryOp::kPow);
  auto unary = std::make_shared<promql::UnaryExpr>();
  unary->op = random_.OneIn(3) ? promql::UnaryOp::kPlus : promql::UnaryOp::kMinus;
  unary->expr = needs ? Parenthesized(std::move(operand)) : std::move(operand);
  unary->result_type = type;
  return unary;
}

promql::ExprPtr RandomQueries::RangeVector(int height) {
  if (height <= 0 || !random_.OneIn(4)) {
    auto matrix = std::make_shared<promql::MatrixSelector>();
    matrix->selector = Selector();
    matrix->range = RandomDuration(1'000, 900'000);
    return matrix;
  }
  auto subquery = std::make_shared<promql::SubqueryExpr>();
  subquery->expr = Vector(height - 1);
  // What a postfix would bind to only a part of stands in parentheses.
  const promql::ExprKind kind = subquery->expr->kind();
  if (kind == promql::ExprKind::kBinary || kind == promql::ExprKind::kUnary ||
      kind == promql::ExprKind::kNumber) {
    subquery->expr = Parenthesized(subquery->expr);
  }
  subquery->range = RandomDuration(60'000, 900'000);
  if (!random_.OneIn(3)) subquery->step = RandomDuration(20'000, 200'000);
  subquery->offset = RandomOffset();
  subquery->at = RandomAt();
  return subquery;
}

// ---- selectors --------------------------------------------------------------------------------

promql::LabelMatcher RandomQueries::Matcher() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kValues = {
      {"job", {"api", "web", "api|web", "w.*", ".+", ""}},
      {"instance", {"0", "1", "[12]", "0|2", ".*"}},
      {"zone", {"a", "b", "", "a|", ".+"}},
      {"le", {"+Inf", "5", "1.*", ""}},
  };
  const auto& [name, values] = random_.Of(kValues);
  promql::LabelMatcher matcher;
  matcher.name = choices_.odd_text && random_.OneIn(3) ? Text() : name;
  if (matcher.name.empty()) matcher.name = "a.b";
  matcher.op = random_.Of<promql::MatchOp>(
      {promql::MatchOp::kEqual, promql::MatchOp::kEqual, promql::MatchOp::kNotEqual,
       promql::MatchOp::kRegexMatch, promql::MatchOp::kRegexNoMatch});
  const bool regex =
      matcher.op == promql::MatchOp::kRegexMatch || matcher.op == promql::MatchOp::kRegexNoMatch;
  matcher.value = random_.Of(values);
  if (regex && matcher.value == "+Inf") matcher.value = "[+]Inf|5";
  if (choices_.odd_text && !regex && random_.OneIn(2)) matcher.value = Text();
  return matcher;
}

std::shared_ptr<promql::VectorSelector> RandomQueries::Selector() {
  auto selector = std::make_shared<promql::VectorSelector>();
  for (uint64_t i = random_.Below(3); i > 0; --i) selector->matchers.push_back(Matcher());
  if (random_.OneIn(8)) {
    selector->matchers.push_back(
        {"__name__", promql::MatchOp::kRegexMatch,
         random_.Of<std::string>({"requests_total|errors_total", "(temp|que).+", ".+_total",
                                  "odd|queue", "latency.+"})});
  } else {
    selector->name =
        random_.Of<std::string>({"requests_total", "requests_total", "errors_total", "temperature",
                                 "queue", "odd", "latency_bucket", "sizes", "nothing"});
    if (choices_.odd_text && random_.OneIn(2))
      selector->name = random_.Of<std::string>({"a:b", "sum", "start", "fill"});
    selector->matchers.push_back({"__name__", promql::MatchOp::kEqual, selector->name});
  }
  selector->offset = RandomOffset();
  selector->at = RandomAt();
  if (random_.OneIn(12) && !IsLeftOut("smoothed")) {
    selector->modifier =
        random_.OneIn(2) ? promql::RangeModifier::kAnchored : promql::RangeModifier::kSmoothed;
  }
  return selector;
}

promql::Duration RandomQueries::RandomDuration(int64_t shortest_ms, int64_t longest_ms) {
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  promql::Duration duration;
  if (choices_.odd_text && random_.OneIn(3)) {
    duration.expr = CalculatedDuration(2);
    if (duration.expr->op != promql::DurationExpr::Op::kNumber) return duration;
    duration.expr = nullptr;
  }
  if (choices_.query_grid && random_.OneIn(25)) {
    // step() * 2, which is nothing in an instant query.
    auto step = std::make_shared<promql::DurationExpr>(),
         two = std::make_shared<promql::DurationExpr>(),
         product = std::make_shared<promql::DurationExpr>();
    step->op = promql::DurationExpr::Op::kStep;
    two->seconds = 2;
    product->op = promql::DurationExpr::Op::kMul;
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

std::shared_ptr<const promql::DurationExpr> RandomQueries::CalculatedDuration(int height) {
  using Op = promql::DurationExpr::Op;
  auto expr = std::make_shared<promql::DurationExpr>();
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
  auto inside = std::make_shared<promql::DurationExpr>();
  inside->op = random_.Of<Op>({Op::kAdd, Op::kSub, Op::kMul, Op::kDiv, Op::kMod, Op::kPow});
  inside->lhs = CalculatedDuration(height - 1);
  inside->rhs = CalculatedDuration(height - 1);
  expr->lhs = inside;
  return expr;
}

promql::Duration RandomQueries::RandomOffset() {
  if (!random_.OneIn(6)) return {};
  promql::Duration offset = RandomDuration(1, 400'000);
  if (offset.expr == nullptr && random_.OneIn(3)) offset.nanoseconds = -offset.nanoseconds;
  if (offset.expr != nullptr) {
    // Unparenthesized arithmetic would not belong to the offset.
    auto paren = std::make_shared<promql::DurationExpr>();
    paren->op = promql::DurationExpr::Op::kParen;
    paren->lhs = offset.expr;
    if (offset.expr->op == promql::DurationExpr::Op::kMul) offset.expr = paren;
  }
  return offset;
}

promql::AtModifier RandomQueries::RandomAt() {
  if (!choices_.at_modifiers || !random_.OneIn(10)) return {};
  promql::AtModifier at;
  at.kind = promql::AtModifier::Kind::kTimestamp;
  if (choices_.query_grid && random_.OneIn(2)) {
    at.kind = random_.OneIn(2) ? promql::AtModifier::Kind::kStart : promql::AtModifier::Kind::kEnd;
    return at;
  }
  at.timestamp_ms = choices_.first_ms + static_cast<int64_t>(random_.Below(static_cast<uint64_t>(
                                            choices_.last_ms - choices_.first_ms)));
  if (random_.OneIn(2)) at.timestamp_ms -= at.timestamp_ms % 1000;
  return at;
}

// ---- functions --------------------------------------------------------------------------------

const promql::Function* RandomQueries::Function(promql::ValueType result) {
  const auto functions = promql::AllFunctions();
  for (;;) {
    const promql::Function& function = functions[random_.Below(functions.size())];
    const bool asks_grid = function.name == "start" || function.name == "end" ||
                           function.name == "range" || function.name == "step";
    if (function.result != result || IsLeftOut(function.name)) continue;
    if (asks_grid && !choices_.query_grid) continue;
    return &function;
  }
}

promql::ExprPtr RandomQueries::CallOf(const promql::Function& function, int height) {
  auto call = std::make_shared<promql::Call>();
  call->function = &function;
  size_t arguments = function.arguments.size();
  if (function.variadic != 0 && random_.OneIn(2)) --arguments;
  if (function.variadic < 0 || function.variadic > 2) arguments += random_.Below(3);
  for (size_t i = 0; i < arguments; ++i) {
    call->arguments.push_back(Argument(function, i, height - 1));
  }
  return call;
}

promql::ExprPtr RandomQueries::Argument(const promql::Function& function, size_t index,
                                        int height) {
  const size_t declared = std::min(index, function.arguments.size() - 1);
  switch (function.arguments[declared]) {
    case promql::ValueType::kScalar:
      return ScalarParameter(function, index, height);
    case promql::ValueType::kString:
      return StringArgument(function, index);
    case promql::ValueType::kMatrix: {
      promql::ExprPtr range = RangeVector(height);
      // A modifier is for some functions only; the others then fail.
      const bool knows_modifiers = function.name == "rate" || function.name == "increase" ||
                                   function.name == "delta" || function.name == "changes" ||
                                   function.name == "resets";
      if (range->kind() != promql::ExprKind::kMatrixSelector || knows_modifiers ||
          random_.OneIn(8)) {
        return range;
      }
      auto matrix = std::make_shared<promql::MatrixSelector>();
      auto selector = std::make_shared<promql::VectorSelector>();
      const promql::VectorSelector& from = *promql::As<promql::MatrixSelector>(*range).selector;
      selector->name = from.name;
      selector->matchers = from.matchers;
      selector->offset = from.offset;
      selector->at = from.at;
      matrix->selector = selector;
      matrix->range = promql::As<promql::MatrixSelector>(*range).range;
      return matrix;
    }
    default:
      break;
  }
  if (function.name == "info" && index == 1) {
    auto selector = std::make_shared<promql::VectorSelector>();
    selector->matchers.push_back(Matcher());
    return selector;
  }
  if (function.name.starts_with("histogram_") && !random_.OneIn(3)) {
    auto buckets = std::make_shared<promql::VectorSelector>();
    buckets->name = "latency_bucket";
    buckets->matchers.push_back({"__name__", promql::MatchOp::kEqual, buckets->name});
    return buckets;
  }
  const bool of_the_selector = function.name == "absent" || function.name.ends_with("timestamp");
  return of_the_selector && random_.OneIn(2) ? promql::ExprPtr(Selector()) : Vector(height);
}

promql::ExprPtr RandomQueries::StringArgument(const promql::Function& function, size_t index) {
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

promql::ExprPtr RandomQueries::ScalarParameter(const promql::Function& function, size_t index,
                                               int height) {
  if (random_.OneIn(6)) return Scalar(height);
  const std::string_view name = function.name;
  if (name == "double_exponential_smoothing") return Number(random_.Of<double>({0.3, 0.5, 0.8}));
  if (name.find("quantile") != std::string_view::npos) {
    return Number(random_.Of<double>({0, 0.5, 0.9, 0.25, 1, 0.99, 1.5}));
  }
  if (name == "integral") return Number(random_.Of<double>({0, 1, 2, 1.5}));
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
  if (random_.OneIn(10)) {
    names.push_back(random_.Of<std::string>({"__name__", "__type__", "__unit__"}));
  }
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

promql::ExprPtr RandomQueries::Aggregation(int height) {
  auto aggregate = std::make_shared<promql::AggregateExpr>();
  const auto ops = promql::AllAggregateOps();
  do {
    aggregate->op = ops[random_.Below(ops.size())];
  } while (IsLeftOut(promql::AggregateName(aggregate->op)));
  aggregate->without = random_.OneIn(3);
  if (aggregate->without || random_.OneIn(2)) aggregate->grouping = LabelNames();
  aggregate->expr = Vector(height - 1);
  switch (aggregate->op) {
    case promql::AggregateOp::kTopk:
    case promql::AggregateOp::kBottomk:
    case promql::AggregateOp::kLimitk:
      aggregate->parameter = random_.OneIn(6) ? Scalar(height - 1)
                                              : Number(random_.Of<double>({1, 2, 3, 2.9, 0, 100}));
      break;
    case promql::AggregateOp::kLimitRatio:
    case promql::AggregateOp::kQuantile:
      aggregate->parameter = random_.OneIn(6)
                                 ? Scalar(height - 1)
                                 : Number(random_.Of<double>({0.5, 0.25, 0.9, 1, 0, -0.5, 1.2}));
      break;
    case promql::AggregateOp::kCountValues:
      aggregate->parameter = String(random_.OneIn(3) ? LabelName() : "value");
      break;
    default:
      break;
  }
  return aggregate;
}

// ---- operators --------------------------------------------------------------------------------

promql::ExprPtr RandomQueries::Operand(promql::ExprPtr operand, promql::BinaryOp op,
                                       bool is_right) {
  return NeedsParentheses(*operand, op, is_right) ? Parenthesized(std::move(operand))
                                                  : std::move(operand);
}

promql::ExprPtr RandomQueries::ScalarOperation(int height) {
  auto binary = std::make_shared<promql::BinaryExpr>();
  binary->op = random_.Of<promql::BinaryOp>(
      {promql::BinaryOp::kAdd, promql::BinaryOp::kSub, promql::BinaryOp::kMul,
       promql::BinaryOp::kDiv, promql::BinaryOp::kMod, promql::BinaryOp::kPow,
       promql::BinaryOp::kAtan2, promql::BinaryOp::kLess, promql::BinaryOp::kEqual,
       promql::BinaryOp::kNotEqual});
  binary->return_bool = promql::IsComparison(binary->op);
  binary->lhs = Operand(Scalar(height - 1), binary->op, false);
  binary->rhs = Operand(Scalar(height - 1), binary->op, true);
  binary->result_type = promql::ValueType::kScalar;
  return binary;
}

promql::VectorMatching RandomQueries::Matching(promql::BinaryOp op) {
  promql::VectorMatching matching;
  matching.on = random_.OneIn(2);
  if (matching.on || random_.OneIn(2)) matching.labels = LabelNames();
  if (promql::IsSetOperator(op)) {
    matching.cardinality = promql::MatchCardinality::kManyToMany;
    return matching;
  }
  // group_left and group_right stand behind on() or ignoring() only.
  if ((matching.on || !matching.labels.empty()) && random_.OneIn(2)) {
    matching.cardinality = random_.OneIn(2) ? promql::MatchCardinality::kManyToOne
                                            : promql::MatchCardinality::kOneToMany;
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

promql::ExprPtr RandomQueries::VectorOperation(int height) {
  static const std::vector<promql::BinaryOp> kOps = {promql::BinaryOp::kAdd,
                                                     promql::BinaryOp::kSub,
                                                     promql::BinaryOp::kMul,
                                                     promql::BinaryOp::kDiv,
                                                     promql::BinaryOp::kMod,
                                                     promql::BinaryOp::kPow,
                                                     promql::BinaryOp::kAtan2,
                                                     promql::BinaryOp::kEqual,
                                                     promql::BinaryOp::kNotEqual,
                                                     promql::BinaryOp::kLess,
                                                     promql::BinaryOp::kGreater,
                                                     promql::BinaryOp::kLessOrEqual,
                                                     promql::BinaryOp::kGreaterOrEqual,
                                                     promql::BinaryOp::kAnd,
                                                     promql::BinaryOp::kOr,
                                                     promql::BinaryOp::kUnless,
                                                     promql::BinaryOp::kAnd,
                                                     promql::BinaryOp::kOr,
                                                     promql::BinaryOp::kUnless,
                                                     promql::BinaryOp::kTrimUpper,
                                                     promql::BinaryOp::kTrimLower};
  auto binary = std::make_shared<promql::BinaryExpr>();
  binary->op = random_.Of(kOps);
  binary->result_type = promql::ValueType::kVector;
  binary->return_bool = promql::IsComparison(binary->op) && random_.OneIn(3);
  const uint64_t kind = promql::IsSetOperator(binary->op) ? 0 : random_.Below(3);
  promql::ExprPtr lhs = kind == 1 ? Scalar(height - 1) : Vector(height - 1);
  // Often two parts that are all but equal: what a planner must not share.
  const bool almost_equal = kind == 0 && random_.OneIn(3);
  promql::ExprPtr rhs = kind == 2 ? Scalar(height - 1) : Vector(height - 1);
  if (almost_equal) rhs = Variation(lhs, &random_);
  if (kind == 0) binary->matching = Matching(binary->op);
  binary->lhs = Operand(std::move(lhs), binary->op, false);
  binary->rhs = Operand(std::move(rhs), binary->op, true);
  return binary;
}

}  // namespace promlite::random_queries
