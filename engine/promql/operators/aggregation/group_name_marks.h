#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_GROUP_NAME_MARKS_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_GROUP_NAME_MARKS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// Which groups of an aggregation carry the mark that their metric name goes at the end (delayed
// name removal): those of which a marked series has a sample at the group's last step. So in
// Prometheus, where every step decides anew and the last one stays.
class GroupNameMarks {
 public:
  explicit GroupNameMarks(size_t groups) : groups_(groups) {}

  // Every row of the group, in any order.
  void Note(uint32_t group, bool marked, const Block& rows, size_t row) {
    RowSpan span = rows.span(row);
    while (!span.empty() && !rows.present(row, span.last - 1)) --span.last;
    uint32_t end = span.empty() ? 0 : span.last;
    const auto histograms = rows.histograms(row);
    if (!histograms.empty()) end = std::max(end, histograms.back().step + 1);
    if (end == 0) return;
    LastSteps& last = groups_[group];
    last.any = std::max(last.any, end);
    if (marked) last.marked = std::max(last.marked, end);
  }

  bool IsMarked(size_t group) const {
    return groups_[group].marked != 0 && groups_[group].marked == groups_[group].any;
  }

 private:
  // One past the last step with a sample.
  struct LastSteps {
    uint32_t any = 0;
    uint32_t marked = 0;
  };
  std::vector<LastSteps> groups_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_GROUP_NAME_MARKS_H_
