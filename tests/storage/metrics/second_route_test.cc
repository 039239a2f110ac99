// One counter by two routes, only one of which tells its start: readers of streams see it once.
#include "promlite/storage/metrics/streams/second_route.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "promlite/storage/metrics/head.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

const Labels kHits{{"__name__", "hits_total"}};
constexpr int64_t kSecondNs = 1'000'000'000;

struct Seen {
  int64_t start_s = 0;
  bool has_second_route = false;
  std::vector<double> values;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> StreamsOf(const Head& head, int64_t after_s = -1, int64_t max_s = 1'000) {
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  std::vector<Seen> all;
  snapshot->ReadStreams(
      SeriesId(0), after_s * 1000, max_s * 1000, &buffer, [&](const StreamView& view) {
        all.push_back({view.start_ns / kSecondNs,
                       view.has_second_route,
                       {view.samples.values, view.samples.values + view.samples.size}});
      });
  return all;
}

TEST(SecondRoute, IsTheStreamWithAStart) {
  Head head;
  Add(&head, kHits, {{10'000, 1}, {20'000, 2}, {30'000, 3}}, 5 * kSecondNs);
  Add(&head, kHits, {{10'000, 1}, {20'000, 2}, {30'000, 3}});
  EXPECT_EQ(StreamsOf(head), (std::vector<Seen>{{5, true, {1, 2, 3}}}));
  EXPECT_EQ(StreamsOf(head, 20), (std::vector<Seen>{{5, true, {2, 3}}}));
  EXPECT_EQ(StreamsOf(head, 10, 20), (std::vector<Seen>{{5, true, {1, 2}}}));
  EXPECT_TRUE(StreamsOf(head, 30).empty());
}

TEST(SecondRoute, FillsWhatTheFirstOneLost) {
  Head head;
  Add(&head, kHits, {{10'000, 1}, {30'000, 3}}, 5 * kSecondNs);
  Add(&head, kHits, {{6'000, 0}, {10'000, 1}, {20'000, 2}, {30'000, 3}, {40'000, 7}});
  EXPECT_EQ(StreamsOf(head), (std::vector<Seen>{{5, true, {0, 1, 2, 3, 7}}}));
}

TEST(SecondRoute, FillsHoweverMuchTheFirstOneLeftOut) {
  constexpr int64_t kSamples = 200'000;
  std::vector<Sample> every_second, every_hundredth;
  std::vector<double> values;
  for (int64_t i = 1; i <= kSamples; ++i) {
    const Sample sample{1000 * i, static_cast<double>(i)};
    every_second.push_back(sample);
    if (i % 100 == 0) every_hundredth.push_back(sample);
    values.push_back(sample.value);
  }
  Head head;
  Add(&head, kHits, every_hundredth, kSecondNs / 2);
  Add(&head, kHits, every_second);
  EXPECT_EQ(StreamsOf(head, -1, kSamples), (std::vector<Seen>{{0, true, values}}));
}

TEST(SecondRoute, GoesOverFromProcessToProcess) {
  Head head;
  Add(&head, kHits, {{10'000, 4}, {20'000, 9}}, 5 * kSecondNs);
  Add(&head, kHits, {{30'000, 1}, {40'000, 2}}, 25 * kSecondNs);
  Add(&head, kHits, {{2'000, 60}, {10'000, 4}, {20'000, 9}, {30'000, 1}, {40'000, 2}});
  // What was there before the first start is of no process that is known.
  EXPECT_EQ(StreamsOf(head),
            (std::vector<Seen>{{0, false, {60}}, {5, true, {4, 9}}, {25, true, {1, 2}}}));
}

TEST(SecondRoute, IsNone_WhereAnotherValueStandsAtTheTime) {
  Head head;
  Add(&head, kHits, {{10'000, 1}, {20'000, 2}}, 5 * kSecondNs);
  Add(&head, kHits, {{10'000, 1}, {20'000, 7}});
  EXPECT_EQ(StreamsOf(head), (std::vector<Seen>{{0, false, {1, 7}}, {5, false, {1, 2}}}));
}

TEST(SecondRoute, IsNone_WhereNoSampleIsShared) {
  Head head;
  Add(&head, kHits, {{10'000, 1}, {20'000, 3}}, 5 * kSecondNs);
  Add(&head, kHits, {{15'000, 2}});
  EXPECT_EQ(StreamsOf(head), (std::vector<Seen>{{0, false, {2}}, {5, false, {1, 3}}}));
}

}  // namespace
}  // namespace promlite::internal
