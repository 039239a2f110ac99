#include "promlite/parser/promql/parser.h"

#include <memory>
#include <string>
#include <utility>

#include "promlite/parser/promql/duration_builder.h"
#include "promlite/parser/promql/expression_builder.h"
#include "promlite/parser/promql/grammar.h"
#include "promlite/parser/promql/lexer.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/parse_limits.h"
#include "promlite/parser/promql/selector_builder.h"
#include "promlite/parser/promql/type_check.h"

// What happens when a rule of the grammar matches, and what is said when one that must match does
// not.
namespace promlite::promql::internal {
namespace {

using Place = DurationBuilder::Place;

// What the actions work on.
struct ParseState {
  ParseState(std::string_view query, const ParseOptions& options)
      : query(query), expression(query, options), duration(query), selector(query, options) {}

  const std::string_view query;
  ExpressionBuilder expression;
  DurationBuilder duration;
  SelectorBuilder selector;

  // Tokens that the action of a later rule needs.
  Token function_word, left_bracket, matching_word, group_word, label_choice, at_bound;
  int32_t labels_end = 0;
  Duration range, step;
  double at_sign = 1;
};

// ---- errors ---------------------------------------------------------------------------------

// What is expected where the rule must match; rules without one are described by what is open.
template <typename Rule>
inline constexpr Expectation kExpectation{};

template <>
constexpr Expectation kExpectation<grammar::labels_open>{"grouping opts", "\"(\""};
template <>
constexpr Expectation kExpectation<grammar::grouping_label>{"grouping opts", "label"};
template <>
constexpr Expectation kExpectation<grammar::labels_close>{"grouping opts", "\",\" or \")\""};
template <>
constexpr Expectation kExpectation<grammar::matcher>{"label matching", "identifier or \"}\""};
template <>
constexpr Expectation kExpectation<grammar::match_operator>{"label matching",
                                                            "label matching operator"};
template <>
constexpr Expectation kExpectation<grammar::match_value>{"label matching", "string"};
template <>
constexpr Expectation kExpectation<grammar::brace_close>{"label matching", "\",\" or \"}\""};
template <>
constexpr Expectation kExpectation<grammar::at_time>{"@", "timestamp"};
template <>
constexpr Expectation kExpectation<grammar::at_number>{"@", "timestamp"};
template <>
constexpr Expectation kExpectation<grammar::at_open>{"@", "timestamp"};
template <>
constexpr Expectation kExpectation<grammar::at_close>{"@", "timestamp"};
template <>
constexpr Expectation kExpectation<grammar::after_range>{"subquery or range", "\":\" or \"]\""};
template <>
constexpr Expectation kExpectation<grammar::step_close>{"subquery selector", "\"]\""};

Expectation ExpectationOfWhatIsOpen(const ParseState& state) {
  return state.duration.place() != Place::kNone ? state.duration.expectation()
                                                : state.expression.expectation();
}

template <typename Rule>
struct Control : tao::pegtl::normal<Rule> {
  [[noreturn]] static void raise(const TokenInput& in, ParseState& state) {
    constexpr Expectation expectation = kExpectation<Rule>;
    FailAtToken(in.last_read(), in.query(),
                expectation.context.empty() ? ExpectationOfWhatIsOpen(state) : expectation);
  }
};

// ---- actions --------------------------------------------------------------------------------

template <typename Rule>
struct Action {};

// An action that hands the rule's first token to `handle`, a lambda (ParseState&, const Token&).
template <auto handle>
struct OnToken {
  static auto apply(const MatchedTokens& in, ParseState& state) {
    return handle(state, in.first());
  }
};

// An action that looks at no token; `handle` is a lambda (ParseState&). If it returns false, the
// rule does not match.
template <auto handle>
struct OnMatch {
  static auto apply0(ParseState& state) { return handle(state); }
};

// Lists of labels.

template <>
struct Action<grammar::labels_open>
    : OnToken<[](ParseState& s, const Token&) { s.expression.BeginLabels(); }> {};
template <>
struct Action<grammar::grouping_label>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.Label(token); }> {};
template <>
struct Action<grammar::labels_close>
    : OnToken<[](ParseState& s, const Token& token) { s.labels_end = token.position.end; }> {};

// Selectors.

template <>
struct Action<grammar::metric_name>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.Name(token); }> {};
template <>
struct Action<grammar::no_metric_name> : OnMatch<[](ParseState& s) { s.selector.Begin(); }> {};
template <>
struct Action<grammar::brace_open>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.LeftBrace(token); }> {};
template <>
struct Action<grammar::label_name>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.LabelName(token); }> {};
template <>
struct Action<grammar::quoted_name>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.LabelName(token); }> {};
template <>
struct Action<grammar::match_operator>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.Operator(token); }> {};
template <>
struct Action<grammar::match_value>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.Value(token); }> {};
template <>
struct Action<grammar::quoted_metric_name>
    : OnMatch<[](ParseState& s) { s.selector.QuotedMetricName(); }> {};
template <>
struct Action<grammar::brace_close>
    : OnToken<[](ParseState& s, const Token& token) { s.selector.RightBrace(token); }> {};

