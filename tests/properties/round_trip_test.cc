// What is printed is read back as the tree that it was printed from.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "promlite/parser/promql/printer.h"
#include "promlite/tests/parser/promql/parse_helpers.h"
#include "promlite/tests/random_queries/random_query.h"

namespace promlite {
namespace {

void ExpectRoundTrips(bool odd_text, uint64_t seeds) {
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    random_queries::QueryChoices choices;
    choices.odd_text = odd_text;
    random_queries::RandomQueries generator(seed, choices);
    const promql::ExprPtr made = generator.Next(1 + static_cast<int>(seed % 6));
    const std::string text = promql::Print(*made);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text);
    const absl::StatusOr<promql::ExprPtr> read = promql::Parse(text, promql::AllOptions());
    ASSERT_TRUE(read.ok()) << read.status().message();
    ASSERT_EQ(promql::Print(**read), text);
    const absl::StatusOr<promql::ExprPtr> pretty =
        promql::Parse(promql::PrettyPrint(*made), promql::AllOptions());
    ASSERT_TRUE(pretty.ok()) << promql::PrettyPrint(*made) << ": " << pretty.status().message();
    ASSERT_EQ(Dump(**pretty), Dump(**read));
    ASSERT_EQ(Dump(**read), Dump(*made));
  }
}

TEST(RoundTrip, GeneratedTrees_AreReadAsTheyWereMade) { ExpectRoundTrips(false, 6000); }

TEST(RoundTrip, NamesAndStringsThatNeedQuotes_AndCalculatedDurations) {
  ExpectRoundTrips(true, 6000);
}

}  // namespace
}  // namespace promlite
