#include "promlite/apps/repl/commands/query_commands.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "promlite/apps/repl/output/explain_text.h"
#include "promlite/apps/repl/output/output_chart.h"
#include "promlite/apps/repl/workspace/query_runner.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/engine.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"

namespace promlite::repl {
namespace {

absl::Status NeedsQuery(std::string_view command) {
  return absl::InvalidArgumentError("\\" + std::string(command) + " needs a query");
}

}  // namespace

absl::Status ChartQuery(std::string_view argument, Workspace* workspace) {
  if (argument.empty()) return NeedsQuery("chart");
  const TimeReference times = workspace->Times();
  const std::optional<QueryTimes>& range = workspace->settings().range;
  const QueryTimes all{times.oldest, times.newest, DefaultStep(times.oldest, times.newest)};
  AnswerQuery(argument, range ? *range : all, OutputFormat::kChart, "", workspace);
  return absl::OkStatus();
}

absl::Status ExplainQuery(std::string_view argument, Workspace* workspace) {
  if (argument.empty()) return NeedsQuery("explain");
  const QueryTimes times = workspace->QueryTimesNow();
  const Engine& engine = workspace->engine();
  const absl::Time started = absl::Now();
  const absl::StatusOr<ExplainedPlan> explained =
      times.is_range() ? engine.ExplainRange(argument, times.start, times.end, times.step)
                       : engine.ExplainInstant(argument, times.start);
  if (!explained.ok()) return explained.status();
  const absl::Duration elapsed = absl::Now() - started;
  workspace->Print(FormatExplainedPlan(*explained, elapsed, workspace->OutputView().table_width));
  return absl::OkStatus();
}

absl::Status FormatQuery(std::string_view argument, Workspace* workspace) {
  if (argument.empty()) return NeedsQuery("format");
  const absl::StatusOr<promql::ExprPtr> expr =
      promql::Parse(argument, workspace->engine().parse_options());
  if (!expr.ok()) return expr.status();
  workspace->Print(promql::PrettyPrint(**expr) + "\n");
  return absl::OkStatus();
}

}  // namespace promlite::repl
