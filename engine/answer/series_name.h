#ifndef PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_
#define PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_

#include <string>
#include <string_view>

#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

// A label set as a selector that finds it: `up{job="node"}`, `{"my.metric"}`, `{}`.
PROMLITE_EXPORT std::string SeriesName(const Labels& labels);

// Whether a query may name it without quotes: letters, digits and underscores, colons too in metric
// names, not beginning with a digit.
PROMLITE_EXPORT bool IsPlainLabelName(std::string_view name);
PROMLITE_EXPORT bool IsPlainMetricName(std::string_view name);

// A label's name as a query writes it: in quotes if it is not a plain one.
PROMLITE_EXPORT std::string QuotedIfNeeded(std::string_view label_name);

// A string literal of PromQL, in double quotes.
PROMLITE_EXPORT std::string QuoteString(std::string_view text);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_
