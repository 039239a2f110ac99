#ifndef PROMLITE_APPS_REPL_DOCTOR_DOCTOR_TEXT_H_
#define PROMLITE_APPS_REPL_DOCTOR_DOCTOR_TEXT_H_

#include <string>

#include "promlite/apps/repl/output/answer.h"
#include "promlite/engine/usage/doctor/doctor.h"

namespace promlite::repl {

// A diagnosis for people: metric by metric a table of what the formulas answer and by how much they
// miss what may be right, the findings with what they falsify and the query to use, and the
// verdict; and one line at the end that sums the verdicts up.
std::string DiagnosisText(const Diagnosis& diagnosis, const View& view);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_DOCTOR_DOCTOR_TEXT_H_
