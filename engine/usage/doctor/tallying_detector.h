#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_TALLYING_DETECTOR_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_TALLYING_DETECTOR_H_

#include <string>
#include <utility>
#include <vector>

#include "promlite/engine/usage/doctor/detector.h"
#include "promlite/engine/usage/doctor/finding_tally.h"

namespace promlite::internal {

// A detector of one kind of finding, whose cases it adds up, and which has one query to recommend.
class TallyingDetector : public Detector {
 public:
  void Finish(std::vector<Finding>* findings) override { tally_.Finish(instead_, findings); }

 protected:
  TallyingDetector(FindingKind kind, std::string instead)
      : tally_(kind), instead_(std::move(instead)) {}

  FindingTally tally_;

 private:
  const std::string instead_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_TALLYING_DETECTOR_H_
