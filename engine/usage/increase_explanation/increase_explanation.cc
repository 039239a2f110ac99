#include "promlite/engine/usage/increase_explanation/increase_explanation.h"

#include <memory>
#include <new>
#include <utility>

#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/engine/usage/increase_explanation/explainable_call.h"
#include "promlite/engine/usage/increase_explanation/extrapolation_steps.h"
#include "promlite/engine/usage/increase_explanation/formula_answers.h"
#include "promlite/engine/usage/increase_explanation/stream_counts.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite {
namespace {

using internal::AddMilliseconds;
using internal::ExecContext;
using internal::Extrapolation;
using internal::SeriesId;
using internal::Snapshot;
using internal::StepGrid;
using promql::internal::RangeReading;
using promql::internal::RangeSource;
using promql::internal::SelectedSeries;

// One query's explanation, all of it read from one snapshot.
class Explainer {
 public:
  Explainer(const Database& database, const EngineOptions& options, int64_t time_ms,
            const IncreaseExplanationOptions& which)
      : options_(options),
        which_(which),
        snapshot_(database.TakeSnapshot()),
        settings_{options_, StepGrid{time_ms, time_ms, 1}, /*is_range_query=*/false},
        threads_(options.threads),
        symbols_(*snapshot_),
        budget_(options, which.cancelled),
        context_{*snapshot_, settings_, threads_, symbols_, annotations_, budget_} {}

  absl::StatusOr<IncreaseExplanation> Explain(std::string_view query) {
    const absl::StatusOr<promql::ExprPtr> expr =
        promql::Parse(query, promql::internal::ParseOptionsOf(options_));
    if (!expr.ok()) return expr.status();
    const absl::StatusOr<const promql::Call*> call = internal::FindExplainableCall(**expr);
    if (!call.ok()) return call.status();
    explanation_.call = promql::Print(**call);
    function_ = (*call)->function;
    explanation_.function = function_->name;
    explanation_.compatibility = options_.compatibility;
    explanation_.time_ms = settings_.grid.start_ms;

    const auto& matrix =
        promql::As<promql::MatrixSelector>(promql::Unparenthesized(*(*call)->arguments[0]));
    if (absl::Status status = FindRange(matrix); !status.ok()) return status;
    if (absl::Status status = ReadSeries(*matrix.selector); !status.ok()) return status;
    absl::Status status = internal::AnswerOtherFormulas(context_, which_.cancelled, **call,
                                                        range_ms_, ids_, &explanation_);
    if (!status.ok()) return status;
    return std::move(explanation_);
  }

 private:
  absl::Status FindRange(const promql::MatrixSelector& matrix) {
    const absl::StatusOr<int64_t> range_ms =
        promql::internal::RangeMilliseconds(matrix.range, settings_);
    if (!range_ms.ok()) return range_ms.status();
    const absl::StatusOr<int64_t> offset_ms =
        promql::internal::OffsetMilliseconds(matrix.selector->offset, settings_);
    if (!offset_ms.ok()) return offset_ms.status();
    range_ms_ = *range_ms;
    const StepGrid& grid = settings_.grid;
    explanation_.range_end_ms =
        promql::internal::MakeReferenceTimes(grid, matrix.selector->at, *offset_ms, grid).first_ms;
    explanation_.range_start_ms =
        internal::SubtractMilliseconds(explanation_.range_end_ms, range_ms_);
    return absl::OkStatus();
  }

  absl::Status ReadSeries(const promql::VectorSelector& selector) {
    const absl::StatusOr<std::vector<Matcher>> matchers =
        promql::internal::CompileMatchers(selector);
    if (!matchers.ok()) return matchers.status();
    const bool prometheus2 = options_.compatibility == Compatibility::kPrometheus2;
    const bool start_times =
        options_.use_start_timestamps && !prometheus2 && function_->expects_counter;
    RangeReading reading;
    reading.min_ms = AddMilliseconds(explanation_.range_start_ms, prometheus2 ? 0 : 1);
    reading.max_ms = explanation_.range_end_ms;
    reading.start_times = start_times ? Snapshot::StartTimes::kRead : Snapshot::StartTimes::kSkip;
    SelectedSeries selected =
        promql::internal::SelectSeries(context_, *matchers, reading.min_ms, reading.max_ms);
    const std::vector<SeriesId> ids = selected.ids;
    const std::unique_ptr<RangeSource> source =
        promql::internal::MakeStorageRangeSource(context_, std::move(selected), reading);
    for (size_t i = 0; i < ids.size(); ++i) {
      if (absl::Status status = context_.budget.Check(); !status.ok()) return status;
      if (absl::Status status = ReadOne(*source, i, ids[i], reading); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status ReadOne(const RangeSource& source, size_t index, SeriesId id,
                       const RangeReading& reading) {
    const internal::SamplesView samples = source.Read(index, &scratch_);
    const size_t histograms = source.HasHistograms(index) ? source.ReadHistograms(index).size() : 0;
    if (samples.size == 0 && histograms == 0) return absl::OkStatus();
    if (which_.max_series != 0 && ids_.size() == which_.max_series) {
      ++explanation_.series_left_out;
      return absl::OkStatus();
    }
    const auto held = static_cast<int64_t>(samples.size);
    if (absl::Status status = context_.budget.Hold(held, held * 16); !status.ok()) return status;

    ids_.push_back(id);
    ExplainedSeries& series = explanation_.series.emplace_back();
    series.labels = snapshot_->LabelsOf(id);
    series.native_histograms = histograms;
    series.samples.reserve(samples.size);
    for (size_t i = 0; i < samples.size; ++i) {
      series.samples.push_back({samples.times[i], samples.values[i]});
    }
    const Extrapolation what{*function_, explanation_.range_start_ms, explanation_.range_end_ms,
                             range_ms_, options_.compatibility};
    if (histograms == 0) series.steps = internal::ExplainExtrapolation(samples, what);
    if (what.is_counter()) {
      // The streams as `exact` reads them, whose ranges are open on the left.
      series.streams =
          internal::CountStreams(*snapshot_, id, explanation_.range_start_ms, reading.max_ms);
      series.writers_at_a_time = internal::WritersAtATime(series.streams);
    }
    return absl::OkStatus();
  }

  const EngineOptions options_;
  const IncreaseExplanationOptions which_;
  const std::shared_ptr<const Snapshot> snapshot_;
  const internal::QuerySettings settings_;
  internal::ThreadPool threads_;
  internal::QuerySymbols symbols_;
  internal::Annotations annotations_;
  internal::QueryBudget budget_;
  ExecContext context_;
  promql::internal::RangeScratch scratch_;

  int64_t range_ms_ = 0;
  std::vector<SeriesId> ids_;                   // of the explanation's series
  const promql::Function* function_ = nullptr;  // the explained call's
  IncreaseExplanation explanation_;
};

}  // namespace

absl::StatusOr<IncreaseExplanation> ExplainIncrease(const Database& database,
                                                    const EngineOptions& options,
                                                    std::string_view query, absl::Time time,
                                                    const IncreaseExplanationOptions& which) {
  try {
    return Explainer(database, options, absl::ToUnixMillis(time), which).Explain(query);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("query processing ran out of memory");
  }
}

}  // namespace promlite
