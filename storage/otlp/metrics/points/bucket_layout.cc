#include "promlite/storage/otlp/metrics/points/bucket_layout.h"

#include <limits>

#include "absl/status/status.h"

namespace promlite::internal {
namespace {

constexpr int64_t kMostEmptyBuckets = 2;

// Writes buckets one behind the other.
class Layout {
 public:
  explicit Layout(int64_t first_index) : next_(first_index) {}

  // REQUIRES: behind all that were added.
  void Add(int64_t index, uint64_t count) {
    int64_t skipped = index - next_;
    if (skipped > kMostEmptyBuckets) {
      next_ += skipped;
    } else {
      for (; skipped > 0; --skipped) Push(0);
    }
    Push(count);
  }

  std::vector<IntegerBucket> Take() && { return std::move(buckets_); }

 private:
  void Push(uint64_t count) {
    buckets_.push_back({static_cast<int32_t>(next_++), static_cast<int64_t>(count)});
  }

  int64_t next_;
  std::vector<IntegerBucket> buckets_;
};

}  // namespace

absl::StatusOr<std::vector<IntegerBucket>> LayOutBuckets(std::span<const uint64_t> counts,
                                                         int32_t offset, int scale_down,
                                                         int index_shift) {
  if (counts.empty()) return std::vector<IntegerBucket>();
  const auto size = static_cast<int64_t>(counts.size());
  const auto index_of = [&](int64_t i) { return (i + offset) >> scale_down; };
  if (index_of(size - 1) + index_shift > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError("an exponential histogram with buckets beyond all numbers");
  }
  Layout layout(index_of(0) + index_shift);
  int64_t current = index_of(0);
  uint64_t count = 0;
  for (int64_t i = 0; i < size; ++i) {
    if (index_of(i) != current) {
      if (count != 0) layout.Add(current + index_shift, count);
      count = 0;
      current = index_of(i);
    }
    count += counts[static_cast<size_t>(i)];
  }
  layout.Add(current + index_shift, count);
  return std::move(layout).Take();
}

}  // namespace promlite::internal
