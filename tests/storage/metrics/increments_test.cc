// Increments (points of delta temporality) in the head: to readers of a series their running total,
// to readers of streams themselves. Expected values are added up by hand, or one by one in the
// order of time, as the Collector's deltatocumulative processor does.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/exact_sum.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
const Labels kCost{{"__name__", "cost_total"}};

// A point's identity is whatever tells it from others: here all of it.
Increment Between(int64_t start_s, int64_t end_s, double value) {
  const uint64_t point =
      (static_cast<uint64_t>(start_s) << 40) + (static_cast<uint64_t>(end_s) << 20);
  return {start_s * kSecondNs, end_s * kSecondNs, value, point ^ std::bit_cast<uint64_t>(value)};
}

void Receive(Head* head, const std::vector<Increment>& increments,
             StreamTemporality temporality = StreamTemporality::kDelta) {
  auto appender = head->StartAppend();
  std::vector<LabelView> labels(kCost.begin(), kCost.end());
  for (const Increment& increment : increments) {
    const StreamId stream = appender->Stream(labels, increment.start_ns, temporality);
    appender->AppendIncrement(stream, increment);
  }
  appender->Commit(Appender::Publish::kNow);
}

using Pairs = std::vector<std::pair<int64_t, double>>;

Pairs PairsOf(const SamplesView& view) {
  Pairs pairs;
  for (size_t i = 0; i < view.size; ++i) pairs.emplace_back(view.times[i], view.values[i]);
  return pairs;
}

// The series as its readers see it, in seconds, from `min_s` on.
Pairs Totals(const Head& head, int64_t min_s = 0) {
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  Pairs pairs = PairsOf(snapshot->Read(SeriesId(0), min_s * 1000, 1'000'000'000,
                                       Snapshot::StartTimes::kSkip, &buffer));
  for (auto& [time, value] : pairs) time /= 1000;
  return pairs;
}

// All that readers of streams see, stream after stream, in seconds.
Pairs OfStreams(const Head& head) {
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  Pairs all;
  snapshot->ReadStreams(SeriesId(0), -1, 1'000'000'000, &buffer, [&](const StreamView& view) {
    for (const auto& [time, value] : PairsOf(view.samples)) all.emplace_back(time / 1000, value);
  });
  return all;
}

TEST(Increments, AreARunningTotal_ToReadersOfTheSeries_AndThemselvesToThoseOfStreams) {
  Head head;
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2), Between(120, 180, 4)});
  EXPECT_EQ(Totals(head), (Pairs{{60, 1}, {120, 3}, {180, 7}}));
  EXPECT_EQ(OfStreams(head), (Pairs{{60, 1}, {120, 2}, {180, 4}}));
}

TEST(Increments, CountFromTheFirstOne_WhereverReadingBegins) {
  Head head;
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2), Between(120, 180, 4)});
  EXPECT_EQ(Totals(head, 120), (Pairs{{120, 3}, {180, 7}}));
}

TEST(Increments, AreAddedUpInTheOrderOfTime_WhateverTheOrderOfArrival) {
  std::mt19937 random(1);
  std::vector<Increment> increments;
  Pairs expected;
  double total = 0;
  for (int64_t i = 0; i < 3000; ++i) {
    const double value = static_cast<double>(random() % 1000) / 997;
    increments.push_back(Between(60 * i, 60 * (i + 1), value));
    total += value;
    expected.emplace_back(60 * (i + 1), total);
  }
  for (int round = 0; round < 5; ++round) {
    Head head({.chunk_samples = 64});
    for (size_t i = 0; i < increments.size(); i += 10) {
      Receive(&head, {increments.begin() + static_cast<ptrdiff_t>(i),
                      increments.begin() + static_cast<ptrdiff_t>(i + 10)});
    }
    EXPECT_EQ(Totals(head), expected);
    std::shuffle(increments.begin(), increments.end(), random);
  }
}

