#include "promlite/storage/machine/ids.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace promlite::internal {
namespace {

// Handing over the wrong kind of number, or any number as an id, does not compile.
static_assert(!std::is_convertible_v<SeriesId, StreamId>);
static_assert(!std::is_convertible_v<StreamId, SeriesId>);
static_assert(!std::is_constructible_v<StreamId, SeriesId>);
static_assert(!std::is_convertible_v<SymbolId, SeriesId>);
static_assert(!std::is_convertible_v<uint32_t, SymbolId>);
static_assert(!std::is_convertible_v<uint32_t, SeriesId>);
static_assert(!std::is_convertible_v<SeriesId, uint32_t>);
static_assert(sizeof(SeriesId) == sizeof(uint32_t));

TEST(Id, IsNoneUntilItIsGivenANumber) {
  EXPECT_TRUE(SeriesId().is_none());
  EXPECT_EQ(SeriesId(), SeriesId::None());
  EXPECT_FALSE(SeriesId(0).is_none());
  EXPECT_EQ(SeriesId(7).number(), 7u);
}

TEST(Id, AreOrderedByTheirNumbers_NoneBehindAll) {
  EXPECT_LT(ColumnId(1), ColumnId(2));
  EXPECT_LT(ColumnId(4'000'000'000), ColumnId::None());
}

}  // namespace
}  // namespace promlite::internal
