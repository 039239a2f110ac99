#include "promlite/apps/repl/report/report_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/apps/repl/output/output_csv.h"
#include "promlite/apps/repl/output/table.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/json_object.h"

namespace promlite::repl {
namespace {

constexpr size_t kBarCells = 12;
constexpr std::string_view kNoName = "(none)";

std::string CostBar(double value, double largest) {
  if (!(value > 0) || !std::isfinite(largest)) return "";
  return Bar(static_cast<size_t>(std::lround(value / largest * kBarCells * 8)));
}

std::string Dollars(double value) {
  if (!std::isfinite(value) || std::fabs(value) > 1e15) return FormatSampleValue(value);
  char text[32];
  std::snprintf(text, sizeof(text), "%.4f", value);
  return text;
}

std::string Seconds(double value) {
  if (!(value >= 0 && value < 1e9)) return FormatSampleValue(value);
  return DurationText(absl::Seconds(std::llround(value)));
}

// Empty where no counter tells the value.
std::string Cell(ReportColumn column, std::optional<double> value) {
  if (!value) return "";
  switch (column) {
    case ReportColumn::kCost:
      return Dollars(*value);
    case ReportColumn::kActiveTime:
      return Seconds(*value);
    default:
      return FormatSampleValue(*value);
  }
}

// The columns of a table, of which some have no room for all.
struct Columns {
  ReportColumn first;
  ReportColumn last;
  bool has_bar;  // behind the cost

