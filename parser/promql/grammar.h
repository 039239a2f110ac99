#ifndef PROMLITE_PARSER_PROMQL_GRAMMAR_H_
#define PROMLITE_PARSER_PROMQL_GRAMMAR_H_

#include <cstddef>
#include <cstdint>
#include <tao/pegtl.hpp>
#include <vector>

#include "promlite/parser/promql/lexer.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

class TokenInput;

// What a PEGTL action is given: the tokens that its rule has matched.
class MatchedTokens {
 public:
  MatchedTokens(const uint32_t& first, const TokenInput& input) : first_(first), input_(input) {}
  const Token& first() const;

 private:
  const uint32_t first_;
  const TokenInput& input_;
};

// The tokens of a query as an input of PEGTL. Tokens are read from the lexer only when a rule looks
// at them; as the grammar looks no further ahead than Prometheus' does, the last token read is the
// one that a syntax error names, and errors of the lexer come before or after others as there.
class TokenInput {
 public:
  using iterator_t = uint32_t;
  using action_t = MatchedTokens;

  explicit TokenInput(Lexer* lexer) : lexer_(*lexer) {}
  TokenInput(const TokenInput&) = delete;
  TokenInput& operator=(const TokenInput&) = delete;

  // The next token. Throws the lexer's error if it is one.
  const Token& current() {
    if (next_ == tokens_.size()) Read();
    return tokens_[next_];
  }
  void bump(size_t count = 1) { next_ += static_cast<uint32_t>(count); }

  template <tao::pegtl::rewind_mode Mode>
  tao::pegtl::internal::marker<iterator_t, Mode> mark() {
    return tao::pegtl::internal::marker<iterator_t, Mode>(next_);
  }

  const Token& token(uint32_t index) const { return tokens_[index]; }
  const Token& last_read() const { return tokens_.back(); }
  std::string_view query() const { return lexer_.query(); }

 private:
  void Read() {
    const Token token = lexer_.Next();
    if (token.kind == TokenKind::kError) Fail(token.position, lexer_.error());
    tokens_.push_back(token);
  }

  Lexer& lexer_;
  std::vector<Token> tokens_;
  uint32_t next_ = 0;
};

inline const Token& MatchedTokens::first() const { return input_.token(first_); }

}  // namespace promlite::promql::internal

