#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/chart/axis.h"
#include "promlite/apps/repl/chart/canvas.h"
#include "promlite/apps/repl/chart/chart.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"

namespace promlite::repl {
namespace {

constexpr size_t kMostLines = 10;
constexpr size_t kNarrowestDrawing = 20;
constexpr Color kColors[] = {Color::kCyan,    Color::kYellow, Color::kGreen,
                             Color::kMagenta, Color::kBlue,   Color::kRed};
// In colour, lines beyond the colours are drawn with a marker as well.
constexpr char kMarkers[] = {'*', '+', 'x', 'o', '#', '@', '%', '&', '=', '~'};

struct LineSummary {
  double least = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
  double last = 0;
  size_t drawable = 0;

  explicit LineSummary(const ChartLine& line) {
    for (const Sample& sample : line.samples) {
      if (!std::isfinite(sample.value)) continue;
      least = std::min(least, sample.value);
      largest = std::max(largest, sample.value);
      last = sample.value;
      ++drawable;
    }
  }
};

class LineChart {
 public:
  LineChart(const std::vector<ChartLine>& lines, const ChartOptions& options)
      : lines_(lines), options_(options) {
    for (const ChartLine& line : lines) {
      summaries_.emplace_back(line);
      left_out_samples_ += line.samples.size() - summaries_.back().drawable;
    }
    ChooseLines();
  }

  std::string Draw() {
    if (chosen_.empty()) return "nothing to draw: no value is finite\n" + LeftOut();
    double least = std::numeric_limits<double>::infinity(), largest = -least;
    for (const size_t line : chosen_) {
      least = std::min(least, summaries_[line].least);
      largest = std::max(largest, summaries_[line].largest);
    }
    axis_ = MakeValueAxis(least, largest, std::max<size_t>(options_.height / 4, 2));
    std::string out;
    if (!options_.unit.empty()) out += Printable(options_.unit) + "\n";
    out += Drawing();
    out += TimeText(options_.start) + " to " + TimeText(options_.end);
    if (options_.step > absl::ZeroDuration())
      out += ", a point every " + DurationText(options_.step);
    out += "\n";
    return out + Legend() + LeftOut();
  }

 private:
  // Those that reach highest, in their own order.
  void ChooseLines() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (summaries_[i].drawable > 0) chosen_.push_back(i);
    }
    drawable_lines_ = chosen_.size();
    if (chosen_.size() > kMostLines) {
      std::stable_sort(chosen_.begin(), chosen_.end(), [&](size_t a, size_t b) {
        return summaries_[a].largest > summaries_[b].largest;
      });
      chosen_.resize(kMostLines);
      std::sort(chosen_.begin(), chosen_.end());
    }
    for (size_t i = 0; i < chosen_.size(); ++i) {
      LineStyle style;
      if (options_.colors) style.color = kColors[i % std::size(kColors)];
      const bool needs_marker = options_.colors ? i >= std::size(kColors) : chosen_.size() > 1;
      if (needs_marker) style.marker = kMarkers[i];
      styles_.push_back(style);
    }
  }

  std::string Drawing() {
    std::vector<std::string> labels(axis_.tick_count());
    size_t label_width = 0;
    for (size_t i = 0; i < labels.size(); ++i) {
      labels[i] = axis_.label(i);
      label_width = std::max(label_width, labels[i].size());
    }
    const size_t taken = label_width + 2;
    const size_t columns = std::max(options_.width, taken + kNarrowestDrawing) - taken;
    Canvas canvas(columns, options_.height);
    for (size_t i = 0; i < chosen_.size(); ++i) DrawLine(lines_[chosen_[i]], i, &canvas);

    std::vector<std::string_view> label_of_row(options_.height);
    for (size_t i = 0; i < labels.size(); ++i) {
      label_of_row[DotOf(axis_.tick(i), canvas) / 4] = labels[i];
    }
    std::string out;
    for (size_t row = 0; row < options_.height; ++row) {
      out += PadLeft(label_of_row[row], label_width);
      out += label_of_row[row].empty() ? " │" : " ┤";
      out += canvas.Row(row, styles_) + "\n";
    }
    return out + TimeAxis(label_width, columns);
  }

