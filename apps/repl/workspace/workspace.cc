#include "promlite/apps/repl/workspace/workspace.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace promlite::repl {
namespace {

constexpr size_t kDefaultChartWidth = 100;
constexpr size_t kWidestChart = 160;
constexpr size_t kLowestChart = 8, kHighestChart = 24, kDefaultChartHeight = 18;
// What stands around a chart's drawing: axis, legend, prompt.
constexpr size_t kLinesAroundChart = 10;

void Write(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace

Workspace::Workspace(const DatabaseOptions& database_options, const EngineOptions& engine_options,
                     const Settings& settings)
    : database_options_(database_options),
      database_(database_options),
      engine_(&database_, engine_options),
      settings_(settings) {}

bool Workspace::HasSamples() const { return database_.Times().has_value(); }

TimeReference Workspace::Times() const {
  TimeReference times;
  times.now = absl::FromUnixMillis(absl::ToUnixMillis(absl::Now()));
  const std::optional<SampleTimes> samples = database_.Times();
  times.oldest = samples ? samples->first : times.now;
  times.newest = samples ? samples->last : times.now;
  return times;
}

QueryTimes Workspace::QueryTimesNow() const {
  if (settings_.range) return *settings_.range;
  return QueryTimes::At(settings_.time ? *settings_.time : Times().newest);
}

void Workspace::Print(std::string_view text) { Write(stdout, text); }

void Workspace::PrintError(std::string_view text) {
  // Whatever was printed before comes before.
  std::fflush(stdout);
  Write(stderr, text);
}

void Workspace::Complain(std::string_view message) {
  PrintError(Colored("error:", Color::kRed, DescribeTerminal(stderr).colors) + " " +
             std::string(message) + "\n");
}

void Workspace::Warn(std::string_view message) {
  PrintError(Colored("warning:", Color::kYellow, DescribeTerminal(stderr).colors) + " " +
             std::string(message) + "\n");
}

View Workspace::OutputView() const {
  const Terminal terminal = DescribeTerminal(stdout);
  View view;
  view.table_width = terminal.width;
  view.chart_width =
      std::min(terminal.width == 0 ? kDefaultChartWidth : terminal.width, kWidestChart);
  view.chart_height = kDefaultChartHeight;
  if (terminal.height > 0) {
    view.chart_height = std::clamp(terminal.height - std::min(terminal.height, kLinesAroundChart),
                                   kLowestChart, kHighestChart);
  }
  view.colors = terminal.colors;
  view.max_rows = settings_.max_rows;
  return view;
}

}  // namespace promlite::repl
