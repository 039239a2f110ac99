#include "promlite/storage/metrics/histograms/histogram_chunks.h"

#include <gtest/gtest.h>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

// Two buckets of a positive, one of a negative side, three in the zero bucket.
Histogram Counter() {
  Histogram histogram;
  histogram.zero_threshold = 0.5;
  histogram.zero_count = 3;
  histogram.positive = {{1, 2}, {2, 4}};
  histogram.negative = {{1, 1}};
  histogram.count = 10;
  return histogram;
}

Histogram Stale() {
  Histogram histogram;
  histogram.sum = StalenessMarker();
  return histogram;
}

bool Continues(auto change) {
  Histogram current = Counter();
  change(&current);
  return ContinuesChunk(Counter(), current);
}

TEST(HistogramChunks, GoOnWhileCountersGrow) {
  EXPECT_TRUE(ContinuesChunk(Counter(), Counter()));
  EXPECT_TRUE(Continues([](Histogram* h) { h->positive[0].count += h->count += 5; }));
  EXPECT_TRUE(Continues([](Histogram* h) { h->sum = -100; }));
}

TEST(HistogramChunks, GoOnWhenBucketsComeIn_OrEmptyOnesGo) {
  EXPECT_TRUE(Continues([](Histogram* h) { h->positive = {{0, 1}, {1, 2}, {2, 4}, {7, 1}}; }));
  Histogram with_empty = Counter();
  with_empty.positive = {{0, 0}, {1, 2}, {2, 4}, {7, 0}};
  EXPECT_TRUE(ContinuesChunk(with_empty, Counter()));
}

TEST(HistogramChunks, BeginAnewWhenAnythingFell) {
  EXPECT_FALSE(Continues([](Histogram* h) { h->count = 9; }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->zero_count = 2; }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->positive[0].count = 1; }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->positive.pop_back(); }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->positive.erase(h->positive.begin()); }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->negative.clear(); }));
}

TEST(HistogramChunks, BeginAnewWhenTheLayoutChanges) {
  EXPECT_FALSE(Continues([](Histogram* h) { h->schema = -1; }));
  EXPECT_FALSE(Continues([](Histogram* h) { h->zero_threshold = 1; }));
  Histogram custom;
  custom.schema = Histogram::kCustomBucketsSchema;
  custom.custom_bounds = {1, 2};
  Histogram wider = custom;
  wider.custom_bounds.push_back(3);
  EXPECT_TRUE(ContinuesChunk(custom, custom));
  EXPECT_FALSE(ContinuesChunk(custom, wider));
}

TEST(HistogramChunks, HonourReset_AndDoNotTrustNotReset) {
  EXPECT_FALSE(Continues([](Histogram* h) { h->hint = CounterResetHint::kReset; }));
  EXPECT_FALSE(Continues([](Histogram* h) {
    h->hint = CounterResetHint::kNotReset;
    h->count = 9;
  }));
}

TEST(HistogramChunks, HoldGaugesApart_WhichMayFall) {
  Histogram gauge = Counter();
  gauge.hint = CounterResetHint::kGauge;
  EXPECT_FALSE(ContinuesChunk(Counter(), gauge));
  EXPECT_FALSE(ContinuesChunk(gauge, Counter()));
  Histogram fallen = gauge;
  fallen.positive.clear();
  fallen.count = 4;
  EXPECT_TRUE(ContinuesChunk(gauge, fallen));
}

TEST(HistogramChunks, EndWithAStalenessMarker) {
  EXPECT_TRUE(ContinuesChunk(Counter(), Stale()));
  EXPECT_TRUE(ContinuesChunk(Stale(), Stale()));
  EXPECT_FALSE(ContinuesChunk(Stale(), Counter()));
}

TEST(HistogramHints, FollowFromThePlaceInTheChunk) {
  Histogram reset = Counter();
  reset.hint = CounterResetHint::kReset;
  EXPECT_EQ(HintInChunk(reset, false), CounterResetHint::kUnknown);
  EXPECT_EQ(HintInChunk(Counter(), true), CounterResetHint::kNotReset);
  Histogram gauge = Counter();
  gauge.hint = CounterResetHint::kGauge;
  EXPECT_EQ(HintInChunk(gauge, false), CounterResetHint::kGauge);
  EXPECT_EQ(HintInChunk(gauge, true), CounterResetHint::kGauge);
  EXPECT_EQ(HintInChunk(Stale(), true), CounterResetHint::kUnknown);
}

}  // namespace
}  // namespace promlite::internal
