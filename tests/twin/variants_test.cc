// However a query is planned and shared out, and however its samples are stored and arrived, its
// answer is the same to the bit: order, annotations and errors included.

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/tests/random_queries/random_data.h"
#include "promlite/tests/random_queries/random_query.h"
#include "promlite/tests/random_queries/result_text.h"

namespace promlite {
namespace {

using random_queries::LoadOrder;
using random_queries::Random;
using random_queries::RandomDataOptions;

// Seeds of one run; --gtest_random_seed=N takes others.
constexpr uint64_t kSeeds = 40;
constexpr int kQueriesOfASeed = 20;

struct Storage {
  uint32_t chunk_samples;
  const char* codec;
  LoadOrder order;
};
constexpr Storage kStorages[] = {
    {0, "", LoadOrder::kSeriesBySeries},
    {1, "raw", LoadOrder::kInterleaved},
    {5, "", LoadOrder::kBackwards},
    {64, "integers32", LoadOrder::kInterleaved},
};

struct Execution {
  int threads;
  size_t batch_series;
  bool rewrites;
};
constexpr Execution kExecutions[] = {
    {1, 0, true}, {1, 1, false}, {2, 3, true}, {7, 1, true}, {7, 0, false},
};

class VariantsTest : public ::testing::Test {
 protected:
  void MakeVariants(uint64_t seed, const RandomDataOptions& shape, EngineOptions options) {
    engines_.clear();
    databases_.clear();
    const auto data = random_queries::RandomData(seed, shape);
    for (const Storage& storage : kStorages) {
      DatabaseOptions database_options;
      database_options.chunk_samples = storage.chunk_samples;
      database_options.chunk_codec = storage.codec;
      Database& database = databases_.emplace_back(database_options);
      ASSERT_TRUE(Load(data, storage.order, &database).ok());
      for (const Execution& execution : kExecutions) {
        options.threads = execution.threads;
        options.batch_series = execution.batch_series;
        options.rewrites = execution.rewrites;
        engines_.emplace_back(&database, options);
      }
    }
  }

  // Every way to execute on the plain storage, and one on each other.
  template <typename Ask>
  void ExpectOneAnswer(const std::string& query, Ask ask) {
    const std::string expected = random_queries::TextOf(ask(engines_[0], query));
    for (size_t i = 1; i < engines_.size(); ++i) {
      const size_t storage = i / std::size(kExecutions), execution = i % std::size(kExecutions);
      if (storage > 0 && execution != storage) continue;
      ASSERT_EQ(random_queries::TextOf(ask(engines_[i], query)), expected)
          << "storage " << storage << ", execution " << execution;
    }
  }

  void CompareSeed(uint64_t seed) {
    Random random(seed);
    RandomDataOptions shape;
    shape.first_ms = 1'600'000'000'000;
    shape.start_times = random.OneIn(3);
    shape.native_histograms = random.OneIn(2);
    EngineOptions options;
    options.experimental_functions = options.binop_fill_modifiers = true;
    options.delayed_name_removal = random.OneIn(2);
    options.use_start_timestamps = shape.start_times;
    if (random.OneIn(6)) options.compatibility = Compatibility::kPrometheus2;
    MakeVariants(seed, shape, options);
    random_queries::RandomQueries generator(seed,
                                            {shape.first_ms, shape.first_ms + shape.length_ms});
    for (int i = 0; i < kQueriesOfASeed && !HasFatalFailure(); ++i) {
      const std::string query =
          promql::Print(*generator.Next(1 + static_cast<int>(random.Below(4))));
      SCOPED_TRACE("seed " + std::to_string(seed) + ", query " + std::to_string(i) + ": " + query);
      const absl::Time time =
          absl::FromUnixMillis(shape.first_ms + static_cast<int64_t>(random.Below(2'700'000)));
      ExpectOneAnswer(query, [&](const Engine& engine, const std::string& text) {
        return engine.Instant(text, time);
      });
      const auto steps = static_cast<int64_t>(random.Below(150));
      ExpectOneAnswer(query, [&](const Engine& engine, const std::string& text) {
        return engine.Range(text, time, time + absl::Seconds(15 * steps), absl::Seconds(15));
      });
    }
  }

  std::deque<Database> databases_;
  std::deque<Engine> engines_;
};

TEST_F(VariantsTest, AnswersAreTheSameForAllPlansThreadsBatchesChunksCodecsAndLoadOrders) {
  const uint64_t first = static_cast<uint64_t>(GTEST_FLAG_GET(random_seed)) * kSeeds;
  for (uint64_t seed = first; seed < first + kSeeds && !HasFatalFailure(); ++seed) {
    CompareSeed(seed);
  }
}

}  // namespace
}  // namespace promlite
