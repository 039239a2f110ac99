#include "promlite/storage/logs/event_sequences.h"

#include <algorithm>
#include <map>

namespace promlite::internal {
namespace {

// How many events bear each number, and when the last of them came.
struct Numbers {
  struct Seen {
    uint64_t count = 0;
    int64_t last_ns = 0;
  };
  std::map<int64_t, Seen> seen;
  uint64_t events = 0;

  void Add(int64_t time_ns, int64_t sequence) {
    Seen& one = seen[sequence];
    ++one.count;
    one.last_ns = std::max(one.last_ns, time_ns);
    ++events;
  }
  int64_t last() const { return seen.empty() ? -1 : seen.rbegin()->first; }
};

struct Missing {
  uint64_t events = 0;
  int64_t last = -1;  // the largest number that is missing
};

// A process that numbered an event k numbered one j before, for each j below k: each number is
// there at least as often as any larger one.
Missing MissingIn(const Numbers& numbers) {
  Missing missing;
  uint64_t processes = 0;
  int64_t above = numbers.last() + 1;
  const auto miss = [&](uint64_t events, int64_t last) {
    missing.events += events;
    if (events > 0) missing.last = std::max(missing.last, last);
  };
  for (auto at = numbers.seen.rbegin(); at != numbers.seen.rend(); ++at) {
    const auto& [sequence, seen] = *at;
    miss(processes * static_cast<uint64_t>(above - sequence - 1), above - 1);
    processes = std::max(processes, seen.count);
    miss(processes - seen.count, sequence);
    above = sequence;
  }
  miss(processes * static_cast<uint64_t>(above), above - 1);
  return missing;
}

// A process that goes on with an older session (--continue) begins under an id of its own: what a
// session misses may be all of another one, right before.
void TakeBeginning(const std::vector<Numbers>& all, Numbers* numbers) {
  const Missing missing = MissingIn(*numbers);
  const auto next = numbers->seen.find(missing.last + 1);
  if (missing.events == 0 || next == numbers->seen.end()) return;
  for (const Numbers& other : all) {
    const bool is_beginning =
        other.last() == missing.last && other.events == static_cast<uint64_t>(missing.last + 1) &&
        MissingIn(other).events == 0 && other.seen.rbegin()->second.last_ns <= next->second.last_ns;
    if (!is_beginning) continue;
    for (const auto& [sequence, seen] : other.seen) numbers->Add(seen.last_ns, sequence);
    return;
  }
}

}  // namespace

void EventSequences::Add(std::string_view session, int64_t time_ns, int64_t sequence,
                         uint64_t hash) {
  const std::lock_guard lock(mutex_);
  if (events_.size() == kMostEvents) return;
  auto at = sessions_.find(session);
  if (at == sessions_.end()) {
    const auto index = static_cast<uint32_t>(sessions_.size());
    at = sessions_.try_emplace(std::string(session), index).first;
  }
  events_.push_back({time_ns, sequence, at->second, hash});
}

std::vector<SessionLogs> EventSequences::Sessions() const {
  const std::lock_guard lock(mutex_);
  std::vector<Event> events = events_;
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  std::vector<Numbers> numbers(sessions_.size());
  for (const Event& event : events) numbers[event.session].Add(event.time_ns, event.sequence);
  std::vector<SessionLogs> sessions(sessions_.size());
  for (const auto& [session, index] : sessions_) {
    sessions[index] = {session, numbers[index].events, 0};
    Numbers whole = numbers[index];
    TakeBeginning(numbers, &whole);
    sessions[index].lost = MissingIn(whole).events;
  }
  return sessions;
}

}  // namespace promlite::internal
