#include "promlite/apps/repl/shell/query_completion.h"

#include <algorithm>
#include <string>
#include <utility>

#include "promlite/apps/repl/commands/function_help.h"
#include "promlite/apps/repl/text/token_scan.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::repl {
namespace {

using Kind = Token::Kind;

constexpr std::string_view kGroupingWords[] = {"by",       "without",    "on",
                                               "ignoring", "group_left", "group_right"};
constexpr std::string_view kInfixWords[] = {"and", "atan2",  "bool",       "offset",
                                            "or",  "unless", "group_left", "group_right"};
constexpr std::string_view kRanges[] = {"1m]", "5m]", "15m]", "1h]", "6h]", "1d]", "7d]"};

bool IsGroupingWord(const Token& token) {
  return std::any_of(std::begin(kGroupingWords), std::end(kGroupingWords),
                     [&](std::string_view word) { return IsKeyword(token, word); });
}

Candidate Plain(std::string_view text) { return {std::string(text), std::string(text), ""}; }

// Works on the tokens before the cursor, the last of which may be the word that is being typed.
class QueryCompleter {
 public:
  QueryCompleter(std::string_view query, size_t cursor, const Catalogue& catalogue,
                 promql::UnquotedNames names)
      : query_(query), cursor_(cursor), catalogue_(catalogue), names_(names) {}

  Completion Run() {
    const std::string_view before = query_.substr(0, cursor_);
    if (EndsInComment(before)) return {cursor_, {}};
    tokens_ = ScanTokens(before);
    TakeTypedWord();
    FindOpenBracket();
    std::vector<Candidate> candidates;
    if (open_ == tokens_.size()) {
      candidates = Expression();
    } else if (tokens_[open_].text == "{") {
      candidates = InBraces();
    } else if (tokens_[open_].text == "[") {
      candidates = Ranges();
    } else if (open_ > 0 && IsGroupingWord(tokens_[open_ - 1])) {
      candidates = LabelList();
    } else {
      candidates = Expression();
    }
    return {begin_,
            MatchingCandidates(query_.substr(begin_, cursor_ - begin_), std::move(candidates))};
  }

 private:
  // A word, a number or an unclosed string right before the cursor is being typed.
  void TakeTypedWord() {
    begin_ = cursor_;
    if (tokens_.empty()) return;
    const Token& last = tokens_.back();
    if (last.begin + last.text.size() != cursor_) return;
    if (last.kind == Kind::kString && !last.closed) {
      quote_ = last.text.front();
      begin_ = last.begin + 1;
    } else if (last.kind == Kind::kWord || last.kind == Kind::kNumber) {
      begin_ = last.begin;
    } else {
      return;
    }
    tokens_.pop_back();
  }

  // The innermost bracket that is still open.
  void FindOpenBracket() {
    open_ = tokens_.size();
    size_t closed = 0;
    for (size_t i = tokens_.size(); i-- > 0;) {
      if (tokens_[i].kind == Kind::kClose) ++closed;
      if (tokens_[i].kind != Kind::kOpen) continue;
      if (closed == 0) {
        open_ = i;
        return;
      }
      --closed;
    }
  }

  std::vector<Candidate> Expression() const {
    if (quote_ != 0) return {};
    std::vector<Candidate> candidates;
    if (!tokens_.empty() && EndsOperand(tokens_.back())) {
      for (const std::string_view word : kInfixWords) candidates.push_back(Plain(word));
      if (tokens_.back().text == "]") {
        candidates.push_back({"exact", "exact", "what each writer counted"});
        candidates.push_back({"anchored", "anchored", "from the sample before the range"});
        candidates.push_back({"smoothed", "smoothed", "drawn between samples"});
      }
      candidates.push_back({"by (", "by", ""});
      candidates.push_back({"without (", "without", ""});
      return candidates;
    }
    if (!tokens_.empty() && tokens_.back().kind == Kind::kOperator) {
      candidates.push_back({"on (", "on", ""});
      candidates.push_back({"ignoring (", "ignoring", ""});
    }
    AddOperands(&candidates);
    return candidates;
  }