// Durations.

template <>
struct Action<grammar::duration_sign>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.Sign(token); }> {};
template <>
struct Action<grammar::duration_literal>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.Number(token); }> {};
template <>
struct Action<grammar::duration_word>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.Word(token); }> {};
template <>
struct Action<grammar::duration_word_end>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.EndWord(token); }> {};
template <>
struct Action<grammar::duration_paren_open>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.OpenParen(token); }> {};
template <>
struct Action<grammar::min_max_word>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.OpenMinMax(token); }> {};
template <>
struct Action<grammar::duration_close>
    : OnToken<[](ParseState& s, const Token& token) { return s.duration.CloseGroup(token); }> {};
template <>
struct Action<grammar::duration_comma>
    : OnToken<[](ParseState& s, const Token&) { return s.duration.NextArgument(); }> {};
template <>
struct Action<grammar::duration_operator>
    : OnToken<[](ParseState& s, const Token& token) { s.duration.Operator(token); }> {};
template <>
struct Action<grammar::duration_may_continue>
    : OnMatch<[](ParseState& s) { return s.duration.MayContinue(); }> {};
template <>
struct Action<grammar::duration_in_group>
    : OnMatch<[](ParseState& s) { return !s.duration.AllGroupsClosed(); }> {};
template <>
struct Action<grammar::duration_all_closed> : OnMatch<[](ParseState& s) {
  s.duration.ReduceOperators();
  return s.duration.AllGroupsClosed();
}> {};

// Modifiers of selectors.

template <>
struct Action<grammar::offset_word>
    : OnToken<[](ParseState& s, const Token&) { s.duration.Begin(Place::kOffset); }> {};
template <>
struct Action<grammar::offset_ends_early>
    : OnMatch<[](ParseState& s) { s.duration.EndAfterOneOperand(); }> {};
template <>
struct Action<grammar::offset_end> : OnMatch<[](ParseState& s) {
  Duration offset = s.duration.Finish();
  s.expression.Offset(std::move(offset), s.duration.end());
}> {};
template <>
struct Action<grammar::at_sign> : OnToken<[](ParseState& s, const Token&) { s.at_sign = 1; }> {};
template <>
struct Action<grammar::at_number_sign> : OnToken<[](ParseState& s, const Token& token) {
  s.at_sign = token.kind == TokenKind::kSub ? -1 : 1;
}> {};
template <>
struct Action<grammar::at_number> : OnToken<[](ParseState& s, const Token& token) {
  s.expression.Timestamp(s.at_sign * LiteralValue(token, s.query), token.position.end);
}> {};
template <>
struct Action<grammar::at_bound>
    : OnToken<[](ParseState& s, const Token& token) { s.at_bound = token; }> {};
template <>
struct Action<grammar::at_close> : OnToken<[](ParseState& s, const Token& token) {
  s.expression.QueryBound(s.at_bound, token.position.end);
}> {};
template <>
struct Action<grammar::range_modifier>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.Modify(token); }> {};
template <>
struct Action<grammar::bracket_open> : OnToken<[](ParseState& s, const Token& token) {
  s.left_bracket = token;
  s.duration.Begin(Place::kRange);
}> {};
template <>
struct Action<grammar::range_end>
    : OnMatch<[](ParseState& s) { s.range = s.duration.FinishPositive(); }> {};
template <>
struct Action<grammar::range_close> : OnToken<[](ParseState& s, const Token& token) {
  s.expression.Range(std::move(s.range), {s.left_bracket.position.start, token.position.end});
}> {};
template <>
struct Action<grammar::range_colon>
    : OnToken<[](ParseState& s, const Token&) { s.duration.Begin(Place::kStep); }> {};
template <>
struct Action<grammar::default_step_close> : OnToken<[](ParseState& s, const Token& token) {
  s.duration.Begin(Place::kNone);
  s.expression.Subquery(std::move(s.range), std::nullopt, token.position.end);
}> {};
template <>
struct Action<grammar::step_end>
    : OnMatch<[](ParseState& s) { s.step = s.duration.FinishPositive(); }> {};
template <>
struct Action<grammar::step_close> : OnToken<[](ParseState& s, const Token& token) {
  s.expression.Subquery(std::move(s.range), std::move(s.step), token.position.end);
}> {};

// Binary operators.

template <>
struct Action<grammar::binary_operator>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.BinaryOperator(token); }> {};
template <>
struct Action<grammar::bool_word>
    : OnToken<[](ParseState& s, const Token&) { s.expression.Bool(); }> {};
template <>
struct Action<grammar::matching_word>
    : OnToken<[](ParseState& s, const Token& token) { s.matching_word = token; }> {};
template <>
struct Action<grammar::matching_end>
    : OnMatch<[](ParseState& s) { s.expression.Matching(s.matching_word); }> {};
template <>
struct Action<grammar::group_word> : OnToken<[](ParseState& s, const Token& token) {
  s.group_word = token;
  s.expression.BeginLabels();
}> {};
template <>
struct Action<grammar::group_end>
    : OnMatch<[](ParseState& s) { s.expression.Group(s.group_word); }> {};
