#include "promlite/storage/machine/thread_pool.h"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <exception>

namespace promlite::internal {
namespace {

// While it lives, threads start with signals blocked, but for those that their own faults raise: a
// program's signals (Ctrl-C) are to reach the threads that the program knows of.
class StartWithoutSignals {
 public:
  StartWithoutSignals() {
    sigset_t blocked;
    sigfillset(&blocked);
    for (const int fault : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP}) {
      sigdelset(&blocked, fault);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  ~StartWithoutSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StartWithoutSignals(const StartWithoutSignals&) = delete;
  StartWithoutSignals& operator=(const StartWithoutSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

// One ParallelFor() under way. It lives on its caller's stack.
class ThreadPool::Loop {
 public:
  Loop(size_t count, size_t piece, const std::function<void(size_t, size_t)>& body)
      : count_(count), piece_(piece), body_(body) {}

  // Takes piece after piece until none is left. What a piece throws (std::bad_alloc) must not end
  // its thread and so the program: it is kept for the caller.
  void Work() {
    try {
      for (;;) {
        const size_t begin = next_.fetch_add(piece_, std::memory_order_relaxed);
        if (begin >= count_) return;
        body_(begin, std::min(count_, begin + piece_));
      }
    } catch (...) {
      next_.store(count_, std::memory_order_relaxed);
      const std::lock_guard<std::mutex> lock(failure_mutex_);
      if (failure_ == nullptr) failure_ = std::current_exception();
    }
  }

  // REQUIRES: nobody works any more.
  void RethrowFailure() const {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

  // Guarded by the pool's mutex.
  size_t helpers_wanted = 0;
  size_t helpers = 0;  // threads of the pool that are in Work()

 private:
  const size_t count_;
  const size_t piece_;
  const std::function<void(size_t, size_t)>& body_;
  std::atomic<size_t> next_ = 0;
  std::mutex failure_mutex_;
  std::exception_ptr failure_;
};

ThreadPool::ThreadPool(int size)
    : size_(size > 0 ? size : std::max(1, static_cast<int>(std::thread::hardware_concurrency()))) {}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ends_ = true;
  }
  work_or_end_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::ParallelFor(size_t count, size_t grain,
                             const std::function<void(size_t, size_t)>& body) {
  if (count == 0) return;
  grain = std::max<size_t>(grain, 1);
  // Four pieces a thread even out rows of different length.
  const size_t pieces = std::min((count + grain - 1) / grain, static_cast<size_t>(size_) * 4);
  const size_t workers = std::min(pieces, static_cast<size_t>(size_));
  if (workers <= 1) return body(0, count);

  Loop loop(count, (count + pieces - 1) / pieces, body);
  Offer(&loop, workers - 1);
  loop.Work();
  Withdraw(&loop);
  loop.RethrowFailure();
}

void ThreadPool::Offer(Loop* loop, size_t helpers) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    try {
      loops_.push_back(loop);
      loop->helpers_wanted = helpers;
      if (threads_.size() < helpers) StartThreads(helpers);
    } catch (const std::exception&) {
      // There are no more threads to be had, or no memory for them: those that there are do it all.
    }
  }
  for (size_t i = 0; i < helpers; ++i) work_or_end_.notify_one();
}

void ThreadPool::StartThreads(size_t count) {
  const StartWithoutSignals start_without_signals;
  while (threads_.size() < count) threads_.emplace_back([this] { Serve(); });
}

void ThreadPool::Withdraw(Loop* loop) {
  std::unique_lock<std::mutex> lock(mutex_);
  std::erase(loops_, loop);
  // A helper runs none but pieces of this loop, and waits for none but loops inside them: so the
  // waiting ends.
  helper_left_.wait(lock, [loop] { return loop->helpers == 0; });
}

void ThreadPool::Serve() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    work_or_end_.wait(lock, [this] { return ends_ || !loops_.empty(); });
    if (loops_.empty()) return;
    Loop* const loop = loops_.front();
    ++loop->helpers;
    if (--loop->helpers_wanted == 0) std::erase(loops_, loop);
    lock.unlock();
    loop->Work();
    lock.lock();
    // From here on the loop may be gone, as soon as the lock is.
    if (--loop->helpers == 0) helper_left_.notify_all();
  }
}

}  // namespace promlite::internal
