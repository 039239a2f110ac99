#include "promlite/engine/promql/plan/binding.h"

#include <utility>

#include "promlite/parser/promql/duration_expression.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

Matcher::Type ToMatcherType(MatchOp op) {
  switch (op) {
    case MatchOp::kEqual:
      return Matcher::Type::kEqual;
    case MatchOp::kNotEqual:
      return Matcher::Type::kNotEqual;
    case MatchOp::kRegexMatch:
      return Matcher::Type::kRegexMatch;
    case MatchOp::kRegexNoMatch:
      break;
  }
  return Matcher::Type::kRegexNoMatch;
}

DurationContext ContextOf(const QuerySettings& settings) {
  if (!settings.is_range_query) return {};
  return {
      static_cast<double>(settings.grid.step_ms) / 1000,
      (static_cast<double>(settings.grid.end_ms) - static_cast<double>(settings.grid.start_ms)) /
          1000};
}

}  // namespace

ParseOptions ParseOptionsOf(const EngineOptions& options) {
  const bool prometheus2 = options.compatibility == Compatibility::kPrometheus2;
  return {.experimental_functions = options.experimental_functions,
          .binop_fill_modifiers = options.binop_fill_modifiers,
          .unquoted_utf8_names = options.unquoted_utf8_names,
          .extended_ranges = !prometheus2,
          .exact_ranges = options.exact_ranges && !prometheus2};
}

absl::StatusOr<std::vector<Matcher>> CompileMatchers(const VectorSelector& selector) {
  std::vector<Matcher> matchers;
  matchers.reserve(selector.matchers.size());
  for (const LabelMatcher& written : selector.matchers) {
    const Matcher::Type type = ToMatcherType(written.op);
    if (written.regex != nullptr) {
      matchers.push_back(Matcher::WithRegex(type, written.name, written.value, written.regex));
      continue;
    }
    absl::StatusOr<Matcher> matcher = Matcher::Create(type, written.name, written.value);
    if (!matcher.ok()) return matcher.status();
    matchers.push_back(*std::move(matcher));
  }
  return matchers;
}

absl::StatusOr<int64_t> RangeMilliseconds(const Duration& range, const QuerySettings& settings) {
  return EvaluateDuration(range, ContextOf(settings), DurationSign::kMustBePositive);
}

absl::StatusOr<int64_t> OffsetMilliseconds(const Duration& offset, const QuerySettings& settings) {
  return EvaluateDuration(offset, ContextOf(settings), DurationSign::kAny);
}

ReferenceTimes MakeReferenceTimes(const StepGrid& grid, const AtModifier& at, int64_t offset_ms,
                                  const StepGrid& query_grid) {
  const size_t steps = grid.steps();
  switch (at.kind) {
    case AtModifier::Kind::kNone:
      return {SubtractMilliseconds(grid.start_ms, offset_ms), grid.step_ms, steps};
    case AtModifier::Kind::kTimestamp:
      return {SubtractMilliseconds(at.timestamp_ms, offset_ms), 0, steps};
    case AtModifier::Kind::kStart:
      return {SubtractMilliseconds(query_grid.start_ms, offset_ms), 0, steps};
    case AtModifier::Kind::kEnd:
      return {SubtractMilliseconds(query_grid.end_ms, offset_ms), 0, steps};
  }
  return {};
}

}  // namespace promlite::promql::internal
