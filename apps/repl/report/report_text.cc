#include "promlite/apps/repl/report/report_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>
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

std::string Cell(ReportColumn column, double value) {
  switch (column) {
    case ReportColumn::kCost:
      return Dollars(value);
    case ReportColumn::kActiveTime:
      return Seconds(value);
    default:
      return FormatSampleValue(value);
  }
}

// The columns of a table, of which some have no room for all.
struct Columns {
  size_t begin;
  size_t end;
  bool has_bar;  // behind the first
};
constexpr size_t kFirstOfWork = static_cast<size_t>(ReportColumn::kSessions);
constexpr Columns kAll = {0, kReportColumnCount, true};
constexpr Columns kCostAndTokens = {0, kFirstOfWork, true};
constexpr Columns kCostAndTokensWithoutBar = {0, kFirstOfWork, false};
constexpr Columns kWork = {kFirstOfWork, kReportColumnCount, false};

Table MakeTable(const Report& report, const Columns& columns) {
  Table table;
  table.AddColumn(std::string(ReportRowsName(report.request.rows)));
  if (report.request.by_model) table.AddColumn("model");
  for (size_t i = columns.begin; i < columns.end; ++i) {
    table.AddColumn(std::string(ReportColumnNames()[i].title), Table::Align::kRight);
    if (i == columns.begin && columns.has_bar) table.AddColumn("");
  }
  double largest = 0;
  for (const ReportRow& row : report.rows) largest = std::max(largest, row.values[0]);
  const auto add_row = [&](const std::string& name, const std::string& model,
                           const ReportValues& values, const std::string& bar) {
    std::vector<std::string> cells = {name};
    if (report.request.by_model) cells.push_back(model);
    for (size_t i = columns.begin; i < columns.end; ++i) {
      cells.push_back(Cell(static_cast<ReportColumn>(i), values[i]));
      if (i == columns.begin && columns.has_bar) cells.push_back(bar);
    }
    table.AddRow(std::move(cells));
  };
  const auto or_none = [](const std::string& text) {
    return text.empty() ? std::string(kNoName) : text;
  };
  for (const ReportRow& row : report.rows) {
    add_row(or_none(row.name), or_none(row.model), row.values, CostBar(row.values[0], largest));
  }
  add_row("total", "", report.total, "");
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

void AddValues(const ReportValues& values, JsonObject* object) {
  for (size_t i = 0; i < values.size(); ++i) {
    object->Add(ReportColumnNames()[i].key, JsonQuote(FormatSampleValue(values[i])));
  }
}

}  // namespace

std::string ReportTable(const Report& report, const View& view, ShownQueries queries) {
  std::string out = TablesText(report, view.table_width);
  if (queries == ShownQueries::kYes) out += QueriesText(report);
  return out;
}

std::string ReportJson(const Report& report, ShownQueries queries) {
  const auto row_json = [&](const ReportRow& row) {
    JsonObject object;
    object.Add(ReportRowsName(report.request.rows), JsonQuote(row.name));
    if (report.request.by_model) object.Add("model", JsonQuote(row.model));
    AddValues(row.values, &object);
    return object.Text();
  };
  const auto query_json = [](const ReportQuery& query) {
    const double seconds = static_cast<double>(absl::ToUnixMillis(query.time)) / 1000;
    return JsonObject()
        .Add("time", FormatFixed(seconds))
        .Add("query", JsonQuote(query.query))
        .Text();
  };
  JsonObject total, data;
  AddValues(report.total, &total);
  data.Add("resultType", "\"report\"")
      .Add("rows", JsonArray(report.rows, row_json))
      .Add("total", total.Text());
  if (queries == ShownQueries::kYes) data.Add("queries", JsonArray(report.queries, query_json));
  return JsonObject().Add("status", "\"success\"").Add("data", data.Text()).Text() + "\n";
}

std::string ReportCsv(const Report& report) {
  std::string out(ReportRowsName(report.request.rows));
  if (report.request.by_model) out += ",model";
  for (const ReportColumnName& column : ReportColumnNames()) out += "," + std::string(column.key);
  out += "\n";
  for (const ReportRow& row : report.rows) {
    AppendCsvField(row.name, &out);
    if (report.request.by_model) {
      out += ",";
      AppendCsvField(row.model, &out);
    }
    for (const double value : row.values) out += "," + FormatSampleValue(value);
    out += "\n";
  }
  return out;
}

}  // namespace promlite::repl
