#ifndef PROMLITE_ENGINE_BLOCKS_BLOCK_H_
#define PROMLITE_ENGINE_BLOCKS_BLOCK_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "promlite/engine/kernels/windows.h"
#include "promlite/storage/labels/symbol_table.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// Bits of a row's presence, one a step, 64 a word.
inline bool TestBit(const uint64_t* bits, size_t step) {
  return bits[step / 64] >> (step % 64) & 1;
}
inline void SetBit(uint64_t* bits, size_t step) { bits[step / 64] |= uint64_t{1} << (step % 64); }
inline void ClearBit(uint64_t* bits, size_t step) {
  bits[step / 64] &= ~(uint64_t{1} << (step % 64));
}

// Calls visit(first, end) for every longest run [first, end) of present steps within [begin, end),
// in order. What works on such runs needs to look at no bit itself.
template <typename Visit>
void ForEachRun(const uint64_t* presence, size_t begin, size_t end, Visit visit) {
  size_t step = begin;
  while (step < end) {
    const uint64_t ahead = presence[step / 64] >> (step % 64);
    if (ahead == 0) {
      step = (step / 64 + 1) * 64;
      continue;
    }
    step += static_cast<size_t>(std::countr_zero(ahead));
    if (step >= end) return;
    size_t run_end = step;
    while (run_end < end) {
      const uint64_t gaps = ~presence[run_end / 64] >> (run_end % 64);
      if (gaps != 0) {
        run_end += static_cast<size_t>(std::countr_zero(gaps));
        break;
      }
      run_end = (run_end / 64 + 1) * 64;
    }
    run_end = std::min(run_end, end);
    visit(step, run_end);
    step = run_end;
  }
}

// Calls visit(word, mask) for the presence words of the steps [begin, end), with the bits of these
// steps set in the mask.
template <typename Visit>
void ForEachWord(size_t begin, size_t end, Visit visit) {
  if (begin >= end) return;
  const size_t first_word = begin / 64, last_word = (end - 1) / 64;
  for (size_t word = first_word; word <= last_word; ++word) {
    uint64_t mask = ~uint64_t{0};
    if (word == first_word) mask &= ~uint64_t{0} << (begin % 64);
    if (word == last_word && end % 64 != 0) mask &= ~uint64_t{0} >> (64 - end % 64);
    visit(word, mask);
  }
}

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

// A native histogram in a cell.
struct HistogramCell {
  uint32_t step = 0;
  std::shared_ptr<const Histogram> histogram;
};

// What passes between operators: some series x all steps of a grid, doubles in one array with a
// presence bit each. Every row carries the span of steps outside of which it has no sample.
//
// Invariants: a presence bit outside the row's span is 0. The value of an absent cell is undefined:
// read the bit first. Memory outside the spans is never touched (and so costs nothing): a fresh row
// is absent everywhere with an empty span.
//
// Native histograms are rare and large: they ride in a sparse column of their own, a list of cells
// a row, which a block of numbers does not have. Span and presence bits speak of numbers alone: a
// row whose span is empty may still have histograms, and what does not know of histograms does not
// see them. A cell holds a number (its presence bit) or a histogram (an entry of the list); only
// merging series that lost their names may leave both in one, as it does in Prometheus.
// SamplePresence says where there is a sample of either kind.
//
// A scalar expression is a block of one row without labels, present at every step.
class Block {
 public:
  Block() = default;
  explicit Block(size_t steps) : steps_(steps), words_((steps + 63) / 64) {}
  // Rows for all series of `series`.
  Block(SeriesSet set, size_t steps);
  Block(Block&&) = default;
  Block& operator=(Block&&) = default;

  SeriesSet series;

  size_t rows() const { return rows_; }
  size_t steps() const { return steps_; }
  size_t words() const { return words_; }

  // Makes room for `rows` absent rows; what was there before is gone.
  void AllocateRows(size_t rows);

  double* values(size_t row) { return values_.get() + row * steps_; }
  const double* values(size_t row) const { return values_.get() + row * steps_; }
  uint64_t* presence(size_t row) { return presence_.get() + row * words_; }
  const uint64_t* presence(size_t row) const { return presence_.get() + row * words_; }
  StepSpan& span(size_t row) { return spans_[row]; }
  StepSpan span(size_t row) const { return spans_[row]; }

