#ifndef PROMLITE_ENGINE_KERNELS_COUNTER_RESETS_H_
#define PROMLITE_ENGINE_KERNELS_COUNTER_RESETS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// Whether a counter began anew between two samples, by their start times (milliseconds, 0 =
// unknown).
bool IsStartTimeReset(int64_t previous_start, int64_t previous_time, int64_t start, int64_t time);

// Whether a sample claims to have begun before the one before it was taken, and yet not with it.
bool IsStartTimeOverlap(int64_t previous_start, int64_t previous_time, int64_t start);

// The samples (their indices, ascending) before which the counter was reset, between the first and
// the last sample of all windows: those below their predecessor, and, where the input has start
// times, those that began behind it. Comparisons with NaN are no resets.
void FindResets(const RangeInput& input, std::vector<uint32_t>* resets);

// Adds those of the samples (begin, end) that lie below their predecessor.
void FindDrops(const double* values, size_t begin, size_t end, std::vector<uint32_t>* drops);

// Walks along such a list, from step to step.
class IndexRun {
 public:
  explicit IndexRun(const std::vector<uint32_t>& indices) : indices_(indices) {}

  // Calls visit(index) for the indices in (begin, end). Neither may decrease from call to call.
  template <typename Visit>
  void Within(uint32_t begin, uint32_t end, Visit visit) {
    while (first_ < indices_.size() && indices_[first_] <= begin) ++first_;
    for (size_t k = first_; k < indices_.size() && indices_[k] < end; ++k) visit(indices_[k]);
  }

  // How many indices are in (begin, end). Neither may decrease from call to call.
  size_t CountWithin(uint32_t begin, uint32_t end) {
    while (first_ < indices_.size() && indices_[first_] <= begin) ++first_;
    if (end_ < first_) end_ = first_;
    while (end_ < indices_.size() && indices_[end_] < end) ++end_;
    return end_ - first_;
  }

 private:
  const std::vector<uint32_t>& indices_;
  size_t first_ = 0;
  size_t end_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_COUNTER_RESETS_H_