TEST(Increments, OfWritersThatShareLabels_AllCount_InAnyOrder) {
  Head head;
  Receive(&head, {Between(1, 11, 3)});
  Receive(&head, {Between(0, 10, 4)});
  Receive(&head, {Between(11, 21, 1)});
  Receive(&head, {Between(10, 20, 2)});
  EXPECT_EQ(Totals(head), (Pairs{{10, 4}, {11, 7}, {20, 9}, {21, 10}}));
}

TEST(Increments, OfOneMomentButOtherStarts_AreAddedUp_ToTheSameBitsInAnyOrder) {
  std::vector<Increment> increments = {Between(1, 60, 0.1), Between(2, 60, 0.2),
                                       Between(3, 60, 0.3), Between(4, 60, 0.4)};
  const double in_order = 0.1 + 0.2 + 0.3 + 0.4;
  std::sort(increments.begin(), increments.end(),
            [](const Increment& a, const Increment& b) { return a.value < b.value; });
  do {
    Head together;
    Receive(&together, increments);
    EXPECT_EQ(Totals(together), (Pairs{{60, in_order}}));
    Head one_by_one;
    for (const Increment& increment : increments) Receive(&one_by_one, {increment});
    EXPECT_EQ(Totals(one_by_one), (Pairs{{60, in_order}}));
  } while (std::next_permutation(
      increments.begin(), increments.end(),
      [](const Increment& a, const Increment& b) { return a.value < b.value; }));
}

// The expected sums are those of Python's math.fsum, and of integers.
TEST(ExactSum, IsRoundedOnce_InAnyOrder) {
  const std::vector<std::pair<std::vector<double>, double>> cases = {
      {{}, 0},
      {std::vector<double>(10, 0.1), 1.0},
      {{1e16, 1, 1e-16}, 10000000000000002.0},
      {{1e100, 1.0, -1e100}, 1.0},
      {{1e16, 1.0, -1e-16}, 1e16},
      {{9007199254740992.0, 1, 1}, 9007199254740994.0},
      {{0.5, -0.5}, 0},
      {{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()},
       std::numeric_limits<double>::infinity()}};
  std::mt19937 random(5);
  for (const auto& [numbers, expected] : cases) {
    std::vector<double> order = numbers;
    for (int round = 0; round < 6; ++round) {
      ExactSum sum;
      for (const double number : order) sum.Add(number);
      EXPECT_EQ(sum.Rounded(), expected) << testing::PrintToString(order);
      std::shuffle(order.begin(), order.end(), random);
    }
  }
}

TEST(Increments, OfOneMoment_AreTaken_HoweverManyRequestsBringThem) {
  Head head;
  for (uint64_t i = 0; i < 50'000; ++i) Receive(&head, {{0, 60 * kSecondNs, 0.1, i}});
  EXPECT_EQ(Totals(head), (Pairs{{60, 5000}}));
}

TEST(Increments, OfABatchThatIsSentTwice_CountOnce_AndAreCounted) {
  Head head;
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2)});
  Receive(&head, {Between(120, 180, 4)});
  EXPECT_EQ(head.repeated_increments(), 0u);
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2)});
  EXPECT_EQ(head.repeated_increments(), 2u);
  EXPECT_EQ(Totals(head), (Pairs{{60, 1}, {120, 3}, {180, 7}}));
}

TEST(Increments, ThatAreEqualButOfAnotherPoint_Count) {
  Head head;
  Receive(&head, {{0, 60 * kSecondNs, 1, 1}, {0, 60 * kSecondNs, 1, 2}});
  EXPECT_EQ(head.repeated_increments(), 0u);
  EXPECT_EQ(Totals(head), (Pairs{{60, 2}}));
}

TEST(Increments, OfOneIntervalWithOtherValues_AreOfTwoWriters) {
  Head head;
  Receive(&head, {Between(0, 60, 1)});
  Receive(&head, {Between(0, 60, 2)});
  EXPECT_EQ(head.repeated_increments(), 0u);
  EXPECT_EQ(Totals(head), (Pairs{{60, 3}}));
}

