#include "promlite/engine/promql/plan/query_durations.h"

#include "absl/time/time.h"
#include "promlite/parser/promql/duration_expression.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

DurationContext ContextOf(const QuerySettings& settings) {
  if (!settings.is_range_query) return {};
  return {
      static_cast<double>(settings.grid.step_ms) / 1000,
      (static_cast<double>(settings.grid.end_ms) - static_cast<double>(settings.grid.start_ms)) /
          1000};
}

}  // namespace

absl::StatusOr<int64_t> RangeMilliseconds(const Duration& range, const QuerySettings& settings) {
  return EvaluateDuration(range, ContextOf(settings), DurationSign::kMustBePositive);
}

absl::StatusOr<int64_t> OffsetMilliseconds(const Duration& offset, const QuerySettings& settings) {
  return EvaluateDuration(offset, ContextOf(settings), DurationSign::kAny);
}

absl::StatusOr<StepGrid> SubqueryGrid(const SubqueryExpr& subquery, const StepGrid& outer,
                                      const QuerySettings& settings) {
  absl::StatusOr<int64_t> range = RangeMilliseconds(subquery.range, settings);
  if (!range.ok()) return range.status();
  absl::StatusOr<int64_t> offset = OffsetMilliseconds(subquery.offset, settings);
  if (!offset.ok()) return offset.status();
  int64_t step = absl::ToInt64Milliseconds(settings.options.default_subquery_step);
  if (subquery.step) {
    absl::StatusOr<int64_t> written = RangeMilliseconds(*subquery.step, settings);
    if (!written.ok()) return written.status();
    if (*written != 0) step = *written;
  }
  int64_t first = outer.start_ms, last = outer.last_ms();
  switch (subquery.at.kind) {
    case AtModifier::Kind::kNone:
      break;
    case AtModifier::Kind::kTimestamp:
      first = last = subquery.at.timestamp_ms;
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
  const int64_t bound = SubtractMilliseconds(SubtractMilliseconds(first, *offset), *range);
  const bool closed_left = settings.options.compatibility == Compatibility::kPrometheus2;
  int64_t start = step * (bound / step);
  if (closed_left ? start < bound : start <= bound) start = AddMilliseconds(start, step);
  // What stands in a subquery without steps has none either.
  const int64_t end =
      outer.steps() == 0 ? SubtractMilliseconds(start, 1) : SubtractMilliseconds(last, *offset);
  return StepGrid{start, end, step};
}

}  // namespace promlite::promql::internal
