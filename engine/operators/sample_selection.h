#ifndef PROMLITE_ENGINE_OPERATORS_SAMPLE_SELECTION_H_
#define PROMLITE_ENGINE_OPERATORS_SAMPLE_SELECTION_H_

#include <cstddef>
#include <utility>

#include "promlite/engine/block.h"

namespace promlite::internal {

// The result of an aggregation that selects samples of its input, with their labels: begins empty.
class SampleSelection {
 public:
  explicit SampleSelection(const Block& input)
      : input_(input), result_(input.series, input.steps()) {
    for (size_t row = 0; row < input.rows(); ++row) result_.span(row) = input.span(row);
  }

  // From threads side by side only for steps of different words of presence bits.
  void Select(size_t row, size_t step) {
    SetBit(result_.presence(row), step);
    result_.values(row)[step] = input_.values(row)[step];
  }

  Block Finish() && {
    result_.RemoveEmptyRows();
    return std::move(result_);
  }
  // All rows, empty ones too.
  Block& block() { return result_; }

 private:
  const Block& input_;
  Block result_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_SAMPLE_SELECTION_H_
