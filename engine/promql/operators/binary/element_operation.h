#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_ELEMENT_OPERATION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_ELEMENT_OPERATION_H_

#include <cstddef>
#include <cstdint>

#include "promlite/engine/blocks/block.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// What a binary operator does to two samples, applied to whole rows: arithmetic gives a value, a
// comparison keeps the sample or, with `bool`, says 1 or 0, and the trim operators drop it, since
// they are for histograms. Not for set operators.
class ElementOperation {
 public:
  ElementOperation(BinaryOp op, bool return_bool);

  // The result is no longer the metric that its operand was.
  bool changes_metric() const { return arithmetic_ != nullptr || return_bool_; }
  bool is_arithmetic() const { return arithmetic_ != nullptr; }
  // Drops every pair of floats (a trim operator).
  bool drops_samples() const { return arithmetic_ == nullptr && comparison_ == nullptr; }

  // Works on the cells that are present in row `row` of `out`: fills their values, and makes those
  // absent that do not stay. `lhs` and `rhs` are rows of values, one a step; `kept` is the one of
  // both whose value a comparison without `bool` keeps.
  void Apply(const double* lhs, const double* rhs, const double* kept, Block* out,
             size_t row) const;

 private:
  // out[i] = lhs[i] op rhs[i].
  using Arithmetic = void (*)(const double* lhs, const double* rhs, size_t n, double* out);
  // Bit i: lhs[i] op rhs[i], for at most 64 elements.
  using Comparison = uint64_t (*)(const double* lhs, const double* rhs, size_t n);

  static Arithmetic FindArithmetic(BinaryOp op);
  static Comparison FindComparison(BinaryOp op);
  void Compare(const double* lhs, const double* rhs, const double* kept, Block* out,
               size_t row) const;

  const Arithmetic arithmetic_;
  const Comparison comparison_;
  const bool return_bool_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_ELEMENT_OPERATION_H_
