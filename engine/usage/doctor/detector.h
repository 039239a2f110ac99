#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_DETECTOR_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_DETECTOR_H_

#include <memory>
#include <string>
#include <vector>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/engine/usage/doctor/series_evidence.h"

namespace promlite::internal {

// Looks for one kind of trouble in the series of one metric, one after the other in label order.
class Detector {
 public:
  virtual ~Detector() = default;
  virtual void Look(const SeriesEvidence& series) = 0;
  // Appends what was found, if anything was.
  virtual void Finish(std::vector<Finding>* findings) = 0;
};

// The queries that findings may recommend, of one metric.
struct Remedies {
  std::string selector;
  std::string range;  // "1h"

  // sum(increase(x[1h] exact)), ...: see formula_queries.h
  std::string Query(Formula formula) const;
  std::string QueryBySession(const std::string& session_label) const;
};

// One a kind of finding, in the order in which findings are told.
std::vector<std::unique_ptr<Detector>> MakeDetectors(const Remedies& remedies);

std::unique_ptr<Detector> MakeSeveralWritersDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeTakesTurnsDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeSecondRouteDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeDeltaDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeMovingStartDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeFirstSampleDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeSingleSampleDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeResetDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeNotMonotonicDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeStartUnknownDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeStartAtFirstSampleDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeRoundedStartDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeOldStartDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeLongGapDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeUnevenExportsDetector(const Remedies& remedies);
std::unique_ptr<Detector> MakeSessionLabelsDetector(const Remedies& remedies);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_DETECTOR_H_