  // The dot row of a value.
  static int64_t Clamped(double fraction, size_t dots) {
    return std::lround(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(dots - 1));
  }
  int64_t DotOf(double value, const Canvas& canvas) const {
    return Clamped(1 - axis_.Fraction(value), canvas.dots_down());
  }
  double TimeFraction(int64_t time_ms) const {
    const int64_t first = absl::ToUnixMillis(options_.start);
    const int64_t span = absl::ToUnixMillis(options_.end) - first;
    return span <= 0 ? 0.5 : static_cast<double>(time_ms - first) / static_cast<double>(span);
  }

  void DrawLine(const ChartLine& line, size_t number, Canvas* canvas) const {
    const int64_t step_ms = absl::ToInt64Milliseconds(options_.step);
    const Sample* before = nullptr;
    int64_t before_x = 0, before_y = 0;
    for (const Sample& sample : line.samples) {
      if (!std::isfinite(sample.value)) {
        before = nullptr;
        continue;
      }
      const int64_t x = Clamped(TimeFraction(sample.timestamp_ms), canvas->dots_across());
      const int64_t y = DotOf(sample.value, *canvas);
      const bool joined = before != nullptr &&
                          (step_ms == 0 || sample.timestamp_ms - before->timestamp_ms <= step_ms);
      if (joined) {
        canvas->Line(before_x, before_y, x, y, number);
      } else {
        canvas->Dot(x, y, number);
      }
      before = &sample;
      before_x = x;
      before_y = y;
    }
  }

  std::string TimeAxis(size_t label_width, size_t columns) const {
    // A label is 8 to 12 cells wide; two blanks between them.
    std::vector<TimeTick> ticks;
    for (size_t most = std::max<size_t>(columns / 10, 1); most > 0; --most) {
      ticks = MakeTimeTicks(options_.start, options_.end, most);
      const size_t widest = ticks.empty() ? 0 : ticks.front().label.size();
      if (ticks.size() * (widest + 2) <= columns) break;
    }
    std::vector<bool> is_tick(columns);
    std::string labels;
    size_t end_of_last = 0;
    for (const TimeTick& tick : ticks) {
      const auto column =
          static_cast<size_t>(Clamped(TimeFraction(absl::ToUnixMillis(tick.time)), columns));
      is_tick[column] = true;
      const size_t half = tick.label.size() / 2;
      const size_t begin = std::min(column > half ? column - half : 0,
                                    columns - std::min(columns, tick.label.size()));
      // A label that would touch its neighbour is left out; its tick stays.
      if (end_of_last > 0 && begin < end_of_last + 1) continue;
      labels.resize(begin, ' ');
      labels += tick.label;
      end_of_last = labels.size();
    }
    std::string out = std::string(label_width + 1, ' ') + "└";
    for (size_t i = 0; i < columns; ++i) out += is_tick[i] ? "┬" : "─";
    return out + "\n" + std::string(label_width + 2, ' ') + labels + "\n";
  }

  std::string Legend() const {
    std::string out;
    for (size_t i = 0; i < chosen_.size(); ++i) {
      const LineSummary& summary = summaries_[chosen_[i]];
      const std::string mark =
          styles_[i].marker != 0 ? std::string(1, styles_[i].marker) : std::string("⣿");
      out += Colored(mark, styles_[i].color, options_.colors) + " ";
      out += Printable(lines_[chosen_[i]].name);
      out += Colored("  min " + FormatSampleValue(summary.least) + ", max " +
                         FormatSampleValue(summary.largest) + ", last " +
                         FormatSampleValue(summary.last),
                     Color::kDim, options_.colors);
      out += "\n";
    }
    return out;
  }

  std::string LeftOut() const {
    std::string out;
    if (drawable_lines_ > chosen_.size()) {
      absl::StrAppend(&out, "only the ", chosen_.size(), " highest of ", drawable_lines_,
                      " series are drawn\n");
    }
    if (left_out_samples_ > 0) {
      absl::StrAppend(&out, left_out_samples_, left_out_samples_ == 1 ? " point is" : " points are",
                      " NaN or infinite and not drawn\n");
    }
    return out;
  }

  const std::vector<ChartLine>& lines_;
  const ChartOptions& options_;
  std::vector<LineSummary> summaries_;
  std::vector<size_t> chosen_;     // indices of lines_
  std::vector<LineStyle> styles_;  // by place in chosen_
  size_t drawable_lines_ = 0;
  size_t left_out_samples_ = 0;
  ValueAxis axis_;
};

}  // namespace

std::string DrawLineChart(const std::vector<ChartLine>& lines, const ChartOptions& options) {
  return LineChart(lines, options).Draw();
}

}  // namespace promlite::repl
