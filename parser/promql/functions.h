#ifndef PROMLITE_PARSER_PROMQL_FUNCTIONS_H_
#define PROMLITE_PARSER_PROMQL_FUNCTIONS_H_

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "promlite/parser/promql/value_type.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// The types of a function's arguments, in order. A constant, so that the table of functions is
// checked while it is compiled.
class ArgumentTypes {
 public:
  static constexpr size_t kMost = 5;

  constexpr ArgumentTypes() = default;
  // Of at most kMost types: a constant of more does not build.
  constexpr ArgumentTypes(std::initializer_list<ValueType> types) {
    for (const ValueType type : types) types_[size_++] = type;
  }

  constexpr const ValueType* begin() const { return types_.data(); }
  constexpr const ValueType* end() const { return types_.data() + size_; }
  constexpr size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  // REQUIRES: index < size().
  constexpr ValueType operator[](size_t index) const { return types_[index]; }

  friend constexpr bool operator==(const ArgumentTypes&, const ArgumentTypes&) = default;

 private:
  std::array<ValueType, kMost> types_{};
  size_t size_ = 0;
};

// Whether a function's value depends on when it is evaluated, besides through its arguments.
enum class TimeRule {
  kUnstated,     // in no row
  kIndependent,  // of equal arguments, the same at any time
  kQuery,        // on the query's start, end or step: the same at all steps of one query
  kStep,         // on the time of the step
};

// What a function does with the native histograms in its vector.
enum class HistogramRule {
  kUnstated,  // in no row
  kNoVector,  // has no argument that could hold any
  kIgnored,   // is of numbers: a histogram has no result
  kTaken,     // calculates with them, counts them or hands them on
  // Takes their counts and sums at most. Prometheus reads the selectors below such a call without
  // buckets, which shows in what it says of counter resets.
  kStatistics,
  // Takes their buckets: the selectors below such a call are read with them, whatever stands around
  // it.
  kBuckets,
};

// The unit of a function's values.
enum class UnitRule {
  kUnstated,   // in no row
  kKept,       // that of its vector
  kPerSecond,  // that of its vector, per second
  kOther,      // another one, none, or one that cannot be told
};

// What a function demands of its scalar arguments.
enum class ParameterRule {
  kNone,       // it has none
  kAnyNumber,  // nothing
  kQuantile,   // a number in [0, 1]; any other is a warning
  // Both numbers in (0, 1), wherever a series has samples; any other fails the query.
  kSmoothingFactors,
  kIntegralStrategy,  // 0, 1 or 2; any other is a warning, and counts as 2
};

// Whether a function raises annotations that say how often they came up. Calls of these are
// evaluated as often as they are written, even where two are equal.
enum class CountedAnnotations {
  kNone,
  kAlways,
  kWithStartTimes,  // where start timestamps are in use: of those that overlap
};

// What an instant vector selector hands on of the sample that it finds at each step.
enum class SampleAspect {
  kValue,
  kTimestamp,       // timestamp(selector): the sample's own time, in seconds since the epoch
  kStartTimestamp,  // start_timestamp(selector): when its counter began, likewise; 0 if unknown
};

// The range modifiers that a function allows behind its range.
struct RangeModifiers {
  bool anchored = false;
  bool smoothed = false;
  bool exact = false;

  constexpr bool any() const { return anchored || smoothed || exact; }
};

// All that the language says of one PromQL function. This one table is read by the type check, the
// planner, the engine, the inference of units, the completion of the shell and the documentation:
// none of them knows a function by its name. How a function is calculated stands in the engine's
// tables (kernels/range_kernels.cc for functions of range vectors, promql/function_table.cc for all
// others); a test holds that every row has exactly one implementation, and that it keeps to what
// the row says.
//
// A row without its name, summary, `time`, `histograms`, `unit` or, where it has scalar arguments,
// `parameters` does not build.
struct Function {
  std::string_view name;
  ArgumentTypes arguments;
  // As in Prometheus: 0 = exactly `arguments`; v > 0 = the last argument may be missing or stand up
  // to v times; -1 = the last argument may be missing or repeated without bound.
  int variadic = 0;
  ValueType result = ValueType::kVector;
  // Needs ParseOptions::experimental_functions.
  bool experimental = false;

  TimeRule time = TimeRule::kUnstated;
  HistogramRule histograms = HistogramRule::kUnstated;
  UnitRule unit = UnitRule::kUnstated;
  ParameterRule parameters = ParameterRule::kNone;
  CountedAnnotations counted = CountedAnnotations::kNone;

  // Directly on a vector selector, the function is this of its samples, at whatever time it is
  // evaluated; kValue: a selector is an argument like any other.
  SampleAspect of_selector = SampleAspect::kValue;
  // The argument that is no vector but the label matchers written in the place of one, of series
  // that are looked up at the reference time of the first argument's selectors.
  std::optional<size_t> label_matchers;

  // ---- functions of range vectors ----
  RangeModifiers modifiers;
  // The function to whose result for the same range this one is applied: absent_over_time is made
  // of the rows of present_over_time, whatever their labels. Empty: of none.
  std::string_view rows_of;
  // The result keeps the metric's name.
  bool keeps_metric_name = false;
  // Stretches what it finds to the borders of the range.
  bool extrapolates = false;
  // Takes the series for a counter, and says so where its name or type tell otherwise.
  bool expects_counter = false;

  // One sentence for completion and documentation.
  std::string_view summary;

  // The function of range vectors that is calculated from the range itself.
  constexpr std::string_view range_function() const { return rows_of.empty() ? name : rows_of; }

  // The index of the range vector among the arguments; none: it is no function of range vectors.
  constexpr std::optional<size_t> range_argument() const {
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (arguments[i] == ValueType::kMatrix) return i;
    }
    return std::nullopt;
  }
};

// The function called `name` (case-sensitive), or null.
PROMLITE_EXPORT const Function* FindFunction(std::string_view name);

// All functions, sorted by name.
PROMLITE_EXPORT std::span<const Function> AllFunctions();

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_FUNCTIONS_H_
