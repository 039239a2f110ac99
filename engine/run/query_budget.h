#ifndef PROMLITE_ENGINE_RUN_QUERY_BUDGET_H_
#define PROMLITE_ENGINE_RUN_QUERY_BUDGET_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "promlite/engine/run/engine_options.h"

namespace promlite::internal {

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

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_QUERY_BUDGET_H_
