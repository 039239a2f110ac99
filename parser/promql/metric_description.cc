#include "promlite/parser/promql/metric_description.h"

#include <algorithm>
#include <limits>

#include "promlite/parser/promql/lexer.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/token.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql {
namespace {

using internal::Expectation;
using internal::Token;
using internal::TokenKind;

constexpr char kMetricName[] = "__name__";
constexpr Expectation kExpectLabel{"label set", "identifier or \"}\""};
constexpr Expectation kExpectEqual{"label set", "\"=\""};
constexpr Expectation kExpectValue{"label set", "string"};
constexpr Expectation kExpectNext{"label set", "\",\" or \"}\""};

class MetricReader {
 public:
  MetricReader(std::string_view text, const ParseOptions& options)
      : text_(text), lexer_(text, options) {}

  MetricDescription Read() {
    Advance();
    Token name;
    if (internal::IsMetricName(token_.kind)) {
      name = token_;
      const auto end = static_cast<size_t>(token_.position.end);
      if (end < text_.size() && text_[end] == '{') Advance();
    }
    if (token_.kind == TokenKind::kLeftBrace) {
      ReadLabels();
    } else if (name.kind == TokenKind::kEnd) {
      internal::FailAtToken(token_, text_, {});
    }
    metric_.bytes = static_cast<size_t>(token_.position.end);
    if (name.kind != TokenKind::kEnd) SetName(std::string(name.Text(text_)));
    std::sort(metric_.labels.begin(), metric_.labels.end());
    return std::move(metric_);
  }

 private:
  void Advance() {
    token_ = lexer_.Next();
    if (token_.kind == TokenKind::kError) internal::Fail(token_.position, lexer_.error());
  }

  void Expect(TokenKind kind, Expectation expectation) {
    if (token_.kind != kind) internal::FailAtToken(token_, text_, expectation);
  }

  // From the left brace to the right one, which is then the current token.
  void ReadLabels() {
    Advance();
    while (token_.kind != TokenKind::kRightBrace) {
      ReadLabel();
      if (token_.kind == TokenKind::kRightBrace) break;
      Expect(TokenKind::kComma, kExpectNext);
      Advance();
    }
  }

  // name="value", "name"="value" or "metric name".
  void ReadLabel() {
    const bool quoted = token_.kind == TokenKind::kString;
    if (!quoted) Expect(TokenKind::kIdentifier, kExpectLabel);
    const std::string_view written = token_.Text(text_);
    std::string name = quoted ? internal::Unquoted(written) : std::string(written);
    Advance();
    if (quoted && token_.kind != TokenKind::kEqual) {
      metric_.labels.emplace_back(kMetricName, std::move(name));
      return;
    }
    Expect(TokenKind::kEqual, kExpectEqual);
    Advance();
    Expect(TokenKind::kString, kExpectValue);
    metric_.labels.emplace_back(std::move(name), internal::Unquoted(token_.Text(text_)));
    Advance();
  }

  // A name before the braces replaces one inside.
  void SetName(std::string name) {
    std::erase_if(metric_.labels, [](const auto& label) { return label.first == kMetricName; });
    metric_.labels.emplace_back(kMetricName, std::move(name));
  }

  const std::string_view text_;
  internal::Lexer lexer_;
  Token token_;
  MetricDescription metric_;
};

}  // namespace

absl::StatusOr<MetricDescription> ParseMetricDescription(std::string_view text,
                                                         const ParseOptions& options) {
  // Positions are 32 bits wide.
  text = text.substr(0, std::numeric_limits<int32_t>::max());
  try {
    return MetricReader(text, options).Read();
  } catch (const internal::ParseFailure& failure) {
    return internal::ParseErrorStatus(text, failure);
  }
}

}  // namespace promlite::promql
