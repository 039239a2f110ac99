#ifndef PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_
#define PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_

#include <string>
#include <string_view>

#include "promlite/parser/promql/names.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

// A label set as a selector that finds it: `up{job="node"}`, `{"my.metric"}`, `{}`.
PROMLITE_EXPORT std::string SeriesName(const Labels& labels);

// A label's name as a query writes it: in quotes, unless `names` lets it stand without.
PROMLITE_EXPORT std::string QuotedIfNeeded(
    std::string_view label_name, promql::UnquotedNames names = promql::UnquotedNames::kAscii);

// A string literal of PromQL, in double quotes.
PROMLITE_EXPORT std::string QuoteString(std::string_view text);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_SERIES_NAME_H_
