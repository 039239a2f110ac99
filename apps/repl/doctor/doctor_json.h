#ifndef PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_
#define PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_

#include <string>

#include "promlite/engine/usage/doctor/doctor.h"

namespace promlite::repl {

// A diagnosis as one line in the envelope of Prometheus' HTTP API; times in seconds, numbers as it
// writes sample values:
//   {"status":"success","data":{"resultType":"diagnosis","healthy":false,"start":..,"end":..,
//    "metrics":[{"metric":"..","type":"..","unit":"..","series":1,"streams":4,
//      "answers":[{"formula":"exact","query":"..","value":"11"},..],
//      "findings":[{"kind":"several_writers","series":1,"example":{..},"count":4,"since":..,
//        "durationSeconds":..,"size":"16","detail":"..","wrong":[{"formula":"increase",
//        "error":"11.3"},..],"instead":".."}],
//      "right":{"formula":"exact","query":".."},
//      "witness":{"source":"claude_code.api_request events","value":"..","later":"..",
//        "groups":[{"labels":{"model":"..","session_id":"..","type":"input"},"counted":"..",
//          "value":".."},..]},"noWitness":".."}],
//    "findings":[..]}}
// What is not known is left out. A group of the witness says what the counter counted, and what the
// events say; `later`, what they say of the time after the newest sample; noWitness, why the events
// that are loaded say nothing.
std::string DiagnosisToJson(const Diagnosis& diagnosis);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_
