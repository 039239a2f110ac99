#include "promlite/engine/promql/operators/aggregation/aggregate_parameter.h"

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/go_min_max.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

// The least double that is an int64, and the least positive one that Prometheus refuses as none.
constexpr double kLeastInt64 = -9223372036854775808.0;
constexpr double kBeyondInt64 = 9223372036854774784.0;

struct Extent {
  double max = -std::numeric_limits<double>::infinity();
  double min = std::numeric_limits<double>::infinity();
  bool has_nan = false;
};

Extent ExtentOf(const Block& parameter) {
  Extent extent;
  for (size_t step = 0; step < parameter.steps(); ++step) {
    const double value = parameter.values(0)[step];
    extent.max = GoMax(extent.max, value);
    extent.min = GoMin(extent.min, value);
    extent.has_nan |= std::isnan(value);
  }
  return extent;
}

void WarnQuantile(double quantile, PositionRange position, ExecContext& context) {
  context.annotations.Warn(
      absl::StrCat("quantile value should be between 0 and 1, got ", GoShortest(quantile)),
      position);
}

}  // namespace

absl::StatusOr<ParameterVerdict> CheckCount(const Block& parameter) {
  const Extent k = ExtentOf(parameter);
  if (k.max < 1) return ParameterVerdict::kEmptyResult;
  if (k.has_nan) return absl::FailedPreconditionError("Parameter value is NaN");
  if (k.min <= kLeastInt64) {
    return absl::FailedPreconditionError(
        absl::StrCat("Scalar value ", GoShortest(k.min), " underflows int64"));
  }
  if (k.max >= kBeyondInt64) {
    return absl::FailedPreconditionError(
        absl::StrCat("Scalar value ", GoShortest(k.max), " overflows int64"));
  }
  return ParameterVerdict::kEvaluate;
}

absl::StatusOr<ParameterVerdict> CheckRatio(const Block& parameter, PositionRange position,
                                            ExecContext& context) {
  const Extent ratio = ExtentOf(parameter);
  if (ratio.max == 0 && ratio.min == 0) return ParameterVerdict::kEmptyResult;
  if (ratio.has_nan) return absl::FailedPreconditionError("Ratio value is NaN");
  const auto warn = [&](double got, double capped) {
    context.annotations.Warn(absl::StrCat("ratio value should be between -1 and 1, got ",
                                          GoShortest(got), ", capping to ", GoShortest(capped)),
                             position);
  };
  if (ratio.max > 1) warn(ratio.max, 1);
  if (ratio.min < -1) warn(ratio.min, -1);
  return ParameterVerdict::kEvaluate;
}

void CheckQuantile(const Block& parameter, PositionRange position, ExecContext& context) {
  const Extent quantile = ExtentOf(parameter);
  if (quantile.has_nan) {
    WarnQuantile(std::numeric_limits<double>::quiet_NaN(), position, context);
  }
  if (quantile.max > 1) WarnQuantile(quantile.max, position, context);
  if (quantile.min < 0) WarnQuantile(quantile.min, position, context);
}

}  // namespace promlite::promql::internal
