#ifndef PROMLITE_ENGINE_BLOCKS_SERIES_SET_H_
#define PROMLITE_ENGINE_BLOCKS_SERIES_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/storage/labels/symbol_table.h"

namespace promlite::internal {

// The label sets of a block's rows, side by side in one array.
class SeriesSet {
 public:
  size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }

  SymbolPairs labels(size_t row) const {
    const size_t begin = row == 0 ? 0 : ends_[row - 1];
    return SymbolPairs(pairs_.data() + begin, ends_[row] - begin);
  }
  // Marked under the feature promql-delayed-name-removal: the metric name goes at the very end.
  bool drop_name(size_t row) const { return drop_name_[row] != 0; }

  // `labels` may point into this set.
  void Add(SymbolPairs labels, bool drop_name = false);

 private:
  std::vector<SymbolPair> pairs_;
  std::vector<size_t> ends_;
  std::vector<uint8_t> drop_name_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_SERIES_SET_H_
