#include "promlite/apps/promqltest/script.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/apps/promqltest/language.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promqltest {
namespace {

// The patterns of the language. Compiled for each script: no state outlives one.
struct Patterns {
  RE2 load{R"(^load(?:_(with_nhcb))?\s+(.+?)$)"};
  RE2 instant{R"(^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))?\s+(.+)$)"};
  RE2 range{
      R"(^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$)"};
  RE2 expect{R"(^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$)"};
  RE2 expect_range{R"(^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$)"};
};

class ScriptParser {
 public:
  explicit ScriptParser(std::string_view text) {
    for (const absl::string_view line : absl::StrSplit(Absl(text), '\n')) {
      const absl::string_view trimmed = absl::StripAsciiWhitespace(line);
      // A comment is an empty line, and so ends a block.
      lines_.push_back(trimmed.substr(0, 1) == "#" ? std::string_view() : Std(trimmed));
    }
  }

  absl::StatusOr<std::vector<Command>> Run() {
    std::vector<Command> commands;
    for (; line_ < lines_.size(); ++line_) {
      if (lines_[line_].empty()) continue;
      Command command;
      command.line = line_ + 1;
      if (absl::Status s = ParseCommand(&command); !s.ok()) {
        return absl::InvalidArgumentError(absl::StrCat(line_ + 1, ": ", s.message()));
      }
      commands.push_back(std::move(command));
    }
    return commands;
  }

 private:
  absl::Status ParseCommand(Command* command) {
    const std::string_view line = lines_[line_];
    const std::string word = absl::AsciiStrToLower(Absl(line.substr(0, line.find_first_of(" \t"))));
    if (word == "clear") {
      command->what = ClearCommand{};
      return absl::OkStatus();
    }
    if (absl::StartsWith(word, "load")) return ParseLoad(&command->what.emplace<LoadCommand>());
    if (absl::StartsWith(word, "eval")) return ParseEval(&command->what.emplace<EvalCommand>());
    return absl::InvalidArgumentError(absl::StrCat("invalid command \"", Absl(line), "\""));
  }

  // Steps to the next line of the block; false at its end.
  bool NextLine() {
    if (line_ + 1 >= lines_.size() || lines_[line_ + 1].empty()) return false;
    ++line_;
    return true;
  }

  // ---- load ----

  absl::Status ParseLoad(LoadCommand* load) {
    std::string variant, gap;
    if (!RE2::FullMatch(Piece(lines_[line_]), patterns_.load, &variant, &gap)) {
      return absl::InvalidArgumentError("invalid load command: load[_with_nhcb] <step:duration>");
    }
    load->with_custom_bucket_histograms = !variant.empty();
    absl::StatusOr<absl::Duration> duration = ParseDuration(gap);
    if (!duration.ok()) return duration.status();
    load->gap = *duration;
    std::optional<StartTimesDescription> starts;
    while (NextLine()) {
      if (absl::Status s = ParseLoadLine(load, &starts); !s.ok()) return s;
    }
    if (starts) return absl::InvalidArgumentError("an @st line needs the series' line behind it");
    return absl::OkStatus();
  }

  absl::Status ParseLoadLine(LoadCommand* load, std::optional<StartTimesDescription>* starts) {
    if (!*starts && IsStartTimesLine(lines_[line_])) {
      absl::StatusOr<StartTimesDescription> parsed = ParseStartTimesDescription(lines_[line_]);
      if (!parsed.ok()) return parsed.status();
      *starts = *std::move(parsed);
      return absl::OkStatus();
    }
    absl::StatusOr<SeriesDescription> series = ParseSeriesDescription(lines_[line_]);
    if (!series.ok()) return series.status();
    std::vector<StartTimesDescription::Item> items;
    if (*starts) {
      if ((*starts)->labels != series->labels || (*starts)->items.size() != series->items.size()) {
        return absl::InvalidArgumentError(
            "an @st line must have the labels and the length of the series' line behind it");
      }
      items = std::move((*starts)->items);
      starts->reset();
    }
    Place(*std::move(series), std::move(items), load);
    return absl::OkStatus();
  }

