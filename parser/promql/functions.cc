#include "promlite/parser/promql/functions.h"

#include <algorithm>
#include <iterator>

namespace promlite::promql {
namespace {

constexpr ValueType S = ValueType::kScalar;
constexpr ValueType V = ValueType::kVector;
constexpr ValueType M = ValueType::kMatrix;
constexpr ValueType T = ValueType::kString;

// The last argument may be missing or repeated without bound.
constexpr int kUnbounded = -1;

constexpr TimeRule kIndependent = TimeRule::kIndependent;
constexpr TimeRule kQuery = TimeRule::kQuery;
constexpr TimeRule kStep = TimeRule::kStep;

constexpr HistogramRule kNoVector = HistogramRule::kNoVector;
constexpr HistogramRule kIgnored = HistogramRule::kIgnored;
constexpr HistogramRule kTaken = HistogramRule::kTaken;
constexpr HistogramRule kStatistics = HistogramRule::kStatistics;
constexpr HistogramRule kBuckets = HistogramRule::kBuckets;

constexpr UnitRule kKept = UnitRule::kKept;
constexpr UnitRule kPerSecond = UnitRule::kPerSecond;
constexpr UnitRule kOther = UnitRule::kOther;

constexpr ParameterRule kAnyNumber = ParameterRule::kAnyNumber;
constexpr ParameterRule kQuantile = ParameterRule::kQuantile;
constexpr ParameterRule kSmoothingFactors = ParameterRule::kSmoothingFactors;
constexpr ParameterRule kIntegralStrategy = ParameterRule::kIntegralStrategy;

constexpr CountedAnnotations kAlways = CountedAnnotations::kAlways;
constexpr CountedAnnotations kWithStartTimes = CountedAnnotations::kWithStartTimes;

// Sorted by name: FindFunction searches it in halves. Laid out by hand so that rows can be
// compared: what a function takes and gives, then the rules, then what few functions have, then the
// summary.
// clang-format off
constexpr Function kFunctions[] = {
    {.name = "abs", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The absolute value of every sample."},
    {.name = "absent", .arguments = {V},
     .time = kIndependent, .histograms = kStatistics, .unit = kOther,
     .summary = "1 if the vector is empty, nothing otherwise; labels come from the selector."},
    {.name = "absent_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kOther, .rows_of = "present_over_time",
     .summary = "1 where no series has a sample in the range; labels come from the selector."},
    {.name = "acos", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The arc cosine of every sample, in radians."},
    {.name = "acosh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The inverse hyperbolic cosine of every sample."},
    {.name = "asin", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The arc sine of every sample, in radians."},
    {.name = "asinh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The inverse hyperbolic sine of every sample."},
    {.name = "atan", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The arc tangent of every sample, in radians."},
    {.name = "atanh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The inverse hyperbolic tangent of every sample."},
    {.name = "avg_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The mean of the samples in the range."},
    {.name = "ceil", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "Every sample rounded up to a whole number."},
    {.name = "changes", .arguments = {M},
     .time = kIndependent, .histograms = kBuckets, .unit = kOther, .modifiers = {.anchored = true},
     .summary = "How often the value changed within the range."},
    {.name = "clamp", .arguments = {V, S, S},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kAnyNumber,
     .summary = "Every sample limited to the interval from the minimum to the maximum."},
    {.name = "clamp_max", .arguments = {V, S},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kAnyNumber,
     .summary = "Every sample limited to at most the maximum."},
    {.name = "clamp_min", .arguments = {V, S},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kAnyNumber,
     .summary = "Every sample limited to at least the minimum."},
    {.name = "cos", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The cosine of every sample, in radians."},
    {.name = "cosh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The hyperbolic cosine of every sample."},
    {.name = "count_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kOther,
     .summary = "The number of samples in the range."},
    {.name = "day_of_month", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The day of the month of each timestamp, from 1, in UTC."},
    {.name = "day_of_week", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The day of the week of each timestamp, Sunday being 0, in UTC."},
    {.name = "day_of_year", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The day of the year of each timestamp, from 1, in UTC."},
    {.name = "days_in_month", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The number of days in the month of each timestamp, in UTC."},
    {.name = "deg", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "Every sample converted from radians to degrees."},
    {.name = "delta", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .modifiers = {.anchored = true, .smoothed = true}, .extrapolates = true,
     .summary = "How far a gauge moved over the range, extrapolated to its ends."},
    {.name = "deriv", .arguments = {M},
     .time = kIndependent, .histograms = kIgnored, .unit = kPerSecond,
     .summary = "A gauge's change per second over the range, by linear regression."},
    {.name = "double_exponential_smoothing", .arguments = {M, S, S}, .experimental = true,
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kSmoothingFactors,
     .summary = "A gauge smoothed over the range with a level and a trend factor."},
    {.name = "end", .result = S, .experimental = true,
     .time = kQuery, .histograms = kNoVector, .unit = kOther,
     .summary = "The end of the range query, in seconds since the epoch."},
    {.name = "exp", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "e to the power of every sample."},
    {.name = "first_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept, .keeps_metric_name = true,
     .summary = "The oldest sample in the range."},
    {.name = "floor", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "Every sample rounded down to a whole number."},
    {.name = "histogram_avg", .arguments = {V},
     .time = kIndependent, .histograms = kStatistics, .unit = kOther,
     .summary = "The mean of the observations in each native histogram."},
    {.name = "histogram_count", .arguments = {V},
     .time = kIndependent, .histograms = kStatistics, .unit = kOther,
     .summary = "The number of observations in each native histogram."},
    {.name = "histogram_fraction", .arguments = {S, S, V},
     .time = kIndependent, .histograms = kBuckets, .unit = kOther, .parameters = kAnyNumber,
     .summary = "The fraction of observations between two bounds in each histogram."},
    {.name = "histogram_quantile", .arguments = {S, V},
     .time = kIndependent, .histograms = kBuckets, .unit = kOther, .parameters = kQuantile,
     .counted = kAlways,
     .summary = "The quantile of the observations in each histogram."},
    {.name = "histogram_quantiles", .arguments = {V, T, S, S}, .variadic = 9, .experimental = true,
     .time = kIndependent, .histograms = kBuckets, .unit = kOther, .parameters = kQuantile,
     .counted = kAlways,
     .summary = "Several quantiles of each histogram, told apart by a label."},
    {.name = "histogram_stddev", .arguments = {V},
     .time = kIndependent, .histograms = kBuckets, .unit = kOther,
     .summary = "The estimated standard deviation of the observations in each native histogram."},
    {.name = "histogram_stdvar", .arguments = {V},
     .time = kIndependent, .histograms = kBuckets, .unit = kOther,
     .summary = "The estimated variance of the observations in each native histogram."},
    {.name = "histogram_sum", .arguments = {V},
     .time = kIndependent, .histograms = kStatistics, .unit = kOther,
     .summary = "The sum of the observations in each native histogram."},
    {.name = "hour", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The hour of each timestamp, from 0 to 23, in UTC."},
    {.name = "idelta", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The difference between the last two samples in the range."},
    {.name = "increase", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept, .counted = kWithStartTimes,
     .modifiers = {.anchored = true, .smoothed = true, .exact = true}, .extrapolates = true,
     .expects_counter = true,
     .summary = "How far a counter rose over the range, extrapolated to its ends."},
    {.name = "info", .arguments = {V, V}, .variadic = 1, .experimental = true,
     .time = kIndependent, .histograms = kTaken, .unit = kKept, .label_matchers = 1,
     .summary = "The vector with the labels of matching info series added."},
    {.name = "integral", .arguments = {M, S}, .variadic = 1, .experimental = true,
     .time = kIndependent, .histograms = kIgnored, .unit = kOther, .parameters = kIntegralStrategy,
     .summary = "The area under the samples in the range: value times seconds, by trapezoids (2) or "
                "from the left (0) or right (1) sample of each two."},
    {.name = "irate", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kPerSecond,
     .summary = "A counter's rate per second, from the last two samples in the range."},
    {.name = "label_join", .arguments = {V, T, T, T}, .variadic = kUnbounded,
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The values of several labels joined with a separator into one label."},
    {.name = "label_replace", .arguments = {V, T, T, T, T},
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "A label set from a regular expression's match on another label."},
    {.name = "last_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept, .keeps_metric_name = true,
     .summary = "The newest sample in the range."},
    {.name = "ln", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The natural logarithm of every sample."},
    {.name = "log10", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The decimal logarithm of every sample."},
    {.name = "log2", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The binary logarithm of every sample."},
    {.name = "mad_over_time", .arguments = {M}, .experimental = true,
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The median absolute deviation of the samples in the range."},
    {.name = "max_of", .arguments = {S, S}, .result = S, .experimental = true,
     .time = kIndependent, .histograms = kNoVector, .unit = kOther, .parameters = kAnyNumber,
     .summary = "The larger of two scalars."},
    {.name = "max_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The largest sample in the range."},
    {.name = "min_of", .arguments = {S, S}, .result = S, .experimental = true,
     .time = kIndependent, .histograms = kNoVector, .unit = kOther, .parameters = kAnyNumber,
     .summary = "The smaller of two scalars."},
    {.name = "min_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The smallest sample in the range."},
    {.name = "minute", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The minute of each timestamp, from 0 to 59, in UTC."},
    {.name = "month", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The month of each timestamp, from 1 to 12, in UTC."},
    {.name = "pi", .result = S,
     .time = kIndependent, .histograms = kNoVector, .unit = kOther,
     .summary = "The number pi."},
    {.name = "predict_linear", .arguments = {M, S},
     .time = kStep, .histograms = kIgnored, .unit = kKept, .parameters = kAnyNumber,
     .summary = "The value of a gauge so many seconds from now, by linear regression over the "
                "range."},
    {.name = "present_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kOther,
     .summary = "1 for every series with a sample in the range."},
    {.name = "quantile_over_time", .arguments = {S, M},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kQuantile,
     .summary = "The quantile of the samples in the range."},
    {.name = "rad", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "Every sample converted from degrees to radians."},
    {.name = "range", .result = S, .experimental = true,
     .time = kQuery, .histograms = kNoVector, .unit = kOther,
     .summary = "The length of the range query, in seconds."},
    {.name = "rate", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kPerSecond, .counted = kWithStartTimes,
     .modifiers = {.anchored = true, .smoothed = true, .exact = true}, .extrapolates = true,
     .expects_counter = true,
     .summary = "A counter's rise per second over the range, extrapolated to its ends."},
    {.name = "resets", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kOther,
     .modifiers = {.anchored = true, .exact = true},
     .summary = "How often a counter was reset within the range."},
    {.name = "round", .arguments = {V, S}, .variadic = 1,
     .time = kIndependent, .histograms = kIgnored, .unit = kKept, .parameters = kAnyNumber,
     .summary = "Every sample rounded to the nearest multiple of a number (by default 1)."},
    {.name = "scalar", .arguments = {V}, .result = S,
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The value of the only sample as a scalar, NaN if there is not exactly one."},
    {.name = "sgn", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The sign of every sample: 1, -1 or 0."},
    {.name = "sin", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The sine of every sample, in radians."},
    {.name = "sinh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The hyperbolic sine of every sample."},
    {.name = "sort", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The samples in ascending order of their values."},
    {.name = "sort_by_label", .arguments = {V, T}, .variadic = kUnbounded, .experimental = true,
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The samples in the natural ascending order of the labels given."},
    {.name = "sort_by_label_desc", .arguments = {V, T}, .variadic = kUnbounded,
     .experimental = true,
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The samples in the natural descending order of the labels given."},
    {.name = "sort_desc", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The samples in descending order of their values."},
    {.name = "sqrt", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The square root of every sample."},
    {.name = "start", .result = S, .experimental = true,
     .time = kQuery, .histograms = kNoVector, .unit = kOther,
     .summary = "The start of the range query, in seconds since the epoch."},
    {.name = "start_timestamp", .arguments = {V}, .experimental = true,
     .time = kIndependent, .histograms = kStatistics, .unit = kOther,
     .of_selector = SampleAspect::kStartTimestamp,
     .summary = "The start timestamp of each series' newest sample, in seconds since the epoch."},
    {.name = "stddev_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kIgnored, .unit = kKept,
     .summary = "The population standard deviation of the samples in the range."},
    {.name = "stdvar_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The population variance of the samples in the range."},
    {.name = "step", .result = S, .experimental = true,
     .time = kQuery, .histograms = kNoVector, .unit = kOther,
     .summary = "The step of the range query, in seconds."},
    {.name = "sum_over_time", .arguments = {M},
     .time = kIndependent, .histograms = kTaken, .unit = kKept,
     .summary = "The sum of the samples in the range."},
    {.name = "tan", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The tangent of every sample, in radians."},
    {.name = "tanh", .arguments = {V},
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The hyperbolic tangent of every sample."},
    {.name = "time", .result = S,
     .time = kStep, .histograms = kNoVector, .unit = kOther,
     .summary = "The evaluation time, in seconds since the epoch."},
    {.name = "timestamp", .arguments = {V},
     .time = kStep, .histograms = kStatistics, .unit = kOther, .of_selector = SampleAspect::kTimestamp,
     .summary = "The timestamp of every sample, in seconds since the epoch."},
    {.name = "ts_of_first_over_time", .arguments = {M}, .experimental = true,
     .time = kIndependent, .histograms = kTaken, .unit = kOther,
     .summary = "The timestamp of the oldest sample in the range, in seconds since the epoch."},
    {.name = "ts_of_last_over_time", .arguments = {M}, .experimental = true,
     .time = kIndependent, .histograms = kTaken, .unit = kOther,
     .summary = "The timestamp of the newest sample in the range, in seconds since the epoch."},
    {.name = "ts_of_max_over_time", .arguments = {M}, .experimental = true,
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The timestamp of the last largest sample in the range, in seconds since the "
                "epoch."},
    {.name = "ts_of_min_over_time", .arguments = {M}, .experimental = true,
     .time = kIndependent, .histograms = kIgnored, .unit = kOther,
     .summary = "The timestamp of the last smallest sample in the range, in seconds since the "
                "epoch."},
    {.name = "vector", .arguments = {S},
     .time = kIndependent, .histograms = kNoVector, .unit = kKept, .parameters = kAnyNumber,
     .summary = "The scalar as a vector of one sample without labels."},
    {.name = "year", .arguments = {V}, .variadic = 1,
     .time = kStep, .histograms = kIgnored, .unit = kOther,
     .summary = "The year of each timestamp, in UTC."},
};
// clang-format on

constexpr size_t CountOf(const Function& function, ValueType type) {
  return static_cast<size_t>(
      std::count(function.arguments.begin(), function.arguments.end(), type));
}

constexpr bool HasVector(const Function& function) {
  return CountOf(function, V) + CountOf(function, M) > 0;
}

template <typename Predicate>
constexpr bool OfEvery(Predicate predicate) {
  return std::all_of(std::begin(kFunctions), std::end(kFunctions), predicate);
}

// What a new row forgot does not build.
static_assert(std::is_sorted(std::begin(kFunctions), std::end(kFunctions),
                             [](const Function& a, const Function& b) { return a.name < b.name; }),
              "the table of functions is sorted by name");
static_assert(OfEvery([](const Function& f) { return !f.name.empty() && !f.summary.empty(); }),
              "every function has a name and a summary");
static_assert(OfEvery([](const Function& f) { return f.time != TimeRule::kUnstated; }),
              "every function states whether it depends on the evaluation time");
static_assert(OfEvery([](const Function& f) { return f.histograms != HistogramRule::kUnstated; }),
              "every function states what it does with histograms");
static_assert(OfEvery([](const Function& f) { return f.unit != UnitRule::kUnstated; }),
              "every function states the unit of its values");
static_assert(OfEvery([](const Function& f) {
                return HasVector(f) == (f.histograms != HistogramRule::kNoVector);
              }),
              "a function of a vector takes or ignores its histograms, any other has none");
static_assert(OfEvery([](const Function& f) {
                return (CountOf(f, S) > 0) == (f.parameters != ParameterRule::kNone);
              }),
              "every function with a scalar argument states what it demands of it");
static_assert(OfEvery([](const Function& f) { return CountOf(f, M) <= 1; }),
              "a function has at most one range vector");
static_assert(OfEvery([](const Function& f) {
                const bool of_ranges = f.modifiers.any() || f.extrapolates || f.expects_counter ||
                                       f.keeps_metric_name || !f.rows_of.empty();
                return !of_ranges || f.range_argument().has_value();
              }),
              "what is stated of range vectors is stated of functions of range vectors");
static_assert(OfEvery([](const Function& f) {
                return std::any_of(
                    std::begin(kFunctions), std::end(kFunctions), [&f](const Function& other) {
                      return other.name == f.range_function() && other.rows_of.empty();
                    });
              }),
              "the rows that a function is made of are those of a function of ranges");
static_assert(OfEvery([](const Function& f) {
                return !f.label_matchers || (*f.label_matchers < f.arguments.size() &&
                                             f.arguments[*f.label_matchers] == V);
              }),
              "label matchers are written as a vector selector");
static_assert(OfEvery([](const Function& f) {
                return f.of_selector == SampleAspect::kValue ||
                       (f.arguments.size() == 1 && f.arguments[0] == V && f.variadic == 0);
              }),
              "a function that looks at a selector's times has no other argument");

}  // namespace

const Function* FindFunction(std::string_view name) {
  const Function* const found = std::lower_bound(
      std::begin(kFunctions), std::end(kFunctions), name,
      [](const Function& function, std::string_view key) { return function.name < key; });
  return found != std::end(kFunctions) && found->name == name ? found : nullptr;
}

std::span<const Function> AllFunctions() { return kFunctions; }

}  // namespace promlite::promql
