#include <algorithm>
#include <cmath>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/chart/chart.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/engine/answer/json.h"

namespace promlite::repl {
namespace {

constexpr size_t kNarrowestBar = 10;

// A bar from column `from` to column `to` of `cells` (fractions of a cell are drawn at its right
// end), padded to `cells`.
std::string PlacedBar(double from, double to, size_t cells) {
  const auto begin =
      static_cast<size_t>(std::clamp(std::round(from), 0.0, static_cast<double>(cells)));
  const double length = std::max(to - static_cast<double>(begin), 0.0);
  auto eighths = static_cast<size_t>(std::lround(length * 8));
  eighths = std::min(eighths, (cells - begin) * 8);
  return PadRight(std::string(begin, ' ') + Bar(eighths), cells);
}

}  // namespace

std::string DrawBarChart(const std::vector<ChartBar>& bars, const ChartOptions& options) {
  size_t name_width = 0, value_width = 0;
  double least = 0, largest = 0;
  for (const ChartBar& bar : bars) {
    name_width = std::max(name_width, DisplayWidth(Printable(bar.name)));
    value_width = std::max(value_width, FormatSampleValue(bar.value).size());
    if (!std::isfinite(bar.value)) continue;
    least = std::min(least, bar.value);
    largest = std::max(largest, bar.value);
  }
  // Names that leave no room for bars stand on lines of their own.
  const bool names_above = name_width + value_width + kNarrowestBar + 2 > options.width;
  const size_t beside = value_width + 1 + (names_above ? 2 : name_width + 1);
  const size_t cells = std::max(options.width, beside + kNarrowestBar) - beside;
  const double span = largest / 2 - least / 2;
  const auto column = [&](double value) {
    return span == 0 ? 0 : (value / 2 - least / 2) / span * static_cast<double>(cells);
  };
  std::string out;
  if (!options.unit.empty()) out += Printable(options.unit) + "\n";
  for (const ChartBar& bar : bars) {
    const std::string name = Printable(bar.name);
    out += names_above ? name + "\n  " : PadRight(name, name_width) + " ";
    const std::string drawn =
        std::isfinite(bar.value)
            ? PlacedBar(column(std::min(bar.value, 0.0)), column(std::max(bar.value, 0.0)), cells)
            : std::string(cells, ' ');
    out += Colored(drawn, Color::kCyan, options.colors);
    out += " " + PadLeft(FormatSampleValue(bar.value), value_width) + "\n";
  }
  return out;
}

}  // namespace promlite::repl
