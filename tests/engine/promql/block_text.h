#ifndef PROMLITE_TESTS_ENGINE_PROMQL_BLOCK_TEXT_H_
#define PROMLITE_TESTS_ENGINE_PROMQL_BLOCK_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/query_symbols.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/number_reading.h"

namespace promlite::promql::internal {

using Lines = std::vector<std::string>;

// Blocks written down as in Prometheus' test scripts: a series a line, `m{a="b", c="d"} 1 _ NaN`,
// `_` where there is no sample. " (name dropped later)" in front of the samples is the mark of
// delayed name removal.
inline constexpr std::string_view kMark = " (name dropped later)";

inline std::vector<SymbolPair> LabelsFromText(QuerySymbols& symbols, std::string_view text) {
  LabelSetBuilder labels(symbols);
  const size_t brace = text.find('{');
  const std::string_view name = text.substr(0, brace);
  if (!name.empty()) labels.Set(symbols.metric_name(), symbols.Intern(name));
  if (brace == std::string_view::npos) return {labels.pairs().begin(), labels.pairs().end()};
  const std::string inside(text.substr(brace + 1, text.size() - brace - 2));
  for (const auto& label : absl::StrSplit(inside, ',', absl::SkipEmpty())) {
    const std::vector<std::string> parts = absl::StrSplit(label, absl::MaxSplits('=', 1));
    const std::string key(absl::StripAsciiWhitespace(parts[0]));
    const std::string quoted(absl::StripAsciiWhitespace(parts[1]));
    labels.Set(symbols.Intern(key), symbols.Intern(quoted.substr(1, quoted.size() - 2)));
  }
  return {labels.pairs().begin(), labels.pairs().end()};
}

// `lines` may be empty.
inline Block BlockFromText(QuerySymbols& symbols, const Lines& lines, size_t steps) {
  SeriesSet series;
  std::vector<std::vector<std::string>> rows;
  for (std::string line : lines) {
    const size_t mark = line.find(kMark);
    if (mark != std::string::npos) line.erase(mark, kMark.size());
    const size_t brace = line.find('}');
    const size_t end = brace != std::string::npos ? brace + 1 : line.find(' ');
    series.Add(LabelsFromText(symbols, std::string_view(line).substr(0, end)),
               mark != std::string::npos);
    rows.push_back(absl::StrSplit(line.substr(end), ' ', absl::SkipEmpty()));
  }
  Block block(std::move(series), steps);
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t step = 0; step < rows[row].size(); ++step) {
      if (rows[row][step] != "_") block.Set(row, step, *ParseGoFloat(rows[row][step]));
    }
  }
  return block;
}

// How many steps the first of the lines has.
inline size_t StepsOfText(std::string line) {
  const size_t mark = line.find(kMark);
  if (mark != std::string::npos) line.erase(mark, kMark.size());
  const size_t brace = line.find('}');
  const size_t end = brace != std::string::npos ? brace + 1 : line.find(' ');
  const std::vector<std::string> cells = absl::StrSplit(line.substr(end), ' ', absl::SkipEmpty());
  return cells.size();
}

inline std::string LabelsText(const QuerySymbols& symbols, SymbolPairs labels) {
  LabelSetBuilder rest(symbols);
  rest.Reset(labels);
  rest.Delete(symbols.metric_name());
  const std::string name(symbols.Value(labels, symbols.metric_name()));
  if (!name.empty() && rest.pairs().empty()) return name;
  return name + symbols.ToString(rest.pairs());
}

inline Lines TextOf(const QuerySymbols& symbols, const Block& block) {
  Lines lines;
  for (size_t row = 0; row < block.rows(); ++row) {
    std::string line = LabelsText(symbols, block.series.labels(row));
    if (block.series.drop_name(row)) line += kMark;
    for (size_t step = 0; step < block.steps(); ++step) {
      line += " ";
      line += block.present(row, step) ? GoShortest(block.values(row)[step]) : "_";
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_TESTS_ENGINE_PROMQL_BLOCK_TEXT_H_
