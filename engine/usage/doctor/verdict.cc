#include "promlite/engine/usage/doctor/verdict.h"

#include <algorithm>
#include <cmath>

namespace promlite {

bool AreSameNumbers(double a, double b) {
  constexpr double kRounding = 1e-9;  // relative to the numbers
  if (a == b || (std::isnan(a) && std::isnan(b))) return true;
  const double difference = std::fabs(a - b);
  return std::isfinite(difference) &&
         difference <= kRounding * std::max(std::fabs(a), std::fabs(b));
}

double ErrorOfAnswer(double answer, double low, double high) {
  const bool may_be_right = (answer >= low && answer <= high) || AreSameNumbers(answer, low) ||
                            AreSameNumbers(answer, high);
  if (may_be_right) return 0;
  return answer < low ? answer - low : answer - high;
}

std::string_view VerdictKindName(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kRight:
      return "right";
    case VerdictKind::kAtLeast:
      return "at_least";
    case VerdictKind::kAtMost:
      return "at_most";
    case VerdictKind::kCannotTell:
      break;
  }
  return "cannot_be_told";
}

std::string_view DoubtName(Doubt doubt) {
  switch (doubt) {
    case Doubt::kStartUnknown:
      return "start_unknown";
    case Doubt::kStartAtFirstSample:
      return "start_at_first_sample";
    case Doubt::kStartedBeforeRange:
      return "started_before_range";
    case Doubt::kGoesDown:
      return "goes_down";
    case Doubt::kTakesTurns:
      return "takes_turns";
    case Doubt::kRoundedStart:
      return "rounded_start";
    case Doubt::kSecondRoute:
      break;
  }
  return "second_route";
}

}  // namespace promlite
