#ifndef PROMLITE_TESTS_ENGINE_KERNELS_KERNEL_TESTER_H_
#define PROMLITE_TESTS_ENGINE_KERNELS_KERNEL_TESTER_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/range_kernels.h"

namespace promlite::internal {

inline constexpr double kInf = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct TestSeries {
  std::vector<int64_t> times;  // milliseconds
  std::vector<double> values;
  std::vector<int64_t> start_times;  // empty: not in use
};

// A sample every `interval_ms` from `first_ms` on; nothing where `values` has no value.
inline TestSeries Regular(int64_t first_ms, int64_t interval_ms,
                          const std::vector<std::optional<double>>& values) {
  TestSeries series;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    series.times.push_back(first_ms + static_cast<int64_t>(i) * interval_ms);
    series.values.push_back(*values[i]);
  }
  return series;
}

// A series in the notation of Prometheus' test scripts, from time 0 on: numbers, `_` for nothing,
// `1+2x3` for 1 3 5 7, `1x3` for 1 1 1 1, `_x3` for three times nothing.
inline TestSeries Load(int64_t interval_ms, const std::string& script) {
  std::vector<std::optional<double>> values;
  std::istringstream words(script);
  for (std::string word; words >> word;) {
    const size_t x = word.find('x');
    const size_t repeats = x == std::string::npos ? 0 : std::stoul(word.substr(x + 1));
    if (word[0] == '_') {
      values.insert(values.end(), std::max<size_t>(1, repeats), std::nullopt);
      continue;
    }
    word.resize(std::min(x, word.size()));
    size_t length = 0;
    const double first = std::stod(word, &length);
    const double step = length < word.size() ? std::stod(word.substr(length)) : 0;
    for (size_t i = 0; i <= repeats; ++i) {
      values.push_back(first + static_cast<double>(i) * step);
    }
  }
  return Regular(0, interval_ms, values);
}

inline constexpr int64_t kSecond = 1'000, kMinute = 60'000;

enum class TestModifier { kNone, kAnchored, kSmoothed };

// A function over the range [at - range, at] at some steps.
struct RangeCall {
  std::string function;
  int64_t range_ms = 0;
  int64_t at_ms = 0;  // the first step's
  int64_t step_ms = 0;
  size_t steps = 1;
  int64_t offset_ms = 0;
  std::vector<double> parameters = {};
  TestModifier modifier = TestModifier::kNone;
  bool prometheus2 = false;
  int64_t lookback_ms = 300'000;

  int64_t range_end_ms(size_t step) const {
    return at_ms + static_cast<int64_t>(step) * step_ms - offset_ms;
  }
};

using Row = std::vector<std::optional<double>>;

// The samples with times in (end - range, end], and as far outside as the modifier reaches.
inline Window WindowOf(const TestSeries& series, const RangeCall& call, size_t step) {
  int64_t after = call.range_end_ms(step) - call.range_ms, until = call.range_end_ms(step);
  if (call.modifier != TestModifier::kNone) after -= call.lookback_ms;
  if (call.modifier == TestModifier::kSmoothed) until += call.lookback_ms;
  Window window;
  for (const int64_t time : series.times) {
    window.begin += time <= after;
    window.end += time <= until;
  }
  if (window.end < window.begin) window.end = window.begin;
  return window;
}

// What a kernel says, step by step.
struct KernelAnswer {
  Row row;
  KernelFindings findings;
};

inline KernelAnswer Answer(const TestSeries& series, const RangeCall& call) {
  KernelAnswer answer;
  answer.row.resize(call.steps);
  const RangeKernelSet* kernels = FindRangeKernel(call.function);
  if (kernels == nullptr) {
    ADD_FAILURE() << "no kernel for " << call.function;
    return answer;
  }
  RangeKernel kernel = kernels->plain;
  if (call.prometheus2 && kernels->prometheus2) kernel = kernels->prometheus2;
  if (call.modifier == TestModifier::kAnchored) kernel = kernels->anchored;
  if (call.modifier == TestModifier::kSmoothed) kernel = kernels->smoothed;
  if (!kernel) {
    ADD_FAILURE() << call.function << " does not know the modifier";
    return answer;
  }
  if (series.times.empty()) return answer;

  std::vector<Window> windows;
  for (size_t i = 0; i < call.steps; ++i) windows.push_back(WindowOf(series, call, i));
  KernelScratch scratch;
  PreparedExtrapolation prepared;
  RangeInput input;
  input.times = series.times.data();
  input.values = series.values.data();
  if (!series.start_times.empty()) input.start_times = series.start_times.data();
  input.size = series.times.size();
  input.windows = windows.data();
  input.steps = call.steps;
  input.first_range_end_ms = call.range_end_ms(0);
  input.range_end_step_ms = call.step_ms;
  input.range_ms = call.range_ms;
  if (call.modifier != TestModifier::kNone) input.lookback_ms = call.lookback_ms;
  input.first_evaluation_ms = call.at_ms;
  input.evaluation_step_ms = call.step_ms;
  std::vector<double> parameters[2];
  for (size_t p = 0; p < call.parameters.size() && p < 2; ++p) {
    parameters[p].assign(call.steps, call.parameters[p]);
    input.parameters[p] = parameters[p].data();
  }
  input.extrapolation = &prepared;
  input.scratch = &scratch;
  if (kernel.prepare != nullptr) kernel.prepare(input, &prepared);
  std::vector<double> values(call.steps);
  std::vector<uint64_t> presence((call.steps + 63) / 64);
  answer.findings = kernel.run(input, values.data(), presence.data());
  for (size_t i = 0; i < call.steps; ++i) {
    if (presence[i / 64] >> (i % 64) & 1) answer.row[i] = values[i];
  }
  return answer;
}

inline Row Evaluate(const TestSeries& series, const RangeCall& call) {
  return Answer(series, call).row;
}

// At one step.
inline std::optional<double> At(const TestSeries& series, const RangeCall& call) {
  return Evaluate(series, call)[0];
}

// The same number with the same sign, or NaN both.
inline bool SameBits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

inline std::string ToText(const std::optional<double>& value) {
  if (!value) return "nothing";
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", *value);
  return text;
}

inline ::testing::AssertionResult Same(const Row& actual, const Row& expected) {
  if (actual.size() != expected.size()) {
    return ::testing::AssertionFailure()
           << actual.size() << " steps instead of " << expected.size();
  }
  for (size_t i = 0; i < actual.size(); ++i) {
    const bool same = actual[i].has_value() == expected[i].has_value() &&
                      (!actual[i] || SameBits(*actual[i], *expected[i]));
    if (!same) {
      return ::testing::AssertionFailure()
             << "step " << i << ": " << ToText(actual[i]) << " instead of " << ToText(expected[i]);
    }
  }
  return ::testing::AssertionSuccess();
}

// Equal but for what the nine or so digits of an expectation leave open.
inline ::testing::AssertionResult Near(const Row& actual, const Row& expected) {
  if (actual.size() != expected.size()) return Same(actual, expected);
  Row close = expected;
  for (size_t i = 0; i < actual.size(); ++i) {
    if (!actual[i] || !expected[i]) continue;
    const double allowed = 1e-8 * (std::fabs(*actual[i]) + std::fabs(*expected[i]));
    if (std::fabs(*actual[i] - *expected[i]) <= allowed) close[i] = actual[i];
  }
  return Same(actual, close);
}

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_ENGINE_KERNELS_KERNEL_TESTER_H_
