#include "promlite/apps/repl/workspace/query_runner.h"

#include <cstdio>
#include <optional>

#include "absl/time/clock.h"
#include "promlite/apps/repl/output/error_caret.h"
#include "promlite/apps/repl/output/output_chart.h"
#include "promlite/apps/repl/output/output_csv.h"
#include "promlite/apps/repl/output/output_table.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/promql/unit_inference.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/position.h"

namespace promlite::repl {
namespace {

constexpr size_t kDefaultErrorWidth = 100;

std::string UnitOf(std::string_view query, const Workspace& workspace) {
  const absl::StatusOr<promql::ExprPtr> expr =
      promql::Parse(query, workspace.engine().parse_options());
  if (!expr.ok()) return {};
  return promql::InferUnit(**expr, [&](std::string_view metric) {
    const std::optional<MetricMetadata> metadata = workspace.database().Metadata(metric);
    return metadata ? metadata->unit : std::string();
  });
}

std::string Format(std::string_view query, Answer* answer, OutputFormat format,
                   const Workspace& workspace) {
  switch (format) {
    case OutputFormat::kJson:
      return ToJson(answer->result);
    case OutputFormat::kCsv:
      return FormatCsv(*answer);
    case OutputFormat::kTable:
      answer->unit = UnitOf(query, workspace);
      return FormatTable(*answer, workspace.OutputView());
    case OutputFormat::kChart:
      answer->unit = UnitOf(query, workspace);
      return FormatChart(*answer, workspace.OutputView());
  }
  return {};
}

void PrintElapsed(absl::Duration elapsed, Workspace* workspace) {
  workspace->PrintError("time: " + ElapsedText(elapsed) + "\n");
}

}  // namespace

absl::StatusOr<Answer> RunQuery(std::string_view query, const QueryTimes& times,
                                const Workspace& workspace) {
  QueryOptions options;
  options.cancelled = InterruptFlag();
  Answer answer;
  answer.times = times;
  const absl::Time started = absl::Now();
  absl::StatusOr<QueryResult> result =
      times.is_range()
          ? workspace.engine().Range(query, times.start, times.end, times.step, options)
          : workspace.engine().Instant(query, times.start, options);
  answer.elapsed = absl::Now() - started;
  if (!result.ok()) return result.status();
  answer.result = *std::move(result);
  return answer;
}

void AnswerQuery(std::string_view query, const QueryTimes& times, OutputFormat format,
                 std::string_view place, Workspace* workspace) {
  const absl::Time started = absl::Now();
  absl::StatusOr<Answer> answer = RunQuery(query, times, *workspace);
  const bool timing = workspace->settings().timing;
  const bool json = format == OutputFormat::kJson;
  if (!answer.ok()) {
    workspace->Fail();
    const absl::Duration elapsed = absl::Now() - started;
    // Behind the ^C that the terminal shows.
    if (absl::IsCancelled(answer.status())) workspace->PrintError("\n");
    if (json) {
      const std::string body = ErrorToJson(answer.status());
      workspace->Print((timing ? WithQueryMillis(body, elapsed) : body) + "\n");
    } else {
      PrintQueryError(query, answer.status(), place, workspace);
    }
    return;
  }
  std::string text = Format(query, &*answer, format, *workspace);
  if (json) {
    if (timing) text = WithQueryMillis(std::move(text), answer->elapsed);
    workspace->Print(text);
    workspace->Print("\n");
    return;
  }
  workspace->Print(text);
  for (const std::string& warning : answer->result.warnings) {
    workspace->PrintError(Printable(warning) + "\n");
  }
  for (const std::string& info : answer->result.infos) {
    workspace->PrintError(Printable(info) + "\n");
  }
  if (timing) PrintElapsed(answer->elapsed, workspace);
}

void PrintQueryError(std::string_view query, const absl::Status& status, std::string_view place,
                     Workspace* workspace) {
  workspace->Complain(std::string(place) + Printable(Std(status.message())));
  if (const std::optional<PositionRange> position = ErrorPosition(status)) {
    const Terminal terminal = DescribeTerminal(stderr);
    workspace->PrintError(
        ErrorCaret(query, *position, terminal.width == 0 ? kDefaultErrorWidth : terminal.width));
  }
}

std::string BadDataToJson(std::string_view message) {
  return "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":" + JsonQuote(message) + "}";
}

std::string WithQueryMillis(std::string body, absl::Duration elapsed) {
  char member[64];
  std::snprintf(member, sizeof(member), ",\"queryMillis\":%.3f}",
                absl::ToDoubleMilliseconds(elapsed));
  body.pop_back();
  return body + member;
}

}  // namespace promlite::repl
