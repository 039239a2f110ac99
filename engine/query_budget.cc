#include "promlite/engine/query_budget.h"

#include "absl/time/clock.h"

namespace promlite::internal {

QueryBudget::QueryBudget(const EngineOptions& options, const std::atomic<bool>* cancelled)
    : max_samples_(options.max_samples),
      max_bytes_(options.max_bytes),
      deadline_(absl::Now() + options.timeout),
      cancelled_(cancelled) {}

absl::Status QueryBudget::Check() const {
  if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
    return absl::CancelledError("query was canceled in expression evaluation");
  }
  if (absl::Now() > deadline_) {
    return absl::DeadlineExceededError("query timed out in expression evaluation");
  }
  return absl::OkStatus();
}

absl::Status QueryBudget::Hold(int64_t samples, int64_t bytes) {
  const int64_t held = samples_.fetch_add(samples, std::memory_order_relaxed) + samples;
  int64_t peak = peak_samples_.load(std::memory_order_relaxed);
  while (held > peak &&
         !peak_samples_.compare_exchange_weak(peak, held, std::memory_order_relaxed)) {
  }
  const int64_t held_bytes = bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  if (samples > 0 && held > max_samples_) {
    return absl::ResourceExhaustedError(
        "query processing would load too many samples into memory in query execution");
  }
  if (bytes > 0 && held_bytes > max_bytes_) {
    return absl::ResourceExhaustedError("query processing would use too much memory");
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