  // Whether an operand ends here, so that an operator is next. A grouping's parentheses end none.
  bool EndsOperand(const Token& token) const {
    switch (token.kind) {
      case Kind::kNumber:
      case Kind::kString:
        return true;
      case Kind::kWord:
        return std::none_of(std::begin(kInfixWords), std::end(kInfixWords),
                            [&](std::string_view word) { return IsKeyword(token, word); }) ||
               &token == &tokens_.front();
      case Kind::kClose:
        return !ClosesGrouping();
      default:
        return false;
    }
  }

  // Whether the last token closes `by (...)` behind an aggregator, `on (...)` and the like.
  bool ClosesGrouping() const {
    size_t i = tokens_.size() - 1, closed = 0;
    for (;; --i) {
      if (tokens_[i].kind == Kind::kClose) ++closed;
      if (tokens_[i].kind == Kind::kOpen && --closed == 0) break;
      if (i == 0) return false;
    }
    if (i == 0 || !IsGroupingWord(tokens_[i - 1])) return false;
    const Token& word = tokens_[i - 1];
    if (!IsKeyword(word, "by") && !IsKeyword(word, "without")) return true;
    return i >= 2 && IsAggregator(tokens_[i - 2]);
  }

  void AddOperands(std::vector<Candidate>* candidates) const {
    for (const promql::Function& function : promql::AllFunctions()) {
      candidates->push_back({std::string(function.name) + "(", std::string(function.name),
                             FunctionUsage(function).substr(function.name.size())});
    }
    for (const promql::AggregateOp op : promql::AllAggregateOps()) {
      const std::string name(promql::AggregateName(op));
      candidates->push_back({name + "(", name, "aggregation"});
    }
    for (const std::string& metric : catalogue_.MetricNames()) {
      const bool unquoted = promql::IsUnquotedMetricName(metric, names_);
      const std::string text = unquoted ? metric : "{" + QuoteString(metric) + "}";
      candidates->push_back({text, metric, catalogue_.Describe(metric)});
    }
  }

  // The metric names written anywhere in the query.
  std::vector<std::string> MentionedMetrics() const {
    const std::vector<std::string> known = catalogue_.MetricNames();
    std::vector<std::string> mentioned;
    for (const Token& token : ScanTokens(query_)) {
      std::string name(token.text);
      if (token.kind == Kind::kString && token.closed && name.size() >= 2) {
        name = name.substr(1, name.size() - 2);
      }
      if (std::binary_search(known.begin(), known.end(), name)) mentioned.push_back(name);
    }
    return mentioned;
  }

  // The metric that the braces belong to, named before or inside them.
  std::vector<std::string> MetricOfBraces() const {
    if (open_ > 0 && tokens_[open_ - 1].kind == Kind::kWord) {
      return {std::string(tokens_[open_ - 1].text)};
    }
    for (size_t i = open_ + 1; i < tokens_.size(); ++i) {
      const bool alone = tokens_[i - 1].text == "{" || tokens_[i - 1].text == ",";
      const bool named =
          i >= open_ + 3 && tokens_[i - 1].text == "=" && tokens_[i - 2].text == kMetricName;
      if (tokens_[i].kind == Kind::kString && (alone || named)) {
        return {std::string(tokens_[i].text.substr(1, tokens_[i].text.size() - 2))};
      }
    }
    return {};
  }

  // The tokens of the matcher or label that is being typed.
  size_t BeginOfItem() const {
    size_t begin = tokens_.size();
    while (begin > open_ + 1 && tokens_[begin - 1].text != ",") --begin;
    return begin;
  }

  std::vector<Candidate> InBraces() {
    const size_t item = BeginOfItem();
    const size_t complete = tokens_.size() - item;
    if (complete == 0) return quote_ == 0 ? MatcherNames() : QuotedNames();
    if (complete == 2) return Values(tokens_[item], tokens_[item + 1]);
    if (complete == 1 && begin_ == cursor_) {
      return {Plain("="), Plain("!="), Plain("=~"), Plain("!~")};
    }
    return {};
  }

  std::vector<Candidate> MatcherNames() const {
    std::vector<Candidate> candidates;
    for (const std::string& name : catalogue_.LabelNames(MetricOfBraces())) {
      candidates.push_back({QuotedIfNeeded(name, names_) + "=\"", name, ""});
    }
    return candidates;
  }

