#include "promlite/apps/repl/commands/data_commands.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "promlite/apps/repl/output/output_table.h"
#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/workspace/loading.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/apps/shared/words.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/json_object.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/engine/promql/selector.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/metric_summary.h"
#include "promlite/storage/metrics/series_query.h"
#include "promlite/storage/otlp/delta_counts.h"

namespace promlite::repl {
namespace {

// Where \metrics wraps help texts.
constexpr size_t kHelpCells = 50;
// How many values of a label \labels shows as examples, and how much of each.
constexpr size_t kExampleValues = 4;
constexpr size_t kExampleCells = 40;

// The series that a selector selects; without one all of them.
absl::StatusOr<SeriesQuery> QueryOf(std::string_view selector) {
  SeriesQuery query;
  if (Std(absl::StripAsciiWhitespace(Absl(selector))).empty()) return query;
  absl::StatusOr<std::vector<Matcher>> matchers = promql::ParseSelector(selector);
  if (!matchers.ok()) return matchers.status();
  query.selectors.push_back(*std::move(matchers));
  return query;
}

// What a table says when it has no row is `none`.
void PrintTable(Table table, std::string_view none, Workspace* workspace) {
  const View view = workspace->OutputView();
  const size_t all = table.row_count();
  if (view.max_rows != 0) table.KeepRows(view.max_rows);
  workspace->Print(table.empty() ? std::string(none) + "\n" : table.Render(view.table_width));
  workspace->Print(RowsNotShown(table.row_count(), all));
}

// A time that is wrapped between day and hour where the room is short.
std::string WrappableTime(absl::Time time) {
  std::string text = TimeText(time);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string WritersText(const MetricSummary& metric) {
  if (metric.overlapping_series == 0) return {};
  return absl::StrCat("up to ", metric.most_writers, " in ", metric.overlapping_series, " series");
}

enum class HelpPlace { kColumn, kBelow };

Table MetricTable(const std::vector<MetricSummary>& metrics, HelpPlace help) {
  const bool any_overlap =
      std::any_of(metrics.begin(), metrics.end(),
                  [](const MetricSummary& metric) { return metric.overlapping_series > 0; });
  Table table;
  for (const char* title : {"metric", "type", "unit"}) table.AddColumn(title);
  if (help == HelpPlace::kColumn) table.AddColumn("help", Table::Align::kLeft, kHelpCells);
  for (const char* title : {"series", "samples", "first", "last"}) {
    table.AddColumn(title, Table::Align::kRight);
  }
  if (any_overlap) table.AddColumn("writers at a time");
  for (const MetricSummary& metric : metrics) {
    std::vector<std::string> cells = {metric.name, metric.type, metric.unit};
    if (help == HelpPlace::kColumn) cells.push_back(metric.help);
    cells.push_back(std::to_string(metric.series));
    cells.push_back(std::to_string(metric.samples));
    cells.push_back(WrappableTime(metric.first));
    cells.push_back(WrappableTime(metric.last));
    if (any_overlap) cells.push_back(WritersText(metric));
    table.AddRow(std::move(cells));
  }
  return table;
}

// The first of a label's values, shortened.
std::string ExamplesOf(const LabelSummary& label) {
  std::string examples;
  size_t shown = 0;
  for (const LabelValueSummary& value : label.values) {
    if (shown++ == kExampleValues) return examples + ", …";
    if (!examples.empty()) examples += ", ";
    examples += Shorten(value.value, kExampleCells);
  }
  return examples;
}

std::string MetricJson(const MetricSummary& metric) {
  JsonObject object;
  object.Add("metric", JsonQuote(metric.name))
      .Add("type", JsonQuote(metric.type))
      .Add("unit", JsonQuote(metric.unit))
      .Add("help", JsonQuote(metric.help))
      .Add("series", std::to_string(metric.series))
      .Add("samples", std::to_string(metric.samples))
      .Add("first", UnixSecondsText(metric.first))
      .Add("last", UnixSecondsText(metric.last));
  if (metric.overlapping_series > 0) {
    object.Add("overlappingSeries", std::to_string(metric.overlapping_series))
        .Add("mostWriters", std::to_string(metric.most_writers));
  }
  return object.Text();
}

// One line, in the envelope of Prometheus' API.
std::string MetricsJson(const std::vector<MetricSummary>& metrics, const DeltaCounts& deltas) {
  const std::string counts = JsonObject()
                                 .Add("refused", std::to_string(deltas.refused))
                                 .Add("dropped", std::to_string(deltas.dropped))
                                 .Add("repeated", std::to_string(deltas.repeated))
                                 .Text();
  const std::string data =
      JsonObject().Add("metrics", JsonArray(metrics, MetricJson)).Add("deltas", counts).Text();
  return JsonObject().Add("status", JsonQuote("success")).Add("data", data).Text() + "\n";
}

// What was not added up of deltas; nothing if all of them were.
std::string DeltasText(const DeltaCounts& deltas) {
  if (deltas == DeltaCounts()) return {};
  return absl::StrCat("data points of delta temporality: ", deltas.refused, " refused, ",
                      deltas.dropped, " dropped, ", deltas.repeated, " sent again\n");
}

}  // namespace

absl::Status ShowMetrics(std::string_view argument, Workspace* workspace) {
  std::vector<MetricSummary> metrics = workspace->database().Metrics();
  std::erase_if(metrics, [&](const MetricSummary& metric) {
    return metric.name.find(argument) == std::string::npos;
  });
  const DeltaCounts deltas = workspace->database().Deltas();
  if (workspace->settings().output == OutputFormat::kJson) {
    workspace->Print(MetricsJson(metrics, deltas));
    return absl::OkStatus();
  }
  const size_t width = workspace->OutputView().table_width;
  Table table = MetricTable(metrics, HelpPlace::kColumn);
  const bool fits = width == 0 || table.NaturalWidth() <= width;
  if (!fits) table = MetricTable(metrics, HelpPlace::kBelow);
  PrintTable(std::move(table), "no metrics", workspace);
  workspace->Print(DeltasText(deltas));
  if (fits) return absl::OkStatus();
  for (const MetricSummary& metric : metrics) {
    if (metric.help.empty()) continue;
    workspace->Print(Printable(metric.name) + "\n");
    for (const std::string& line : Wrap(Printable(metric.help), std::max(width, kHelpCells) - 4)) {
      workspace->Print("    " + line + "\n");
    }
  }
  return absl::OkStatus();
}

absl::Status ShowLabels(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<SeriesQuery> query = QueryOf(argument);
  if (!query.ok()) return query.status();
  Table table;
  table.AddColumn("label");
  table.AddColumn("series", Table::Align::kRight);
  table.AddColumn("values", Table::Align::kRight);
  table.AddColumn("such as");
  for (const LabelSummary& label : workspace->database().LabelSummaries(*query)) {
    table.AddRow({label.name, std::to_string(label.series), std::to_string(label.values.size()),
                  ExamplesOf(label)});
  }
  PrintTable(std::move(table), "no labels", workspace);
  return absl::OkStatus();
}

absl::Status ShowValues(std::string_view argument, Workspace* workspace) {
  const std::string_view label = FirstWord(argument);
  if (label.empty()) return absl::InvalidArgumentError("\\values needs a label");
  // Blanks instead of the label, so that an error's place is one in the argument.
  std::string selector(argument);
  std::fill_n(selector.begin(), label.size(), ' ');
  const absl::StatusOr<SeriesQuery> query = QueryOf(selector);
  if (!query.ok()) return query.status();
  const std::vector<LabelSummary> labels = workspace->database().LabelSummaries(*query);
  const auto found = std::find_if(labels.begin(), labels.end(), [&](const LabelSummary& summary) {
    return summary.name == label;
  });
  if (found == labels.end()) {
    const std::vector<std::string> names = workspace->database().LabelNames();
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const bool exists = std::find(names.begin(), names.end(), label) != names.end();
    workspace->Print(absl::StrCat("no values of ", Printable(label),
                                  exists ? std::string() : DidYouMean(label, candidates), "\n"));
    return absl::OkStatus();
  }
  Table table;
  table.AddColumn(std::string(label));
  table.AddColumn("series", Table::Align::kRight);
  for (const LabelValueSummary& value : found->values) {
    table.AddRow({value.value, std::to_string(value.series)});
  }
  PrintTable(std::move(table), "no values", workspace);
  return absl::OkStatus();
}

absl::Status ShowSeries(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<SeriesQuery> query = QueryOf(argument);
  if (!query.ok()) return query.status();
  Table table;
  table.AddColumn("series");
  table.AddColumn("samples", Table::Align::kRight);
  table.AddColumn("first", Table::Align::kRight);
  table.AddColumn("last", Table::Align::kRight);
  table.AddColumn("last value", Table::Align::kRight);
  for (const SeriesSummary& series : workspace->database().SeriesSummaries(*query)) {
    if (series.numbers == 0) continue;
    table.AddRow({SeriesName(series.labels), std::to_string(series.numbers), TimeText(series.first),
                  TimeText(series.last), FormatSampleValue(series.last_value)});
  }
  const size_t count = table.row_count();
  PrintTable(std::move(table), "no series", workspace);
  if (count > 0) workspace->Print(absl::StrCat(count, " series\n"));
  return absl::OkStatus();
}

absl::Status ShowStreams(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<SeriesQuery> query = QueryOf(argument);
  if (!query.ok()) return query.status();
  const std::vector<SeriesStreams> lists = workspace->database().Streams(*query);
  Table table;
  table.AddColumn("series");
  table.AddColumn("start", Table::Align::kRight);
  table.AddColumn("first", Table::Align::kRight);
  table.AddColumn("last", Table::Align::kRight);
  table.AddColumn("samples", Table::Align::kRight);
  table.AddColumn("first value", Table::Align::kRight);
  table.AddColumn("last value", Table::Align::kRight);
  for (const SeriesStreams& list : lists) {
    std::string name = SeriesName(list.labels);
    for (const WriterStream& stream : list.streams) {
      table.AddRow({name, stream.start ? TimeText(*stream.start) : "unknown",
                    TimeText(stream.first), TimeText(stream.last), std::to_string(stream.samples),
                    FormatSampleValue(stream.first_value), FormatSampleValue(stream.last_value)});
      // A series stands at its first stream only.
      name.clear();
    }
  }
  const size_t count = table.row_count();
  PrintTable(std::move(table), "no streams", workspace);
  if (count > 0)
    workspace->Print(
        absl::StrCat(Counted(count, "stream", "streams"), " in ", lists.size(), " series\n"));
  return absl::OkStatus();
}

absl::Status LoadMore(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<std::vector<std::string>> paths = SplitWords(argument);
  if (!paths.ok()) return paths.status();
  if (paths->empty()) return absl::InvalidArgumentError("\\load needs a file");
  if (workspace->settings().strict && !CheckFiles(*paths, workspace)) return absl::OkStatus();
  LoadFiles(*paths, LoadSummary::kPrint, workspace);
  return absl::OkStatus();
}

absl::Status SaveAll(std::string_view argument, Workspace* workspace) {
  const absl::StatusOr<std::vector<std::string>> paths = SplitWords(argument);
  if (!paths.ok()) return paths.status();
  if (paths->size() != 1) return absl::InvalidArgumentError("\\save needs one file");
  if (absl::Status status = workspace->database().Save(paths->front()); !status.ok()) {
    return status;
  }
  workspace->Print("saved " + Printable(paths->front()) + "\n");
  return absl::OkStatus();
}

}  // namespace promlite::repl