TEST(Increments, WithoutStart_Count) {
  Head head;
  Receive(&head, {{0, 60 * kSecondNs, 1, 1}, {0, 120 * kSecondNs, 1, 2}});
  EXPECT_EQ(Totals(head), (Pairs{{60, 1}, {120, 2}}));
}

TEST(Increments, MayGoDown) {
  Head head;
  Receive(&head, {Between(0, 60, 5), Between(60, 120, -2)});
  EXPECT_EQ(Totals(head), (Pairs{{60, 5}, {120, 3}}));
}

TEST(Increments, ArriveAtAStalenessMarkersMoment_AndTakeItsPlace) {
  Head head;
  Receive(&head, {Between(0, 60, 1)});
  {
    auto appender = head.StartAppend();
    std::vector<LabelView> labels(kCost.begin(), kCost.end());
    appender->AppendStalenessMarker(appender->Stream(labels, 0, StreamTemporality::kDelta),
                                    120'000);
    appender->AppendStalenessMarker(appender->Stream(labels, 0, StreamTemporality::kDelta), 60'000);
    appender->Commit(Appender::Publish::kNow);
  }
  EXPECT_EQ(Totals(head).size(), 2u);
  EXPECT_EQ(Totals(head).front(), (std::pair<int64_t, double>{60, 1}));
  Receive(&head, {Between(60, 120, 2)});
  EXPECT_EQ(Totals(head), (Pairs{{60, 1}, {120, 3}}));
}

TEST(Increments, BesideACumulativeStream_StayOneStream) {
  Head head;
  Add(&head, kCost, {{60'000, 10}, {120'000, 12}}, kSecondNs);
  Receive(&head, {Between(120, 180, 5), Between(180, 240, 1)});
  EXPECT_EQ(Totals(head), (Pairs{{60, 10}, {120, 12}, {180, 5}, {240, 6}}));
  EXPECT_EQ(OfStreams(head), (Pairs{{60, 10}, {120, 12}, {180, 5}, {240, 1}}));
  EXPECT_EQ(head.TakeSnapshot()->Streams(SeriesId(0)).size(), 2u);
}

TEST(Increments, BesideWhatWasAddedUp_AreSeenByReadersOfStreamsOnly) {
  Head head;
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2)}, StreamTemporality::kDeltaBeside);
  auto appender = head.StartAppend();
  std::vector<LabelView> labels(kCost.begin(), kCost.end());
  const StreamId added_up = appender->Stream(labels, kSecondNs, StreamTemporality::kAddedUp);
  appender->Append(added_up, 120'000, 2);
  appender->Commit(Appender::Publish::kNow);
  EXPECT_EQ(Totals(head), (Pairs{{120, 2}}));
  EXPECT_EQ(OfStreams(head), (Pairs{{60, 1}, {120, 2}}));
}

TEST(Increments, BeginWhereTheEarliestOneDoes) {
  Head head;
  Receive(&head, {Between(60, 120, 1)});
  EXPECT_EQ(head.TakeSnapshot()->Streams(SeriesId(0)).front().start_ns, 60 * kSecondNs);
  Receive(&head, {Between(0, 60, 1)});
  EXPECT_EQ(head.TakeSnapshot()->Streams(SeriesId(0)).front().start_ns, 0);
  Receive(&head, {Between(30, 50, 1)});
  EXPECT_EQ(head.TakeSnapshot()->Streams(SeriesId(0)).front().start_ns, 30 * kSecondNs);
}

TEST(Increments, OfAVersionBefore_StayAsTheyWere) {
  Head head;
  Receive(&head, {Between(0, 60, 1), Between(60, 120, 2)});
  const auto before = head.TakeSnapshot();
  Receive(&head, {Between(10, 60, 4), Between(120, 180, 8)});
  SampleBuffer buffer;
  EXPECT_EQ(PairsOf(ReadAll(*before, SeriesId(0), &buffer)), (Pairs{{60'000, 1}, {120'000, 3}}));
  EXPECT_EQ(Totals(head), (Pairs{{60, 5}, {120, 7}, {180, 15}}));
}

}  // namespace
}  // namespace promlite::internal
