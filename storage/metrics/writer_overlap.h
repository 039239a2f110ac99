#ifndef PROMLITE_STORAGE_METRICS_WRITER_OVERLAP_H_
#define PROMLITE_STORAGE_METRICS_WRITER_OVERLAP_H_

#include <cstddef>
#include <string>
#include <vector>

#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

// Series that several writers wrote at the same time, told apart by their start timestamps: their
// counters interleave in one series, and whoever reads it as one counter sees resets that never
// were.
struct PROMLITE_EXPORT WriterOverlap {
  struct Series {
    Labels labels;
    size_t writers = 0;     // how many wrote at the same time
    size_t collisions = 0;  // samples that are hidden, since another writer's bears their time
  };

  std::vector<Series> series;  // sorted by labels
  size_t most_writers = 0;
  size_t collisions = 0;  // of all these series

  // One sentence for the user: how many series, how many writers, what follows. Empty if there is
  // no such series.
  std::string Warning() const;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_WRITER_OVERLAP_H_
