#include "promlite/engine/run/query_context.h"

#include <limits>

#include "absl/time/clock.h"

namespace promlite::internal {
namespace {

absl::Status TooManySamples() {
  return absl::ResourceExhaustedError(
      "query processing would load too many samples into memory in query execution");
}

absl::Status TooMuchMemory() {
  return absl::ResourceExhaustedError("query processing would use too much memory");
}

}  // namespace

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
  const int64_t held_bytes = bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  if (samples > 0 && held > max_samples_) return TooManySamples();
  if (bytes > 0 && held_bytes > max_bytes_) return TooMuchMemory();
  return absl::OkStatus();
}

absl::Status QueryBudget::CheckSamples(int64_t samples) const {
  if (samples > max_samples_ - samples_.load(std::memory_order_relaxed)) return TooManySamples();
  return absl::OkStatus();
}

absl::Status QueryBudget::CheckFits(size_t rows, size_t steps) const {
  // A cell is a double and a presence bit. Histograms say their step in 32 bits.
  const int64_t room = max_bytes_ - bytes_.load(std::memory_order_relaxed);
  const double bytes = static_cast<double>(rows) * static_cast<double>(steps) * (8 + 1.0 / 8);
  if (bytes > static_cast<double>(room) || steps > std::numeric_limits<uint32_t>::max()) {
    return TooMuchMemory();
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
