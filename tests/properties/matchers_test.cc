// Another matcher never adds a series to what a selector finds.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include "promlite/engine/engine.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/tests/random_queries/random_data.h"
#include "promlite/tests/random_queries/random_query.h"

namespace promlite {
namespace {

std::set<std::string> SeriesOf(const Engine& engine, const promql::Expr& selector, absl::Time start,
                               absl::Time end) {
  std::set<std::string> series;
  const auto answer = engine.Range(promql::Print(selector), start, end, absl::Seconds(60));
  EXPECT_TRUE(answer.ok()) << answer.status();
  if (!answer.ok()) return series;
  for (const ResultSeries& one : answer->series) series.insert(one.labels.ToString());
  return series;
}

TEST(Matchers, ANarrowerSelectorFindsASubset) {
  size_t found = 0, lost = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    random_queries::RandomDataOptions shape;
    Database database;
    ASSERT_TRUE(Load(random_queries::RandomData(seed, shape),
                     random_queries::LoadOrder::kSeriesBySeries, &database)
                    .ok());
    EngineOptions options;
    const Engine engine(&database, options);
    random_queries::QueryChoices choices;
    choices.query_grid = false;
    random_queries::RandomQueries generator(seed, choices);
    for (int i = 0; i < 20; ++i) {
      const auto selector = generator.Selector();
      const absl::Time start = absl::FromUnixMillis(600'000), end = start + absl::Minutes(20);
      const std::set<std::string> all = SeriesOf(engine, *selector, start, end);
      const std::string text = promql::Print(*selector);
      selector->matchers.insert(selector->matchers.begin(), generator.Matcher());
      const std::set<std::string> fewer = SeriesOf(engine, *selector, start, end);
      ASSERT_TRUE(std::includes(all.begin(), all.end(), fewer.begin(), fewer.end()))
          << "seed " << seed << ": " << text << " and " << promql::Print(*selector);
      found += fewer.size();
      lost += all.size() - fewer.size();
    }
  }
  // Matchers of both kinds: those that leave series and those that do not.
  EXPECT_GT(found, 500U);
  EXPECT_GT(lost, 500U);
}

}  // namespace
}  // namespace promlite
