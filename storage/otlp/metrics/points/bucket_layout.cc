#include "promlite/storage/otlp/metrics/points/bucket_layout.h"

#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace promlite::internal {
namespace {

constexpr int64_t kMostEmptyBuckets = 2;

absl::Status OutOfRange(int span, const char* does, int64_t index) {
  return absl::InvalidArgumentError(
      absl::StrCat("span number ", span, " ", does, " at bucket index ", index,
                   ": histogram has a span whose bucket index is out of range"));
}

// Writes buckets one behind the other.
class Layout {
 public:
  explicit Layout(int64_t first_index) : next_(first_index) {}

  // REQUIRES: behind all that were added.
  void Add(int64_t index, uint64_t count) {
    if (index - next_ > kMostEmptyBuckets) {
      next_ = index;
      ++span_;
    }
    while (next_ < index) Push(0);
    Push(count);
  }

  absl::StatusOr<std::vector<IntegerBucket>> Take() && {
    if (first_out_of_range_.span == 0) return std::move(buckets_);
    return OutOfRange(first_out_of_range_.span, "ends", first_out_of_range_.last_index);
  }

 private:
  void Push(uint64_t count) {
    if (next_ > std::numeric_limits<int32_t>::max() && first_out_of_range_.span == 0) {
      first_out_of_range_.span = span_;
    }
    if (first_out_of_range_.span == span_) first_out_of_range_.last_index = next_;
    buckets_.push_back({static_cast<int32_t>(next_++), static_cast<int64_t>(count)});
  }

  int64_t next_;
  int span_ = 1;
  struct {
    int span = 0;  // none
    int64_t last_index = 0;
  } first_out_of_range_;
  std::vector<IntegerBucket> buckets_;
};

}  // namespace

absl::StatusOr<std::vector<IntegerBucket>> LayOutBuckets(std::span<const uint64_t> counts,
                                                         int32_t offset, int scale_down,
                                                         int index_shift) {
  if (counts.empty()) return std::vector<IntegerBucket>();
  const auto size = static_cast<int64_t>(counts.size());
  const auto index_of = [&](int64_t i) { return (i + offset) >> scale_down; };
  if (index_of(0) + index_shift > std::numeric_limits<int32_t>::max()) {
    // Prometheus' own index wraps round.
    return OutOfRange(1, "starts", std::numeric_limits<int32_t>::min());
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