  // A string at the place of a label name: a metric's name, or that of a label, that need quotes.
  std::vector<Candidate> QuotedNames() const {
    std::vector<Candidate> candidates;
    const std::string end(1, quote_);
    for (const std::string& metric : catalogue_.MetricNames()) {
      if (promql::IsUnquotedMetricName(metric, names_)) continue;
      candidates.push_back({Escaped(metric) + end, metric, ""});
    }
    for (const std::string& name : catalogue_.LabelNames({})) {
      if (promql::IsUnquotedLabelName(name, names_)) continue;
      candidates.push_back({Escaped(name) + end + "=\"", name, ""});
    }
    return candidates;
  }

  std::vector<Candidate> Values(const Token& label, const Token& op) {
    std::string name(label.text);
    if (label.kind == Kind::kString) name = name.substr(1, name.size() - 2);
    const std::string open = quote_ == 0 ? "\"" : "";
    if (quote_ == 0) {
      if (begin_ != cursor_) return {};
      quote_ = '"';
    }
    const bool is_regex = op.text == "=~" || op.text == "!~";
    if (is_regex) {
      // The alternative that is being typed.
      const size_t bar = query_.substr(begin_, cursor_ - begin_).find_last_of("|(");
      if (bar != std::string_view::npos) begin_ += bar + 1;
    }
    std::vector<Candidate> candidates;
    for (const std::string& value : catalogue_.LabelValues(name, MetricOfBraces())) {
      // A regular expression may go on with another alternative.
      candidates.push_back(
          {open + Escaped(value) + (is_regex ? "" : std::string(1, quote_)), value, ""});
    }
    return candidates;
  }

  // A string's text as it stands between its quotes.
  std::string Escaped(std::string_view text) const {
    if (quote_ == '`') return std::string(text);
    const std::string quoted = QuoteString(text);
    std::string inside = quoted.substr(1, quoted.size() - 2);
    if (quote_ != '\'') return inside;
    std::string out;
    for (const char c : inside) {
      if (c == '\'') out += '\\';
      out += c;
    }
    return out;
  }

  std::vector<Candidate> LabelList() const {
    std::vector<Candidate> candidates;
    for (const std::string& name : catalogue_.LabelNames(MentionedMetrics())) {
      const bool listed = std::any_of(
          tokens_.begin() + open_, tokens_.end(),
          [&](const Token& token) { return token.text == QuotedIfNeeded(name, names_); });
      if (!listed) candidates.push_back({QuotedIfNeeded(name, names_), name, ""});
    }
    return candidates;
  }

  static std::vector<Candidate> Ranges() {
    std::vector<Candidate> candidates;
    for (const std::string_view range : kRanges) {
      candidates.push_back(
          {std::string(range), std::string(range.substr(0, range.size() - 1)), ""});
    }
    return candidates;
  }

  const std::string_view query_;
  const size_t cursor_;
  const Catalogue& catalogue_;
  const promql::UnquotedNames names_;
  std::vector<Token> tokens_;
  size_t open_ = 0;   // index of the innermost open bracket; tokens_.size() if none
  size_t begin_ = 0;  // of the word that is being typed
  char quote_ = 0;    // the word is inside such quotes
};

}  // namespace

Completion CompleteQuery(std::string_view query, size_t cursor, const Catalogue& catalogue,
                         promql::UnquotedNames names) {
  return QueryCompleter(query, cursor, catalogue, names).Run();
}

std::vector<Candidate> MatchingCandidates(std::string_view word,
                                          std::vector<Candidate> candidates) {
  std::vector<Candidate> matching;
  for (const Candidate& candidate : candidates) {
    if (candidate.text.starts_with(word)) matching.push_back(candidate);
  }
  if (matching.empty()) {
    for (const Candidate& candidate : candidates) {
      if (candidate.display.find(word) != std::string::npos) matching.push_back(candidate);
    }
  }
  std::sort(matching.begin(), matching.end(),
            [](const Candidate& a, const Candidate& b) { return a.text < b.text; });
  matching.erase(
      std::unique(matching.begin(), matching.end(),
                  [](const Candidate& a, const Candidate& b) { return a.text == b.text; }),
      matching.end());
  return matching;
}

}  // namespace promlite::repl
