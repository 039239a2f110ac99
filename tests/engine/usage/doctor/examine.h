#ifndef PROMLITE_TESTS_ENGINE_USAGE_DOCTOR_EXAMINE_H_
#define PROMLITE_TESTS_ENGINE_USAGE_DOCTOR_EXAMINE_H_

#include <gtest/gtest.h>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"

namespace promlite {

// What the doctor says of the one metric that there is, or that the options select.
inline MetricDiagnosis ExamineOne(const Database& database, const DoctorOptions& options = {}) {
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, options);
  EXPECT_TRUE(diagnosis.ok()) << diagnosis.status();
  if (!diagnosis.ok() || diagnosis->metrics.size() != 1) {
    ADD_FAILURE() << "not one metric";
    return {};
  }
  return diagnosis->metrics.front();
}

}  // namespace promlite

#endif  // PROMLITE_TESTS_ENGINE_USAGE_DOCTOR_EXAMINE_H_
