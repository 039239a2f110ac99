#include "promlite/storage/machine/versioned_memory.h"

#include <gtest/gtest.h>

#include "promlite/storage/machine/versioned_array.h"

namespace promlite::internal {
namespace {

TEST(VersionedMemory, FreesAtOnceWhatNoVersionSaw) {
  VersionedMemory memory;
  void* block = memory.Allocate(100, MemoryUse::kTimes);
  EXPECT_TRUE(memory.IsPrivate(block));
  EXPECT_EQ(VersionedMemory::Bytes(block), 100u);
  EXPECT_GE(memory.allocated_bytes(MemoryUse::kTimes), 100u);
  memory.Release(block);
  EXPECT_EQ(memory.allocated_bytes(MemoryUse::kTimes), 0u);
  EXPECT_EQ(memory.retired_bytes(), 0u);
}

TEST(VersionedMemory, KeepsABlock_UntilTheLastVersionThatSeesItIsGone) {
  VersionedMemory memory;
  void* block = memory.Allocate(100, MemoryUse::kValues);
  const uint64_t first = memory.PublishAndPin();
  EXPECT_FALSE(memory.IsPrivate(block));
  const uint64_t second = memory.PublishAndPin();
  memory.Release(block);
  const uint64_t third = memory.PublishAndPin();
  EXPECT_GE(memory.retired_bytes(), 100u);
  memory.Unpin(third);
  memory.Unpin(first);
  EXPECT_GE(memory.retired_bytes(), 100u);
  memory.Unpin(second);
  EXPECT_EQ(memory.retired_bytes(), 0u);
}

TEST(VersionedMemory, FreesWhatCameAndWentAfterTheOldestVersionHeld) {
  VersionedMemory memory;
  const uint64_t held = memory.PublishAndPin();
  uint64_t current = memory.PublishAndPin();
  for (int i = 0; i < 100; ++i) {
    void* block = memory.Allocate(1000, MemoryUse::kValues);
    uint64_t next = memory.PublishAndPin();
    memory.Unpin(current);
    current = next;
    memory.Release(block);
  }
  memory.Unpin(memory.PublishAndPin());
  memory.Unpin(current);
  EXPECT_EQ(memory.retired_bytes(), 0u);
  memory.Unpin(held);
}

TEST(VersionedMemory, KeepsWhatIsRetired_EvenIfNoVersionWasPublishedSince) {
  VersionedMemory memory;
  const uint64_t version = memory.PublishAndPin();
  memory.Retire(memory.Allocate(100, MemoryUse::kPostings));
  EXPECT_GE(memory.retired_bytes(), 100u);
  memory.Unpin(memory.PublishAndPin());
  EXPECT_GE(memory.retired_bytes(), 100u);
  memory.Unpin(version);
  EXPECT_EQ(memory.retired_bytes(), 0u);
}

TEST(VersionedArray, EachVersionKeepsItsContents) {
  VersionedMemory memory;
  VersionedArray<int64_t> array(&memory, MemoryUse::kSeries);
  constexpr int64_t kSize = 40'000;  // several nodes
  for (int64_t i = 0; i < kSize; ++i) array.Add(i);
  const auto first = array.view();
  const uint64_t first_version = memory.PublishAndPin();
  for (int64_t i = 0; i < kSize; i += 3) *array.Mutable(static_cast<size_t>(i)) = -i;
  array.Add(7);
  const auto second = array.view();
  const uint64_t second_version = memory.PublishAndPin();
  for (size_t i = 0; i < array.size(); ++i) *array.Mutable(i) = 0;
  for (int64_t i = 0; i < kSize; ++i) {
    ASSERT_EQ(first[static_cast<size_t>(i)], i);
    ASSERT_EQ(second[static_cast<size_t>(i)], i % 3 == 0 ? -i : i);
    ASSERT_EQ(array[static_cast<size_t>(i)], 0);
  }
  EXPECT_EQ(second[kSize], 7);
  memory.Unpin(first_version);
  memory.Unpin(second_version);
}

TEST(VersionedArray, CopiesOnlyThePagesThatChange) {
  VersionedMemory memory;
  VersionedArray<int64_t> array(&memory, MemoryUse::kSeries);
  for (int64_t i = 0; i < 100'000; ++i) array.Add(i);
  const uint64_t version = memory.PublishAndPin();
  *array.Mutable(50'000) = 1;
  *array.Mutable(50'001) = 1;
  // A root, a node and a page.
  memory.Unpin(memory.PublishAndPin());
  EXPECT_LT(memory.retired_bytes(), 4000u);
  memory.Unpin(version);
}

}  // namespace
}  // namespace promlite::internal
