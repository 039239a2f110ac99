#ifndef PROMLITE_ENGINE_BLOCKS_SAMPLE_PRESENCE_H_
#define PROMLITE_ENGINE_BLOCKS_SAMPLE_PRESENCE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/engine/blocks/block.h"

namespace promlite::internal {

// Where a block has samples of either kind, numbers or histograms, in the form in which a block
// says where it has numbers: for matching, set operators, and whatever else does not look at
// values. Costs nothing for a block without histograms. The block outlives it and does not change
// meanwhile.
class SamplePresence {
 public:
  explicit SamplePresence(const Block& block);

  size_t rows() const { return block_.rows(); }
  size_t words() const { return block_.words(); }
  RowSpan span(size_t row) const { return Has(row) ? spans_[row] : block_.span(row); }
  const uint64_t* bits(size_t row) const {
    return Has(row) ? bits_[row].data() : block_.presence(row);
  }
  bool present(size_t row, size_t step) const { return TestBit(bits(row), step); }

 private:
  // Whether the row has bits of its own here.
  bool Has(size_t row) const { return !bits_.empty() && !bits_[row].empty(); }

  const Block& block_;
  // Of the rows with histograms.
  std::vector<RowSpan> spans_;
  std::vector<std::vector<uint64_t>> bits_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_SAMPLE_PRESENCE_H_
