#include "promlite/engine/engine.h"

#include <algorithm>
#include <memory>
#include <new>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/executor.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/leaves/range_selector.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/engine/promql/plan/planner.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite {
namespace {

using internal::Block;
using internal::ExecContext;
using internal::QuerySettings;
using internal::StepGrid;
using promql::internal::ParseOptionsOf;

// One query on its way through parser, planner and executor.
class Query {
 public:
  Query(const Database& database, const QuerySettings& settings, const QueryOptions& query_options,
        internal::ThreadPool& threads, std::string_view text)
      : settings_(settings),
        text_(text),
        snapshot_(database.TakeSnapshot()),
        symbols_(*snapshot_),
        budget_(settings.options, query_options.cancelled),
        context_{*snapshot_, settings_, threads, symbols_, annotations_, budget_} {}

  // Fills `explained`, if given, but for its result.
  absl::StatusOr<QueryResult> Run(ExplainedPlan* explained) {
    absl::StatusOr<promql::ExprPtr> expr = promql::Parse(text_, ParseOptionsOf(settings_.options));
    if (!expr.ok()) return expr.status();
    const promql::ValueType type = (*expr)->type();
    if (settings_.is_range_query && type != promql::ValueType::kScalar &&
        type != promql::ValueType::kVector) {
      return absl::InvalidArgumentError(
          absl::StrCat("invalid expression type \"", Absl(promql::DocumentedName(type)),
                       "\" for range query, must be Scalar or instant Vector"));
    }
    const absl::StatusOr<promql::internal::Plan> plan =
        promql::internal::MakePlan(*expr, settings_);
    if (!plan.ok()) return plan.status();
    absl::StatusOr<QueryResult> result = RunPlan(*plan, explained);
    if (!result.ok()) return result;
    result->type = plan->type;
    result->warnings = annotations_.Warnings(text_);
    result->infos = annotations_.Infos(text_);
    return result;
  }

 private:
  absl::StatusOr<QueryResult> RunPlan(const promql::internal::Plan& plan,
                                      ExplainedPlan* explained) {
    QueryResult result;
    if (plan.bare_range) {
      absl::StatusOr<std::vector<ResultSeries>> series =
          promql::internal::ReadRangeSelector(*plan.bare_range, context_);
      if (!series.ok()) return series.status();
      result.series = *std::move(series);
      return result;
    }
    if (plan.nodes.empty()) {
      result.string = promql::As<promql::StringLiteral>(promql::Unparenthesized(*plan.expr)).value;
      result.timestamp_ms = plan.grid.start_ms;
      return result;
    }
    std::vector<promql::internal::NodeProfile> profiles;
    absl::StatusOr<Block> block =
        promql::internal::Execute(plan, context_, explained != nullptr ? &profiles : nullptr);
    if (!block.ok()) return block.status();
    if (explained != nullptr) explained->operators = ExplainPlan(plan, profiles);
    if (settings_.options.delayed_name_removal) {
      absl::Status status = promql::internal::ApplyDelayedNameRemoval(context_, &*block);
      if (!status.ok()) return status;
    }
    return MakeResult(*block, plan.grid, plan.type);
  }

  QueryResult MakeResult(const Block& block, const StepGrid& grid, promql::ValueType type) const {
    QueryResult result;
    if (type == promql::ValueType::kScalar) {
      result.scalar = {grid.start_ms, block.values(0)[0]};
      return result;
    }
    std::vector<size_t> rows;
    for (size_t row = 0; row < block.rows(); ++row) {
      const bool any = block.CountPresent(row) > 0 || !block.histograms(row).empty();
      if (any) rows.push_back(row);
    }
    if (type == promql::ValueType::kMatrix) {
      const auto by_labels = [&](size_t a, size_t b) {
        return symbols_.Compare(block.series.labels(a), block.series.labels(b)) < 0;
      };
      if (!std::is_sorted(rows.begin(), rows.end(), by_labels)) {
        std::stable_sort(rows.begin(), rows.end(), by_labels);
      }
    }
    result.series.reserve(rows.size());
    for (const size_t row : rows) {
      ResultSeries& series = result.series.emplace_back();
      series.labels = symbols_.ToLabels(block.series.labels(row));
      series.samples.reserve(block.CountPresent(row));
      const internal::StepSpan span = block.span(row);
      for (size_t step = span.first; step < span.end; ++step) {
        if (!block.present(row, step)) continue;
        series.samples.push_back({grid.time(step), block.values(row)[step]});
      }
      for (const internal::HistogramCell& cell : block.histograms(row)) {
        series.histograms.push_back({grid.time(cell.step), cell.histogram});
      }
      // Of both kinds a vector shows the histogram.
      if (type == promql::ValueType::kVector && !series.histograms.empty()) series.samples.clear();
    }
    return result;
  }

