#ifndef PROMLITE_STORAGE_LOGS_EVENT_SEQUENCES_H_
#define PROMLITE_STORAGE_LOGS_EVENT_SEQUENCES_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/logs/session_logs.h"

namespace promlite::internal {

// The numbers that processes gave their events, to see which are missing. Thread-safe.
class EventSequences {
 public:
  // The limit beyond which no more are kept: a gigabyte.
  static constexpr uint64_t kMostEvents = uint64_t{1} << 25;

  // `hash` is over all that the event says: equal ones are one that came twice, since processes may
  // number events of one millisecond alike.
  void Add(std::string_view session, int64_t time_ns, int64_t sequence, uint64_t hash);

  // By session, in the order in which they came. Of processes side by side in one session those
  // losses are seen which one of them cannot make up for another.
  std::vector<SessionLogs> Sessions() const;

 private:
  struct Event {
    int64_t time_ns;
    int64_t sequence;
    uint32_t session;  // an index
    uint64_t hash;

    friend auto operator<=>(const Event&, const Event&) = default;
  };

  mutable std::mutex mutex_;
  std::map<std::string, uint32_t, std::less<>> sessions_;
  std::vector<Event> events_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LOGS_EVENT_SEQUENCES_H_
