#include "promlite/engine/promql/operators/aggregation/quantile_suspicion.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

bool IsInvalid(double q) { return std::isnan(q) || q < 0 || q > 1; }

}  // namespace

QuantileSuspicion::QuantileSuspicion(const double* quantiles, size_t steps)
    : quantiles_(quantiles), steps_(steps) {
  if (quantiles == nullptr || std::none_of(quantiles, quantiles + steps, IsInvalid)) return;
  used_ = std::vector<std::atomic<uint64_t>>((steps + 63) / 64);
}

void QuantileSuspicion::Look(const Block& block, size_t row) {
  const StepSpan span = block.span(row);
  if (used_.empty() || span.empty()) return;
  for (size_t word = span.first / 64; word <= (span.end - 1) / 64; ++word) {
    used_[word].fetch_or(block.presence(row)[word], std::memory_order_relaxed);
  }
}

void QuantileSuspicion::Warn(ExecContext& context, PositionRange position) const {
  if (used_.empty()) return;
  for (size_t step = 0; step < steps_; ++step) {
    const uint64_t word = used_[step / 64].load(std::memory_order_relaxed);
    if ((word >> (step % 64) & 1) == 0 || !IsInvalid(quantiles_[step])) continue;
    context.annotations.Warn(absl::StrCat("quantile value should be between 0 and 1, got ",
                                          GoShortest(quantiles_[step])),
                             position);
  }
}

}  // namespace promlite::promql::internal
