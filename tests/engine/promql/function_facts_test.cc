// What stands in a function's row against what the engine does: every function has exactly one
// implementation, and it keeps to what its row says. Who adds a function and forgets one of its
// places is told here which.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"
#include "promlite/parser/promql/functions.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::promql {
namespace {

using promlite::internal::AllRangeKernels;
using promlite::internal::FindRangeKernel;
using promlite::internal::kMinute;
using promlite::internal::NamedRangeKernels;
using promlite::internal::RangeInput;
using promlite::internal::RangeKernelSet;

bool TakesRange(const Function& function) { return function.range_argument().has_value(); }

// Whether a function is calculated from a range itself, and not from another function's rows.
bool HasKernel(const Function& function) {
  return TakesRange(function) && function.rows_of.empty();
}

bool TakesHistograms(const Function& function) {
  return function.histograms != HistogramRule::kNoVector &&
         function.histograms != HistogramRule::kIgnored;
}

// ---- implementations ----

TEST(Implementations, EveryFunctionHasExactlyOne) {
  for (const Function& function : AllFunctions()) {
    SCOPED_TRACE(function.name);
    EXPECT_EQ(FindRangeKernel(function.name) != nullptr, HasKernel(function))
        << "a row of engine/kernels/range_kernels.cc for each function of range vectors, and for "
           "no other";
    EXPECT_EQ(internal::FindBlockFunction(function.name) != nullptr, !HasKernel(function))
        << "a row of engine/promql/function_table.cc for each other function, and for no other";
  }
}

TEST(Implementations, AreOfFunctionsOfTheLanguage_NoneTwice) {
  std::set<std::string_view> names;
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    EXPECT_TRUE(names.insert(named.function).second) << named.function;
    const Function* const function = FindFunction(named.function);
    ASSERT_NE(function, nullptr) << named.function;
    EXPECT_TRUE(TakesRange(*function))
        << named.function << " has a kernel, but no range vector among its arguments";
    EXPECT_TRUE(named.kernels.plain) << named.function;
  }
  for (const internal::NamedBlockFunction& named : internal::AllBlockFunctions()) {
    EXPECT_TRUE(names.insert(named.name).second) << named.name;
    EXPECT_NE(FindFunction(named.name), nullptr) << named.name;
    EXPECT_NE(named.function.run, nullptr) << named.name;
  }
}

TEST(Implementations, ExistForEachModifierThatAFunctionAllows_AndForNoOther) {
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    SCOPED_TRACE(named.function);
    const RangeModifiers& allowed = FindFunction(named.function)->modifiers;
    EXPECT_EQ(bool{named.kernels.anchored}, allowed.anchored);
    EXPECT_EQ(bool{named.kernels.smoothed}, allowed.smoothed);
    EXPECT_EQ(named.kernels.exact != nullptr, allowed.exact);
  }
}

TEST(Implementations, ExistForTheHistogramsOfARange_WhereTheyAreTaken_AndNowhereElse) {
  for (const Function& function : AllFunctions()) {
    if (!TakesRange(function)) continue;
    EXPECT_NE(internal::FindHistogramRangeFunction(function), nullptr)
        << function.name << " takes histograms, but has no row in histogram_range_function.cc";
  }
  std::set<std::string_view> names;
  for (const internal::NamedHistogramRangeFunction& named :
       internal::AllHistogramRangeFunctions()) {
    EXPECT_TRUE(names.insert(named.name).second) << named.name;
    const Function* const function = FindFunction(named.name);
    ASSERT_NE(function, nullptr) << named.name;
    EXPECT_TRUE(HasKernel(*function)) << named.name;
    EXPECT_TRUE(TakesHistograms(*function))
        << named.name << " has a row in histogram_range_function.cc, but ignores histograms";
  }
}

TEST(Implementations, HoldTheScalarArgumentsOfEveryFunctionOfRangeVectors) {
  for (const Function& function : AllFunctions()) {
    if (!TakesRange(function)) continue;
    // A kernel finds null in the place of an argument that is left out.
    EXPECT_TRUE(function.variadic == 0 ||
                (function.variadic == 1 && *function.range_argument() == 0))
        << function.name;
    EXPECT_LE(static_cast<size_t>(std::count(function.arguments.begin(), function.arguments.end(),
                                             ValueType::kScalar)),
              RangeInput::kMaxParameters)
        << function.name;
  }
}

