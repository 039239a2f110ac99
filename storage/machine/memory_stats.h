#ifndef PROMLITE_STORAGE_MACHINE_MEMORY_STATS_H_
#define PROMLITE_STORAGE_MACHINE_MEMORY_STATS_H_

#include <cstddef>

namespace promlite {

// Where a database's memory is, in bytes allocated (the allocator's own overhead left out).
struct MemoryStats {
  size_t symbol_bytes = 0;   // label names and values, and their index
  size_t series_bytes = 0;   // label sets, streams, chunk lists
  size_t posting_bytes = 0;  // series by label
  size_t time_bytes = 0;     // time columns; times of native histograms
  size_t value_bytes = 0;    // values, sealed and open; native histograms
  size_t retired_bytes = 0;  // what only older snapshots, still held, can see

  size_t series = 0;
  size_t samples = 0;

  double BytesPerSample() const {
    return samples == 0
               ? 0
               : static_cast<double>(time_bytes + value_bytes) / static_cast<double>(samples);
  }
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_MACHINE_MEMORY_STATS_H_
