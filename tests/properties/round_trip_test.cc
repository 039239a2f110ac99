// What is printed is read back as the tree that it was printed from.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "promlite/parser/printer.h"
#include "promlite/tests/parser/parse_helpers.h"
#include "promlite/tests/random_queries/random_query.h"

namespace promlite {
namespace {

void ExpectRoundTrips(bool odd_text, uint64_t seeds) {
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    random_queries::QueryChoices choices;
    choices.odd_text = odd_text;
    random_queries::RandomQueries generator(seed, choices);
    const ExprPtr made = generator.Next(1 + static_cast<int>(seed % 6));
    const std::string text = Print(*made);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text);
    const absl::StatusOr<ExprPtr> read = Parse(text, AllOptions());
    ASSERT_TRUE(read.ok()) << read.status().message();
    ASSERT_EQ(Print(**read), text);
    const absl::StatusOr<ExprPtr> pretty = Parse(PrettyPrint(*made), AllOptions());
    ASSERT_TRUE(pretty.ok()) << PrettyPrint(*made) << ": " << pretty.status().message();
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
