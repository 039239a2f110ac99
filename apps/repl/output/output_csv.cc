#include "promlite/apps/repl/output/output_csv.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "promlite/apps/repl/output/result_labels.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/histograms/text.h"

namespace promlite::repl {
namespace {

void AppendSample(const Sample& sample, std::string* out) {
  *out += TimeTextMs(sample.timestamp_ms);
  *out += ',';
  *out += FormatSampleValue(sample.value);
  *out += '\n';
}

// A title for a column of ours that no label bears.
std::string Title(std::string_view title, const std::vector<std::string>& names) {
  std::string unique(title);
  while (std::find(names.begin(), names.end(), unique) != names.end()) {
    unique = "__" + unique + "__";
  }
  return unique;
}

}  // namespace

void AppendCsvField(std::string_view text, std::string* out) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    *out += text;
    return;
  }
  *out += '"';
  for (const char c : text) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

std::string FormatCsv(const Answer& answer) {
  const QueryResult& result = answer.result;
  const std::vector<std::string> names = LabelNamesOf(result.series);
  std::string out;
  for (const std::string& name : names) {
    AppendCsvField(name, &out);
    out += ',';
  }
  out += Title("timestamp", names) + "," + Title("value", names) + "\n";
  if (result.type == promql::ValueType::kScalar) {
    AppendSample(result.scalar, &out);
    return out;
  }
  if (result.type == promql::ValueType::kString) {
    out += TimeTextMs(result.timestamp_ms) + ",";
    AppendCsvField(result.string, &out);
    out += '\n';
    return out;
  }
  for (const ResultSeries& series : result.series) {
    std::string labels;
    for (const std::string& name : names) {
      AppendCsvField(series.labels.Get(name), &labels);
      labels += ',';
    }
    for (const Sample& sample : series.samples) {
      out += labels;
      AppendSample(sample, &out);
    }
    for (const HistogramPoint& point : series.histograms) {
      out += labels + TimeTextMs(point.timestamp_ms) + ",";
      AppendCsvField(HistogramText(*point.histogram), &out);
      out += '\n';
    }
  }
  return out;
}

}  // namespace promlite::repl
