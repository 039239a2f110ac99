#include "promlite/engine/usage/doctor/verdict.h"

namespace promlite {

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
