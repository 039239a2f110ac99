#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_ROWS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "promlite/engine/promql/functions/classic_buckets.h"
#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// The rows of one classic histogram: series that differ only in `le`, the upper bounds of
// cumulative buckets.
struct ClassicRows {
  struct Bucket {
    double upper_bound = 0;
    size_t row = 0;
  };
  std::vector<Bucket> buckets;  // by bound
  // The steps in which any bucket lives.
  StepSpan span;
};

// The histograms of a vector, of both kinds. Where a native histogram stands beside a classic one
// with the same labels, neither counts.
class HistogramRows {
 public:
  // Of argument `argument` of the call. Warns of buckets without a usable `le`, and of histograms
  // of both kinds with the same labels.
  HistogramRows(const FunctionCall& call, size_t argument);

  // The series, metric names included: first those of native histograms, in the order of the input,
  // then those of classic ones, without `le`, in order of first appearance.
  const SeriesSet& series() const { return series_; }

  // Calls visit(series, step, histogram) for each native histogram.
  template <typename Visit>
  void ForEachNative(Visit visit) const {
    for (size_t i = 0; i < native_.size(); ++i) {
      for (const HistogramCell& cell : in_.histograms(native_[i].row)) {
        if (!IsConflict(native_[i].conflicts, cell.step)) visit(i, cell.step, *cell.histogram);
      }
    }
  }

  // Calls visit(series, step, buckets) for each classic histogram and each step at which it has any
  // bucket. The buckets are scratch memory.
  template <typename Visit>
  void ForEachClassic(Visit visit) const {
    std::vector<ClassicBucket> buckets;
    for (size_t i = 0; i < classic_.size(); ++i) {
      const ClassicRows& rows = classic_[i].rows;
      for (size_t step = rows.span.first; step < rows.span.end; ++step) {
        buckets.clear();
        if (IsConflict(classic_[i].conflicts, step)) continue;
        for (const ClassicRows::Bucket& bucket : rows.buckets) {
          if (in_.present(bucket.row, step)) {
            buckets.push_back({bucket.upper_bound, in_.values(bucket.row)[step]});
          }
        }
        if (!buckets.empty()) visit(native_.size() + i, step, std::span<ClassicBucket>(buckets));
      }
    }
  }

 private:
  using Steps = std::vector<uint32_t>;  // ascending
  struct NativeRow {
    size_t row = 0;
    Steps conflicts;
  };
  struct Classic {
    ClassicRows rows;
    Steps conflicts;
  };

  static bool IsConflict(const Steps& conflicts, size_t step) {
    return !conflicts.empty() && std::binary_search(conflicts.begin(), conflicts.end(), step);
  }
  void FindConflicts(const FunctionCall& call, size_t argument);
  bool HasBucket(const ClassicRows& rows, size_t step) const;

  const Block& in_;
  std::vector<NativeRow> native_;
  std::vector<Classic> classic_;
  SeriesSet series_;
};

// The place of an argument, inside any parentheses.
PositionRange ArgumentPosition(const FunctionCall& call, size_t index);

// The metric's name, for annotations: what is left of it under immediate name removal is nothing.
std::string MetricNameIfDelayed(const ExecContext& context, SymbolPairs labels);
// " for metric name "x"", or nothing if there is no name.
std::string ForMetricName(const std::string& name);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_ROWS_H_
