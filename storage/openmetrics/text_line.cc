#include "promlite/storage/openmetrics/text_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_reading.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::internal {
namespace {

// 2001-01-01 in milliseconds, and the year 32970 in seconds: what is earlier or later was meant in
// the other unit.
constexpr int64_t kEarliestMilliseconds = 978307200000;
constexpr double kLatestSeconds = 978307200000;
// How each line begins that `promtool tsdb dump` prints. Its times are in milliseconds.
constexpr std::string_view kDumpedLine = "{__name__=";
constexpr size_t kQuotedInMessage = 100;

bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class LineParser {
 public:
  LineParser(std::string_view line, TextFormat format, TextOptions::TimeUnit unit, TextLine* out)
      : line_(line),
        rest_(line),
        open_metrics_(format == TextFormat::kOpenMetrics),
        unit_(unit),
        out_(*out) {}

  absl::Status Parse() {
    if (!open_metrics_) SkipBlanks();
    if (rest_.empty()) {
      if (open_metrics_) return Error("an empty line");
      out_.kind = TextLine::Kind::kBlank;
      return absl::OkStatus();
    }
    if (rest_[0] == '#') return open_metrics_ ? ParseHash() : ParsePrometheusHash();
    return ParseSample();
  }

 private:
  absl::Status Error(std::string_view why) const {
    return absl::InvalidArgumentError(absl::StrCat(Absl(why), ", in ", QuotedLine(line_)));
  }

  void SkipBlanks() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t')) rest_.remove_prefix(1);
  }
  // Between the parts of a line: one space in OpenMetrics, any number of blanks otherwise.
  bool TakeSeparator() {
    if (!open_metrics_) {
      SkipBlanks();
      return true;
    }
    return TakeChar(' ');
  }
  void SkipOptionalBlanks() {
    if (!open_metrics_) SkipBlanks();
  }
  bool TakeChar(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeWord(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::string_view TakeUntilBlank() {
    const size_t end = rest_.find_first_of(open_metrics_ ? " " : " \t");
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(word.size());
    return word;
  }
  // A name of letters, digits and underscores (and colons, if it is a metric's).
  std::string_view TakeName(bool colons) {
    size_t size = 0;
    while (size < rest_.size() && (IsNameStart(rest_[size]) || (colons && rest_[size] == ':') ||
                                   (size > 0 && IsDigit(rest_[size])))) {
      ++size;
    }
    const std::string_view name = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return name;
  }
  // What stands between quotes, not unescaped.
  bool TakeQuoted(std::string_view* text) {
    if (rest_.empty() || rest_[0] != '"') return false;
    for (size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
        // Prometheus' lexer reads over NULs as if they were not there, and keeps them.
        while (i < rest_.size() && rest_[i] == '\0') ++i;
      } else if (rest_[i] == '"') {
        *text = rest_.substr(1, i - 1);
        rest_.remove_prefix(i + 1);
        return true;
      }
    }
    return false;
  }
  std::string_view Plain(std::string_view text) {
    if (text.find('\\') == text.npos) return text;
    return out_.unescaped.emplace_back(Unescape(text));
  }

  absl::Status ParseHash() {
    rest_.remove_prefix(1);
    if (!TakeChar(' ')) return Error("expected a space after '#'");
    if (rest_ == "EOF") {
      out_.kind = TextLine::Kind::kEof;
      return absl::OkStatus();
    }
    if (TakeWord("HELP ")) return ParseMetadata(TextLine::Kind::kHelp);
    if (TakeWord("TYPE ")) return ParseMetadata(TextLine::Kind::kType);
    if (TakeWord("UNIT ")) return ParseMetadata(TextLine::Kind::kUnit);
    return Error("expected HELP, TYPE, UNIT or EOF after '#'");
  }

  absl::Status ParsePrometheusHash() {
    rest_.remove_prefix(1);
    out_.kind = TextLine::Kind::kComment;
    if (rest_.empty() || (rest_[0] != ' ' && rest_[0] != '\t')) return absl::OkStatus();
    SkipBlanks();
    TextLine::Kind kind;
    if (TakeWord("HELP")) {
      kind = TextLine::Kind::kHelp;
    } else if (TakeWord("TYPE")) {
      kind = TextLine::Kind::kType;
    } else {
      return absl::OkStatus();
    }
    if (rest_.empty() || (rest_[0] != ' ' && rest_[0] != '\t')) return absl::OkStatus();
    SkipBlanks();
    return ParseMetadata(kind);
  }

  absl::Status ParseMetadata(TextLine::Kind kind) {
    if (!TakeQuoted(&out_.family)) out_.family = TakeName(true);
    if (out_.family.empty()) return Error("expected a metric name");
    out_.family = Plain(out_.family);
    if (open_metrics_) {
      if (rest_.empty()) return Error("expected a text after the metric name");
      if (rest_[0] != ' ') return Error("expected a space after the metric name");
    }
    // In Prometheus text one character parts the name and the text, whatever it is, as in
    // model/textparse/promparse.go.
    if (!rest_.empty()) rest_.remove_prefix(1);
    out_.kind = kind;
    out_.text = rest_;
    if (!IsValidUtf8(out_.text)) return Error("the text is not valid UTF-8");
    return absl::OkStatus();
  }

  absl::Status ParseSample() {
    out_.kind = TextLine::Kind::kSample;
    const char* begin = rest_.data();
    const std::string_view name = TakeName(true);
    if (!name.empty()) out_.labels.emplace_back(kMetricName, name);
    SkipOptionalBlanks();
    if (TakeChar('{')) {
      if (absl::Status status = ParseLabels(Names::kMetricToo); !status.ok()) return status;
    } else if (name.empty()) {
      return Error("expected a metric name");
    }
    if (std::none_of(out_.labels.begin(), out_.labels.end(),
                     [](const auto& label) { return label.first == kMetricName; })) {
      return Error("the metric name is missing");
    }
    out_.series = std::string_view(begin, static_cast<size_t>(rest_.data() - begin));
    return ParseValueAndTime();
  }

  enum class Names { kMetricToo, kLabelsOnly };

  // From behind the opening brace to behind the closing one.
  absl::Status ParseLabels(Names names) {
    bool named = names == Names::kLabelsOnly || !out_.labels.empty();
    for (;;) {
      SkipOptionalBlanks();
      if (TakeChar('}')) return absl::OkStatus();
      std::string_view label;
      const bool quoted = TakeQuoted(&label);
      if (!quoted) label = TakeName(false);
      if (!quoted && label.empty()) return Error("expected a label name");
      if (!IsValidUtf8(label)) return Error("a name is not valid UTF-8");
      SkipOptionalBlanks();
      const bool ends = !rest_.empty() && (rest_[0] == ',' || rest_[0] == '}');
      if (quoted && ends) {
        if (named) return Error("the metric name is set twice, or an equals sign is missing");
        named = true;
        out_.labels.emplace(out_.labels.begin(), kMetricName, Plain(label));
        TakeChar(',');
        continue;
      }
      if (!TakeChar('=')) return Error("expected an equals sign after the label name");
      SkipOptionalBlanks();
      std::string_view value;
      if (!TakeQuoted(&value)) return Error("expected a quoted label value");
      if (!IsValidUtf8(value)) return Error("a label value is not valid UTF-8");
      if (names == Names::kMetricToo) out_.labels.emplace_back(Plain(label), Plain(value));
      SkipOptionalBlanks();
      if (!TakeChar(',') && (rest_.empty() || rest_[0] != '}')) {
        // Prometheus text may leave commas out.
        if (open_metrics_ || rest_.empty()) return Error("expected a comma or a closing brace");
      }
    }
  }

  absl::Status ParseValueAndTime() {
    if (!TakeSeparator()) return Error("expected a value");
    const std::optional<double> value = ParseDecimalFloat(TakeUntilBlank());
    if (!value.has_value()) return Error("expected a number as value");
    out_.value = *value;
    out_.timestamp_ms.reset();
    SkipOptionalBlanks();
    if (!rest_.empty() && rest_.substr(0, 3) != " # ") {
      if (open_metrics_ && !TakeChar(' ')) return Error("expected a timestamp");
      absl::Status status = ParseTime();
      if (!status.ok()) return status;
    }
    if (rest_.empty()) return absl::OkStatus();
    if (open_metrics_ && TakeWord(" # {")) return ParseExemplar();
    if (open_metrics_ && TakeWord(" #")) {
      return Error("expected the labels of the exemplar, in braces, behind \" # \"");
    }
    return Error("expected the end of the line");
  }

  absl::Status ParseTime() {
    switch (unit_) {
      case TextOptions::TimeUnit::kByFormat:
        return open_metrics_ ? ParseSeconds() : ParseMilliseconds();
      case TextOptions::TimeUnit::kSeconds:
        return ParseSeconds();
      case TextOptions::TimeUnit::kMilliseconds:
        return ParseMilliseconds();
    }
    return absl::OkStatus();
  }

  absl::Status DoubtTimeUnit(std::string_view why) {
    out_.doubts_time_unit = true;
    return Error(why);
  }

  absl::Status ParseSeconds() {
    const std::optional<double> seconds = ParseDecimalFloat(TakeUntilBlank());
    if (!seconds.has_value() || !std::isfinite(*seconds)) return Error("expected a timestamp");
    SkipOptionalBlanks();
    const double milliseconds = *seconds * 1000;
    // 2^63
    if (!(std::fabs(milliseconds) < 9223372036854775808.0))
      return Error("the timestamp is out of range");
    if (unit_ == TextOptions::TimeUnit::kByFormat && *seconds >= kLatestSeconds) {
      return DoubtTimeUnit(
          "the timestamp is after the year 32000 if it is in seconds, as in OpenMetrics");
    }
    out_.timestamp_ms = static_cast<int64_t>(milliseconds);
    return absl::OkStatus();
  }

  absl::Status ParseMilliseconds() {
    const std::string_view word = TakeUntilBlank();
    SkipOptionalBlanks();
    int64_t time = 0;
    const char* end = word.data() + word.size();
    const std::from_chars_result result = std::from_chars(word.data(), end, time);
    if (result.ec != std::errc() || result.ptr != end) {
      if (!ParseDecimalFloat(word).has_value()) return Error("expected a timestamp");
      return DoubtTimeUnit(
          "the timestamp is not in whole milliseconds, as Prometheus text has it: if this is "
          "OpenMetrics, in seconds, its last line has to be `# EOF`");
    }
    const bool is_certain = unit_ == TextOptions::TimeUnit::kMilliseconds ||
                            time >= kEarliestMilliseconds || line_.starts_with(kDumpedLine);
    if (!is_certain) {
      return DoubtTimeUnit(
          "the timestamp is before 2001 if it is in milliseconds, as Prometheus text has it: if "
          "this is OpenMetrics, in seconds, its last line has to be `# EOF`");
    }
    out_.timestamp_ms = time;
    return absl::OkStatus();
  }

  absl::Status ParseExemplar() {
    if (absl::Status status = ParseLabels(Names::kLabelsOnly); !status.ok()) return status;
    if (!TakeChar(' ') || !ParseDecimalFloat(TakeUntilBlank()).has_value()) {
      return Error("expected a number as the exemplar's value");
    }
    if (rest_.empty()) return absl::OkStatus();
    TakeChar(' ');
    const std::optional<double> time = ParseDecimalFloat(TakeUntilBlank());
    if (!time.has_value() || !std::isfinite(*time) || !rest_.empty()) {
      return Error("expected the exemplar's timestamp, and then the end of the line");
    }
    return absl::OkStatus();
  }

  const std::string_view line_;
  std::string_view rest_;
  const bool open_metrics_;
  const TextOptions::TimeUnit unit_;
  TextLine& out_;
};

}  // namespace

absl::Status ParseTextLine(std::string_view line, TextFormat format, TextOptions::TimeUnit unit,
                           TextLine* out) {
  out->labels.clear();
  out->unescaped.clear();
  out->family = out->text = out->series = {};
  out->doubts_time_unit = false;
  return LineParser(line, format, unit, out).Parse();
}

std::string QuotedLine(std::string_view line) {
  return absl::StrCat("\"", absl::CHexEscape(Absl(line.substr(0, kQuotedInMessage))),
                      line.size() > kQuotedInMessage ? "..." : "", "\"");
}

std::string Unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[i + 1];
      if (next == '\\' || next == '"' || next == 'n') {
        out.push_back(next == 'n' ? '\n' : next);
        ++i;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

}  // namespace promlite::internal
