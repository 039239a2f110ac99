#ifndef PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_
#define PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_

#include <string>

#include "promlite/engine/usage/doctor/doctor.h"

namespace promlite::repl {

// A diagnosis as one line in the envelope of Prometheus' HTTP API; times in seconds, numbers as it
// writes sample values:
//   {"status":"success","data":{"resultType":"diagnosis","healthy":false,"start":..,"end":..,
//    "metrics":[{"metric":"..","type":"..","unit":"..","resembles":"..","series":1,"streams":4,
//      "answers":[{"formula":"exact","query":"..","value":"11"},..],
//      "findings":[{"kind":"several_writers","series":1,"example":{..},"count":4,"since":..,
//        "durationSeconds":..,"size":"16","detail":"..","wrong":[{"formula":"increase",
//        "error":"11.3"},..],"instead":".."}],
//      "verdict":{"kind":"at_least","value":"11","low":"11","high":"14","formula":"exact",
//        "query":"..","decidedByWitness":false,"doubts":["start_unknown"],
//        "estimate":{"sequences":2,"sinceFirstSamples":"..","fromZero":"..","drops":7,
//          "returns":6}},
//      "right":{"formula":"exact","query":".."},
//      "witness":{"source":"claude_code.api_request events","value":"..","later":"..",
//        "groups":[{"labels":{"model":"..","session_id":"..","type":"input"},"counted":"..",
//          "value":".."},..],"events":3,"untold":0,
//        "differences":[{"cause":"lost_logs","labels":{"session_id":".."},"events":3,
//          "size":".."},..]},"noWitness":".."}],
//    "findings":[..],
//    "eventsAlone":{"events":1,"untold":0,"costUsd":"..","tokens":{"input":"..",..}}}}
// What is not known is left out: `right`, unless the verdict is that, and a formula answers it. The
// kind of a verdict is right, at_least, at_most or cannot_be_told, what was counted between its
// low and high. A group of the witness says what the counter counted, and what the
// events say; `later`, what they say of the time after the newest sample; noWitness, why the events
// that are loaded say nothing.
std::string DiagnosisToJson(const Diagnosis& diagnosis);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_DOCTOR_DOCTOR_JSON_H_
