#include "promlite/engine/increase_explanation/formula_answers.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "promlite/engine/exec_context.h"
#include "promlite/engine/executor.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/planner.h"
#include "promlite/parser/ast_walk.h"
#include "promlite/parser/functions.h"

namespace promlite::internal {
namespace {

using Answers = std::vector<std::optional<double>>;  // a series each

// The call with another function and another range modifier.
ExprPtr Replaced(const Call& call, std::string_view function, RangeModifier modifier) {
  const auto& written = As<MatrixSelector>(Unparenthesized(*call.arguments[0]));
  auto selector = std::make_shared<VectorSelector>();
  selector->position = written.selector->position;
  selector->name = written.selector->name;
  selector->matchers = written.selector->matchers;
  selector->offset = written.selector->offset;
  selector->at = written.selector->at;
  selector->modifier = modifier;
  auto matrix = std::make_shared<MatrixSelector>();
  matrix->position = written.position;
  matrix->selector = std::move(selector);
  matrix->range = written.range;
  auto replaced = std::make_shared<Call>();
  replaced->position = call.position;
  replaced->function = FindFunction(function);
  replaced->arguments.push_back(std::move(matrix));
  return replaced;
}

class FormulaQueries {
 public:
  FormulaQueries(const Snapshot& snapshot, const EngineOptions& options,
                 const std::atomic<bool>* cancelled, const StepGrid& grid,
                 const std::vector<SeriesId>& ids)
      : snapshot_(snapshot), options_(options), cancelled_(cancelled), grid_(grid), ids_(ids) {
    // So that series whose names alone differ keep them, and are told apart.
    options_.delayed_name_removal = true;
  }

  absl::StatusOr<Answers> Ask(const ExprPtr& expr) const {
    const WorkerPool workers(options_.threads);
    QuerySymbols symbols(snapshot_);
    Annotations annotations;
    QueryBudget budget(options_, cancelled_);
    ExecContext context{snapshot_, options_, grid_, false, workers, symbols, annotations, budget};
    absl::StatusOr<Plan> plan =
        MakePlan(expr, PlannedPart::kWholeQuery, QuerySettings{options_, grid_, false}, grid_);
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
  absl::StatusOr<Answers> AskIfPossible(const ExprPtr& expr) const {
    absl::StatusOr<Answers> answers = Ask(expr);
    if (absl::IsFailedPrecondition(answers.status())) return Answers(ids_.size());
    return answers;
  }

 private:
  const Snapshot& snapshot_;
  EngineOptions options_;
  const std::atomic<bool>* const cancelled_;
  const StepGrid grid_;
  const std::vector<SeriesId>& ids_;
};

}  // namespace

absl::Status AnswerOtherFormulas(const Call& call, int64_t range_ms, const Snapshot& snapshot,
                                 const EngineOptions& options, const std::atomic<bool>* cancelled,
                                 const std::vector<SeriesId>& ids,
                                 IncreaseExplanation* explanation) {
  const StepGrid grid{explanation->time_ms, explanation->time_ms, 1};
  const std::string_view function = call.function->name;
  const FormulaQueries queries(snapshot, options, cancelled, grid, ids);
  const absl::StatusOr<Answers> max =
      queries.Ask(Replaced(call, "max_over_time", RangeModifier::kNone));
  if (!max.ok()) return max.status();
  const absl::StatusOr<Answers> min =
      queries.Ask(Replaced(call, "min_over_time", RangeModifier::kNone));
  if (!min.ok()) return min.status();

  // Prometheus 2.42 has no modifiers: with them the answers are those of their own release.
  EngineOptions with_modifiers = options;
  with_modifiers.compatibility = Compatibility::kPrometheus3;
  const FormulaQueries modified(snapshot, with_modifiers, cancelled, grid, ids);
  const absl::StatusOr<Answers> anchored =
      modified.AskIfPossible(Replaced(call, function, RangeModifier::kAnchored));
  if (!anchored.ok()) return anchored.status();
  const absl::StatusOr<Answers> smoothed =
      modified.AskIfPossible(Replaced(call, function, RangeModifier::kSmoothed));
  if (!smoothed.ok()) return smoothed.status();
  absl::StatusOr<Answers> exact = Answers(ids.size());
  if (FindRangeKernel(function)->exact != nullptr) {
    exact = modified.AskIfPossible(Replaced(call, function, RangeModifier::kExact));
    if (!exact.ok()) return exact.status();
  }

  for (size_t i = 0; i < ids.size(); ++i) {
    ExplainedSeries& series = explanation->series[i];
    if ((*max)[i] && (*min)[i]) {
      series.max_minus_min = *(*max)[i] - *(*min)[i];
      if (function == "rate") *series.max_minus_min /= RangeSeconds(range_ms);
    }
    series.anchored = (*anchored)[i];
    series.smoothed = (*smoothed)[i];
    series.exact = (*exact)[i];
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
