#ifndef PROMLITE_ENGINE_RUN_QUERY_CONTEXT_H_
#define PROMLITE_ENGINE_RUN_QUERY_CONTEXT_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "promlite/engine/blocks/query_symbols.h"
#include "promlite/engine/run/annotations.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/storage/machine/thread_pool.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The times at which an expression is evaluated: start, start + step, ... <= end, in milliseconds.
// An instant query is a grid of one step.
struct StepGrid {
  int64_t start_ms = 0;
  int64_t end_ms = 0;
  int64_t step_ms = 1;  // > 0

  size_t steps() const { return end_ms < start_ms ? 0 : StepsBehindStart() + 1; }
  int64_t time(size_t step) const {
    return static_cast<int64_t>(static_cast<uint64_t>(start_ms) +
                                step * static_cast<uint64_t>(step_ms));
  }
  // The last time that is evaluated (end_ms need not be one).
  int64_t last_ms() const { return end_ms < start_ms ? start_ms : time(StepsBehindStart()); }

  friend bool operator==(const StepGrid&, const StepGrid&) = default;

 private:
  // Unsigned: a grid can be longer than an int64_t says.
  size_t StepsBehindStart() const {
    const uint64_t length = static_cast<uint64_t>(end_ms) - static_cast<uint64_t>(start_ms);
    return static_cast<size_t>(length / static_cast<uint64_t>(step_ms));
  }
};

// What a query depends on besides its text and the data.
struct QuerySettings {
  const EngineOptions& options;
  // The query's own: operators inside a subquery run on another. What `@ start()`, `@ end()` and
  // durations mean is said by this one.
  StepGrid grid;
  bool is_range_query = false;
};

// What one query may still use. Checked once a block or batch, never once a sample.
class QueryBudget {
 public:
  // `cancelled`, if given, is looked at at every check and outlives the query.
  QueryBudget(const EngineOptions& options, const std::atomic<bool>* cancelled);

  // Wall time and cancellation: DeadlineExceeded or Cancelled with Prometheus' messages.
  absl::Status Check() const;
  // Counts samples (cells that hold one) and bytes held; ResourceExhausted with Prometheus' message
  // when it is too much. Negative numbers give back. Thread-safe.
  absl::Status Hold(int64_t samples, int64_t bytes);
  // Whether so many samples might be held for a moment, beside those that are. Thread-safe.
  absl::Status CheckSamples(int64_t samples) const;
  // Whether a block of so many cells may be made beside what is held: to be asked before it is, as
  // a subquery can have any number of steps. Thread-safe.
  absl::Status CheckFits(size_t rows, size_t steps) const;

 private:
  const int64_t max_samples_;
  const int64_t max_bytes_;
  const absl::Time deadline_;
  const std::atomic<bool>* const cancelled_;
  std::atomic<int64_t> samples_ = 0;
  std::atomic<int64_t> bytes_ = 0;
};

// What the operators of one running query share. Everything that changes while a query runs is here
// or in blocks; plan and operators are immutable.
struct ExecContext {
  const Snapshot& snapshot;
  const QuerySettings& settings;
  ThreadPool& threads;
  QuerySymbols& symbols;
  Annotations& annotations;
  QueryBudget& budget;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_QUERY_CONTEXT_H_
