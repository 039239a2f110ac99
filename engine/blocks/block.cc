#include "promlite/engine/blocks/block.h"

#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace promlite::internal {

void SeriesSet::Add(SymbolPairs labels, bool drop_name) {
  const size_t old_size = pairs_.size();
  const SymbolPair* const base = pairs_.data();
  const bool own = labels.data() >= base && labels.data() < base + old_size;
  const size_t own_offset = own ? static_cast<size_t>(labels.data() - base) : 0;
  pairs_.resize(old_size + labels.size());
  const SymbolPair* from = own ? pairs_.data() + own_offset : labels.data();
  for (size_t i = 0; i < labels.size(); ++i) pairs_[old_size + i] = from[i];
  ends_.push_back(pairs_.size());
  drop_name_.push_back(drop_name);
}

void Block::Free::operator()(void* p) const { std::free(p); }

Block::Block(SeriesSet set, size_t steps) : Block(steps) {
  series = std::move(set);
  AllocateRows(series.size());
}

void Block::AllocateRows(size_t rows) {
  rows_ = rows;
  spans_.assign(rows, StepSpan{});
  histograms_.clear();
  // malloc and calloc hand out large pieces straight from the system, untouched and zero, so cells
  // outside the spans cost no memory.
  values_.reset(
      static_cast<double*>(std::malloc(std::max<size_t>(1, rows * steps_) * sizeof(double))));
  presence_.reset(
      static_cast<uint64_t*>(std::calloc(std::max<size_t>(1, rows * words_), sizeof(uint64_t))));
  if (values_ == nullptr || presence_ == nullptr) throw std::bad_alloc();
}

const Histogram* Block::histogram(size_t row, size_t step) const {
  const std::span<const HistogramCell> cells = histograms(row);
  const auto found =
      std::lower_bound(cells.begin(), cells.end(), step,
                       [](const HistogramCell& cell, size_t at) { return cell.step < at; });
  return found != cells.end() && found->step == step ? found->histogram.get() : nullptr;
}

void Block::SetHistogram(size_t row, size_t step, std::shared_ptr<const Histogram> histogram) {
  if (!has_histograms()) AllocateHistograms();
  std::vector<HistogramCell>& cells = histograms_[row];
  auto place = cells.end();
  while (place != cells.begin() && (place - 1)->step > step) --place;
  cells.insert(place, {static_cast<uint32_t>(step), std::move(histogram)});
}

void Block::SetHistograms(size_t row, std::vector<HistogramCell> histograms) {
  if (!has_histograms()) AllocateHistograms();
  histograms_[row] = std::move(histograms);
}

void Block::AddPresence(size_t row, size_t first, size_t count, std::span<const uint64_t> bits) {
  uint64_t* const row_bits = presence(row);
  const size_t shift = first % 64;
  const size_t first_word = first / 64;
  for (size_t word = 0; word < bits.size(); ++word) {
    row_bits[first_word + word] |= bits[word] << shift;
    const bool crosses = shift != 0 && first_word + word + 1 < words_;
    if (crosses) row_bits[first_word + word + 1] |= bits[word] >> (64 - shift);
  }
  const StepSpan added{first, first + count};
  StepSpan& s = spans_[row];
  s = s.empty() ? added : StepSpan{std::min(s.first, added.first), std::max(s.end, added.end)};
}

void Block::TightenSpan(size_t row) {
  StepSpan tight;
  const uint64_t* bits = presence(row);
  ForEachWord(spans_[row].first, spans_[row].end, [&](size_t word, uint64_t mask) {
    const uint64_t present = bits[word] & mask;
    if (present == 0) return;
    if (tight.empty()) tight.first = word * 64 + static_cast<size_t>(std::countr_zero(present));
    tight.end = word * 64 + 64 - static_cast<size_t>(std::countl_zero(present));
  });
  spans_[row] = tight;
}

bool Block::Dense(size_t row) const {
  bool dense = true;
  const uint64_t* bits = presence(row);
  ForEachWord(spans_[row].first, spans_[row].end,
              [&](size_t word, uint64_t mask) { dense &= (bits[word] & mask) == mask; });
  return dense;
}

size_t Block::CountPresent(size_t row) const {
  size_t count = 0;
  const uint64_t* bits = presence(row);
  ForEachWord(spans_[row].first, spans_[row].end, [&](size_t word, uint64_t mask) {
    count += static_cast<size_t>(std::popcount(bits[word] & mask));
  });
  return count;
}

void Block::CopyRow(size_t row, const Block& from, size_t from_row) {
  const StepSpan span = from.span(from_row);
  uint64_t* to_bits = presence(row);
  ForEachWord(spans_[row].first, spans_[row].end,
              [&](size_t word, uint64_t) { to_bits[word] = 0; });
  spans_[row] = span;
  if (has_histograms() || !from.histograms(from_row).empty()) {
    const std::span<const HistogramCell> cells = from.histograms(from_row);
    SetHistograms(row, {cells.begin(), cells.end()});
  }
  if (span.empty()) return;
  std::memcpy(values(row) + span.first, from.values(from_row) + span.first,
              (span.end - span.first) * sizeof(double));
  const uint64_t* from_bits = from.presence(from_row);
  ForEachWord(span.first, span.end,
              [&](size_t word, uint64_t) { to_bits[word] = from_bits[word]; });
}

void Block::RemoveEmptyRows() {
  const bool any_histogram =
      std::any_of(histograms_.begin(), histograms_.end(),
                  [](const std::vector<HistogramCell>& cells) { return !cells.empty(); });
  if (!any_histogram) DropHistograms();
  std::vector<size_t> kept;
  for (size_t row = 0; row < rows_; ++row) {
    if (!spans_[row].empty()) TightenSpan(row);
    if (!RowIsEmpty(row)) kept.push_back(row);
  }
  if (kept.size() != rows_) Reorder(kept);
}

void Block::Reorder(const std::vector<size_t>& order) {
  Block result(steps_);
  result.AllocateRows(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    result.series.Add(series.labels(order[i]), series.drop_name(order[i]));
    result.CopyRow(i, *this, order[i]);
  }
  *this = std::move(result);
}

void CopyPresence(const Block& from, size_t from_row, Block* to, size_t to_row) {
  const StepSpan span = from.span(from_row);
  to->span(to_row) = span;
  const uint64_t* bits = from.presence(from_row);
  ForEachWord(span.first, span.end,
              [&](size_t word, uint64_t) { to->presence(to_row)[word] = bits[word]; });
}

Block ScalarBlock(size_t steps, double value) {
  SeriesSet series;
  series.Add({});
  Block block(std::move(series), steps);
  if (steps == 0) return block;
  std::fill_n(block.values(0), steps, value);
  block.span(0) = {0, steps};
  ForEachWord(0, steps, [&](size_t word, uint64_t mask) { block.presence(0)[word] = mask; });
  return block;
}

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
