#ifndef PROMLITE_APPS_REPL_TEXT_SERIES_NAME_H_
#define PROMLITE_APPS_REPL_TEXT_SERIES_NAME_H_

#include <string>
#include <string_view>
#include <vector>

#include "promlite/engine/answer/query_result.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::repl {

// A label set as a selector that finds it: `up{job="node"}`, `{"my.metric"}`, `{}`.
std::string SeriesName(const Labels& labels);

// `name`, quoted if it is not a plain label name (letters, digits, underscores; colons too in
// metric names).
bool IsPlainLabelName(std::string_view name);
bool IsPlainMetricName(std::string_view name);
std::string QuotedIfNeeded(std::string_view label_name);

// A string literal of PromQL, in double quotes.
std::string QuoteString(std::string_view text);

// The names of all labels of the series, sorted, `__name__` first.
std::vector<std::string> LabelNamesOf(const std::vector<ResultSeries>& series);

// The labels that every one of the series has with the same value; none if there are fewer than
// two.
Labels CommonLabels(const std::vector<ResultSeries>& series);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TEXT_SERIES_NAME_H_
