#ifndef PROMLITE_PARSER_PROMQL_METRIC_DESCRIPTION_H_
#define PROMLITE_PARSER_PROMQL_METRIC_DESCRIPTION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// A metric as Prometheus' test scripts and rule tests write it before its samples:
// `http_requests{job="api", "utf8 label"="x"}`, `{"name with spaces", a="b"}`, `{}`.
struct MetricDescription {
  // Sorted by name; the metric's name is the label __name__, absent if there is none.
  std::vector<std::pair<std::string, std::string>> labels;
  // How many bytes of the text it takes; what stands behind it has not been looked at.
  size_t bytes = 0;
};

// Reads the metric at the front of `text`. No white space may stand before the left brace: it ends
// the metric. InvalidArgument, as from Parse(), if there is none.
PROMLITE_EXPORT absl::StatusOr<MetricDescription> ParseMetricDescription(
    std::string_view text, const ParseOptions& options = {});

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_METRIC_DESCRIPTION_H_
