#ifndef PROMLITE_STORAGE_HISTOGRAM_STORE_H_
#define PROMLITE_STORAGE_HISTOGRAM_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "promlite/storage/histogram.h"
#include "promlite/storage/snapshot.h"

namespace promlite::internal {

// The native histograms of a head, by series and time; of several at one time, that with the later
// start. Rare: what has none pays nothing.
class HistogramStore {
 public:
  void Add(SeriesId series, int64_t time_ms, int64_t start_ns, const Histogram& histogram);

  bool Has(SeriesId series) const { return series_.contains(series); }
  size_t size() const { return size_; }
  // REQUIRES: Has(series).
  int64_t MinTime(SeriesId series) const { return series_.at(series).begin()->first; }
  int64_t MaxTime(SeriesId series) const { return series_.at(series).rbegin()->first; }
  // Of all series. REQUIRES: size() > 0.
  int64_t min_ms() const { return min_ms_; }
  int64_t max_ms() const { return max_ms_; }

  // With the hints that Prometheus' storage would deliver: `numbers` are the series' other samples.
  std::vector<HistogramSample> Read(SeriesId series, int64_t min_ms, int64_t max_ms,
                                    const SamplesView& numbers) const;

 private:
  struct Entry {
    int64_t start_ns = 0;
    std::shared_ptr<const Histogram> histogram;
  };
  std::map<SeriesId, std::map<int64_t, Entry>> series_;
  size_t size_ = 0;
  int64_t min_ms_ = 0, max_ms_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_HISTOGRAM_STORE_H_
