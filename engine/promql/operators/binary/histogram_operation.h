#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_HISTOGRAM_OPERATION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_HISTOGRAM_OPERATION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::promql::internal {

// What a binary operator has to say about a pair of samples.
enum class BinaryProblem : uint8_t {
  kNone,
  // The operator is not for such samples; left and right.
  kFloatFloat,
  kFloatHistogram,
  kHistogramFloat,
  kHistogramHistogram,
  kIncompatibleBuckets,  // exponential and custom ones
  kAdditionCollided,     // counters of which one was reset, the other was not
  kSubtractionCollided,
  kAdditionReconciled,  // custom buckets with other bounds
  kSubtractionReconciled,
};

// The problems of one operator. Prometheus reports of each step only the last one.
class StepProblems {
 public:
  explicit StepProblems(size_t steps) : last_(steps) {}

  // In the order of the samples of a step. kNone leaves things as they are.
  void Note(size_t step, BinaryProblem problem) {
    if (problem != BinaryProblem::kNone) last_[step] = problem;
  }
  void Raise(const BinaryExpr& expr, ExecContext& context) const;

 private:
  std::vector<BinaryProblem> last_;
};

// A sample: a histogram, or, if that is null, a number.
struct Operand {
  double number = 0;
  const Histogram* histogram = nullptr;
};

// What a binary operator makes of two samples, at least one of which is a histogram. Not for set
// operators.
struct HistogramOutcome {
  // Arithmetic and trim operators: the result. A comparison gives none: it keeps its left operand.
  std::shared_ptr<const Histogram> histogram;
  // Of a comparison.
  bool holds = false;
  // There is no result.
  bool failed = false;
  // Why not; or, if there is one, what else there is to say.
  BinaryProblem problem = BinaryProblem::kNone;
};
HistogramOutcome OperateOnHistograms(BinaryOp op, const Operand& lhs, const Operand& rhs);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_HISTOGRAM_OPERATION_H_
