#include "promlite/engine/blocks/sample_presence.h"

#include "promlite/engine/blocks/presence_runs.h"

namespace promlite::internal {

SamplePresence::SamplePresence(const Block& block) : block_(block) {
  if (!block.has_histograms()) return;
  spans_.resize(block.rows());
  bits_.resize(block.rows());
  for (size_t row = 0; row < block.rows(); ++row) {
    const std::span<const HistogramCell> cells = block.histograms(row);
    if (cells.empty()) continue;
    bits_[row].assign(block.presence(row), block.presence(row) + block.words());
    for (const HistogramCell& cell : cells) SetBit(bits_[row].data(), cell.step);
    spans_[row] = Union(block.span(row), {cells.front().step, cells.back().step + 1});
  }
}

}  // namespace promlite::internal
