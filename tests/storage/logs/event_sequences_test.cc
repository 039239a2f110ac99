// Which events are missing, by the numbers that their processes gave them.
#include "promlite/storage/logs/event_sequences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace promlite::internal {
namespace {

struct Event {
  const char* session;
  int64_t time_ns;
  int64_t sequence;
};

// How many are missing, by session in the order in which they came.
std::vector<uint64_t> Lost(const std::vector<Event>& events) {
  EventSequences sequences;
  uint64_t hash = 0;
  for (const Event& event : events) {
    sequences.Add(event.session, event.time_ns, event.sequence, ++hash);
  }
  std::vector<uint64_t> lost;
  for (const SessionLogs& logs : sequences.Sessions()) lost.push_back(logs.lost);
  return lost;
}

TEST(EventSequencesTest, NothingIsMissing_WhateverTheOrderOfArrival) {
  EXPECT_EQ(Lost({{"a", 1, 0}, {"a", 3, 2}, {"a", 2, 1}, {"a", 4, 3}}), (std::vector<uint64_t>{0}));
}

TEST(EventSequencesTest, GapsAreMissing_AndWhatCameBeforeTheFirst) {
  EXPECT_EQ(Lost({{"a", 1, 2}, {"a", 2, 3}, {"a", 3, 6}}), (std::vector<uint64_t>{2 + 2}));
}

TEST(EventSequencesTest, ProcessesOfASession_CountFromZeroEach_SideBySideToo) {
  EXPECT_EQ(Lost({{"a", 1, 0}, {"a", 2, 1}, {"a", 3, 0}, {"a", 4, 2}, {"a", 5, 1}, {"a", 6, 0}}),
            (std::vector<uint64_t>{0}));
}

TEST(EventSequencesTest, AProcessMayChangeItsSession) {
  EXPECT_EQ(Lost({{"a", 1, 0}, {"a", 2, 1}, {"b", 3, 0}, {"b", 4, 1}, {"b", 5, 2}, {"a", 6, 3}}),
            (std::vector<uint64_t>{0, 0}));
}

TEST(EventSequencesTest, ProcessesMayNumberEventsOfOneMomentAlike) {
  EXPECT_EQ(Lost({{"a", 1, 0}, {"a", 1, 0}, {"a", 2, 1}, {"a", 2, 1}, {"a", 3, 2}}),
            (std::vector<uint64_t>{0}));
  EXPECT_EQ(Lost({{"a", 1, 0}, {"a", 1, 0}, {"a", 2, 1}, {"a", 3, 2}, {"a", 3, 2}}),
            (std::vector<uint64_t>{1}));
}

TEST(EventSequencesTest, AnEventThatCameTwice_IsOne) {
  EventSequences sequences;
  for (int i = 0; i < 2; ++i) sequences.Add("a", 1, 0, 7);
  ASSERT_EQ(sequences.Sessions().size(), 1u);
  EXPECT_EQ(sequences.Sessions()[0].session, "a");
  EXPECT_EQ(sequences.Sessions()[0].events, 1u);
}

}  // namespace
}  // namespace promlite::internal
