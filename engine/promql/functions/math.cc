#include "promlite/engine/promql/functions/math.h"

#include <cmath>
#include <numbers>

#include "promlite/engine/promql/functions/rows.h"

namespace promlite::promql::internal {

absl::StatusOr<Block> Abs(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::fabs(v); });
}

absl::StatusOr<Block> Ceil(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::ceil(v); });
}

absl::StatusOr<Block> Floor(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::floor(v); });
}

absl::StatusOr<Block> Exp(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::exp(v); });
}

absl::StatusOr<Block> Ln(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::log(v); });
}

absl::StatusOr<Block> Log2(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::log2(v); });
}

absl::StatusOr<Block> Log10(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::log10(v); });
}

absl::StatusOr<Block> Sqrt(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::sqrt(v); });
}

absl::StatusOr<Block> Sgn(const FunctionCall& call) {
  // Zeros keep their sign, NaN stays NaN.
  return MapSamples(call, [](double v, size_t) { return v < 0 ? -1 : v > 0 ? 1 : v; });
}

absl::StatusOr<Block> Sin(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::sin(v); });
}

absl::StatusOr<Block> Cos(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::cos(v); });
}

absl::StatusOr<Block> Tan(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::tan(v); });
}

absl::StatusOr<Block> Asin(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::asin(v); });
}

absl::StatusOr<Block> Acos(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::acos(v); });
}

absl::StatusOr<Block> Atan(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::atan(v); });
}

absl::StatusOr<Block> Sinh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::sinh(v); });
}

absl::StatusOr<Block> Cosh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::cosh(v); });
}

absl::StatusOr<Block> Tanh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::tanh(v); });
}

absl::StatusOr<Block> Asinh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::asinh(v); });
}

absl::StatusOr<Block> Acosh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::acosh(v); });
}

absl::StatusOr<Block> Atanh(const FunctionCall& call) {
  return MapSamples(call, [](double v, size_t) { return std::atanh(v); });
}

// Prometheus 2.42 multiplies and divides one after the other; since 3.16 one constant is rounded
// once.
absl::StatusOr<Block> Deg(const FunctionCall& call) {
  if (call.context.settings.options.compatibility == Compatibility::kPrometheus2) {
    return MapSamples(call, [](double v, size_t) { return v * 180 / std::numbers::pi; });
  }
  return MapSamples(call, [](double v, size_t) { return v * (180 / std::numbers::pi); });
}

absl::StatusOr<Block> Rad(const FunctionCall& call) {
  if (call.context.settings.options.compatibility == Compatibility::kPrometheus2) {
    return MapSamples(call, [](double v, size_t) { return v * std::numbers::pi / 180; });
  }
  return MapSamples(call, [](double v, size_t) { return v * (std::numbers::pi / 180); });
}

}  // namespace promlite::promql::internal