  bool Has(ReportColumn column) const { return first <= column && column <= last; }
};
constexpr Columns kAll = {ReportColumn::kCost, ReportColumn::kActiveTime, true};
constexpr Columns kCostAndTokens = {ReportColumn::kCost, ReportColumn::kReasoning, true};
constexpr Columns kCostAndTokensWithoutBar = {ReportColumn::kCost, ReportColumn::kReasoning, false};
constexpr Columns kWork = {ReportColumn::kRequests, ReportColumn::kActiveTime, false};

double CostOf(const ReportRow& row) { return ValueOf(row.values, ReportColumn::kCost).value_or(0); }

Table MakeTable(const Report& report, const Columns& columns) {
  Table table;
  table.AddColumn(std::string(ReportRowsName(report.request.rows)));
  if (report.by_agent) table.AddColumn("agent");
  if (report.request.by_model) table.AddColumn("model");
  const auto has_bar = [&](ReportColumn column) {
    return column == ReportColumn::kCost && columns.has_bar;
  };
  for (const ReportColumn column : report.columns) {
    if (!columns.Has(column)) continue;
    const std::string_view title = ReportColumnNames()[static_cast<size_t>(column)].title;
    table.AddColumn(std::string(title), Table::Align::kRight);
    if (has_bar(column)) table.AddColumn("");
  }
  double largest = 0;
  for (const ReportRow& row : report.rows) largest = std::max(largest, CostOf(row));
  const auto add_row = [&](std::vector<std::string> names, const ReportValues& values,
                           const std::string& bar) {
    std::vector<std::string> cells = {names[0]};
    if (report.by_agent) cells.push_back(names[1]);
    if (report.request.by_model) cells.push_back(names[2]);
    for (const ReportColumn column : report.columns) {
      if (!columns.Has(column)) continue;
      cells.push_back(Cell(column, ValueOf(values, column)));
      if (has_bar(column)) cells.push_back(bar);
    }
    table.AddRow(std::move(cells));
  };
  const auto or_none = [](const std::string& text) {
    return text.empty() ? std::string(kNoName) : text;
  };
  for (const ReportRow& row : report.rows) {
    add_row({or_none(row.name), row.agent, or_none(row.model)}, row.values,
            CostBar(CostOf(row), largest));
  }
  add_row({"total", "", ""}, report.total, "");
  return table;
}

std::string TablesText(const Report& report, size_t width) {
  const auto fits = [&](const Table& table) { return width == 0 || table.MinimalWidth() <= width; };
  if (const Table whole = MakeTable(report, kAll); fits(whole)) return whole.Render(width);
  Table first = MakeTable(report, kCostAndTokens);
  if (!fits(first)) first = MakeTable(report, kCostAndTokensWithoutBar);
  return first.Render(width) + MakeTable(report, kWork).Render(width);
}

// Those that are evaluated at the same times stand together.
std::string QueriesText(const Report& report) {
  std::vector<std::string> queries;
  std::map<std::string, std::vector<std::string>> times;
  for (const ReportQuery& query : report.queries) {
    std::vector<std::string>& of_query = times[query.query];
    if (of_query.empty()) queries.push_back(query.query);
    of_query.push_back(TimeText(query.time));
  }
  std::string out;
  const std::vector<std::string>* last = nullptr;
  for (const std::string& query : queries) {
    const std::vector<std::string>& at = times[query];
    if (last == nullptr || *last != at) {
      out += "\nevaluated at ";
      for (size_t i = 0; i < at.size(); ++i) out += (i == 0 ? "" : ", ") + at[i];
      out += ":\n";
    }
    last = &at;
    out += "  " + query + "\n";
  }
  return out;
}

void AddValues(const Report& report, const ReportValues& values, JsonObject* object) {
  for (const ReportColumn column : report.columns) {
    const std::optional<double> value = ValueOf(values, column);
    object->Add(ReportColumnNames()[static_cast<size_t>(column)].key,
                value ? JsonQuote(FormatSampleValue(*value)) : "null");
  }
}

}  // namespace

std::string ReportTable(const Report& report, const View& view, ShownQueries queries) {
  std::string out = TablesText(report, view.table_width);
  for (const std::string& note : report.notes) out += note + "\n";
  if (queries == ShownQueries::kYes) out += QueriesText(report);
  return out;
}

std::string ReportJson(const Report& report, ShownQueries queries) {
  const auto row_json = [&](const ReportRow& row) {
    JsonObject object;
    object.Add(ReportRowsName(report.request.rows), JsonQuote(row.name));
    if (report.by_agent) object.Add("agent", JsonQuote(row.agent));
    if (report.request.by_model) object.Add("model", JsonQuote(row.model));
    AddValues(report, row.values, &object);
    return object.Text();
  };
  const auto query_json = [](const ReportQuery& query) {
    return JsonObject()
        .Add("time", UnixSecondsText(query.time))
        .Add("query", JsonQuote(query.query))
        .Text();
  };
  JsonObject total, data;
  AddValues(report, report.total, &total);
  data.Add("resultType", "\"report\"")
      .Add("rows", JsonArray(report.rows, row_json))
      .Add("total", total.Text());
  if (!report.notes.empty()) data.Add("notes", JsonArray(report.notes, JsonQuote));
  if (queries == ShownQueries::kYes) data.Add("queries", JsonArray(report.queries, query_json));
  return JsonObject().Add("status", "\"success\"").Add("data", data.Text()).Text() + "\n";
}

std::string ReportCsv(const Report& report) {
  std::string out(ReportRowsName(report.request.rows));
  if (report.by_agent) out += ",agent";
  if (report.request.by_model) out += ",model";
  for (const ReportColumn column : report.columns) {
    out += "," + std::string(ReportColumnNames()[static_cast<size_t>(column)].key);
  }
  out += "\n";
  const auto add_field = [&](const std::string& field) {
    out += ",";
    AppendCsvField(field, &out);
  };
  for (const ReportRow& row : report.rows) {
    AppendCsvField(row.name, &out);
    if (report.by_agent) add_field(row.agent);
    if (report.request.by_model) add_field(row.model);
    for (const ReportColumn column : report.columns) {
      const std::optional<double> value = ValueOf(row.values, column);
      out += "," + (value ? FormatSampleValue(*value) : "");
    }
    out += "\n";
  }
  return out;
}

}  // namespace promlite::repl
