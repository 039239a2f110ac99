#include "promlite/tests/fuzz/read_back.h"

#include <gtest/gtest.h>

#include "promlite/engine/answer/json.h"
#include "promlite/engine/engine.h"

namespace promlite::fuzz {

void ReadBack(const Database& database) {
  for (const std::string& name : database.LabelNames()) database.LabelValues(name);
  database.Metrics();
  database.Overlaps();
  EXPECT_LE(database.MinTime(), database.MaxTime());
  EngineOptions options;
  options.threads = 1;
  options.max_samples = 100'000;
  options.max_bytes = int64_t{64} << 20;
  const Engine engine(&database, options);
  for (const char* query : {R"({__name__=~".+"}[1h])", R"(rate({__name__=~".+"}[1h]))"}) {
    const absl::StatusOr<QueryResult> result = engine.Instant(query, database.MaxTime());
    if (result.ok()) ToJson(*result);
  }
}

}  // namespace promlite::fuzz
