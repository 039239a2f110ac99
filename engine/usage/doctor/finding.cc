#include "promlite/engine/usage/doctor/finding.h"

namespace promlite {

std::string_view FormulaName(Formula formula) {
  switch (formula) {
    case Formula::kExact:
      return "exact";
    case Formula::kAnchored:
      return "anchored";
    case Formula::kAnchoredWithStarts:
      return "anchored with starts";
    case Formula::kSmoothed:
      return "smoothed";
    case Formula::kIncrease:
      return "increase";
    case Formula::kMax:
      return "max";
    case Formula::kMaxMinusMin:
      break;
  }
  return "max - min";
}

std::string_view FindingKindName(FindingKind kind) {
  switch (kind) {
    case FindingKind::kSeveralWriters:
      return "several_writers";
    case FindingKind::kTakesTurns:
      return "takes_turns";
    case FindingKind::kReset:
      return "reset";
    case FindingKind::kFirstSampleNotZero:
      return "first_sample_not_zero";
    case FindingKind::kSingleSample:
      return "single_sample";
    case FindingKind::kNotMonotonic:
      return "not_monotonic";
    case FindingKind::kGapBeyondLookback:
      return "gap_beyond_lookback";
    case FindingKind::kUnevenExports:
      return "uneven_exports";
    case FindingKind::kStartUnknown:
      return "start_unknown";
    case FindingKind::kStartAtFirstSample:
      return "start_at_first_sample";
    case FindingKind::kMovingStart:
      return "moving_start";
    case FindingKind::kRoundedStart:
      return "rounded_start";
    case FindingKind::kOlderThanRecording:
      return "older_than_recording";
    case FindingKind::kSecondRoute:
      return "second_route";
    case FindingKind::kDeltaDropped:
      return "delta_dropped";
    case FindingKind::kDeltaRepeated:
      return "delta_repeated";
    case FindingKind::kDelta:
      return "delta";
    case FindingKind::kDeltaRefused:
      return "delta_refused";
    case FindingKind::kSessionUnderSeveralLabels:
      break;
  }
  return "session_under_several_labels";
}

}  // namespace promlite