template <>
struct Action<grammar::fill_open>
    : OnToken<[](ParseState& s, const Token&) { s.expression.BeginFill(); }> {};
template <>
struct Action<grammar::fill_sign>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.FillSign(token); }> {};
template <>
struct Action<grammar::fill_number>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.FillNumber(token); }> {};
template <>
struct Action<grammar::fill_both_end>
    : OnMatch<[](ParseState& s) { s.expression.EndFill(ExpressionBuilder::FillSide::kBoth); }> {};
template <>
struct Action<grammar::fill_left_end>
    : OnMatch<[](ParseState& s) { s.expression.EndFill(ExpressionBuilder::FillSide::kLeft); }> {};
template <>
struct Action<grammar::fill_right_end>
    : OnMatch<[](ParseState& s) { s.expression.EndFill(ExpressionBuilder::FillSide::kRight); }> {};

// Calls and aggregations.

template <>
struct Action<grammar::function_word>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.OpenCall(token); }> {};
template <>
struct Action<grammar::aggregate_word>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.OpenAggregate(token); }> {};
template <>
struct Action<grammar::label_choice>
    : OnToken<[](ParseState& s, const Token& token) { s.label_choice = token; }> {};
template <>
struct Action<grammar::leading_labels_end>
    : OnMatch<[](ParseState& s) { s.expression.AggregateLabels(s.label_choice); }> {};
template <>
struct Action<grammar::at_first_argument>
    : OnMatch<[](ParseState& s) { return s.expression.AtFirstArgument(); }> {};
template <>
struct Action<grammar::in_arguments>
    : OnMatch<[](ParseState& s) { return s.expression.InArguments(); }> {};
template <>
struct Action<grammar::argument_comma>
    : OnToken<[](ParseState& s, const Token&) { s.expression.NextArgument(); }> {};
template <>
struct Action<grammar::trailing_comma>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.RefuseTrailingComma(token); }> {
};
template <>
struct Action<grammar::call_close>
    : OnToken<[](ParseState& s, const Token& token) { return s.expression.CloseCall(token); }> {};
template <>
struct Action<grammar::aggregate_close> : OnToken<[](ParseState& s, const Token& token) {
  return s.expression.CloseAggregate(token);
}> {};
template <>
struct Action<grammar::labels_may_follow>
    : OnMatch<[](ParseState& s) { return s.expression.AggregateLabelsMayFollow(); }> {};
template <>
struct Action<grammar::trailing_labels_end> : OnMatch<[](ParseState& s) {
  s.expression.TrailingAggregateLabels(s.label_choice, s.labels_end);
}> {};
template <>
struct Action<grammar::aggregate_end>
    : OnMatch<[](ParseState& s) { s.expression.FinishAggregate(); }> {};

// Expressions.

template <>
struct Action<grammar::expression_sign>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.Sign(token); }> {};
template <>
struct Action<grammar::paren_open>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.OpenParen(token); }> {};
template <>
struct Action<grammar::paren_close>
    : OnToken<[](ParseState& s, const Token& token) { return s.expression.CloseParen(token); }> {};
template <>
struct Action<grammar::number>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.Number(token); }> {};
template <>
struct Action<grammar::string>
    : OnToken<[](ParseState& s, const Token& token) { s.expression.String(token); }> {};
template <>
struct Action<grammar::whole_selector>
    : OnMatch<[](ParseState& s) { s.expression.Selector(s.selector.Finish()); }> {};
// Also before a token that may not follow: what is wrong before it comes first.
template <>
struct Action<grammar::expression_end>
    : OnMatch<[](ParseState& s) { s.expression.ReduceOperators(); }> {};
template <>
struct Action<grammar::nothing>
    : OnMatch<[](ParseState&) { Fail({0, 0}, "no expression found in input"); }> {};

// Matches the grammar against the query's tokens and returns the tree, whose types have not been
// checked. Throws a ParseFailure.
std::shared_ptr<Expr> ParseExpression(std::string_view query, const ParseOptions& options) {
  Lexer lexer(query, options);
  TokenInput tokens(&lexer);
  ParseState state(query, options);
  // Everything in the grammar that can fail must match, so this returns true or throws.
  static_cast<void>(tao::pegtl::parse<grammar::query, Action, Control>(tokens, state));
  return state.expression.Finish();
}

}  // namespace
}  // namespace promlite::promql::internal

namespace promlite::promql {

absl::StatusOr<ExprPtr> Parse(std::string_view query, const ParseOptions& options) {
  try {
    if (query.size() > internal::kMaxQueryBytes) {
      internal::Fail({0, 0}, "query of " + std::to_string(query.size()) +
                                 " bytes is too long: at most " +
                                 std::to_string(internal::kMaxQueryBytes) + " are allowed");
    }
    const std::shared_ptr<Expr> root = internal::ParseExpression(query, options);
    internal::CheckTypes(root, query);
    return ExprPtr(root);
  } catch (const internal::ParseFailure& failure) {
    return internal::ParseErrorStatus(query, failure);
  }
}

}  // namespace promlite::promql