TEST(Implementations, CountOverlappingStartTimes_OnlyWhereTheRowSaysThatAnnotationsAreCounted) {
  const promlite::internal::TestSeries series = {
      .times = {0, kMinute, 2 * kMinute},
      .values = {1, 2, 3},
      // The second sample began before the first was taken, and yet not with it.
      .start_times = {-2 * kMinute, -kMinute, kMinute}};
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    const auto answer = promlite::internal::Answer(series, {.function = std::string(named.function),
                                                            .range_ms = 5 * kMinute,
                                                            .at_ms = 2 * kMinute,
                                                            .parameters = {0.5, 0.5}});
    EXPECT_EQ(answer.findings.start_time_overlaps > 0,
              FindFunction(named.function)->counted == CountedAnnotations::kWithStartTimes)
        << named.function;
  }
}

// ---- what the rows say ----

// A query that calls the function with `vector` for an instant vector, `range` for a range vector,
// `scalars` in turn, and a label's name for each string.
std::string CallOf(const Function& function, std::string_view vector, std::string_view range,
                   const std::vector<std::string>& scalars) {
  std::string call = std::string(function.name) + "(";
  size_t scalar = 0;
  for (size_t i = 0; i < function.arguments.size(); ++i) {
    if (function.label_matchers == i) continue;
    if (i > 0) call += ", ";
    switch (function.arguments[i]) {
      case ValueType::kScalar:
        call += scalars[scalar++ % scalars.size()];
        break;
      case ValueType::kVector:
        call += vector;
        break;
      case ValueType::kMatrix:
        call += range;
        break;
      default:
        call += "\"l\"";
    }
  }
  return call + ")";
}

class FunctionRows : public testing::Test {
 protected:
  // Series of a sample a minute, from the epoch to ten minutes later.
  FunctionRows() {
    Append("x", {{"l", "a"}}, 3);
    // A classic histogram whose second bucket holds less than the first.
    Append("b", {{"le", "1"}}, 5);
    Append("b", {{"le", "2"}}, 4);
    Append("b", {{"le", "+Inf"}}, 6);
    for (int minute = 0; minute <= 10; ++minute) {
      Histogram histogram;
      histogram.count = histogram.sum = 4 * minute;
      histogram.positive = {{0, 1.0 * minute}, {1, 3.0 * minute}};
      const HistogramPoint point{minute * kMinute, std::make_shared<const Histogram>(histogram)};
      EXPECT_TRUE(
          database_.AppendHistograms(Labels({{"__name__", "h"}}), {&point, 1}, absl::UnixEpoch())
              .ok());
    }
  }

  void Append(const std::string& name, std::vector<std::pair<std::string, std::string>> labels,
              double step) {
    labels.emplace_back("__name__", name);
    std::vector<Sample> samples;
    for (int minute = 0; minute <= 10; ++minute) {
      samples.push_back({minute * kMinute, 1 + step * minute});
    }
    EXPECT_TRUE(database_.Append(Labels(labels), samples, absl::UnixEpoch()).ok());
  }

  absl::StatusOr<QueryResult> Ask(const std::string& query,
                                  absl::Time time = absl::FromUnixSeconds(600)) const {
    EngineOptions options;
    options.experimental_functions = true;
    options.use_start_timestamps = true;
    return Engine(&database_, options).Instant(query, time);
  }

  // What a query answers, but for the time of the answer.
  std::string Answer(const std::string& query, absl::Time time = absl::FromUnixSeconds(600)) const {
    const absl::StatusOr<QueryResult> result = Ask(query, time);
    if (!result.ok()) {
      ADD_FAILURE() << query << ": " << result.status();
      return "";
    }
    if (result->type == ValueType::kScalar) return std::to_string(result->scalar.value);
    std::string text;
    for (const ResultSeries& series : result->series) {
      text += series.labels.ToString();
      for (const Sample& sample : series.samples) text += " " + std::to_string(sample.value);
      for (const HistogramPoint& point : series.histograms) {
        text += " histogram of " + std::to_string(point.histogram->count);
      }
      text += "\n";
    }
    return text;
  }

