#include "promlite/engine/promql/operators/binary/binary.h"

#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/binary/scalar_binary.h"
#include "promlite/engine/promql/operators/binary/set_operator.h"
#include "promlite/engine/promql/operators/binary/vector_binary.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

// `-operand`, of a scalar or of each sample of a vector, whose metric names are dropped.
class UnaryMinusOperator final : public Operator {
 public:
  explicit UnaryMinusOperator(const UnaryExpr& expr) : expr_(expr) {}

  std::string Describe() const override { return "-"; }
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  const UnaryExpr& expr_;
};

absl::StatusOr<Block> UnaryMinusOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                   std::span<const Block* const> inputs) const {
  const Block& operand = *inputs[0];
  const bool is_vector = expr_.type() == ValueType::kVector;
  Block result(is_vector ? DropMetricName(operand.series, context) : operand.series, grid.steps());
  ForEachRow(context.threads, operand.rows(), grid.steps(), [&](size_t row) {
    CopyPresence(operand, row, &result, row);
    const double* from = operand.values(row);
    double* to = result.values(row);
    const StepSpan span = operand.span(row);
    for (size_t step = span.first; step < span.end; ++step) to[step] = -from[step];
  });
  for (size_t row = 0; row < operand.rows(); ++row) {
    for (const HistogramCell& cell : operand.histograms(row)) {
      auto negative = std::make_shared<Histogram>(*cell.histogram);
      MultiplyHistogram(-1, negative.get());
      result.SetHistogram(row, cell.step, std::move(negative));
    }
  }
  if (is_vector && !context.settings.options.delayed_name_removal) {
    absl::Status status = MergeEqualSeries(context, &result);
    if (!status.ok()) return status;
  }
  return result;
}

}  // namespace

std::string DescribeBinary(const BinaryExpr& expr) {
  std::string text = absl::StrCat(Absl(BinaryOpName(expr.op)), expr.return_bool ? " bool" : "");
  if (!expr.matching) return text;
  const VectorMatching& matching = *expr.matching;
  if (matching.on || !matching.labels.empty()) {
    absl::StrAppend(&text, matching.on ? " on (" : " ignoring (",
                    absl::StrJoin(matching.labels, ", "), ")");
  }
  if (matching.cardinality == MatchCardinality::kManyToOne ||
      matching.cardinality == MatchCardinality::kOneToMany) {
    const bool left = matching.cardinality == MatchCardinality::kManyToOne;
    absl::StrAppend(&text, left ? " group_left (" : " group_right (",
                    absl::StrJoin(matching.include, ", "), ")");
  }
  if (matching.fill_left) {
    absl::StrAppend(&text, " fill_left (", GoShortest(*matching.fill_left), ")");
  }
  if (matching.fill_right) {
    absl::StrAppend(&text, " fill_right (", GoShortest(*matching.fill_right), ")");
  }
  return text;
}

std::unique_ptr<Operator> MakeBinary(const BinaryExpr& expr) {
  if (IsSetOperator(expr.op)) return std::make_unique<SetOperator>(expr);
  if (expr.lhs->type() == ValueType::kVector && expr.rhs->type() == ValueType::kVector) {
    return std::make_unique<VectorBinaryOperator>(expr);
  }
  return std::make_unique<ScalarBinaryOperator>(expr);
}

std::unique_ptr<Operator> MakeUnaryMinus(const UnaryExpr& expr) {
  return std::make_unique<UnaryMinusOperator>(expr);
}

}  // namespace promlite::promql::internal