  // The tree as \explain shows it: every operator before its inputs. Without recursion, as the
  // height is that of the query.
  static std::vector<ExplainedOperator> ExplainPlan(
      const promql::internal::Plan& plan,
      const std::vector<promql::internal::NodeProfile>& profiles) {
    std::vector<ExplainedOperator> operators;
    std::vector<bool> seen(plan.nodes.size());
    std::vector<std::pair<promql::internal::NodeId, int>> stack = {{plan.root(), 0}};
    while (!stack.empty()) {
      const auto [id, depth] = stack.back();
      stack.pop_back();
      const promql::internal::NodeProfile& profile = profiles[id];
      ExplainedOperator explained{depth,          plan.nodes[id].op->Describe(),
                                  profile.series, profile.samples,
                                  profile.time,   seen[id]};
      if (plan.nodes[id].streams) explained.description += " (streamed)";
      operators.push_back(std::move(explained));
      if (seen[id]) continue;
      seen[id] = true;
      const auto& inputs = plan.nodes[id].inputs;
      for (auto input = inputs.rbegin(); input != inputs.rend(); ++input) {
        if (*input) stack.push_back({**input, depth + 1});
      }
    }
    return operators;
  }

  const QuerySettings& settings_;
  const std::string_view text_;
  const std::shared_ptr<const internal::Snapshot> snapshot_;
  internal::QuerySymbols symbols_;
  internal::Annotations annotations_;
  internal::QueryBudget budget_;
  ExecContext context_;
};

absl::StatusOr<StepGrid> RangeGrid(absl::Time start, absl::Time end, absl::Duration step) {
  if (end < start) {
    return absl::InvalidArgumentError("end timestamp must not be before start time");
  }
  const StepGrid grid{absl::ToUnixMillis(start), absl::ToUnixMillis(end),
                      absl::ToInt64Milliseconds(step)};
  if (grid.step_ms <= 0) {
    return absl::InvalidArgumentError(
        "zero or negative query resolution step widths are not accepted. Try a positive integer");
  }
  return grid;
}

StepGrid InstantGrid(absl::Time time) {
  const int64_t ms = absl::ToUnixMillis(time);
  return {ms, ms, 1};
}

// Runs a query. Memory that cannot be had is an error of the query, not of the program.
absl::StatusOr<QueryResult> RunQuery(const Database& database, const QuerySettings& settings,
                                     const QueryOptions& query_options,
                                     internal::ThreadPool& threads, std::string_view text,
                                     ExplainedPlan* explained) {
  try {
    return Query(database, settings, query_options, threads, text).Run(explained);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("query processing ran out of memory");
  }
}

absl::StatusOr<ExplainedPlan> Explain(const Database& database, const QuerySettings& settings,
                                      internal::ThreadPool& threads, std::string_view text) {
  ExplainedPlan explained;
  absl::StatusOr<QueryResult> result = RunQuery(database, settings, {}, threads, text, &explained);
  if (!result.ok()) return result.status();
  explained.result = *std::move(result);
  return explained;
}

}  // namespace

Engine::Engine(const Database* database, EngineOptions options)
    : database_(database),
      options_(options),
      threads_(std::make_shared<internal::ThreadPool>(options.threads)) {}

absl::StatusOr<QueryResult> Engine::Instant(std::string_view query, absl::Time time,
                                            const QueryOptions& options) const {
  const QuerySettings settings{options_, InstantGrid(time), /*is_range_query=*/false};
  return RunQuery(*database_, settings, options, *threads_, query, nullptr);
}

absl::StatusOr<QueryResult> Engine::Range(std::string_view query, absl::Time start, absl::Time end,
                                          absl::Duration step, const QueryOptions& options) const {
  const absl::StatusOr<StepGrid> grid = RangeGrid(start, end, step);
  if (!grid.ok()) return grid.status();
  const QuerySettings settings{options_, *grid, /*is_range_query=*/true};
  return RunQuery(*database_, settings, options, *threads_, query, nullptr);
}

absl::StatusOr<ExplainedPlan> Engine::ExplainInstant(std::string_view query,
                                                     absl::Time time) const {
  const QuerySettings settings{options_, InstantGrid(time), /*is_range_query=*/false};
  return Explain(*database_, settings, *threads_, query);
}

absl::StatusOr<ExplainedPlan> Engine::ExplainRange(std::string_view query, absl::Time start,
                                                   absl::Time end, absl::Duration step) const {
  const absl::StatusOr<StepGrid> grid = RangeGrid(start, end, step);
  if (!grid.ok()) return grid.status();
  const QuerySettings settings{options_, *grid, /*is_range_query=*/true};
  return Explain(*database_, settings, *threads_, query);
}

promql::ParseOptions Engine::parse_options() const { return ParseOptionsOf(options_); }

}  // namespace promlite
