#ifndef PROMLITE_STORAGE_MACHINE_THREAD_POOL_H_
#define PROMLITE_STORAGE_MACHINE_THREAD_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace promlite::internal {

// Threads that run the pieces of loops side by side. They start when a loop first needs them, sleep
// between loops and end with the pool. Signals sent to the program do not reach them. Thread-safe:
// several callers share the threads, and each of them works on its own loop as well, so that a loop
// gets on even where all threads are busy.
class ThreadPool {
 public:
  // `size` is how many threads may work on one loop, the caller's included: 1 runs every loop on
  // its caller. 0 stands for as many as there are processors.
  explicit ThreadPool(int size);
  // REQUIRES: no loop is running.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return size_; }

  // Calls body(begin, end) for pieces that cover [0, count) once, each of at least `grain` elements
  // (but the last), and returns when all are done. Which thread runs which piece is open, so the
  // pieces must not depend on each other. A body may run loops of its own. The first exception that
  // a piece throws is thrown again here, in the caller, when all pieces under way are done; pieces
  // not begun by then are left out.
  void ParallelFor(size_t count, size_t grain,
                   const std::function<void(size_t begin, size_t end)>& body);

 private:
  class Loop;

  // What a thread of the pool does: helps with one loop after the other.
  void Serve();
  // Lets up to `helpers` threads of the pool come to the loop's aid.
  void Offer(Loop* loop, size_t helpers);
  // So that there are `count`. REQUIRES: mutex_ is held.
  void StartThreads(size_t count);
  // Lets no further thread come, and waits for those that are there.
  void Withdraw(Loop* loop);

  const int size_;
  std::mutex mutex_;
  std::condition_variable work_or_end_;  // a loop was offered, or the pool ends
  std::condition_variable helper_left_;
  // Guarded by mutex_, as is what loops say of their helpers.
  std::vector<Loop*> loops_;  // that want helpers, the oldest first
  std::vector<std::thread> threads_;
  bool ends_ = false;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_THREAD_POOL_H_
