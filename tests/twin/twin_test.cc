// The engine against its slow twin, on random data and random queries: the same series, the same
// samples to the bit, the same errors.

#include "promlite/tests/twin/twin.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "promlite/engine/engine.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/tests/random_queries/random_data.h"
#include "promlite/tests/random_queries/random_query.h"
#include "promlite/tests/random_queries/result_text.h"

namespace promlite::twin {
namespace {

using random_queries::Random;

constexpr int64_t kMinute = 60'000;

// Seeds of one run; --gtest_random_seed=N takes others.
constexpr uint64_t kSeeds = 200;
constexpr int kQueriesOfASeed = 60;

struct Counts {
  int answers = 0, empty = 0, errors = 0, unspecified = 0;
};

std::string AnswerText(const absl::StatusOr<QueryResult>& answer) {
  return random_queries::TextOf(answer, {.annotations = false, .order = false});
}

// The engine's error is the one that the twin found.
bool IsSameError(const absl::Status& actual, const absl::Status& expected) {
  if (actual.code() != expected.code()) return false;
  // Of calculated durations the class is enough.
  if (expected.code() == absl::StatusCode::kInvalidArgument) return true;
  return std::string(actual.message()).rfind(std::string(expected.message()), 0) == 0;
}

class TwinTest : public ::testing::Test {
 protected:
  // Random queries on the random data of one seed.
  void Compare(uint64_t seed, int queries) {
    Random random(seed);
    random_queries::RandomDataOptions shape;
    shape.first_ms = random.Of<int64_t>({0, 1'600'000'000'123, -30 * kMinute});
    shape.start_times = random.OneIn(3);
    const auto data = random_queries::RandomData(seed, shape);
    DatabaseOptions storage;
    storage.chunk_samples = random.Of<uint32_t>({0, 1, 7, 64});
    storage.chunk_codec = random.Of<std::string>({"", "", "raw", "constant"});
    Database database(storage);
    const auto order = static_cast<random_queries::LoadOrder>(random.Below(3));
    ASSERT_TRUE(Load(data, order, &database).ok());

    EngineOptions options;
    options.experimental_functions = options.binop_fill_modifiers = true;
    options.delayed_name_removal = random.OneIn(2);
    options.use_start_timestamps = shape.start_times;
    options.lookback_delta = random.OneIn(3) ? absl::Seconds(70) : absl::Minutes(5);
    options.threads = random.Of<int>({1, 2, 7});
    options.batch_series = random.Of<size_t>({0, 1, 3});
    options.rewrites = !random.OneIn(3);
    const Engine engine(&database, options);
    const Twin twin(data, options);

    random_queries::QueryChoices choices;
    choices.first_ms = shape.first_ms;
    choices.last_ms = shape.first_ms + shape.length_ms;
    choices.without = {"info"};
    random_queries::RandomQueries generator(seed, choices);
    for (int i = 0; i < queries; ++i) {
      const std::string query =
          promql::Print(*generator.Next(1 + static_cast<int>(random.Below(4))));
      SCOPED_TRACE("seed " + std::to_string(seed) + ", query " + std::to_string(i) + ": " + query);
      CompareQuery(engine, twin, query, &random, choices);
      if (HasFatalFailure()) return;
    }
  }

  void CompareQuery(const Engine& engine, const Twin& twin, const std::string& query,
                    Random* random, const random_queries::QueryChoices& choices) {
    const auto expr =
        promql::Parse(query, {.experimental_functions = true, .binop_fill_modifiers = true});
    ASSERT_TRUE(expr.ok()) << expr.status();
    const auto time_in = [&] {
      const auto length = static_cast<uint64_t>(choices.last_ms - choices.first_ms);
      return choices.first_ms + static_cast<int64_t>(random->Below(length) / 1000 * 1000);
    };
    if (random->OneIn(2)) {
      const int64_t time = time_in();
      Expect(engine.Instant(query, absl::FromUnixMillis(time)), twin.Instant(**expr, time),
             "at " + std::to_string(time));
      return;
    }
    const int64_t start = time_in();
    const int64_t step = random->Of<int64_t>({15'000, 60'000, 77'777, 10 * kMinute});
    const int64_t end = start + static_cast<int64_t>(random->Below(30)) * step + 1;
    Expect(engine.Range(query, absl::FromUnixMillis(start), absl::FromUnixMillis(end),
                        absl::Milliseconds(step)),
           twin.Range(**expr, start, end, step),
           "from " + std::to_string(start) + " to " + std::to_string(end) + " every " +
               std::to_string(step));
  }

  void Expect(const absl::StatusOr<QueryResult>& actual,
              const absl::StatusOr<QueryResult>& expected, const std::string& when) {
    if (!expected.ok()) {
      if (absl::IsUnimplemented(expected.status())) {
        ++counts_.unspecified;
        return;
      }
      ++counts_.errors;
      ASSERT_FALSE(actual.ok()) << when << ": " << AnswerText(actual) << "instead of "
                                << expected.status();
      ASSERT_TRUE(IsSameError(actual.status(), expected.status()))
          << when << ": " << actual.status() << " instead of " << expected.status();
      return;
    }
    ++(expected->series.empty() ? counts_.empty : counts_.answers);
    ASSERT_EQ(AnswerText(actual), AnswerText(expected)) << when;
  }

  Counts counts_;
};

TEST_F(TwinTest, RandomQueriesAreAnsweredToTheBitAsOneStepAndOneSampleAtATime) {
  const uint64_t first = static_cast<uint64_t>(GTEST_FLAG_GET(random_seed)) * kSeeds;
  for (uint64_t seed = first; seed < first + kSeeds; ++seed) {
    Compare(seed, kQueriesOfASeed);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(counts_.answers, 4'000);
  EXPECT_GT(counts_.errors, 300);
  EXPECT_LT(counts_.unspecified, 100);
}

}  // namespace
}  // namespace promlite::twin
