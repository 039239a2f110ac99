#include "promlite/apps/repl/why/why_text.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/why/range_drawing.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::repl {
namespace {

constexpr size_t kTermCells = 12;
constexpr size_t kIndent = kTermCells + 2;
// How wide the range is drawn, and the least room for explanations.
constexpr size_t kDrawingCells = 76, kNarrowest = 40;

std::string Value(double value) { return FormatSampleValue(value); }

// Six digits tell how far apart samples are.
std::string Seconds(double seconds) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.6gs", seconds);
  return text;
}

// What is said of one series, a term and its explanation a line.
class Lines {
 public:
  explicit Lines(size_t max_width) : max_width_(max_width) {}

  void Add(std::string_view term, std::string_view text) {
    const size_t width =
        max_width_ == 0 ? ~size_t{0} / 2 : std::max(max_width_, kNarrowest) - kIndent;
    std::string_view before = term;
    for (const std::string& line : Wrap(text, width)) {
      text_ += "  " + PadRight(before, kTermCells) + line + "\n";
      before = "";
    }
  }
  void AddFormula(std::string_view term, const std::optional<double>& answer) {
    Add(term, answer ? Value(*answer) : "no answer");
  }
  void AddTable(const Table& table) {
    const std::string box = table.Render(max_width_ == 0 ? 0 : max_width_ - 2);
    for (size_t begin = 0; begin < box.size();) {
      const size_t end = box.find('\n', begin) + 1;
      text_ += "  " + box.substr(begin, end - begin);
      begin = end;
    }
  }
  std::string Text() const { return text_; }

 private:
  const size_t max_width_;
  std::string text_;
};

std::string EdgeText(const IncreaseEdge& edge, double average_interval) {
  const std::string limit = "1.1 intervals (" + Seconds(average_interval * 1.1) + ")";
  switch (edge.rule) {
    case EdgeRule::kToTheEdge:
      return Seconds(edge.distance) + ", nearer than " + limit + ": stretched to the edge";
    case EdgeRule::kHalfAnInterval:
      return Seconds(edge.distance) + ", not nearer than " + limit +
             ": stretched by half an interval, " + Seconds(edge.stretch);
    case EdgeRule::kCounterZero:
      return Seconds(edge.distance) + ", but " + Seconds(edge.stretch) +
             " before its first sample, at this pace, the counter was zero: stretched no further";
    case EdgeRule::kStartTimestamp:
      return Seconds(edge.distance) +
             ", and the counter started in between: counted from zero there, not stretched";
  }
  return {};
}

std::string RangeText(const IncreaseExplanation& explanation) {
  const bool old = explanation.compatibility == Compatibility::kPrometheus2;
  const auto length = absl::Milliseconds(explanation.range_end_ms - explanation.range_start_ms);
  std::string text = old ? "from " : "after ";
  text += TimeTextMs(explanation.range_start_ms) + " until " +
          TimeTextMs(explanation.range_end_ms) + ", " + DurationText(length);
  if (old) text += ", by the formula of Prometheus 2.42";
  return text;
}

void AddSamples(const ExplainedSeries& series, Lines* lines) {
  if (series.samples.empty()) return;
  const Sample& first = series.samples.front();
  const Sample& last = series.samples.back();
  const size_t count = series.samples.size();
  std::string text = std::to_string(count);
  text += count == 1 ? ": " : ", from ";
  text += Value(first.value) + " at " + TimeTextMs(first.timestamp_ms);
  if (count > 1) text += " to " + Value(last.value) + " at " + TimeTextMs(last.timestamp_ms);
  lines->Add("samples", text);
}

void AddCounted(const ExtrapolationSteps& steps, const ExplainedSeries& series, bool is_counter,
                Lines* lines) {
  const std::string difference = Value(steps.raw_difference);
  lines->Add("difference", Value(series.samples.back().value) + " - " +
                               Value(series.samples.front().value) + " = " + difference);
  if (!is_counter) return;
  std::string sum = difference;
  std::string resets = "none";
  if (!steps.resets.empty()) {
    const bool one = steps.resets.size() == 1;
    resets = std::to_string(steps.resets.size()) +
             (one ? ", which adds the value before it, " : ", which add the values before them, ") +
             Value(steps.added_by_resets);
    sum += " + " + Value(steps.added_by_resets);
  }
  if (steps.start.rule == EdgeRule::kStartTimestamp) {
    lines->Add("from start", "adds the first value, " + Value(steps.added_from_start));
    sum += " + " + Value(steps.added_from_start);
  }
  if (sum != difference) resets += ": " + sum + " = " + Value(steps.increase);
  lines->Add("resets", resets);
}