  // A series that is listed twice counts as it stands the second time.
  static void Place(SeriesDescription series, std::vector<StartTimesDescription::Item> starts,
                    LoadCommand* load) {
    for (size_t i = 0; i < load->series.size(); ++i) {
      if (load->series[i].labels != series.labels) continue;
      load->series[i] = std::move(series);
      load->start_times[i] = std::move(starts);
      return;
    }
    load->series.push_back(std::move(series));
    load->start_times.push_back(std::move(starts));
  }

  // ---- eval ----

  absl::Status ParseEval(EvalCommand* eval) {
    if (absl::Status s = ParseEvalLine(eval); !s.ok()) return s;
    if (absl::StatusOr<promql::ExprPtr> expr = promql::Parse(eval->query, kEverything);
        !expr.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("in the query, ", expr.status().message()));
    }
    for (size_t position = 1; NextLine();) {
      absl::StatusOr<bool> ends = ParseExpectation(position, eval);
      if (!ends.ok()) return ends.status();
      if (*ends) break;
      position = eval->series.size() + 1;
    }
    return CheckExpectations(*eval);
  }

  absl::Status ParseEvalLine(EvalCommand* eval) {
    const re2::StringPiece line = Piece(lines_[line_]);
    std::string variant, from, to, step, at;
    if (RE2::FullMatch(line, patterns_.instant, &variant, &at, &eval->query)) {
      absl::StatusOr<absl::Duration> time = ParseDuration(at);
      if (!time.ok()) return time.status();
      eval->time = absl::UnixEpoch() + *time;
    } else if (RE2::FullMatch(line, patterns_.range, &variant, &from, &to, &step, &eval->query)) {
      eval->is_range = true;
      if (absl::Status s = ParseGrid(from, to, step, eval); !s.ok()) return s;
    } else {
      return absl::InvalidArgumentError(
          "invalid evaluation command. Must be either 'eval[_fail|_warn|_ordered] instant [at "
          "<offset:duration>] <query>' or 'eval[_fail|_warn] range from <from> to <to> step <step> "
          "<query>'");
    }
    eval->ordered = variant == "ordered";
    eval->fails = variant == "fail";
    eval->some_warning = variant == "warn";
    eval->some_info = variant == "info";
    return absl::OkStatus();
  }

  static absl::Status ParseGrid(std::string_view from, std::string_view to, std::string_view step,
                                EvalCommand* eval) {
    const absl::StatusOr<absl::Duration> durations[] = {ParseDuration(from), ParseDuration(to),
                                                        ParseDuration(step)};
    for (const absl::StatusOr<absl::Duration>& duration : durations) {
      if (!duration.ok()) return duration.status();
    }
    if (*durations[1] < *durations[0]) {
      return absl::InvalidArgumentError(absl::StrCat("invalid test definition, end timestamp (",
                                                     Absl(to), ") is before start timestamp (",
                                                     Absl(from), ")"));
    }
    eval->start = absl::UnixEpoch() + *durations[0];
    eval->end = absl::UnixEpoch() + *durations[1];
    eval->step = *durations[2];
    return absl::OkStatus();
  }

  // One line behind `eval`. True if it ends the block.
  absl::StatusOr<bool> ParseExpectation(size_t position, EvalCommand* eval) {
    const std::string_view line = lines_[line_];
    if (eval->fails && line.starts_with("expected_fail_message")) {
      eval->failure = MessageExpectation{Rest(line, "expected_fail_message"), nullptr};
      return true;
    }
    if (eval->fails && line.starts_with("expected_fail_regexp")) {
      absl::StatusOr<MessageExpectation> pattern = Pattern(Rest(line, "expected_fail_regexp"));
      if (!pattern.ok()) return pattern.status();
      eval->failure = *std::move(pattern);
      return true;
    }
    if (line.starts_with("expect range vector")) return ParseExpectedRange(line, eval);
    if (line.starts_with("expect string")) return ParseExpectedString(line, eval);
    if (line.substr(0, line.find(' ')) == "expect") return ParseExpect(line, eval);
    if (absl::StatusOr<double> number = ParseNumber(line); number.ok()) {
      eval->scalar = *number;
      return true;
    }
    return ParseExpectedSeries(line, position, eval);
  }

