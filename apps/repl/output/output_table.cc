#include "promlite/apps/repl/output/output_table.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/chart/sparkline.h"
#include "promlite/apps/repl/output/result_labels.h"
#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/engine/histograms/text.h"

namespace promlite::repl {
namespace {

constexpr size_t kSparklineCells = 24;
// Of a value: numbers are never so wide, histograms mostly are.
constexpr size_t kWidestValue = 60;
// Of a histogram's text, three lines of that; CSV and JSON have all of it.
constexpr size_t kMostHistogramText = 3 * kWidestValue;

std::string Count(size_t count, std::string_view what_one, std::string_view what_many) {
  return std::to_string(count) + " " + std::string(count == 1 ? what_one : what_many);
}

std::string When(const QueryTimes& times) {
  if (!times.is_range()) return "at " + TimeText(times.start);
  return "from " + TimeText(times.start) + " to " + TimeText(times.end) + " every " +
         DurationText(times.step);
}

size_t SampleCount(const QueryResult& result) {
  size_t count = 0;
  for (const ResultSeries& series : result.series) {
    count += series.samples.size() + series.histograms.size();
  }
  return count;
}

// A histogram's count, sum and lowest buckets, and how many more there are.
std::string HistogramCell(const Histogram& histogram) {
  constexpr std::string_view kSeparator = ", ";
  std::string text = HistogramText(histogram);
  if (text.size() <= kMostHistogramText) return text;
  const size_t cut = text.rfind(kSeparator, kMostHistogramText);
  size_t left_out = 0;
  for (size_t at = cut; at != std::string::npos; at = text.find(kSeparator, at + 1)) ++left_out;
  return absl::StrCat(text.substr(0, cut), ", … ", left_out, " more}");
}

// A series' values as they are shown, in time order: numbers, and native histograms in words.
struct ShownValue {
  int64_t timestamp_ms = 0;
  std::string text;
};

std::vector<ShownValue> ShownValues(const ResultSeries& series) {
  std::vector<ShownValue> values;
  auto sample = series.samples.begin();
  auto histogram = series.histograms.begin();
  while (sample != series.samples.end() || histogram != series.histograms.end()) {
    const bool shows_sample =
        histogram == series.histograms.end() ||
        (sample != series.samples.end() && sample->timestamp_ms <= histogram->timestamp_ms);
    if (shows_sample) {
      values.push_back({sample->timestamp_ms, FormatSampleValue(sample->value)});
      ++sample;
    } else {
      values.push_back({histogram->timestamp_ms, HistogramCell(*histogram->histogram)});
      ++histogram;
    }
  }
  return values;
}

std::string LastValue(const ResultSeries& series) {
  const bool ends_in_histogram = series.samples.empty() || (!series.histograms.empty() &&
                                                            series.histograms.back().timestamp_ms >
                                                                series.samples.back().timestamp_ms);
  return ends_in_histogram ? HistogramCell(*series.histograms.back().histogram)
                           : FormatSampleValue(series.samples.back().value);
}

// What is drawn of a series over time: its numbers, or how many observations its histograms hold.
std::vector<Sample> DrawnSamples(const ResultSeries& series) {
  if (!series.samples.empty()) return series.samples;
  std::vector<Sample> counts;
  for (const HistogramPoint& point : series.histograms) {
    counts.push_back({point.timestamp_ms, point.histogram->count});
  }
  return counts;
}

struct Extremes {
  double least = std::numeric_limits<double>::quiet_NaN();
  double largest = std::numeric_limits<double>::quiet_NaN();
};

// NaN only if there is nothing else.
Extremes ExtremesOf(const std::vector<Sample>& samples) {
  Extremes extremes;
  for (const Sample& sample : samples) {
    if (std::isnan(sample.value)) continue;
    if (!(extremes.least <= sample.value)) extremes.least = sample.value;
    if (!(extremes.largest >= sample.value)) extremes.largest = sample.value;
  }
  return extremes;
}

// Draws a result as one table of label columns, and columns of another kind behind them.
class ResultTable {
 public:
  ResultTable(const Answer& answer, const View& view) : answer_(answer), view_(view) {}

  std::string Format() {
    const QueryResult& result = answer_.result;
    if (result.series.empty()) return "no series " + When(answer_.times) + "\n";
    names_ = LabelNamesOf(result.series);
    std::string out;
    Table table = Build();
    if (IsTooWide(table.NaturalWidth())) {
      // What all series share need not stand in every line.
      const Labels common = CommonLabels(result.series);
      if (!common.empty()) {
        std::erase_if(names_, [&](const std::string& name) { return !common.Get(name).empty(); });
        out = (result.series.size() == 1 ? "the series: " : "every series: ") +
              Printable(SeriesName(common)) + "\n";
        table = Build();
      }
      if (IsTooWide(table.MinimalWidth())) {
        one_column_ = true;
        table = Build();
      }
    }
    return out + table.Render(view_.table_width) + Footer(table.row_count());
  }

