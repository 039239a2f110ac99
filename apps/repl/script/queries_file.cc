#include "promlite/apps/repl/script/queries_file.h"

#include <simdjson.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "promlite/apps/repl/terminal/line_reader.h"
#include "promlite/apps/repl/text/statement.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/workspace/query_runner.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

absl::Status BadParameter(std::string_view name, std::string_view cause) {
  return absl::InvalidArgumentError(
      absl::StrCat("invalid parameter \"", Absl(name), "\": ", Absl(cause)));
}

// The member `name`, if there is one that is not null.
bool Find(const object& members, std::string_view name, element* found) {
  return members.at_key(name).get(*found) == simdjson::SUCCESS && !found->is_null();
}

// Fractions of a second are rounded to the millisecond, apart from the whole seconds, as the HTTP
// API does.
absl::StatusOr<absl::Time> TimeFromSeconds(double seconds) {
  double whole;
  const double fraction = std::modf(seconds, &whole);
  if (!(std::fabs(whole) < 9e12)) return absl::InvalidArgumentError("time out of range");
  return absl::FromUnixMillis(static_cast<int64_t>(whole) * 1000 +
                              static_cast<int64_t>(std::round(fraction * 1000)));
}

absl::StatusOr<absl::Time> TimeMember(const object& members, std::string_view name,
                                      const TimeReference& reference) {
  element value;
  if (!Find(members, name, &value)) return BadParameter(name, "missing");
  double seconds;
  std::string_view text;
  absl::StatusOr<absl::Time> time = absl::InvalidArgumentError("neither a number nor a string");
  if (value.get(seconds) == simdjson::SUCCESS) {
    time = TimeFromSeconds(seconds);
  } else if (value.get(text) == simdjson::SUCCESS) {
    time = ParseTime(text, reference);
  }
  return time.ok() ? time : BadParameter(name, Std(time.status().message()));
}

absl::StatusOr<absl::Duration> StepMember(const object& members) {
  element value;
  if (!Find(members, "step", &value)) return BadParameter("step", "missing");
  double seconds;
  std::string_view text;
  absl::StatusOr<absl::Duration> step = absl::InvalidArgumentError("neither a number nor a string");
  if (value.get(seconds) == simdjson::SUCCESS) {
    if (!(seconds * 1e9 < 9.2e18)) {
      return BadParameter("step", absl::StrCat("cannot parse \"", seconds,
                                               "\" to a valid duration. It overflows int64"));
    }
    step =
        seconds > 0 ? absl::Nanoseconds(static_cast<int64_t>(seconds * 1e9)) : absl::ZeroDuration();
  } else if (value.get(text) == simdjson::SUCCESS) {
    step = ParseDuration(text);
  }
  if (!step.ok()) return BadParameter("step", Std(step.status().message()));
  if (*step < absl::Milliseconds(1)) {
    return BadParameter("step",
                        "zero or negative query resolution step widths are not accepted. Try a "
                        "positive integer");
  }
  return step;
}

absl::StatusOr<QueryTimes> RangeMembers(const object& members, const TimeReference& reference) {
  const absl::StatusOr<absl::Time> start = TimeMember(members, "start", reference);
  if (!start.ok()) return start.status();
  const absl::StatusOr<absl::Time> end = TimeMember(members, "end", reference);
  if (!end.ok()) return end.status();
  if (*end < *start) {
    return BadParameter("end", "end timestamp must not be before start time");
  }
  const absl::StatusOr<absl::Duration> step = StepMember(members);
  if (!step.ok()) return step.status();
  return QueryTimes{*start, *end, *step};
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

void AnswerLine(std::string_view line, size_t number, Workspace* workspace) {
  const absl::Time started = absl::Now();
  const absl::StatusOr<Question> question =
      ParseQuestion(line, workspace->QueryTimesNow(), workspace->Times());
  if (question.ok()) {
    AnswerQuery(question->query, question->times, OutputFormat::kJson, "", workspace);
    return;
  }
  workspace->Fail();
  std::string body =
      BadDataToJson(absl::StrCat("line ", number, ": ", question.status().message()));
  if (workspace->settings().timing) body = WithQueryMillis(body, absl::Now() - started);
  workspace->Print(body + "\n");
}

}  // namespace

absl::StatusOr<Question> ParseQuestion(std::string_view line, const QueryTimes& default_times,
                                       const TimeReference& reference) {
  simdjson::dom::parser parser;
  element document;
  if (const auto error = parser.parse(line.data(), line.size()).get(document)) {
    return absl::InvalidArgumentError(absl::StrCat("not JSON: ", simdjson::error_message(error)));
  }
  object members;
  if (document.get(members) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not a JSON object");
  }
  element query;
  std::string_view text;
  if (!Find(members, "query", &query)) return BadParameter("query", "missing");
  if (query.get(text) != simdjson::SUCCESS) return BadParameter("query", "not a string");

  element ignored;
  const bool has_time = Find(members, "time", &ignored);
  const bool has_range = Find(members, "start", &ignored) || Find(members, "end", &ignored) ||
                         Find(members, "step", &ignored);
  if (has_time && has_range) {
    return absl::InvalidArgumentError(
        "\"time\" and \"start\", \"end\", \"step\" exclude each other");
  }
  Question question{std::string(text), default_times};
  if (has_time) {
    const absl::StatusOr<absl::Time> time = TimeMember(members, "time", reference);
    if (!time.ok()) return time.status();
    question.times = QueryTimes::At(*time);
  } else if (has_range) {
    const absl::StatusOr<QueryTimes> times = RangeMembers(members, reference);
    if (!times.ok()) return times.status();
    question.times = *times;
  }
  return question;
}

void AnswerQueriesFile(const std::string& path, Workspace* workspace) {
  std::unique_ptr<std::FILE, CloseFile> opened;
  if (path != "-") {
    opened.reset(std::fopen(path.c_str(), "rb"));
    if (opened == nullptr) {
      workspace->Fail();
      workspace->Complain(absl::StrCat(Printable(path), ": ", std::strerror(errno)));
      return;
    }
  }
  std::FILE* file = path == "-" ? stdin : opened.get();
  LineReader reader(file, StatementReader::kMaxBytes);
  std::string line;
  bool too_long;
  for (size_t number = 1; reader.Next(&line, &too_long); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    AnswerLine(line, number, workspace);
  }
  if (std::ferror(file) != 0) {
    workspace->Fail();
    workspace->Complain(absl::StrCat(Printable(path), ": cannot be read"));
  }
}

}  // namespace promlite::repl
