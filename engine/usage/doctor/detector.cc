#include "promlite/engine/usage/doctor/detector.h"

#include "promlite/engine/usage/doctor/formula_queries.h"

namespace promlite::internal {

std::string Remedies::Query(Formula formula) const {
  return "sum(" + FormulaQuery(formula, selector, range) + ")";
}

std::string Remedies::QueryBySession(const std::string& session_label) const {
  return "sum by (" + session_label + ") (" + FormulaQuery(Formula::kExact, selector, range) + ")";
}

std::vector<std::unique_ptr<Detector>> MakeDetectors(const Remedies& remedies) {
  std::vector<std::unique_ptr<Detector>> detectors;
  for (const auto make :
       {MakeSeveralWritersDetector, MakeTakesTurnsDetector, MakeSecondRouteDetector,
        MakeDeltaDetector, MakeMovingStartDetector, MakeFirstSampleDetector,
        MakeSingleSampleDetector, MakeResetDetector, MakeNotMonotonicDetector,
        MakeStartUnknownDetector, MakeStartAtFirstSampleDetector, MakeRoundedStartDetector,
        MakeOldStartDetector, MakeLongGapDetector, MakeUnevenExportsDetector,
        MakeSessionLabelsDetector}) {
    detectors.push_back(make(remedies));
  }
  return detectors;
}

}  // namespace promlite::internal
