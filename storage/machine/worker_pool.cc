#include "promlite/storage/machine/worker_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace promlite::internal {

WorkerPool::WorkerPool(int threads)
    : threads_(threads > 0 ? threads
                           : std::max(1, static_cast<int>(std::thread::hardware_concurrency()))) {}

void WorkerPool::ParallelFor(size_t count, size_t grain,
                             const std::function<void(size_t, size_t)>& body) const {
  if (count == 0) return;
  grain = std::max<size_t>(grain, 1);
  const size_t pieces = std::min((count + grain - 1) / grain, static_cast<size_t>(threads_) * 4);
  const size_t workers = std::min(pieces, static_cast<size_t>(threads_));
  if (workers <= 1) return body(0, count);

  // Four pieces a thread even out rows of different length.
  const size_t piece = (count + pieces - 1) / pieces;
  std::atomic<size_t> next = 0;
  // What a piece throws (std::bad_alloc) must not end its thread and so the program: the first such
  // exception goes on in the caller, when all threads are back.
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    try {
      for (;;) {
        const size_t begin = next.fetch_add(piece, std::memory_order_relaxed);
        if (begin >= count) return;
        body(begin, std::min(count, begin + piece));
      }
    } catch (...) {
      next.store(count, std::memory_order_relaxed);
      const std::lock_guard<std::mutex> lock(failure_mutex);
      if (failure == nullptr) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(workers - 1);
  try {
    for (size_t i = 1; i < workers; ++i) others.emplace_back(work);
  } catch (const std::system_error&) {
    // No more threads to be had: those that there are do it all.
  }
  work();
  for (std::thread& other : others) other.join();
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace promlite::internal
