#include "promlite/apps/repl/why/range_drawing.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace promlite::repl {
namespace {

constexpr std::string_view kSample = "●", kReset = "▼", kBetween = "─", kStretched = "┄",
                           kNothing = " ";

// The cells between the edges of the range.
class Cells {
 public:
  Cells(const IncreaseExplanation& explanation, size_t count)
      : start_ms_(static_cast<double>(explanation.range_start_ms)),
        range_ms_(static_cast<double>(explanation.range_end_ms) - start_ms_),
        cells_(count, kNothing) {}

  void Put(double time_ms, std::string_view what) { cells_[At(time_ms)] = what; }
  void Fill(double from_ms, double to_ms, std::string_view what) {
    for (size_t i = At(from_ms); i <= At(to_ms); ++i) cells_[i] = what;
  }
  std::string Text() const {
    std::string text;
    for (const std::string_view cell : cells_) text += cell;
    return text;
  }

 private:
  size_t At(double time_ms) const {
    const double place = (time_ms - start_ms_) / range_ms_ * static_cast<double>(cells_.size());
    const auto last = static_cast<double>(cells_.size() - 1);
    return place > 0 ? static_cast<size_t>(std::min(place, last)) : 0;
  }

  const double start_ms_, range_ms_;
  std::vector<std::string_view> cells_;
};

}  // namespace

std::string DrawRange(const ExplainedSeries& series, const IncreaseExplanation& explanation,
                      size_t width) {
  Cells cells(explanation, width - 2);
  if (!series.samples.empty()) {
    const auto first = static_cast<double>(series.samples.front().timestamp_ms);
    const auto last = static_cast<double>(series.samples.back().timestamp_ms);
    if (series.steps) {
      const ExtrapolationSteps& steps = *series.steps;
      // From a start timestamp the samples count as sampled already.
      const double from = steps.start.rule == EdgeRule::kStartTimestamp
                              ? last - steps.sampled * 1000
                              : first - steps.start.stretch * 1000;
      cells.Fill(from, last + steps.end.stretch * 1000, kStretched);
    }
    cells.Fill(first, last, kBetween);
    for (const Sample& sample : series.samples) {
      cells.Put(static_cast<double>(sample.timestamp_ms), kSample);
    }
    if (series.steps) {
      for (const size_t reset : series.steps->resets) {
        cells.Put(static_cast<double>(series.samples[reset].timestamp_ms), kReset);
      }
    }
  }
  return "[" + cells.Text() + "]";
}

}  // namespace promlite::repl
