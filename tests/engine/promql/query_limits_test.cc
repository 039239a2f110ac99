// What ends a query before it is answered.

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"

namespace promlite::promql {
namespace {

constexpr int kSeries = 20;

class QueryLimits : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < kSeries; ++i) {
      const Labels labels({{"__name__", "x"}, {"i", std::to_string(i)}});
      ASSERT_TRUE(database_.Append(labels, {{{0, 1.0}, {60'000, 2.0}}}, absl::UnixEpoch()).ok());
    }
  }

  // Eleven steps of 20 series: 220 samples.
  absl::Status Ask(const EngineOptions& options, const QueryOptions& query = {}) const {
    return Engine(&database_, options)
        .Range("x", absl::UnixEpoch(), absl::UnixEpoch() + absl::Minutes(1), absl::Seconds(6),
               query)
        .status();
  }

  Database database_;
};

TEST_F(QueryLimits, SamplesHeldAreCounted) {
  EngineOptions options;
  options.max_samples = 220;
  EXPECT_TRUE(Ask(options).ok());
  options.max_samples = 219;
  EXPECT_EQ(Ask(options), absl::ResourceExhaustedError("query processing would load too many "
                                                       "samples into memory in query execution"));
}

// Limits at which Prometheus 3.16 answers (the first) and refuses (one less): the samples of the
// last range and the results of all series.
TEST_F(QueryLimits, SamplesOfARangeAreCountedBesideTheResults) {
  Database database;
  for (const char* name : {"a", "b"}) {
    std::vector<Sample> samples;
    for (int i = 0; i < 20; ++i) samples.push_back({i * 10'000, static_cast<double>(i)});
    const Labels labels({{"__name__", "y"}, {"s", name}});
    ASSERT_TRUE(database.Append(labels, samples, absl::UnixEpoch()).ok());
  }
  const absl::Time last = absl::FromUnixSeconds(190);
  for (const auto& [query, limit] :
       {std::pair("count_over_time(y{s='a'}[50s])", 6), std::pair("count_over_time(y[40s])", 6),
        std::pair("count_over_time(y{s='a'}[60s])", 7), std::pair("count_over_time(y[50s])", 7),
        std::pair("sum(count_over_time(y[50s]))", 7)}) {
    EngineOptions options;
    options.max_samples = limit;
    EXPECT_TRUE(Engine(&database, options).Instant(query, last).ok()) << query;
    options.max_samples = limit - 1;
    EXPECT_EQ(Engine(&database, options).Instant(query, last).status(),
              absl::ResourceExhaustedError("query processing would load too many samples into "
                                           "memory in query execution"))
        << query;
  }
}

TEST_F(QueryLimits, BytesHeldAreCounted) {
  EngineOptions options;
  options.max_bytes = 100;
  EXPECT_EQ(Ask(options),
            absl::ResourceExhaustedError("query processing would use too much memory"));
}

TEST_F(QueryLimits, TimeIsLimited) {
  EngineOptions options;
  options.timeout = -absl::Seconds(1);
  EXPECT_EQ(Ask(options), absl::DeadlineExceededError("query timed out in expression evaluation"));
}

TEST_F(QueryLimits, AQueryCanBeStopped) {
  const std::atomic<bool> cancelled = true;
  EXPECT_EQ(Ask({}, {.cancelled = &cancelled}),
            absl::CancelledError("query was canceled in expression evaluation"));
}

}  // namespace
}  // namespace promlite::promql
