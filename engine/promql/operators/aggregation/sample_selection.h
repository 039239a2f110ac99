#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_SAMPLE_SELECTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_SAMPLE_SELECTION_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// The result of an aggregation that selects samples of its input, with their labels: begins empty.
class SampleSelection {
 public:
  explicit SampleSelection(const Block& input)
      : input_(input), result_(input.series, input.steps()) {
    for (size_t row = 0; row < input.rows(); ++row) result_.span(row) = input.span(row);
    if (input.has_histograms()) selected_histograms_.resize(input.rows() * input.words());
  }

  // From threads side by side only for steps of different words of presence bits.
  void Select(size_t row, size_t step) {
    if (!input_.present(row, step)) {
      SetBit(selected_histograms_.data() + row * input_.words(), step);
      return;
    }
    SetBit(result_.presence(row), step);
    result_.values(row)[step] = input_.values(row)[step];
  }

  Block Finish() && {
    if (input_.has_histograms()) SelectHistograms();
    result_.RemoveEmptyRows();
    return std::move(result_);
  }
  // All rows, empty ones too.
  Block& block() { return result_; }

 private:
  void SelectHistograms() {
    for (size_t row = 0; row < input_.rows(); ++row) {
      for (const HistogramCell& cell : input_.histograms(row)) {
        if (!TestBit(selected_histograms_.data() + row * input_.words(), cell.step)) continue;
        result_.SetHistogram(row, cell.step, cell.histogram);
      }
    }
  }

  const Block& input_;
  Block result_;
  std::vector<uint64_t> selected_histograms_;  // bits, if the input has any
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_SAMPLE_SELECTION_H_
