// Matchers to series. The argument is the number of sessions, each of ten to twenty series.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "promlite/bench/counters.h"
#include "promlite/bench/databases.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::bench {
namespace {

using Type = Matcher::Type;

struct LabelCondition {
  Type type;
  std::string name;
  std::string value;
};

void Select(benchmark::State& state, const std::vector<LabelCondition>& conditions) {
  const LoadedDay& day = SessionDay(static_cast<size_t>(state.range(0)));
  const auto snapshot = day.database->TakeSnapshot();
  std::vector<Matcher> matchers;
  for (const LabelCondition& condition : conditions) {
    matchers.push_back(*Matcher::Create(condition.type, condition.name, condition.value));
  }
  size_t selected = 0;
  for (auto _ : state) {
    selected = snapshot->Select(matchers).size();
    benchmark::DoNotOptimize(selected);
  }
  state.counters["selected"] = static_cast<double>(selected);
}

const LabelCondition kTokens{Type::kEqual, "__name__", "claude_code_token_usage_tokens_total"};

BENCHMARK_CAPTURE(Select, name, {kTokens})->Arg(100)->Arg(1000);
BENCHMARK_CAPTURE(Select, name_and_label, {kTokens, {Type::kEqual, "type", "output"}})
    ->Arg(100)
    ->Arg(1000);
BENCHMARK_CAPTURE(Select, prefix, {kTokens, {Type::kRegexMatch, "model", "claude-.*"}})
    ->Arg(100)
    ->Arg(1000);
BENCHMARK_CAPTURE(Select, alternatives, {kTokens, {Type::kRegexMatch, "type", "input|output"}})
    ->Arg(100)
    ->Arg(1000);
BENCHMARK_CAPTURE(Select, regex_over_every_session,
                  {kTokens, {Type::kRegexMatch, "session_id", ".*[05]-.*"}})
    ->Arg(100)
    ->Arg(1000);
BENCHMARK_CAPTURE(Select, negative, {kTokens, {Type::kNotEqual, "type", "output"}})
    ->Arg(100)
    ->Arg(1000);

}  // namespace
}  // namespace promlite::bench

BENCHMARK_MAIN();
