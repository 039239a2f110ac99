#include "promlite/engine/usage/increase_explanation/formula_answers.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/promql/executor.h"
#include "promlite/engine/promql/plan/planner.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::internal {
namespace {

using Answers = std::vector<std::optional<double>>;  // a series each

// The call with another function and another range modifier.
promql::ExprPtr Replaced(const promql::Call& call, std::string_view function,
                         promql::RangeModifier modifier) {
  const auto& written =
      promql::As<promql::MatrixSelector>(promql::Unparenthesized(*call.arguments[0]));
  auto selector = std::make_shared<promql::VectorSelector>();
  selector->position = written.selector->position;
  selector->name = written.selector->name;
  selector->matchers = written.selector->matchers;
  selector->offset = written.selector->offset;
  selector->at = written.selector->at;
  selector->modifier = modifier;
  auto matrix = std::make_shared<promql::MatrixSelector>();
  matrix->position = written.position;
  matrix->selector = std::move(selector);
  matrix->range = written.range;
  auto replaced = std::make_shared<promql::Call>();
  replaced->position = call.position;
  replaced->function = promql::FindFunction(function);
  replaced->arguments.push_back(std::move(matrix));
  return replaced;
}

class FormulaQueries {
 public:
  FormulaQueries(const ExecContext& context, Compatibility compatibility,
                 const std::atomic<bool>* cancelled, const std::vector<SeriesId>& ids)
      : snapshot_(context.snapshot),
        threads_(context.threads),
        cancelled_(cancelled),
        ids_(ids),
        options_(context.settings.options),
        settings_{options_, context.settings.grid, /*is_range_query=*/false} {
    options_.compatibility = compatibility;
    // So that series whose names alone differ keep them, and are told apart.
    options_.delayed_name_removal = true;
  }

  absl::StatusOr<Answers> Ask(const promql::ExprPtr& expr) const {
    QuerySymbols symbols(snapshot_);
    Annotations annotations;
    QueryBudget budget(options_, cancelled_);
    ExecContext context{snapshot_, settings_, threads_, symbols, annotations, budget};
    const absl::StatusOr<promql::internal::Plan> plan = promql::internal::MakePlan(expr, settings_);
    if (!plan.ok()) return plan.status();
    const absl::StatusOr<Block> block = Execute(*plan, context, nullptr);
    if (!block.ok()) return block.status();
    // Both are in label order.
    Answers answers(ids_.size());
    size_t row = 0;
    for (size_t i = 0; i < ids_.size(); ++i) {
      const SymbolPairs labels = snapshot_.SeriesLabels(ids_[i]);
      while (row < block->rows() && symbols.Compare(block->series.labels(row), labels) < 0) ++row;
      if (row == block->rows()) break;
      if (symbols.Compare(block->series.labels(row), labels) != 0) continue;
      if (block->present(row, 0)) answers[i] = block->values(row)[0];
    }
    return answers;
  }

  // Where a series forbids the formula (`smoothed` refuses native histograms), no series has an
  // answer.
  absl::StatusOr<Answers> AskIfPossible(const promql::ExprPtr& expr) const {
    absl::StatusOr<Answers> answers = Ask(expr);
    if (absl::IsFailedPrecondition(answers.status())) return Answers(ids_.size());
    return answers;
  }

 private:
  const Snapshot& snapshot_;
  ThreadPool& threads_;
  const std::atomic<bool>* const cancelled_;
  const std::vector<SeriesId>& ids_;
  EngineOptions options_;
  const QuerySettings settings_;
};

}  // namespace

absl::Status AnswerOtherFormulas(const ExecContext& context, const std::atomic<bool>* cancelled,
                                 const promql::Call& call, int64_t range_ms,
                                 const std::vector<SeriesId>& ids,
                                 IncreaseExplanation* explanation) {
  const std::string_view function = call.function->name;
  const FormulaQueries queries(context, context.settings.options.compatibility, cancelled, ids);
  const absl::StatusOr<Answers> max =
      queries.Ask(Replaced(call, "max_over_time", promql::RangeModifier::kNone));
  if (!max.ok()) return max.status();
  const absl::StatusOr<Answers> min =
      queries.Ask(Replaced(call, "min_over_time", promql::RangeModifier::kNone));
  if (!min.ok()) return min.status();

  // Prometheus 2.42 has no modifiers: with them the answers are those of their own release.
  const FormulaQueries modified(context, Compatibility::kPrometheus3, cancelled, ids);
  const absl::StatusOr<Answers> anchored =
      modified.AskIfPossible(Replaced(call, function, promql::RangeModifier::kAnchored));
  if (!anchored.ok()) return anchored.status();
  const absl::StatusOr<Answers> smoothed =
      modified.AskIfPossible(Replaced(call, function, promql::RangeModifier::kSmoothed));
  if (!smoothed.ok()) return smoothed.status();
  absl::StatusOr<Answers> exact = Answers(ids.size());
  if (call.function->modifiers.exact) {
    exact = modified.AskIfPossible(Replaced(call, function, promql::RangeModifier::kExact));
    if (!exact.ok()) return exact.status();
  }

  for (size_t i = 0; i < ids.size(); ++i) {
    ExplainedSeries& series = explanation->series[i];
    if ((*max)[i] && (*min)[i]) {
      series.max_minus_min = *(*max)[i] - *(*min)[i];
      if (call.function->unit == promql::UnitRule::kPerSecond)
        *series.max_minus_min /= RangeSeconds(range_ms);
    }
    series.anchored = (*anchored)[i];
    series.smoothed = (*smoothed)[i];
    series.exact = (*exact)[i];
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