 private:
  bool IsTooWide(size_t width) const { return view_.table_width != 0 && width > view_.table_width; }

  Table Build() const {
    Table table;
    if (one_column_) {
      table.AddColumn("series");
    } else {
      for (const std::string& name : names_) table.AddColumn(name);
    }
    if (answer_.result.type == promql::ValueType::kVector) {
      AddVector(&table);
    } else if (answer_.times.is_range()) {
      AddRange(&table);
    } else {
      AddSamples(&table);
    }
    return table;
  }

  std::string ValueTitle(std::string_view title) const {
    std::string out(title);
    if (!answer_.unit.empty()) out += " (" + answer_.unit + ")";
    return out;
  }

  std::vector<std::string> LabelCells(const Labels& labels) const {
    std::vector<std::string> cells;
    std::vector<Labels::Label> shown;
    for (const std::string& name : names_) {
      cells.emplace_back(labels.Get(name));
      shown.emplace_back(name, cells.back());
    }
    if (one_column_) return {SeriesName(Labels(std::move(shown)))};
    return cells;
  }

  bool IsFull(const Table& table) const {
    return view_.max_rows != 0 && table.row_count() >= view_.max_rows;
  }

  void AddVector(Table* table) const {
    table->AddColumn(ValueTitle("value"), Table::Align::kRight, kWidestValue);
    for (const ResultSeries& series : answer_.result.series) {
      if (IsFull(*table)) return;
      std::vector<std::string> cells = LabelCells(series.labels);
      cells.push_back(LastValue(series));
      table->AddRow(std::move(cells));
    }
  }

  void AddRange(Table* table) const {
    table->AddColumn("over time", Table::Align::kRight);
    table->AddColumn(ValueTitle("min"), Table::Align::kRight);
    table->AddColumn("max", Table::Align::kRight);
    table->AddColumn("last", Table::Align::kRight, kWidestValue);
    table->AddColumn("points", Table::Align::kRight);
    for (const ResultSeries& series : answer_.result.series) {
      if (IsFull(*table)) return;
      std::vector<std::string> cells = LabelCells(series.labels);
      const Extremes extremes = ExtremesOf(series.samples);
      cells.push_back(
          Sparkline(DrawnSamples(series), answer_.times.start, answer_.times.end, kSparklineCells));
      const bool has_numbers = !series.samples.empty();
      cells.push_back(has_numbers ? FormatSampleValue(extremes.least) : "");
      cells.push_back(has_numbers ? FormatSampleValue(extremes.largest) : "");
      cells.push_back(LastValue(series));
      cells.push_back(std::to_string(series.samples.size() + series.histograms.size()));
      table->AddRow(std::move(cells));
    }
  }

  // The labels stand in the first line of their series only.
  void AddSamples(Table* table) const {
    table->AddColumn("time", Table::Align::kRight);
    table->AddColumn(ValueTitle("value"), Table::Align::kRight, kWidestValue);
    for (const ResultSeries& series : answer_.result.series) {
      std::vector<std::string> labels = LabelCells(series.labels);
      for (ShownValue& value : ShownValues(series)) {
        if (IsFull(*table)) return;
        std::vector<std::string> cells = labels;
        cells.push_back(TimeTextMs(value.timestamp_ms));
        cells.push_back(std::move(value.text));
        table->AddRow(std::move(cells));
        labels.assign(labels.size(), "");
      }
    }
  }

  std::string Footer(size_t rows) const {
    const QueryResult& result = answer_.result;
    const bool samples_are_rows =
        result.type == promql::ValueType::kMatrix && !answer_.times.is_range();
    const size_t all = samples_are_rows ? SampleCount(result) : result.series.size();
    std::string out = RowsNotShown(rows, all) + std::to_string(result.series.size()) + " series";
    if (samples_are_rows) out += ", " + Count(all, "sample", "samples");
    out += " " + When(answer_.times) + "\n";
    return out;
  }

  const Answer& answer_;
  const View& view_;
  std::vector<std::string> names_;  // of the label columns
  // The labels in one column, as a selector: there is no room for one each.
  bool one_column_ = false;
};

}  // namespace

std::string RowsNotShown(size_t shown, size_t all) {
  if (shown >= all) return {};
  return absl::StrCat("only the first ", shown, " of ", all,
                      " lines are shown: \\rows 0 shows all\n");
}

std::string FormatTable(const Answer& answer, const View& view) {
  switch (answer.result.type) {
    case promql::ValueType::kScalar:
      return FormatSampleValue(answer.result.scalar.value) + "\n";
    case promql::ValueType::kString:
      return Printable(answer.result.string) + "\n";
    default:
      return ResultTable(answer, view).Format();
  }
}

}  // namespace promlite::repl