  // Whether any annotation of the query contains `text`.
  bool Says(const std::string& query, std::string_view text) const {
    const absl::StatusOr<QueryResult> result = Ask(query);
    if (!result.ok()) return result.status().ToString().find(text) != std::string::npos;
    const auto contains = [&](const std::string& annotation) {
      return annotation.find(text) != std::string::npos;
    };
    return std::any_of(result->warnings.begin(), result->warnings.end(), contains) ||
           std::any_of(result->infos.begin(), result->infos.end(), contains);
  }

  Database database_;
};

TEST_F(FunctionRows, SayWhetherHistogramsAreIgnored) {
  for (const Function& function : AllFunctions()) {
    if (function.histograms == HistogramRule::kNoVector) continue;
    const std::vector<std::string> scalars = {"0.5", "0.25"};
    // Who ignores histograms takes them for nothing at all.
    EXPECT_EQ(Answer(CallOf(function, "h", "h[10m]", scalars)) ==
                  Answer(CallOf(function, "nothing", "nothing[10m]", scalars)),
              function.histograms == HistogramRule::kIgnored)
        << function.name;
  }
}

TEST_F(FunctionRows, SayWhetherTheEvaluationTimeMatters) {
  // Hour, minute, day, month, length of the month and year of the two differ.
  const absl::Time one = absl::FromUnixSeconds(300);
  const absl::Time other =
      absl::FromCivil(absl::CivilSecond(1971, 2, 3, 1, 1, 0), absl::UTCTimeZone());
  for (const Function& function : AllFunctions()) {
    SCOPED_TRACE(function.name);
    const auto differs = [&](std::string_view vector) {
      const std::string call = CallOf(function, vector, "x[4m] @ 300", {"0.5", "0.25"});
      return Answer(call, one) != Answer(call, other);
    };
    switch (function.time) {
      case TimeRule::kUnstated:
        FAIL();
      case TimeRule::kIndependent:
        EXPECT_FALSE(differs("x @ 300"));
        EXPECT_FALSE(differs("h @ 300"));
        break;
      case TimeRule::kQuery:
      case TimeRule::kStep:
        // The step and the length of an instant query are zero at any time.
        if (function.name == "step" || function.name == "range") break;
        // Whose vector may be missing is then of the evaluation time.
        EXPECT_TRUE(differs(function.variadic != 0 ? "" : "vector(1)"));
        break;
    }
  }
}

TEST_F(FunctionRows, SayWhatIsDemandedOfScalarArguments) {
  for (const Function& function : AllFunctions()) {
    if (function.parameters == ParameterRule::kNone) continue;
    SCOPED_TRACE(function.name);
    const std::string_view vector = TakesHistograms(function) ? "h" : "x";
    const std::string query = CallOf(function, vector, "x[10m]", {"2", "3"});
    EXPECT_EQ(Says(query, "quantile value should be between 0 and 1"),
              function.parameters == ParameterRule::kQuantile);
    EXPECT_EQ(Says(query, "invalid smoothing factor"),
              function.parameters == ParameterRule::kSmoothingFactors);
  }
}

TEST_F(FunctionRows, SayWhichAnnotationsAreCounted) {
  for (const Function& function : AllFunctions()) {
    if (function.histograms == HistogramRule::kNoVector) continue;
    const std::string query = CallOf(function, "b", "b[10m]", {"0.5", "0.25"});
    EXPECT_EQ(Says(query, "needed to be fixed for monotonicity"),
              function.counted == CountedAnnotations::kAlways)
        << function.name;
  }
}

TEST_F(FunctionRows, SayWhetherTheMetricNameStays_AndWhetherTheSeriesIsTakenForACounter) {
  for (const Function& function : AllFunctions()) {
    if (!TakesRange(function)) continue;
    const std::string query = CallOf(function, "", "x[10m]", {"0.5", "0.25"});
    EXPECT_EQ(Answer(query).find("__name__") != std::string::npos, function.keeps_metric_name)
        << function.name;
    EXPECT_EQ(Says(query, "metric might not be a counter"), function.expects_counter)
        << function.name;
  }
}

}  // namespace
}  // namespace promlite::promql