// PromQL as a PEGTL grammar over tokens.
//
// The rules do not recurse. Recursion would cost several hundred bytes of stack for each of the
// rules between two parentheses; so the grammar says which token may follow which (operands between
// prefixes and suffixes, parted by separators), and what was opened must be closed by its like is
// the builders' business: their actions return false where a token fits the sequence, but not what
// is open. Precedence is theirs as well.
//
// must<> stands wherever Prometheus would complain, and nowhere does a rule look at a token that
// Prometheus' parser would not have read by then: so its errors come out word for word.
namespace promlite::promql::internal::grammar {

namespace pegtl = tao::pegtl;

// ---- single tokens --------------------------------------------------------------------------

template <TokenKind... kinds>
struct token {
  using rule_t = token;
  using subs_t = pegtl::empty_list;
  template <typename Input>
  static bool match(Input& in) {
    const TokenKind kind = in.current().kind;
    if (((kind != kinds) && ...)) return false;
    in.bump();
    return true;
  }
};

template <auto accepts>
struct token_that {
  using rule_t = token_that;
  using subs_t = pegtl::empty_list;
  template <typename Input>
  static bool match(Input& in) {
    if (!accepts(in.current().kind)) return false;
    in.bump();
    return true;
  }
};

struct left_paren : token<TokenKind::kLeftParen> {};
struct right_paren : token<TokenKind::kRightParen> {};
struct comma : token<TokenKind::kComma> {};
struct sign : token<TokenKind::kAdd, TokenKind::kSub> {};
struct literal : token<TokenKind::kNumber, TokenKind::kDuration> {};
struct end_of_query : token<TokenKind::kEnd> {};

// ---- by (a, b), on (a, b), group_left (a, b) ------------------------------------------------

struct labels_open : left_paren {};
struct labels_close : right_paren {};
struct grouping_label : pegtl::sor<token_that<IsGroupingLabel>, token<TokenKind::kString>> {};
struct labels
    : pegtl::seq<
          pegtl::must<labels_open>,
          pegtl::sor<labels_close, pegtl::seq<pegtl::must<grouping_label>,
                                              pegtl::star<comma, pegtl::not_at<right_paren>,
                                                          pegtl::must<grouping_label>>,
                                              pegtl::opt<comma>, pegtl::must<labels_close>>>> {};

// ---- selectors ------------------------------------------------------------------------------

struct metric_name : token_that<IsMetricName> {};
struct no_metric_name : pegtl::success {};
struct brace_open : token<TokenKind::kLeftBrace> {};
struct brace_close : token<TokenKind::kRightBrace> {};
struct label_name : token<TokenKind::kIdentifier> {};
struct quoted_name : token<TokenKind::kString> {};
struct match_operator : token<TokenKind::kEqual, TokenKind::kNotEqual, TokenKind::kRegexMatch,
                              TokenKind::kRegexNoMatch> {};
struct match_value : token<TokenKind::kString> {};
struct quoted_metric_name : pegtl::success {};
struct matcher
    : pegtl::sor<
          pegtl::seq<label_name, pegtl::must<match_operator>, pegtl::must<match_value>>,
          pegtl::seq<quoted_name, pegtl::sor<pegtl::seq<match_operator, pegtl::must<match_value>>,
                                             quoted_metric_name>>> {};
struct matchers
    : pegtl::seq<
          brace_open,
          pegtl::sor<brace_close,
                     pegtl::seq<pegtl::must<matcher>,
                                pegtl::star<comma, pegtl::not_at<token<TokenKind::kRightBrace>>,
                                            pegtl::must<matcher>>,
                                pegtl::opt<comma>, pegtl::must<brace_close>>>> {};
struct selector
    : pegtl::sor<pegtl::seq<metric_name, pegtl::opt<matchers>>,
                 pegtl::seq<pegtl::at<token<TokenKind::kLeftBrace>>, no_metric_name, matchers>> {};

// ---- durations ------------------------------------------------------------------------------

struct duration_sign : sign {};
struct duration_literal : literal {};
struct duration_word : token<TokenKind::kStep, TokenKind::kRange> {};
struct duration_word_end : right_paren {};
struct duration_paren_open : left_paren {};
struct min_max_word : token<TokenKind::kMaxOf, TokenKind::kMinOf> {};
struct duration_close : right_paren {};
struct duration_comma : comma {};
struct duration_operator : token<TokenKind::kAdd, TokenKind::kSub, TokenKind::kMul, TokenKind::kDiv,
                                 TokenKind::kMod, TokenKind::kPow> {};
struct duration_may_continue : pegtl::success {};
struct duration_in_group : pegtl::success {};
struct duration_all_closed : pegtl::success {};

struct duration_operand
    : pegtl::sor<duration_literal, pegtl::seq<duration_word, pegtl::must<left_paren>,
                                              pegtl::must<duration_word_end>>> {};
struct duration_prefix : pegtl::sor<duration_sign, duration_paren_open,
                                    pegtl::seq<min_max_word, pegtl::must<left_paren>>> {};
struct duration_term : pegtl::seq<pegtl::star<duration_prefix>, pegtl::must<duration_operand>,
                                  pegtl::star<duration_in_group, duration_close>> {};
struct duration_separator : pegtl::sor<pegtl::seq<duration_may_continue, duration_operator>,
                                       pegtl::seq<duration_in_group, duration_comma>> {};
struct duration : pegtl::seq<duration_term, pegtl::star<duration_separator, duration_term>,
                             pegtl::must<duration_all_closed>> {};

// ---- what follows a selector ----------------------------------------------------------------

struct offset_word : token<TokenKind::kOffset> {};
// An offset that begins so ends with its first operand: `x offset 5m + y` adds y to x.
struct offset_ends_early : pegtl::success {};
struct offset_operand_start : token<TokenKind::kNumber, TokenKind::kDuration, TokenKind::kStep,
                                    TokenKind::kRange, TokenKind::kMaxOf, TokenKind::kMinOf> {};
struct offset_end : pegtl::success {};
struct offset
    : pegtl::seq<
          offset_word,
          pegtl::opt<
              pegtl::at<pegtl::sor<offset_operand_start,
                                   pegtl::seq<sign, pegtl::sor<offset_operand_start, left_paren>>>>,
              offset_ends_early>,
          duration, offset_end> {};

struct at_sign : token<TokenKind::kAt> {};
struct at_number_sign : sign {};
struct at_number : literal {};
struct at_bound : token<TokenKind::kStart, TokenKind::kEndOf> {};
struct at_open : left_paren {};
struct at_close : right_paren {};
struct at_time : pegtl::sor<at_number, pegtl::seq<at_number_sign, pegtl::must<at_number>>,
                            pegtl::seq<at_bound, pegtl::must<at_open>, pegtl::must<at_close>>> {};
struct at_modifier : pegtl::seq<at_sign, pegtl::must<at_time>> {};

struct range_modifier : token<TokenKind::kAnchored, TokenKind::kSmoothed, TokenKind::kExact> {};

struct bracket_open : token<TokenKind::kLeftBracket> {};
struct range_end : pegtl::success {};
struct range_close : token<TokenKind::kRightBracket> {};
struct range_colon : token<TokenKind::kColon> {};
struct step_end : pegtl::success {};
struct default_step_close : token<TokenKind::kRightBracket> {};
struct step_close : token<TokenKind::kRightBracket> {};
struct after_range
    : pegtl::sor<range_close,
                 pegtl::seq<range_colon,
                            pegtl::sor<default_step_close,
                                       pegtl::seq<duration, step_end, pegtl::must<step_close>>>>> {
};
struct brackets : pegtl::seq<bracket_open, duration, range_end, pegtl::must<after_range>> {};

struct selector_modifier : pegtl::sor<offset, at_modifier, range_modifier, brackets> {};

// ---- binary operators -----------------------------------------------------------------------

inline bool StandsBetweenOperands(TokenKind kind) { return FindBinaryOp(kind).has_value(); }

struct binary_operator : token_that<StandsBetweenOperands> {};
struct bool_word : token<TokenKind::kBool> {};
struct matching_word : token<TokenKind::kOn, TokenKind::kIgnoring> {};
struct matching_end : pegtl::success {};
struct group_word : token<TokenKind::kGroupLeft, TokenKind::kGroupRight> {};
struct group_end : pegtl::success {};
// Labels are optional only where an operand could follow without them.
struct no_group_labels : pegtl::at<pegtl::not_at<left_paren>, token_that<StartsExpression>> {};
struct matching
    : pegtl::seq<matching_word, labels, matching_end,
                 pegtl::opt<group_word, pegtl::sor<no_group_labels, labels>, group_end>> {};

struct fill_open : left_paren {};
struct fill_sign : sign {};
struct fill_number : literal {};
struct fill_value : pegtl::seq<pegtl::must<fill_open>, pegtl::opt<fill_sign>,
                               pegtl::must<fill_number>, pegtl::must<right_paren>> {};
struct fill_both_end : pegtl::success {};
struct fill_left_end : pegtl::success {};
struct fill_right_end : pegtl::success {};
struct fill_both : pegtl::seq<token<TokenKind::kFill>, fill_value, fill_both_end> {};
struct fill_left : pegtl::seq<token<TokenKind::kFillLeft>, fill_value, fill_left_end> {};
struct fill_right : pegtl::seq<token<TokenKind::kFillRight>, fill_value, fill_right_end> {};
struct fill : pegtl::sor<fill_both, pegtl::seq<fill_left, pegtl::opt<fill_right>>,
                         pegtl::seq<fill_right, pegtl::opt<fill_left>>> {};

struct operator_modifiers
    : pegtl::seq<pegtl::opt<bool_word>, pegtl::opt<matching>, pegtl::opt<fill>> {};

// ---- calls and aggregations -----------------------------------------------------------------

struct function_word : token_that<IsFunctionName> {};
struct call_open : pegtl::seq<pegtl::at<function_word, left_paren>, function_word, left_paren> {};

struct aggregate_word : token<TokenKind::kAggregate> {};
struct label_choice : token<TokenKind::kBy, TokenKind::kWithout> {};
struct leading_labels_end : pegtl::success {};
struct aggregate_open
    : pegtl::seq<pegtl::at<token<TokenKind::kAggregate>, pegtl::sor<label_choice, left_paren>>,
                 aggregate_word, pegtl::opt<label_choice, labels, leading_labels_end>,
                 pegtl::must<left_paren>> {};

struct at_first_argument : pegtl::success {};
struct no_arguments : pegtl::seq<at_first_argument, pegtl::at<right_paren>> {};
struct in_arguments : pegtl::success {};
struct argument_comma : comma {};
struct trailing_comma : comma {};
struct next_argument
    : pegtl::seq<
          in_arguments,
          pegtl::sor<pegtl::seq<pegtl::at<comma, token_that<StartsExpression>>, argument_comma>,
                     trailing_comma>> {};

struct call_close : right_paren {};
struct aggregate_close : right_paren {};
struct labels_may_follow : pegtl::success {};
struct trailing_labels_end : pegtl::success {};
struct aggregate_end : pegtl::success {};
struct aggregate_tail
    : pegtl::seq<aggregate_close,
                 pegtl::opt<labels_may_follow, label_choice, labels, trailing_labels_end>,
                 aggregate_end> {};

// ---- expressions ----------------------------------------------------------------------------

struct expression_sign : sign {};
struct paren_open : left_paren {};
struct paren_close : right_paren {};
struct number : literal {};
struct string : token<TokenKind::kString> {};
struct whole_selector : selector {};

struct prefix : pegtl::sor<expression_sign, paren_open, call_open, aggregate_open> {};
struct operand : pegtl::sor<number, string, whole_selector, no_arguments> {};
struct suffix : pegtl::sor<selector_modifier, paren_close, call_close, aggregate_tail> {};
struct separator : pegtl::sor<pegtl::seq<binary_operator, operator_modifiers>, next_argument> {};

struct term : pegtl::seq<pegtl::star<prefix>, pegtl::must<operand>, pegtl::star<suffix>> {};
struct expression : pegtl::seq<term, pegtl::star<separator, term>> {};

struct nothing : pegtl::at<end_of_query> {};
struct expression_end : pegtl::success {};
struct query
    : pegtl::seq<pegtl::sor<nothing, expression>, expression_end, pegtl::must<end_of_query>> {};

}  // namespace promlite::promql::internal::grammar

#endif  // PROMLITE_PARSER_PROMQL_GRAMMAR_H_
