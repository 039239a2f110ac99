// What Parse() makes of every form of the language.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

double NumberOf(std::string_view query) { return As<NumberLiteral>(*MustParse(query)).value; }

std::string StringOf(std::string_view query) { return As<StringLiteral>(*MustParse(query)).value; }

// The tree with every operation in parentheses, to show what binds to what.
std::string Shape(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kBinary: {
      const auto& binary = As<BinaryExpr>(expr);
      return "(" + Shape(*binary.lhs) + std::string(BinaryOpName(binary.op)) + Shape(*binary.rhs) +
             ")";
    }
    case ExprKind::kUnary: {
      const auto& unary = As<UnaryExpr>(expr);
      return std::string(unary.op == UnaryOp::kMinus ? "(-" : "(+") + Shape(*unary.expr) + ")";
    }
    case ExprKind::kNumber:
      return std::to_string(static_cast<int>(As<NumberLiteral>(expr).value));
    case ExprKind::kVectorSelector:
      return As<VectorSelector>(expr).name;
    case ExprKind::kParen:
      return "[" + Shape(*As<ParenExpr>(expr).expr) + "]";
    default:
      return "?";
  }
}

std::string ShapeOf(std::string_view query) { return Shape(*MustParse(query)); }

TEST(Numbers, AreReadInEveryNotation) {
  EXPECT_EQ(NumberOf("1"), 1);
  EXPECT_EQ(NumberOf("1."), 1);
  EXPECT_EQ(NumberOf(".5"), 0.5);
  EXPECT_EQ(NumberOf("1e-3"), 0.001);
  EXPECT_EQ(NumberOf("0x1F"), 31);
  EXPECT_EQ(NumberOf("0X_1f"), 31);
  EXPECT_EQ(NumberOf("0755"), 493);
  EXPECT_EQ(NumberOf("08"), 8);
  EXPECT_EQ(NumberOf("1_000.000_1"), 1000.0001);
  EXPECT_EQ(NumberOf("9223372036854775808"), 9223372036854775808.0);
  EXPECT_EQ(NumberOf("+Inf"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(NumberOf("-inf"), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(NumberOf("nAn")));
  EXPECT_EQ(NumberOf("4.9e-324"), 4.9e-324);
  EXPECT_EQ(NumberOf("1e-400"), 0);
}

TEST(Numbers, TakeInTheSignsBeforeThem) {
  EXPECT_EQ(NumberOf("-5"), -5);
  EXPECT_EQ(NumberOf("+-+-1"), 1);
  EXPECT_TRUE(std::signbit(NumberOf("-0")));
  EXPECT_EQ(MustParse("-(5)")->kind(), ExprKind::kUnary);
  EXPECT_EQ(MustParse("-x")->kind(), ExprKind::kUnary);
}

TEST(Numbers, MayBeDurations) {
  EXPECT_EQ(NumberOf("5m"), 300);
  EXPECT_EQ(NumberOf("-1h30m"), -5400);
  EXPECT_EQ(NumberOf("1y"), 365 * 86400);
  EXPECT_EQ(NumberOf("1w2d"), 9 * 86400);
  EXPECT_EQ(NumberOf("7ms"), 0.007);
  EXPECT_TRUE(As<NumberLiteral>(*MustParse("5m")).is_duration);
  EXPECT_FALSE(As<NumberLiteral>(*MustParse("300")).is_duration);
}

TEST(Strings, AreUnescaped) {
  EXPECT_EQ(StringOf(R"("a\tb\"c\\")"), "a\tb\"c\\");
  EXPECT_EQ(StringOf(R"('it\'s "so"')"), "it's \"so\"");
  EXPECT_EQ(StringOf(R"(`raw \n "'`)"), "raw \\n \"'");
  EXPECT_EQ(StringOf(R"("\101\x41\u00e9\U0001F600")"), "AA\u00e9\U0001F600");
  EXPECT_EQ(StringOf(R"("\xff\377")"), "\xff\xff");
  EXPECT_EQ(StringOf(R"("\a\b\f\n\r\v")"), "\a\b\f\n\r\v");
}

TEST(Operators, BindByPrecedence) {
  EXPECT_EQ(ShapeOf("1 + 2 * 3"), "(1+(2*3))");
  EXPECT_EQ(ShapeOf("1 - 2 - 3"), "((1-2)-3)");
  EXPECT_EQ(ShapeOf("2 ^ 3 ^ 4"), "(2^(3^4))");
  EXPECT_EQ(ShapeOf("a or b and c unless d"), "(aor((bandc)unlessd))");
  EXPECT_EQ(ShapeOf("a == b + c"), "(a==(b+c))");
  EXPECT_EQ(ShapeOf("a < b > c"), "((a<b)>c)");
  EXPECT_EQ(ShapeOf("a and b == c"), "(aand(b==c))");
  EXPECT_EQ(ShapeOf("a + b % c atan2 d / e"), "(a+(((b%c)atan2d)/e))");
  EXPECT_EQ(ShapeOf("a </ b + c >/ d"), "((a</(b+c))>/d)");
}

TEST(Operators, SignsBindLikeMultiplication) {
  EXPECT_EQ(ShapeOf("-2 ^ 2"), "(-(2^2))");
  EXPECT_EQ(ShapeOf("-a * b"), "((-a)*b)");
  EXPECT_EQ(ShapeOf("-a ^ b ^ c"), "(-(a^(b^c)))");
  EXPECT_EQ(ShapeOf("2 ^ -1"), "(2^-1)");
  EXPECT_EQ(ShapeOf("2 ^ -a * b"), "((2^(-a))*b)");
  EXPECT_EQ(ShapeOf("2 ^ -a ^ b"), "(2^(-(a^b)))");
  EXPECT_EQ(ShapeOf("1 - -a"), "(1-(-a))");
  EXPECT_EQ(ShapeOf("-(a + b)"), "(-[(a+b)])");
}

TEST(Operators, AreScalarOnlyBetweenScalars) {
  EXPECT_EQ(MustParse("1 + 2")->type(), ValueType::kScalar);
  EXPECT_EQ(MustParse("1 + time() * 2")->type(), ValueType::kScalar);
  EXPECT_EQ(MustParse("1 + x")->type(), ValueType::kVector);
  EXPECT_EQ(MustParse("-x")->type(), ValueType::kVector);
  EXPECT_EQ(MustParse("-(1 + 2)")->type(), ValueType::kScalar);
  EXPECT_FALSE(As<BinaryExpr>(*MustParse("1 + x")).matching.has_value());
  EXPECT_TRUE(As<BinaryExpr>(*MustParse("x + x")).matching.has_value());
}

TEST(Operators, KeepTheirOwnPosition) {
  const ExprPtr expr = MustParse("foo  ==bool 1");
  EXPECT_EQ(As<BinaryExpr>(*expr).op_position, (PositionRange{5, 7}));
}

VectorMatching MatchingOf(std::string_view query) {
  return *As<BinaryExpr>(*MustParse(query)).matching;
}

TEST(VectorMatching, IsOneToOneOnAllLabelsByDefault) {
  const VectorMatching matching = MatchingOf("a * b");
  EXPECT_EQ(matching.cardinality, MatchCardinality::kOneToOne);
  EXPECT_FALSE(matching.on);
  EXPECT_TRUE(matching.labels.empty());
}

TEST(VectorMatching, IsManyToManyForSetOperators) {
  for (const char* query : {"a and b", "a or on (x) b", "a unless ignoring () b"}) {
    EXPECT_EQ(MatchingOf(query).cardinality, MatchCardinality::kManyToMany) << query;
  }
}

TEST(VectorMatching, KeepsLabelsAndGroups) {
  const VectorMatching left = MatchingOf("a / on (x, y) group_left (z,) b");
  EXPECT_TRUE(left.on);
  EXPECT_EQ(left.labels, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(left.cardinality, MatchCardinality::kManyToOne);
  EXPECT_EQ(left.include, (std::vector<std::string>{"z"}));
  const VectorMatching right = MatchingOf("a / ignoring(x) group_right b");
  EXPECT_FALSE(right.on);
  EXPECT_EQ(right.cardinality, MatchCardinality::kOneToMany);
  EXPECT_TRUE(right.include.empty());
}

TEST(VectorMatching, TakesKeywordsAndStringsAsLabels) {
  EXPECT_EQ(MatchingOf(R"(a + on (bool, on, atan2, sum, by, "two words", a:b) b)").labels,
            (std::vector<std::string>{"bool", "on", "atan2", "sum", "by", "two words", "a:b"}));
}

TEST(VectorMatching, FillsAreKeptAsWritten) {
  VectorMatching matching = MatchingOf("a + fill (-2) b");
  EXPECT_EQ(matching.fill_left, -2);
  EXPECT_EQ(matching.fill_right, -2);
  matching = MatchingOf("a + on (x) group_left fill_right (1m) b");
  EXPECT_EQ(matching.fill_left, std::nullopt);
  EXPECT_EQ(matching.fill_right, 60);
  matching = MatchingOf("a + fill_right (3) fill_left (+4) b");
  EXPECT_EQ(matching.fill_left, 4);
  EXPECT_EQ(matching.fill_right, 3);
}

VectorSelector const& SelectorOf(const ExprPtr& expr) { return As<VectorSelector>(*expr); }

TEST(Selectors, PutTheOuterNameLast) {
  const ExprPtr expr = MustParse(R"(foo{a="b", c!="d", e=~"f.*", g!~'h',})");
  const VectorSelector& selector = SelectorOf(expr);
  EXPECT_EQ(selector.name, "foo");
  ASSERT_EQ(selector.matchers.size(), 5u);
  const MatchOp ops[] = {MatchOp::kEqual, MatchOp::kNotEqual, MatchOp::kRegexMatch,
                         MatchOp::kRegexNoMatch, MatchOp::kEqual};
  const char* const names[] = {"a", "c", "e", "g", "__name__"};
  const char* const values[] = {"b", "d", "f.*", "h", "foo"};
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(selector.matchers[i].op, ops[i]);
    EXPECT_EQ(selector.matchers[i].name, names[i]);
    EXPECT_EQ(selector.matchers[i].value, values[i]);
  }
}

TEST(Selectors, TakeQuotedNames) {
  const ExprPtr expr = MustParse(R"({"my metric", 'my label'="x", `raw`=~"y+"})");
  const VectorSelector& selector = SelectorOf(expr);
  EXPECT_EQ(selector.name, "");
  ASSERT_EQ(selector.matchers.size(), 3u);
  EXPECT_EQ(selector.matchers[0].name, "__name__");
  EXPECT_EQ(selector.matchers[0].value, "my metric");
  EXPECT_EQ(selector.matchers[1].name, "my label");
  EXPECT_EQ(selector.matchers[2].name, "raw");
}

TEST(Selectors, MayBeNamedLikeKeywords) {
  for (const char* name :
       {"sum",  "by",        "without",  "offset", "and",    "or",       "unless",   "start",
        "end",  "step",      "range",    "max_of", "min_of", "anchored", "smoothed", "limitk",
        "fill", "fill_left", "quantile", "SUM",    "a:b",    ":c"}) {
    EXPECT_EQ(SelectorOf(MustParse(name)).name, name);
    EXPECT_EQ(ShapeOf(std::string(name) + " * " + name),
              "(" + std::string(name) + "*" + name + ")");
  }
}

TEST(Selectors, MayNotBeNamedLikeTheseKeywords) {
  for (const char* name : {"bool", "on", "ignoring", "group_left", "group_right", "atan2"}) {
    EXPECT_NE(ErrorOf(name).find("parse error: unexpected <"), std::string::npos) << name;
  }
}

TEST(Modifiers, AreTakenInAnyOrder) {
  for (const char* query :
       {"x @ 10 offset 5m", "x offset 5m @ 10", "x offset 300 @ 10s", "x offset (5m) @ 10"}) {
    const ExprPtr expr = MustParse(query);
    EXPECT_EQ(SelectorOf(expr).at.kind, AtModifier::Kind::kTimestamp);
    EXPECT_EQ(SelectorOf(expr).at.timestamp_ms, 10'000);
  }
  EXPECT_EQ(SelectorOf(MustParse("x offset 5m @ 10")).offset.nanoseconds, 300'000'000'000);
}

TEST(Modifiers, TakeTimestampsOfAllKinds) {
  EXPECT_EQ(SelectorOf(MustParse("x @ -1.2345")).at.timestamp_ms, -1235);
  EXPECT_EQ(SelectorOf(MustParse("x @ 1h")).at.timestamp_ms, 3'600'000);
  EXPECT_EQ(SelectorOf(MustParse("x @ start()")).at.kind, AtModifier::Kind::kStart);
  EXPECT_EQ(SelectorOf(MustParse("x @ END()")).at.kind, AtModifier::Kind::kEnd);
}

TEST(Modifiers, OffsetsMayBeNegativeAndRepeatedAfterZero) {
  EXPECT_EQ(SelectorOf(MustParse("x offset -1.5")).offset.nanoseconds, -1'500'000'000);
  EXPECT_EQ(SelectorOf(MustParse("x offset 0s offset 1s")).offset.nanoseconds, 1'000'000'000);
}

TEST(Modifiers, AnchoredAndSmoothedMayStandBeforeOrBehindTheRange) {
  for (const char* query : {"x anchored [5m]", "x[5m] anchored"}) {
    const ExprPtr expr = MustParse(query);
    EXPECT_EQ(As<MatrixSelector>(*expr).selector->modifier, RangeModifier::kAnchored) << query;
  }
  EXPECT_EQ(SelectorOf(MustParse("x smoothed")).modifier, RangeModifier::kSmoothed);
}

TEST(Ranges, BelongToSelectors) {
  const ExprPtr expr = MustParse("x{a='b'}[1h30m] offset 1m @ start()");
  const auto& matrix = As<MatrixSelector>(*expr);
  EXPECT_EQ(matrix.type(), ValueType::kMatrix);
  EXPECT_EQ(matrix.range.nanoseconds, 5'400'000'000'000);
  EXPECT_EQ(matrix.selector->offset.nanoseconds, 60'000'000'000);
  EXPECT_EQ(matrix.selector->at.kind, AtModifier::Kind::kStart);
  EXPECT_EQ(As<MatrixSelector>(*MustParse("x[300]")).range.nanoseconds, 300'000'000'000);
}

TEST(Subqueries, HaveARangeAndPerhapsAStep) {
  const ExprPtr with_step = MustParse("(x + y)[10m:5s] offset 1m @ 3");
  const auto& subquery = As<SubqueryExpr>(*with_step);
  EXPECT_EQ(subquery.range.nanoseconds, 600'000'000'000);
  EXPECT_EQ(subquery.step->nanoseconds, 5'000'000'000);
  EXPECT_EQ(subquery.offset.nanoseconds, 60'000'000'000);
  EXPECT_EQ(subquery.at.timestamp_ms, 3000);
  EXPECT_FALSE(As<SubqueryExpr>(*MustParse("x[10m:]")).step.has_value());
}

TEST(Subqueries, BindTighterThanSigns) {
  EXPECT_EQ(ErrorOf("-x[5m:]"),
            "1:1: parse error: unary expression only allowed on expressions of type scalar or "
            "instant vector, got \"range vector\"");
}

TEST(Aggregations, TakeLabelsBeforeOrBehind) {
  for (const char* query : {"sum by (a, b) (x)", "sum(x) by (a, b)", "SUM BY (a, b,) (x)"}) {
    const ExprPtr expr = MustParse(query);
    const auto& sum = As<AggregateExpr>(*expr);
    EXPECT_EQ(sum.op, AggregateOp::kSum);
    EXPECT_FALSE(sum.without);
    EXPECT_EQ(sum.grouping, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(sum.parameter, nullptr);
  }
  EXPECT_TRUE(As<AggregateExpr>(*MustParse("avg without () (x)")).without);
  EXPECT_TRUE(As<AggregateExpr>(*MustParse("avg(x) by ()")).grouping.empty());
}

TEST(Aggregations, TakeTheirParameterFirst) {
  for (const char* name :
       {"topk", "bottomk", "quantile", "limitk", "limit_ratio", "count_values"}) {
    const bool string = std::string_view(name) == "count_values";
    const ExprPtr expr = MustParse(std::string(name) + (string ? "('v', x)" : "(1, x)"));
    const auto& aggregate = As<AggregateExpr>(*expr);
    EXPECT_EQ(AggregateName(aggregate.op), name);
    EXPECT_EQ(aggregate.expr->kind(), ExprKind::kVectorSelector);
    EXPECT_EQ(aggregate.parameter->kind(), string ? ExprKind::kString : ExprKind::kNumber);
  }
}

TEST(Calls, FindTheirFunction) {
  const ExprPtr expr = MustParse("clamp(x, 1, 2)");
  const auto& call = As<Call>(*expr);
  EXPECT_EQ(call.function, FindFunction("clamp"));
  EXPECT_EQ(call.arguments.size(), 3u);
  EXPECT_TRUE(As<Call>(*MustParse("time()")).arguments.empty());
  EXPECT_EQ(MustParse("scalar(x)")->type(), ValueType::kScalar);
}

TEST(Calls, WordsOfDurationsAreFunctionsToo) {
  for (const char* query :
       {"start()", "end()", "step()", "range()", "max_of(1, 2)", "min_of((1), -2)"}) {
    EXPECT_EQ(MustParse(query)->kind(), ExprKind::kCall) << query;
  }
  // The keyword has no case, the function has.
  EXPECT_EQ(ErrorOf("STEP()"), "1:1: parse error: unknown function with name \"STEP\"");
}

TEST(Calls, OfInfoTakeAnyLabelSelector) {
  EXPECT_EQ(MustParse("info(x, {})")->kind(), ExprKind::kCall);
  EXPECT_EQ(MustParse(R"(info(x, {a=~".*"}))")->kind(), ExprKind::kCall);
  EXPECT_EQ(MustParse(R"(info(x, {__name__="y"}))")->kind(), ExprKind::kCall);
}

TEST(Parentheses, AreKept) {
  const ExprPtr expr = MustParse("((x))");
  EXPECT_EQ(ShapeOf("((x))"), "[[x]]");
  EXPECT_EQ(expr->type(), ValueType::kVector);
}

TEST(AggregateOps, AreListedByName) {
  std::string last;
  for (const AggregateOp op : AllAggregateOps()) {
    EXPECT_LT(last, AggregateName(op));
    last = AggregateName(op);
  }
  EXPECT_EQ(AllAggregateOps().size(), 14u);
}

}  // namespace
}  // namespace promlite::promql
