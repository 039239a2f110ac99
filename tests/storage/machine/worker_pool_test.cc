#include "promlite/storage/machine/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <vector>

namespace promlite::internal {
namespace {

TEST(WorkerPool, CoversEveryElementOnce) {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> times(1000);
    WorkerPool(threads).ParallelFor(times.size(), 3, [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) ++times[i];
    });
    for (const std::atomic<int>& count : times) EXPECT_EQ(count, 1);
  }
}

TEST(WorkerPool, LackOfMemoryInAThreadReachesTheCaller) {
  for (const int threads : {1, 2, 7}) {
    EXPECT_THROW(
        WorkerPool(threads).ParallelFor(1000, 1, [](size_t, size_t) { throw std::bad_alloc(); }),
        std::bad_alloc);
  }
}

}  // namespace
}  // namespace promlite::internal
