#include "promlite/engine/promql/functions/sorting.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include "promlite/engine/promql/functions/rows.h"
#include "promlite/engine/promql/functions/sort_like_go.h"
#include "promlite/parser/text/natural_order.h"

namespace promlite::promql::internal {
namespace {

enum class Direction { kAscending, kDescending };

enum class Histograms { kKeep, kDrop };

// Sorts the rows that have a sample by precedes(row, row).
template <typename Precedes>
absl::StatusOr<Block> SortRows(const FunctionCall& call, Histograms histograms, Precedes precedes) {
  const Block& in = *call.arguments[0];
  Block out = WithSeries(in, in.series);
  if (histograms == Histograms::kDrop) out.DropHistograms();
  if (call.grid.start_ms < call.grid.end_ms) {
    call.context.annotations.Warn(
        "sort is ineffective for range queries since results are always ordered by labels",
        call.call.position);
    return out;
  }
  std::vector<size_t> order;
  for (size_t row = 0; row < in.rows(); ++row) {
    if (in.present(row, 0) || out.histogram(row, 0) != nullptr) order.push_back(row);
  }
  SortLikeGo(&order, precedes);
  out.Reorder(order);
  return out;
}

absl::StatusOr<Block> SortByValue(const FunctionCall& call, Direction direction) {
  const Block& in = *call.arguments[0];
  // NaN stands last, whatever the direction.
  return SortRows(call, Histograms::kDrop, [&](size_t a, size_t b) {
    const double value_a = in.values(a)[0];
    const double value_b = in.values(b)[0];
    if (std::isnan(value_a) || std::isnan(value_b)) {
      return !std::isnan(value_a) && std::isnan(value_b);
    }
    return direction == Direction::kAscending ? value_a < value_b : value_a > value_b;
  });
}

absl::StatusOr<Block> SortByLabels(const FunctionCall& call, Direction direction) {
  const Block& in = *call.arguments[0];
  QuerySymbols& symbols = call.context.symbols;
  std::vector<SymbolId> names;
  for (size_t i = 1; i < call.call.arguments.size(); ++i) {
    names.push_back(symbols.Intern(StringArgument(call.call, i)));
  }
  const bool ascending = direction == Direction::kAscending;
  return SortRows(call, Histograms::kKeep, [&](size_t a, size_t b) {
    for (SymbolId name : names) {
      const std::string_view value_a = symbols.Value(in.series.labels(a), name);
      const std::string_view value_b = symbols.Value(in.series.labels(b), name);
      if (value_a != value_b) return NaturallyPrecedes(value_a, value_b) == ascending;
    }
    const int order = symbols.Compare(in.series.labels(a), in.series.labels(b));
    return ascending ? order < 0 : order > 0;
  });
}

}  // namespace

absl::StatusOr<Block> Sort(const FunctionCall& call) {
  return SortByValue(call, Direction::kAscending);
}

absl::StatusOr<Block> SortDesc(const FunctionCall& call) {
  return SortByValue(call, Direction::kDescending);
}

absl::StatusOr<Block> SortByLabel(const FunctionCall& call) {
  return SortByLabels(call, Direction::kAscending);
}

absl::StatusOr<Block> SortByLabelDesc(const FunctionCall& call) {
  return SortByLabels(call, Direction::kDescending);
}

}  // namespace promlite::promql::internal
