#include "promlite/engine/promql/function_table.h"

#include "promlite/engine/promql/functions/absent.h"
#include "promlite/engine/promql/functions/clamp_round.h"
#include "promlite/engine/promql/functions/histogram_numbers.h"
#include "promlite/engine/promql/functions/histogram_quantile.h"
#include "promlite/engine/promql/functions/info.h"
#include "promlite/engine/promql/functions/label_functions.h"
#include "promlite/engine/promql/functions/math.h"
#include "promlite/engine/promql/functions/scalar_vector.h"
#include "promlite/engine/promql/functions/sorting.h"
#include "promlite/engine/promql/functions/time.h"

namespace promlite::promql::internal {
namespace {

constexpr NamedBlockFunction kFunctions[] = {
    {"abs", {Abs}},
    {"absent", {Absent}},
    {"absent_over_time", {Absent}},
    {"acos", {Acos}},
    {"acosh", {Acosh}},
    {"asin", {Asin}},
    {"asinh", {Asinh}},
    {"atan", {Atan}},
    {"atanh", {Atanh}},
    {"ceil", {Ceil}},
    {"clamp", {Clamp}},
    {"clamp_max", {ClampMax}},
    {"clamp_min", {ClampMin}},
    {"cos", {Cos}},
    {"cosh", {Cosh}},
    {"day_of_month", {DayOfMonth}},
    {"day_of_week", {DayOfWeek}},
    {"day_of_year", {DayOfYear}},
    {"days_in_month", {DaysInMonth}},
    {"deg", {Deg}},
    {"end", {QueryEnd}},
    {"exp", {Exp}},
    {"floor", {Floor}},
    {"histogram_avg", {HistogramAvg}},
    {"histogram_count", {HistogramCount}},
    {"histogram_fraction", {HistogramFractionFunction}},
    {"histogram_quantile", {HistogramQuantileFunction}},
    {"histogram_quantiles", {HistogramQuantilesFunction}},
    {"histogram_stddev", {HistogramStddev}},
    {"histogram_stdvar", {HistogramStdvar}},
    {"histogram_sum", {HistogramSum}},
    {"hour", {Hour}},
    {"info", {Info}},
    {"label_join", {LabelJoin, PrepareLabelJoin}},
    {"label_replace", {LabelReplace, PrepareLabelReplace}},
    {"ln", {Ln}},
    {"log10", {Log10}},
    {"log2", {Log2}},
    {"max_of", {MaxOf}},
    {"min_of", {MinOf}},
    {"minute", {Minute}},
    {"month", {Month}},
    {"pi", {Pi}},
    {"rad", {Rad}},
    {"range", {QueryRange}},
    {"round", {Round}},
    {"scalar", {ScalarOfVector}},
    {"sgn", {Sgn}},
    {"sin", {Sin}},
    {"sinh", {Sinh}},
    {"sort", {Sort}},
    {"sort_by_label", {SortByLabel}},
    {"sort_by_label_desc", {SortByLabelDesc}},
    {"sort_desc", {SortDesc}},
    {"sqrt", {Sqrt}},
    {"start", {QueryStart}},
    {"start_timestamp", {StartTimestampOfExpression}},
    {"step", {QueryStep}},
    {"tan", {Tan}},
    {"tanh", {Tanh}},
    {"time", {Time}},
    {"timestamp", {TimestampOfExpression}},
    {"vector", {VectorOfScalar}},
    {"year", {Year}},
};

}  // namespace

std::span<const NamedBlockFunction> AllBlockFunctions() { return kFunctions; }

const BlockFunction* FindBlockFunction(std::string_view name) {
  for (const NamedBlockFunction& named : kFunctions) {
    if (named.name == name) return &named.function;
  }
  return nullptr;
}

}  // namespace promlite::promql::internal
