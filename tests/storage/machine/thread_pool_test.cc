#include "promlite/storage/machine/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <new>
#include <thread>
#include <vector>

namespace promlite::internal {
namespace {

// How often each of 1000 elements comes up in a loop.
std::vector<std::atomic<int>> TimesInLoop(ThreadPool& pool, size_t grain) {
  std::vector<std::atomic<int>> times(1000);
  pool.ParallelFor(times.size(), grain, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) ++times[i];
  });
  return times;
}

TEST(ThreadPool, CoversEveryElementOnce) {
  for (const int threads : {1, 2, 7}) {
    ThreadPool pool(threads);
    for (int loop = 0; loop < 50; ++loop) {
      for (const std::atomic<int>& count : TimesInLoop(pool, 3)) EXPECT_EQ(count, 1);
    }
  }
}

TEST(ThreadPool, AsManyThreadsAsItsSizeWorkOnALoop) {
  ThreadPool pool(3);
  // Passed only if three threads are in a piece each at the same time.
  std::latch all_here(3);
  pool.ParallelFor(3, 1, [&](size_t begin, size_t end) {
    EXPECT_EQ(end - begin, 1u);
    all_here.arrive_and_wait();
  });
}

TEST(ThreadPool, UsesItsThreadsAgain) {
  ThreadPool pool(2);
  std::atomic<int> threads = 0;
  for (int loop = 0; loop < 20; ++loop) {
    std::latch both_here(2);
    pool.ParallelFor(2, 1, [&](size_t, size_t) {
      both_here.arrive_and_wait();
      thread_local bool was_here = false;
      if (!was_here) ++threads;
      was_here = true;
    });
  }
  EXPECT_EQ(threads, 2);
}

TEST(ThreadPool, TwoCallersShareIt) {
  ThreadPool pool(3);
  std::vector<std::thread> callers;
  std::atomic<int> wrong = 0;
  for (int caller = 0; caller < 2; ++caller) {
    callers.emplace_back([&] {
      for (int loop = 0; loop < 200; ++loop) {
        for (const std::atomic<int>& count : TimesInLoop(pool, 1)) wrong += count != 1;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ThreadPool, ACallerGetsOnWhileAnotherHoldsAllThreads) {
  ThreadPool pool(2);
  std::latch held(2), release(1);
  std::thread holder([&] {
    pool.ParallelFor(2, 1, [&](size_t, size_t) {
      held.count_down();
      release.wait();
    });
  });
  held.wait();
  for (const std::atomic<int>& count : TimesInLoop(pool, 1)) EXPECT_EQ(count, 1);
  release.count_down();
  holder.join();
}

TEST(ThreadPool, ALoopInsideALoopEnds) {
  ThreadPool pool(3);
  std::atomic<int> inner = 0;
  pool.ParallelFor(20, 1, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      pool.ParallelFor(20, 1, [&](size_t b, size_t e) { inner += static_cast<int>(e - b); });
    }
  });
  EXPECT_EQ(inner, 400);
}

TEST(ThreadPool, EndsWithThreadsThatSleepAndWithoutAny) {
  for (int round = 0; round < 50; ++round) {
    ThreadPool used(4);
    TimesInLoop(used, 1);
    const ThreadPool unused(4);
  }
}

TEST(ThreadPool, LackOfMemoryInAThreadReachesTheCaller) {
  for (const int threads : {1, 2, 7}) {
    ThreadPool pool(threads);
    EXPECT_THROW(pool.ParallelFor(1000, 1, [](size_t, size_t) { throw std::bad_alloc(); }),
                 std::bad_alloc);
    for (const std::atomic<int>& count : TimesInLoop(pool, 3)) EXPECT_EQ(count, 1);
  }
}

}  // namespace
}  // namespace promlite::internal
