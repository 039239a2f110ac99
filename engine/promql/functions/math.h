#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_MATH_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_MATH_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// Functions of each sample's value alone.
absl::StatusOr<Block> Abs(const FunctionCall& call);
absl::StatusOr<Block> Ceil(const FunctionCall& call);
absl::StatusOr<Block> Floor(const FunctionCall& call);
absl::StatusOr<Block> Exp(const FunctionCall& call);
absl::StatusOr<Block> Ln(const FunctionCall& call);
absl::StatusOr<Block> Log2(const FunctionCall& call);
absl::StatusOr<Block> Log10(const FunctionCall& call);
absl::StatusOr<Block> Sqrt(const FunctionCall& call);
absl::StatusOr<Block> Sgn(const FunctionCall& call);

absl::StatusOr<Block> Sin(const FunctionCall& call);
absl::StatusOr<Block> Cos(const FunctionCall& call);
absl::StatusOr<Block> Tan(const FunctionCall& call);
absl::StatusOr<Block> Asin(const FunctionCall& call);
absl::StatusOr<Block> Acos(const FunctionCall& call);
absl::StatusOr<Block> Atan(const FunctionCall& call);
absl::StatusOr<Block> Sinh(const FunctionCall& call);
absl::StatusOr<Block> Cosh(const FunctionCall& call);
absl::StatusOr<Block> Tanh(const FunctionCall& call);
absl::StatusOr<Block> Asinh(const FunctionCall& call);
absl::StatusOr<Block> Acosh(const FunctionCall& call);
absl::StatusOr<Block> Atanh(const FunctionCall& call);
absl::StatusOr<Block> Deg(const FunctionCall& call);
absl::StatusOr<Block> Rad(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_MATH_H_
