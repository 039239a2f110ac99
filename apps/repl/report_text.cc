#include "promlite/apps/repl/report_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/apps/repl/table.h"
#include "promlite/apps/repl/text.h"
#include "promlite/apps/repl/time_text.h"
#include "promlite/engine/json.h"

namespace promlite::repl {
namespace {

constexpr size_t kBarCells = 12;
constexpr std::string_view kNoName = "(none)";
constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

std::string Bar(double value, double largest) {
  if (!(value > 0) || !std::isfinite(largest)) return "";
  const auto eighths = static_cast<size_t>(std::lround(value / largest * kBarCells * 8));
  return Repeat("█", eighths / 8) + std::string(kEighths[eighths % 8]);
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

void AddTableRow(const std::string& name, const std::string& model, const Report& report,
                 const ReportValues& values, const std::string& bar, Table* table) {
  std::vector<std::string> cells = {name};
  if (report.request.by_model) cells.push_back(model);
  for (size_t i = 0; i < values.size(); ++i) {
    cells.push_back(Cell(static_cast<ReportColumn>(i), values[i]));
    if (i == 0) cells.push_back(bar);
  }
  table->AddRow(std::move(cells));
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

std::string RowJson(const Report& report, const ReportRow* row, const ReportValues& values) {
  std::string out = "{";
  if (row != nullptr) {
    out += JsonQuote(ReportRowsName(report.request.rows)) + ":" + JsonQuote(row->name) + ",";
    if (report.request.by_model) out += "\"model\":" + JsonQuote(row->model) + ",";
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    out += JsonQuote(ReportColumnNames()[i].key) + ":\"" + FormatSampleValue(values[i]) + "\"";
  }
  return out + "}";
}

std::string CsvField(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string ReportTable(const Report& report, const View& view) {
  Table table;
  table.AddColumn(std::string(ReportRowsName(report.request.rows)));
  if (report.request.by_model) table.AddColumn("model");
  for (size_t i = 0; i < kReportColumnCount; ++i) {
    table.AddColumn(std::string(ReportColumnNames()[i].title), Table::Align::kRight);
    if (i == 0) table.AddColumn("");
  }
  double largest = 0;
  for (const ReportRow& row : report.rows) largest = std::max(largest, row.values[0]);
  for (const ReportRow& row : report.rows) {
    AddTableRow(row.name.empty() ? std::string(kNoName) : row.name,
                row.model.empty() ? std::string(kNoName) : row.model, report, row.values,
                Bar(row.values[0], largest), &table);
  }
  AddTableRow("total", "", report, report.total, "", &table);
  std::string out = table.Render(view.table_width);
  if (report.request.show_queries) out += QueriesText(report);
  return out;
}

std::string ReportJson(const Report& report) {
  std::string out = "{\"status\":\"success\",\"data\":{\"resultType\":\"report\",\"rows\":[";
  for (size_t i = 0; i < report.rows.size(); ++i) {
    if (i > 0) out += ',';
    out += RowJson(report, &report.rows[i], report.rows[i].values);
  }
  out += "],\"total\":" + RowJson(report, nullptr, report.total);
  if (report.request.show_queries) {
    out += ",\"queries\":[";
    for (size_t i = 0; i < report.queries.size(); ++i) {
      const ReportQuery& query = report.queries[i];
      const double seconds = static_cast<double>(absl::ToUnixMillis(query.time)) / 1000;
      out += i == 0 ? "" : ",";
      out += "{\"time\":" + FormatFixed(seconds) + ",\"query\":" + JsonQuote(query.query) + "}";
    }
    out += "]";
  }
  return out + "}}\n";
}

std::string ReportCsv(const Report& report) {
  std::string out(ReportRowsName(report.request.rows));
  if (report.request.by_model) out += ",model";
  for (const ReportColumnName& column : ReportColumnNames()) out += "," + std::string(column.key);
  out += "\n";
  for (const ReportRow& row : report.rows) {
    out += CsvField(row.name);
    if (report.request.by_model) out += "," + CsvField(row.model);
    for (const double value : row.values) out += "," + FormatSampleValue(value);
    out += "\n";
  }
  return out;
}

}  // namespace promlite::repl
