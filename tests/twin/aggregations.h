#ifndef PROMLITE_TESTS_TWIN_AGGREGATIONS_H_
#define PROMLITE_TESTS_TWIN_AGGREGATIONS_H_

#include <cstddef>
#include <vector>

#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/tests/twin/vectors.h"

// Aggregations as Prometheus describes them, of one group at one step.
namespace promlite::twin {

// sum, avg, count, min, max, group, stddev, stdvar and quantile (of `q`). REQUIRES: a value.
double Fold(promql::AggregateOp op, const std::vector<double>& values, double q,
            Compatibility compatibility);

struct Candidate {
  double value = 0;
  size_t row = 0;
};

// topk (bottomk unless `top`): the `k` best of a group's samples in the order of the heap that Go's
// container/heap keeps; NaN loses, of equal ones the earlier stays. REQUIRES: k > 0.
std::vector<Candidate> BestOf(const std::vector<Candidate>& samples, size_t k, bool top);

// What limit_ratio compares with its ratio: a hash of the labels.
double LabelOffset(const LabelMap& labels);

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_AGGREGATIONS_H_
