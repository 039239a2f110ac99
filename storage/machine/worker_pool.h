#ifndef PROMLITE_STORAGE_MACHINE_WORKER_POOL_H_
#define PROMLITE_STORAGE_MACHINE_WORKER_POOL_H_

#include <cstddef>
#include <functional>

namespace promlite::internal {

// Runs the parts of one query's loops side by side.
class WorkerPool {
 public:
  // `threads` counts the caller: 1 runs everything on it. 0 = as many as there are processors.
  explicit WorkerPool(int threads);

  int threads() const { return threads_; }

  // Calls body(begin, end) for pieces that cover [0, count) once, each of at least `grain` elements
  // (but the last), and returns when all are done. Which thread runs which piece is open, so the
  // pieces must not depend on each other. The first exception that a piece throws is thrown again
  // here, when all threads are done; pieces not begun by then are left out.
  void ParallelFor(size_t count, size_t grain,
                   const std::function<void(size_t begin, size_t end)>& body) const;

 private:
  int threads_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_MACHINE_WORKER_POOL_H_
