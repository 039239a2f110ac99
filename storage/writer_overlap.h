#ifndef PROMLITE_STORAGE_WRITER_OVERLAP_H_
#define PROMLITE_STORAGE_WRITER_OVERLAP_H_

#include <cstddef>
#include <string>
#include <vector>

#include "promlite/storage/labels.h"

namespace promlite {

// Series that several writers wrote at the same time, told apart by their start timestamps: their
// counters interleave in one series, and whoever reads it as one counter sees resets that never
// were.
struct WriterOverlap {
  struct Series {
    Labels labels;
    size_t writers = 0;     // how many wrote at the same time
    size_t collisions = 0;  // samples of different writers that bear the same time: one survives
  };

  std::vector<Series> series;  // sorted by labels
  size_t most_writers = 0;
  size_t collisions = 0;  // of all series of the database

  bool empty() const { return series.empty() && collisions == 0; }
  // One sentence for the user; empty if there is nothing to say.
  std::string Warning() const;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_WRITER_OVERLAP_H_