// What the language says of the function explained.
const promql::Function& FunctionOf(const IncreaseExplanation& explanation) {
  return *promql::FindFunction(explanation.function);
}

void AddSteps(const ExplainedSeries& series, const IncreaseExplanation& explanation, Lines* lines) {
  const std::string& function = explanation.function;
  if (series.native_histograms > 0) {
    lines->Add(function, std::to_string(series.native_histograms) +
                             " native histograms, which are not explained");
    return;
  }
  if (!series.steps) {
    lines->Add(function, "no result: it takes two samples");
    return;
  }
  const ExtrapolationSteps& steps = *series.steps;
  lines->Add("interval", Seconds(steps.average_interval) + " on average");
  lines->Add("to start", EdgeText(steps.start, steps.average_interval));
  lines->Add("to end", EdgeText(steps.end, steps.average_interval));
  AddCounted(steps, series, FunctionOf(explanation).expects_counter, lines);
  const std::string sampled = Seconds(steps.sampled);
  lines->Add("factor", "(" + sampled + " + " + Seconds(steps.start.stretch) + " + " +
                           Seconds(steps.end.stretch) + ") / " + sampled + " = " +
                           Value(steps.factor));
  std::string result = Value(steps.increase) + " × " + Value(steps.factor);
  if (FunctionOf(explanation).unit == promql::UnitRule::kPerSecond) {
    const auto range_ms =
        static_cast<double>(explanation.range_end_ms - explanation.range_start_ms);
    result += " / " + Value(range_ms / 1000) + "s";
  }
  lines->Add(function, result + " = " + Value(steps.result));
}

// Wrapped between day and hour where the room is short.
std::string WrappableTime(absl::Time time) {
  std::string text = TimeText(time);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string SampleText(const Sample& sample) {
  return Value(sample.value) + " at " + WrappableTime(absl::FromUnixMillis(sample.timestamp_ms));
}

Table StreamTable(const std::vector<ExplainedStream>& streams) {
  Table table;
  for (const char* title :
       {"start of stream", "first sample", "last sample", "samples", "counted"}) {
    table.AddColumn(title, Table::Align::kRight);
  }
  for (const ExplainedStream& stream : streams) {
    std::string start = "unknown";
    if (stream.start_ns != 0) start = WrappableTime(absl::FromUnixNanos(stream.start_ns));
    if (stream.start_ns != 0 && !stream.start_is_known) start += " (not before its first sample)";
    table.AddRow({start, SampleText(stream.first), SampleText(stream.last),
                  std::to_string(stream.samples), Value(stream.counted)});
  }
  return table;
}

void AddStreams(const ExplainedSeries& series, Lines* lines) {
  if (series.streams.empty()) return;
  const size_t count = series.streams.size();
  std::string text = std::to_string(count);
  if (series.writers_at_a_time > 1) {
    text += ", " + std::to_string(series.writers_at_a_time) +
            " of them at a time: one writer's samples look like resets of another's counter, and "
            "only exact tells them apart";
  }
  lines->Add("streams", text);
  lines->AddTable(StreamTable(series.streams));
}

}  // namespace

std::string FormatWhy(const IncreaseExplanation& explanation, size_t max_width) {
  std::string text = Printable(explanation.call) + " at " + TimeTextMs(explanation.time_ms) +
                     "\nrange: " + RangeText(explanation) + "\n";
  if (explanation.series.empty()) text += "\nno series has a sample in the range\n";
  const size_t drawing =
      max_width == 0 ? kDrawingCells : std::clamp(max_width, kNarrowest, kDrawingCells + 2) - 2;
  for (const ExplainedSeries& series : explanation.series) {
    Lines lines(max_width);
    AddSamples(series, &lines);
    AddSteps(series, explanation, &lines);
    lines.AddFormula("max - min", series.max_minus_min);
    lines.AddFormula("anchored", series.anchored);
    lines.AddFormula("smoothed", series.smoothed);
    if (FunctionOf(explanation).modifiers.exact) lines.AddFormula("exact", series.exact);
    AddStreams(series, &lines);
    text += "\n" + Printable(SeriesName(series.labels)) + "\n  " +
            DrawRange(series, explanation, drawing) + "\n" + lines.Text();
  }
  if (explanation.series_left_out > 0) {
    text += "\n" + std::to_string(explanation.series_left_out) +
            " more series; \\why all QUERY shows them\n";
  }
  return text;
}

}  // namespace promlite::repl
