#include "promlite/apps/repl/output/output_chart.h"

#include <algorithm>
#include <vector>

#include "promlite/apps/repl/chart/chart.h"
#include "promlite/apps/repl/output/output_table.h"
#include "promlite/apps/repl/output/result_labels.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/series_name.h"

namespace promlite::repl {
namespace {

// The labels that tell the series apart; all of them where there is but one.
Labels Distinguishing(const Labels& labels, const Labels& common) {
  std::vector<Labels::Label> left;
  for (const auto& label : labels) {
    if (common.Get(label.first).empty()) left.push_back(label);
  }
  return Labels(std::move(left));
}

// A range vector has no step: the time between its first and last sample is what is drawn, its
// samples joined.
ChartOptions OptionsOf(const Answer& answer, const View& view) {
  ChartOptions options;
  options.start = answer.times.start;
  options.end = answer.times.end;
  options.step = answer.times.step;
  options.unit = answer.unit;
  options.width = view.chart_width;
  options.height = view.chart_height;
  options.colors = view.colors;
  if (answer.result.type == promql::ValueType::kMatrix && !answer.times.is_range()) {
    for (const ResultSeries& series : answer.result.series) {
      if (series.samples.empty()) continue;
      options.start =
          std::min(options.start, absl::FromUnixMillis(series.samples.front().timestamp_ms));
    }
  }
  return options;
}

}  // namespace

std::string FormatChart(const Answer& answer, const View& view) {
  const QueryResult& result = answer.result;
  // Numbers can be drawn; native histograms are left to the table.
  const bool has_numbers =
      std::any_of(result.series.begin(), result.series.end(),
                  [](const ResultSeries& series) { return !series.samples.empty(); });
  const bool drawable =
      result.type == promql::ValueType::kVector || result.type == promql::ValueType::kMatrix;
  if (!drawable || !has_numbers) return FormatTable(answer, view);

  const ChartOptions options = OptionsOf(answer, view);
  const Labels common = result.series.size() > 1 ? CommonLabels(result.series) : Labels();
  std::string out;
  if (!common.empty()) out += "every series: " + Printable(SeriesName(common)) + "\n";
  if (result.type == promql::ValueType::kVector) {
    std::vector<ChartBar> bars;
    for (const ResultSeries& series : result.series) {
      if (series.samples.empty()) continue;
      bars.push_back(
          {SeriesName(Distinguishing(series.labels, common)), series.samples.front().value});
    }
    return out + DrawBarChart(bars, options) + "at " + TimeText(answer.times.start) + "\n";
  }
  std::vector<ChartLine> lines;
  for (const ResultSeries& series : result.series) {
    if (series.samples.empty()) continue;
    lines.push_back({SeriesName(Distinguishing(series.labels, common)), series.samples});
  }
  return out + DrawLineChart(lines, options);
}

}  // namespace promlite::repl
