#include "promlite/apps/repl/chart/sparkline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

namespace promlite::repl {
namespace {

constexpr std::string_view kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr double kHighest = 7;

}  // namespace

std::string Sparkline(std::span<const Sample> samples, absl::Time start, absl::Time end,
                      size_t cells) {
  const int64_t first_ms = absl::ToUnixMillis(start);
  const double span = static_cast<double>(absl::ToUnixMillis(end) - first_ms);
  // Means without overflow: of values divided by their number beforehand is not exact, but good for
  // eight heights.
  std::vector<double> mean(cells), count(cells);
  for (const Sample& sample : samples) {
    if (!std::isfinite(sample.value)) continue;
    const double along =
        span > 0 ? static_cast<double>(sample.timestamp_ms - first_ms) / span : 0.5;
    const auto cell = static_cast<size_t>(
        std::clamp(along * static_cast<double>(cells), 0.0, static_cast<double>(cells - 1)));
    count[cell] += 1;
    mean[cell] += sample.value / count[cell] - mean[cell] / count[cell];
  }
  double least = std::numeric_limits<double>::infinity(), largest = -least;
  for (size_t i = 0; i < cells; ++i) {
    if (count[i] == 0) continue;
    least = std::min(least, mean[i]);
    largest = std::max(largest, mean[i]);
  }
  std::string out;
  for (size_t i = 0; i < cells; ++i) {
    if (count[i] == 0) {
      out += ' ';
    } else if (largest == least) {
      out += kHeights[3];
    } else {
      // Halved first: the distance of the extremes may be no double.
      const double height = (mean[i] / 2 - least / 2) / (largest / 2 - least / 2);
      out += kHeights[static_cast<size_t>(std::lround(std::clamp(height, 0.0, 1.0) * kHighest))];
    }
  }
  return out;
}

}  // namespace promlite::repl
