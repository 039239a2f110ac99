#include "promlite/engine/promql/plan/range_vectors.h"

#include <utility>

#include "absl/time/time.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

bool ClosedOnTheLeft(const QuerySettings& settings) {
  return settings.options.compatibility == Compatibility::kPrometheus2;
}

// The durations of a range vector as written.
struct Durations {
  int64_t range_ms = 0;
  int64_t offset_ms = 0;
};

absl::StatusOr<Durations> DurationsOf(const Duration& range, const Duration& offset,
                                      const QuerySettings& settings) {
  const absl::StatusOr<int64_t> range_ms = RangeMilliseconds(range, settings);
  if (!range_ms.ok()) return range_ms.status();
  const absl::StatusOr<int64_t> offset_ms = OffsetMilliseconds(offset, settings);
  if (!offset_ms.ok()) return offset_ms.status();
  return Durations{*range_ms, *offset_ms};
}

RangeVector RangeOf(const Durations& durations, const AtModifier& at, const StepGrid& grid,
                    const QuerySettings& settings) {
  RangeVector range;
  range.reference = MakeReferenceTimes(grid, at, durations.offset_ms, settings.grid);
  range.range_ms = durations.range_ms;
  range.before_ms = durations.range_ms + (ClosedOnTheLeft(settings) ? 1 : 0);
  return range;
}

absl::StatusOr<int64_t> SubqueryStep(const SubqueryExpr& subquery, const QuerySettings& settings) {
  if (subquery.step) {
    absl::StatusOr<int64_t> written = RangeMilliseconds(*subquery.step, settings);
    if (!written.ok() || *written != 0) return written;
  }
  return absl::ToInt64Milliseconds(settings.options.default_subquery_step);
}

StepGrid SubqueryGrid(const AtModifier& at, const Durations& durations, int64_t step,
                      const StepGrid& outer, const QuerySettings& settings) {
  int64_t first = outer.start_ms, last = outer.last_ms();
  switch (at.kind) {
    case AtModifier::Kind::kNone:
      break;
    case AtModifier::Kind::kTimestamp:
      first = last = at.timestamp_ms;
      break;
    case AtModifier::Kind::kStart:
      first = last = settings.grid.start_ms;
      break;
    case AtModifier::Kind::kEnd:
      first = last = settings.grid.end_ms;
      break;
  }
  // The first multiple of the step behind the (open) left end. Division truncates towards zero, as
  // Go's does.
  const int64_t bound =
      SubtractMilliseconds(SubtractMilliseconds(first, durations.offset_ms), durations.range_ms);
  int64_t start = step * (bound / step);
  if (ClosedOnTheLeft(settings) ? start < bound : start <= bound) {
    start = AddMilliseconds(start, step);
  }
  // What stands in a subquery without steps has none either.
  const int64_t end = outer.steps() == 0 ? SubtractMilliseconds(start, 1)
                                         : SubtractMilliseconds(last, durations.offset_ms);
  return StepGrid{start, end, step};
}

}  // namespace

absl::StatusOr<RangeVector> SelectorRange(const MatrixSelector& matrix, const StepGrid& grid,
                                          const QuerySettings& settings) {
  const VectorSelector& selector = *matrix.selector;
  const absl::StatusOr<Durations> durations = DurationsOf(matrix.range, selector.offset, settings);
  if (!durations.ok()) return durations.status();
  absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(selector);
  if (!matchers.ok()) return matchers.status();
  RangeVector range = RangeOf(*durations, selector.at, grid, settings);
  range.matchers = *std::move(matchers);
  range.modifier = selector.modifier;
  range.position = matrix.position;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(settings.options.lookback_delta);
  const bool smoothed = selector.modifier == RangeModifier::kSmoothed;
  if (smoothed || selector.modifier == RangeModifier::kAnchored) {
    range.before_ms = AddMilliseconds(range.before_ms, lookback_ms);
  }
  if (smoothed) range.after_ms = lookback_ms;
  return range;
}

absl::StatusOr<RangeVector> SubqueryRange(const SubqueryExpr& subquery, const StepGrid& grid,
                                          const QuerySettings& settings) {
  const absl::StatusOr<Durations> durations =
      DurationsOf(subquery.range, subquery.offset, settings);
  if (!durations.ok()) return durations.status();
  const absl::StatusOr<int64_t> step_ms = SubqueryStep(subquery, settings);
  if (!step_ms.ok()) return step_ms.status();
  RangeVector range = RangeOf(*durations, subquery.at, grid, settings);
  range.subquery_grid = SubqueryGrid(subquery.at, *durations, *step_ms, grid, settings);
  return range;
}

}  // namespace promlite::promql::internal
