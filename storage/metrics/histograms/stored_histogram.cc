#include "promlite/storage/metrics/histograms/stored_histogram.h"

#include <bit>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

void LoadBuckets(const double* counts, const int32_t* indices, size_t size,
                 std::vector<HistogramBucket>* buckets) {
  buckets->resize(size);
  for (size_t i = 0; i < size; ++i) (*buckets)[i] = {indices[i], counts[i]};
}

}  // namespace

StoredHistogram* StoreHistogram(const Histogram& histogram, VersionedMemory* memory) {
  StoredHistogram head;
  // Blocks are compared byte by byte: what lies between the members must not differ.
  std::memset(static_cast<void*>(&head), 0, sizeof(head));
  head.sum = histogram.sum;
  if (!histogram.IsStalenessMarker()) {
    head.count = histogram.count;
    head.zero_threshold = histogram.zero_threshold;
    head.zero_count = histogram.zero_count;
    head.schema = histogram.schema;
    head.hint = histogram.hint;
    head.positive_count = static_cast<uint32_t>(histogram.positive.size());
    head.negative_count = static_cast<uint32_t>(histogram.negative.size());
    head.bound_count = static_cast<uint32_t>(histogram.custom_bounds.size());
  }
  auto* stored = static_cast<StoredHistogram*>(memory->Allocate(head.bytes(), MemoryUse::kValues));
  std::memcpy(static_cast<void*>(stored), &head, sizeof(head));
  auto* count = const_cast<double*>(stored->counts());
  auto* index = const_cast<int32_t*>(stored->indices());
  for (const auto& [side, size] : {std::pair(&histogram.positive, head.positive_count),
                                   std::pair(&histogram.negative, head.negative_count)}) {
    for (const HistogramBucket& bucket : std::span(side->data(), size)) {
      *count++ = bucket.count;
      *index++ = bucket.index;
    }
  }
  if (head.bound_count > 0) {
    std::memcpy(count, histogram.custom_bounds.data(), head.bound_count * sizeof(double));
  }
  return stored;
}

Histogram LoadHistogram(const StoredHistogram& stored) {
  Histogram histogram;
  histogram.hint = stored.hint;
  histogram.schema = stored.schema;
  histogram.zero_threshold = stored.zero_threshold;
  histogram.zero_count = stored.zero_count;
  histogram.count = stored.count;
  histogram.sum = stored.sum;
  LoadBuckets(stored.counts(), stored.indices(), stored.positive_count, &histogram.positive);
  LoadBuckets(stored.counts() + stored.positive_count, stored.indices() + stored.positive_count,
              stored.negative_count, &histogram.negative);
  histogram.custom_bounds.assign(stored.bounds(), stored.bounds() + stored.bound_count);
  return histogram;
}

bool HasLargerBits(const StoredHistogram& a, const StoredHistogram& b) {
  const auto bits = [](double value) { return std::bit_cast<uint64_t>(value); };
  if (bits(a.count) != bits(b.count)) return bits(a.count) > bits(b.count);
  if (bits(a.sum) != bits(b.sum)) return bits(a.sum) > bits(b.sum);
  if (a.bytes() != b.bytes()) return a.bytes() > b.bytes();
  return std::memcmp(&a, &b, a.bytes()) > 0;
}

}  // namespace promlite::internal
