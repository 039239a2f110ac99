#include "promlite/engine/usage/doctor/finding_tally.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace promlite::internal {
namespace {

// Differences smaller than this, relative to what was subtracted, are rounding.
constexpr double kRounding = 1e-9;

}  // namespace

Formulas PrometheusFormulas() {
  return {Formula::kAnchored, Formula::kAnchoredWithStarts, Formula::kSmoothed, Formula::kIncrease,
          Formula::kMax,      Formula::kMaxMinusMin};
}

void FindingTally::Add(const SeriesEvidence& series, size_t count, double size,
                       const Formulas& suspects) {
  ++finding_.series;
  finding_.count += count;
  size_.Add(size);
  if (size > largest_) {
    largest_ = size;
    finding_.example = series.labels;
  }
  for (const Formula formula : suspects) {
    Blamed& blamed = blamed_[static_cast<size_t>(formula)];
    const double answer = series.answers[static_cast<size_t>(formula)].value_or(0);
    blamed.is_blamed = true;
    blamed.has_error = true;
    blamed.error.Add(series.counted.ErrorOf(answer));
    blamed.magnitude += std::fabs(answer) + std::fabs(series.truth);
  }
}

void FindingTally::Blame(Formula formula, double error) {
  Blamed& blamed = blamed_[static_cast<size_t>(formula)];
  blamed.is_blamed = true;
  blamed.has_error = true;
  blamed.error.Add(error);
  blamed.magnitude += std::fabs(error);
}

void FindingTally::Blame(Formula formula) {
  blamed_[static_cast<size_t>(formula)].is_blamed = true;
}

void FindingTally::KeepEarliest(int64_t since_ms) {
  const absl::Time since = absl::FromUnixMillis(since_ms);
  finding_.since = std::min(finding_.since.value_or(since), since);
}

void FindingTally::KeepLongest(int64_t duration_ms) {
  const absl::Duration duration = absl::Milliseconds(duration_ms);
  finding_.duration = std::max(finding_.duration.value_or(duration), duration);
}

void FindingTally::Finish(std::string instead, std::vector<Finding>* findings) {
  if (finding_.series == 0) return;
  finding_.size = size_.Total();
  for (const Formula formula : kAllFormulas) {
    const Blamed& blamed = blamed_[static_cast<size_t>(formula)];
    if (!blamed.is_blamed) continue;
    WrongFormula wrong{formula, std::nullopt};
    if (blamed.has_error) {
      const double error = blamed.error.Total();
      if (std::fabs(error) <= kRounding * blamed.magnitude) continue;
      wrong.error = error;
    }
    finding_.wrong.push_back(wrong);
  }
  finding_.instead = std::move(instead);
  findings->push_back(std::move(finding_));
}

}  // namespace promlite::internal
