#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_HISTOGRAM_FOLD_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_HISTOGRAM_FOLD_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/histograms/compensated_histogram.h"
#include "promlite/engine/histograms/findings.h"
#include "promlite/engine/histograms/mean.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// sum and avg of the histograms in groups, beside the fold of their numbers. A group that has both
// kinds at a step, or histograms with exponential and with custom buckets, has no result there.
class HistogramFold {
 public:
  enum class Operation { kSum, kAvg };
  HistogramFold(Operation operation, size_t groups)
      : operation_(operation), groups_(groups), number_seen_(groups) {}

  // Takes in rows [0, groups.size()) of `rows`, row i into group groups[i], before the fold of
  // numbers does: `folded` has the numbers of the rows before. `series` are the rows' labels.
  void Add(const Block& rows, std::span<const uint32_t> groups, const Block& folded,
           const SeriesSet& series, size_t first_series, const QuerySymbols& symbols);

  // Puts the results into the rows of the groups in `result`, which has those of the numbers.
  void Finish(Block* result);
  // Where to raise what came up.
  void RaiseFindings(ExecContext& context, PositionRange position) const;

 private:
  // A group at a step, from its first histogram on.
  struct Cell {
    // Nothing if a number came first: then the histograms do not matter, as there is no result.
    std::variant<std::monostate, CompensatedHistogram, HistogramMean> sum;
    bool saw_number = false;
    bool incompatible = false;
    bool saw_reset = false, saw_not_reset = false;
  };

  // Notes where the row has numbers.
  void NoteNumbers(const Block& rows, size_t row, size_t group);
  void AddHistogram(const Histogram& histogram, size_t group, uint32_t step,
                    std::string_view metric_name);

  const Operation operation_;
  std::vector<std::map<uint32_t, Cell>> groups_;  // by step
  // Of groups with histograms: bits of the steps at which there was a number so far.
  std::vector<std::vector<uint64_t>> number_seen_;
  HistogramFindings findings_;
  // Metrics of whose histograms some have exponential, some custom buckets.
  std::vector<std::string> mixed_schemas_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_HISTOGRAM_FOLD_H_
