#ifndef PROMLITE_STORAGE_LOGS_SESSION_LOGS_H_
#define PROMLITE_STORAGE_LOGS_SESSION_LOGS_H_

#include <cstdint>
#include <string>

namespace promlite {

// How much of the events of one session came in. Each process of a session numbers its events from
// 0 on (`event.sequence`), so that gaps tell what was lost on the way.
struct SessionLogs {
  std::string session;  // its id; empty: of the events that tell none
  uint64_t events = 0;  // with a number, those that came twice counted once
  uint64_t lost =
      0;  // at least, missing before or between them; of those behind the last nothing is known
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LOGS_SESSION_LOGS_H_