  absl::StatusOr<bool> ParseExpectedRange(std::string_view line, EvalCommand* eval) {
    std::string from, to, step;
    if (!RE2::FullMatch(Piece(line), patterns_.expect_range, &from, &to, &step)) {
      return absl::InvalidArgumentError("invalid range vector definition");
    }
    if (absl::Status s = ParseGrid(from, to, step, eval); !s.ok()) return s;
    eval->range_vector = true;
    // As in the reference: the query is evaluated at the end of the expected range.
    eval->time = eval->end;
    return false;
  }

  static absl::StatusOr<bool> ParseExpectedString(std::string_view line, EvalCommand* eval) {
    const absl::StatusOr<promql::ExprPtr> literal = promql::Parse(Rest(line, "expect string"));
    if (!literal.ok() || (*literal)->kind() != promql::ExprKind::kString) {
      return absl::InvalidArgumentError(
          "expected string literal not valid - a quoted string literal is required");
    }
    eval->string = promql::As<promql::StringLiteral>(**literal).value;
    return false;
  }

  absl::StatusOr<bool> ParseExpect(std::string_view line, EvalCommand* eval) {
    std::string what, how, text;
    if (!RE2::FullMatch(Piece(line), patterns_.expect, &what, &how, &text)) {
      return absl::InvalidArgumentError(absl::StrCat("invalid expect statement: ", Absl(line)));
    }
    text = std::string(absl::StripAsciiWhitespace(text));
    MessageExpectation message;
    if (how == "msg") message.text = text;
    if (how == "regex") {
      absl::StatusOr<MessageExpectation> pattern = Pattern(text);
      if (!pattern.ok()) return pattern.status();
      message = *std::move(pattern);
    }
    if (what == "ordered") eval->ordered = true;
    if (what == "warn") eval->warnings.push_back(message);
    if (what == "info") eval->infos.push_back(message);
    if (what == "no_warn") eval->no_warnings = true;
    if (what == "no_info") eval->no_infos = true;
    if (what == "fail") {
      if (eval->failure) {
        return absl::InvalidArgumentError(
            "invalid expect lines, multiple expect fail lines are not allowed");
      }
      eval->fails = true;
      eval->failure = message;
    }
    return false;
  }

  static absl::StatusOr<bool> ParseExpectedSeries(std::string_view line, size_t position,
                                                  EvalCommand* eval) {
    absl::StatusOr<SeriesDescription> series = ParseSeriesDescription(line);
    if (!series.ok()) return series.status();
    if (series->items.size() > 1 && !eval->is_range && !eval->range_vector) {
      return absl::InvalidArgumentError(
          "expecting multiple values in instant evaluation not allowed. consider using 'expect "
          "range vector' directive to enable a range vector result for an instant query");
    }
    eval->series.push_back({std::move(series->labels), std::move(series->items), position});
    return false;
  }

  static absl::Status CheckExpectations(const EvalCommand& eval) {
    if (!eval.infos.empty() && eval.no_infos) {
      return absl::InvalidArgumentError(
          "invalid expect lines, info and no_info cannot be used together");
    }
    if (!eval.warnings.empty() && eval.no_warnings) {
      return absl::InvalidArgumentError(
          "invalid expect lines, warn and no_warn cannot be used together");
    }
    return absl::OkStatus();
  }

  static re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

  static std::string Rest(std::string_view line, std::string_view prefix) {
    return std::string(absl::StripAsciiWhitespace(Absl(line.substr(prefix.size()))));
  }

  static absl::StatusOr<MessageExpectation> Pattern(std::string_view pattern) {
    auto compiled = std::make_shared<const RE2>(Piece(pattern), RE2::Quiet);
    if (!compiled->ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("invalid regexp '", Absl(pattern), "': ", compiled->error()));
    }
    return MessageExpectation{std::nullopt, std::move(compiled)};
  }

  std::vector<std::string_view> lines_;
  size_t line_ = 0;
  const Patterns patterns_;
};

}  // namespace

bool MessageExpectation::Accepts(std::string_view message) const {
  if (text) return message == *text;
  return pattern == nullptr ||
         RE2::PartialMatch(re2::StringPiece(message.data(), message.size()), *pattern);
}

absl::StatusOr<std::vector<Command>> ParseScript(std::string_view text) {
  return ScriptParser(text).Run();
}

}  // namespace promlite::promqltest