  bool present(size_t row, size_t step) const { return TestBit(presence(row), step); }
  // Sets one cell; widens the span.
  void Set(size_t row, size_t step, double value) {
    values(row)[step] = value;
    SetBit(presence(row), step);
    StepSpan& s = spans_[row];
    if (s.empty()) {
      s = {step, step + 1};
    } else {
      s.first = std::min(s.first, step);
      s.end = std::max(s.end, step + 1);
    }
  }

  // Adds the presence bits of steps [first, first + count), which `bits` holds from its first on,
  // and widens the span by these steps.
  void AddPresence(size_t row, size_t first, size_t count, std::span<const uint64_t> bits);

  // ---- native histograms ----
  // Whether there is a column for them.
  bool has_histograms() const { return !histograms_.empty(); }
  // The row's histograms, by ascending step. Empty for a block without any.
  std::span<const HistogramCell> histograms(size_t row) const {
    return has_histograms() ? std::span<const HistogramCell>(histograms_[row])
                            : std::span<const HistogramCell>();
  }
  // The histogram at a step, or null.
  const Histogram* histogram(size_t row, size_t step) const;
  // Makes the column. SetHistogram() does so by itself; threads that fill rows side by side need it
  // to be there before.
  void AllocateHistograms() { histograms_.resize(rows_); }
  // REQUIRES: no histogram is there yet. Fast if it is the row's last one.
  void SetHistogram(size_t row, size_t step, std::shared_ptr<const Histogram> histogram);
  // Replaces all histograms of a row: ascending steps.
  void SetHistograms(size_t row, std::vector<HistogramCell> histograms);
  void DropHistograms() { histograms_.clear(); }

  // Of numbers: narrows the span to the outermost present cells; whether all cells of the span are
  // present; how many are.
  void TightenSpan(size_t row);
  bool Dense(size_t row) const;
  size_t CountPresent(size_t row) const;

  // Neither a number nor a histogram. REQUIRES: a tight span.
  bool RowIsEmpty(size_t row) const { return spans_[row].empty() && histograms(row).empty(); }

  // Copies the cells of a row, histograms too (not its labels), from another block with as many
  // steps.
  void CopyRow(size_t row, const Block& from, size_t from_row);
  // Drops rows (and their series) without any sample, keeping the order, and the column of
  // histograms if there is none.
  void RemoveEmptyRows();
  // Puts row order[i] (and its series) at place i. Rows that `order` leaves out are dropped.
  void Reorder(const std::vector<size_t>& order);

  // Bytes of cells allocated.
  size_t bytes() const { return rows_ * (steps_ * sizeof(double) + words_ * sizeof(uint64_t)); }

 private:
  struct Free {
    void operator()(void* p) const;
  };
  size_t rows_ = 0;
  size_t steps_ = 0;
  size_t words_ = 0;
  std::unique_ptr<double[], Free> values_;      // not initialised
  std::unique_ptr<uint64_t[], Free> presence_;  // zero-initialised by the system, page by page
  std::vector<StepSpan> spans_;
  std::vector<std::vector<HistogramCell>> histograms_;  // empty, or one list a row
};

// Gives an absent row the span and presence of a row of another block.
void CopyPresence(const Block& from, size_t from_row, Block* to, size_t to_row);

// The block of a scalar that is `value` at every step.
Block ScalarBlock(size_t steps, double value);

// Where a block has samples of either kind, numbers or histograms, in the form in which a block
// says where it has numbers: for matching, set operators, and whatever else does not look at
// values. Costs nothing for a block without histograms. The block outlives it and does not change
// meanwhile.
class SamplePresence {
 public:
  explicit SamplePresence(const Block& block);

  size_t rows() const { return block_.rows(); }
  size_t words() const { return block_.words(); }
  StepSpan span(size_t row) const { return Has(row) ? spans_[row] : block_.span(row); }
  const uint64_t* bits(size_t row) const {
    return Has(row) ? bits_[row].data() : block_.presence(row);
  }
  bool present(size_t row, size_t step) const { return TestBit(bits(row), step); }

 private:
  // Whether the row has bits of its own here.
  bool Has(size_t row) const { return !bits_.empty() && !bits_[row].empty(); }

  const Block& block_;
  // Of the rows with histograms.
  std::vector<StepSpan> spans_;
  std::vector<std::vector<uint64_t>> bits_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_BLOCK_H_
