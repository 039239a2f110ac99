// Native histograms in a head: in any order, beside numbers, from several streams.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/metric_summaries.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();
constexpr int64_t kMillisecond = 1'000'000;  // nanoseconds

const Labels kLabels({{"__name__", "latency"}, {"job", "api"}});

// A counter that has seen `count` observations, all in bucket 1.
Histogram Counted(double count) {
  Histogram histogram;
  histogram.count = count;
  histogram.sum = count;
  histogram.positive = {{1, count}};
  return histogram;
}

Histogram Stale() {
  Histogram histogram;
  histogram.sum = StalenessMarker();
  return histogram;
}

struct Timed {
  int64_t time_ms;
  Histogram histogram;
};

void Add(Head* head, const std::vector<Timed>& histograms, int64_t start_ns = 0) {
  auto appender = head->StartAppend();
  const StreamId stream = AddStream(appender.get(), kLabels, start_ns);
  for (const Timed& timed : histograms) {
    appender->AppendHistogram(stream, timed.time_ms, timed.histogram);
  }
  appender->Commit(Appender::Publish::kNow);
}

void AddNumbers(Head* head, const std::vector<Sample>& samples, int64_t start_ns = 0) {
  internal::Add(head, kLabels, samples, start_ns);
}

// "time:count" with u(nknown), n(ot reset), g(auge) or stale.
std::string Text(const std::vector<HistogramSample>& samples) {
  std::string text;
  for (const HistogramSample& sample : samples) {
    if (!text.empty()) text += ' ';
    text += std::to_string(sample.timestamp_ms) + ':';
    if (sample.histogram->IsStalenessMarker()) {
      text += "stale";
      continue;
    }
    text += std::to_string(static_cast<int>(sample.histogram->count));
    text += "urng"[static_cast<int>(sample.histogram->hint)];
  }
  return text;
}

std::string TextOf(const Head& head, int64_t min_ms = kFirst, int64_t max_ms = kLast) {
  return Text(head.TakeSnapshot()->ReadHistograms(SeriesId(0), min_ms, max_ms));
}

std::string NumbersOf(const Head& head, int64_t min_ms = kFirst, int64_t max_ms = kLast) {
  SampleBuffer buffer;
  const auto snapshot = head.TakeSnapshot();
  const SamplesView view =
      snapshot->Read(SeriesId(0), min_ms, max_ms, Snapshot::StartTimes::kSkip, &buffer);
  EXPECT_EQ(view.start_times, nullptr);
  std::string text;
  for (size_t i = 0; i < view.size; ++i) {
    if (!text.empty()) text += ' ';
    text += std::to_string(view.times[i]) + ':' + std::to_string(static_cast<int>(view.values[i]));
  }
  return text;
}

TEST(HeadHistograms, ComeOutAsTheyWentIn) {
  Histogram histogram;
  histogram.schema = 3;
  histogram.zero_threshold = 0.25;
  histogram.zero_count = 2;
  histogram.count = 11.5;
  histogram.sum = -3;
  histogram.positive = {{-7, 1.5}, {-6, 0}, {4, 2}};
  histogram.negative = {{0, 6}};
  Histogram custom;
  custom.schema = Histogram::kCustomBucketsSchema;
  custom.custom_bounds = {-1, 2.5, 1e9};
  custom.count = 3;
  custom.positive = {{1, 1}, {3, 2}};
  Head head;
  Add(&head, {{1000, histogram}, {2000, custom}, {3000, Histogram{}}}, 5 * kMillisecond);

  const auto samples = head.TakeSnapshot()->ReadHistograms(SeriesId(0), kFirst, kLast);
  ASSERT_EQ(samples.size(), 3u);
  const Histogram& first = *samples[0].histogram;
  EXPECT_EQ(samples[0].timestamp_ms, 1000);
  EXPECT_EQ(samples[0].start_ms, 5);
  EXPECT_TRUE(SameHistogram(first, histogram));
  ASSERT_EQ(first.positive.size(), 3u);
  EXPECT_EQ(first.positive[1].index, -6);
  EXPECT_EQ(first.positive[1].count, 0);
  EXPECT_TRUE(SameHistogram(*samples[1].histogram, custom));
  EXPECT_EQ(samples[1].histogram->custom_bounds, custom.custom_bounds);
  EXPECT_TRUE(SameHistogram(*samples[2].histogram, Histogram{}));
}

TEST(HeadHistograms, CountWithNumbersInTimesAndNumbersOfSamples) {
  Head head;
  AddNumbers(&head, {{3000, 1}, {4000, 2}});
  Add(&head, {{1000, Counted(1)}, {2000, Counted(2)}, {9000, Counted(3)}});
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->SeriesMinTime(SeriesId(0)), 1000);
  EXPECT_EQ(snapshot->SeriesMaxTime(SeriesId(0)), 9000);
  EXPECT_EQ(snapshot->SeriesSampleCount(SeriesId(0)), 5u);
  EXPECT_EQ(snapshot->sample_count(), 5u);
  EXPECT_EQ(snapshot->MinTime(), 1000);
  EXPECT_EQ(snapshot->MaxTime(), 9000);
  EXPECT_TRUE(snapshot->HasHistograms(SeriesId(0)));
  EXPECT_EQ(head.memory_stats().samples, 5u);
  const std::vector<StreamSummary> streams = snapshot->Streams(SeriesId(0));
  ASSERT_EQ(streams.size(), 1u);
  EXPECT_EQ(streams[0].samples, 5u);
  EXPECT_EQ(streams[0].first_ms, 1000);
  EXPECT_EQ(streams[0].last_ms, 9000);
  EXPECT_EQ(streams[0].first_value, 1);
  EXPECT_EQ(streams[0].last_value, 3);
  EXPECT_EQ(snapshot->StreamSamples(SeriesId(0), 0).size(), 2u);
  const std::vector<MetricSummary> metrics = SummarizeMetrics(*snapshot);
  ASSERT_EQ(metrics.size(), 1u);
  EXPECT_EQ(metrics[0].samples, 5u);
  EXPECT_EQ(metrics[0].first, absl::FromUnixMillis(1000));
  EXPECT_EQ(metrics[0].last, absl::FromUnixMillis(9000));
}

TEST(HeadHistograms, AreNoNumbers) {
  Head head;
  Add(&head, {{1000, Counted(1)}});
  EXPECT_EQ(NumbersOf(head), "");
  AddNumbers(&head, {{500, 5}, {2000, 6}});
  EXPECT_EQ(NumbersOf(head), "500:5 2000:6");
  EXPECT_EQ(TextOf(head), "1000:1u");
}

TEST(HeadHistograms, AreNotThereWithoutACommit) {
  Head head;
  {
    auto appender = head.StartAppend();
    const StreamId stream = AddStream(appender.get(), kLabels);
    appender->AppendHistogram(stream, 1000, Counted(1));
    EXPECT_EQ(appender->sample_count(), 1u);
  }
  EXPECT_EQ(head.TakeSnapshot()->series_count(), 0u);
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 0u);
}

TEST(HeadHistograms, OfASnapshot_StayAsTheyWere) {
  Head head;
  Add(&head, {{1000, Counted(1)}, {3000, Counted(3)}});
  const auto before = head.TakeSnapshot();
  Add(&head, {{2000, Counted(2)}, {3000, Counted(9)}, {4000, Counted(9)}});
  EXPECT_EQ(Text(before->ReadHistograms(SeriesId(0), kFirst, kLast)), "1000:1u 3000:3n");
  EXPECT_EQ(TextOf(head), "1000:1u 2000:2n 3000:9n 4000:9n");
}

TEST(HeadHistograms, AreReadByTime_WithTheHintThatThoseBeforeGive) {
  Head head;
  Add(&head, {{1000, Counted(1)}, {2000, Counted(2)}, {3000, Counted(1)}, {4000, Counted(5)}});
  EXPECT_EQ(TextOf(head), "1000:1u 2000:2n 3000:1u 4000:5n");
  EXPECT_EQ(TextOf(head, 2000, 3000), "2000:2n 3000:1u");
  EXPECT_EQ(TextOf(head, 1001, 1999), "");
  EXPECT_EQ(TextOf(head, 4000, kLast), "4000:5n");
  EXPECT_EQ(TextOf(head, 4001, kLast), "");
}

TEST(HeadHistograms, BeginAChunkBehindANumber) {
  Head head;
  Add(&head, {{1000, Counted(1)}, {2000, Counted(2)}, {4000, Counted(4)}, {5000, Counted(5)}});
  AddNumbers(&head, {{3000, 7}});
  EXPECT_EQ(TextOf(head), "1000:1u 2000:2n 4000:4u 5000:5n");
  EXPECT_EQ(TextOf(head, 4000, 5000), "4000:4u 5000:5n");
  EXPECT_EQ(TextOf(head, 5000, 5000), "5000:5n");
}

TEST(HeadHistograms, EndWithAStalenessMarkerOfEitherKind) {
  Head head;
  Add(&head, {{1000, Counted(1)}, {2000, Stale()}, {3000, Counted(3)}, {5000, Counted(5)}});
  AddNumbers(&head, {{4000, StalenessMarker()}});
  EXPECT_EQ(TextOf(head), "1000:1u 2000:stale 3000:3u 5000:5u");
}

TEST(HeadHistograms, AtOneTimeOfAStream_TakeThePlaceOfANumber) {
  Head head;
  AddNumbers(&head, {{1000, 1}, {2000, 2}, {3000, 3}});
  Add(&head, {{2000, Counted(7)}});
  EXPECT_EQ(NumbersOf(head), "1000:1 3000:3");
  EXPECT_EQ(NumbersOf(head, 2000, 2000), "");
  EXPECT_EQ(TextOf(head), "2000:7u");
  EXPECT_EQ(head.TakeSnapshot()->SeriesSampleCount(SeriesId(0)), 4u);
  EXPECT_EQ(SummarizeMetrics(*head.TakeSnapshot())[0].samples, 3u);
}

TEST(HeadHistograms, AtOneTimeOfSeveralStreams_TheLaterStartStays) {
  Head head;
  Add(&head, {{1000, Counted(1)}, {2000, Counted(2)}}, 1 * kMillisecond);
  AddNumbers(&head, {{2000, 20}, {3000, 30}}, 2 * kMillisecond);
  Add(&head, {{3000, Counted(300)}, {4000, Counted(400)}}, 3 * kMillisecond);
  EXPECT_EQ(TextOf(head), "1000:1u 3000:300u 4000:400n");
  EXPECT_EQ(NumbersOf(head), "2000:20");
  const auto snapshot = head.TakeSnapshot();
  const std::vector<StreamOverlap> overlaps = FindStreamOverlaps(*snapshot);
  ASSERT_EQ(overlaps.size(), 1u);
  EXPECT_EQ(overlaps[0].collisions, 2u);
  EXPECT_EQ(SummarizeMetrics(*snapshot)[0].samples, 4u);
}

TEST(HeadHistograms, ReadBesideNumbers_KeepTheStartTimes) {
  Head head;
  AddNumbers(&head, {{1000, 1}, {2000, 2}}, 7 * kMillisecond);
  AddNumbers(&head, {{3000, 3}}, 8 * kMillisecond);
  Add(&head, {{2000, Counted(1)}}, 7 * kMillisecond);
  SampleBuffer buffer;
  const auto snapshot = head.TakeSnapshot();
  const SamplesView view = ReadAll(*snapshot, SeriesId(0), &buffer, Snapshot::StartTimes::kRead);
  ASSERT_EQ(view.size, 2u);
  EXPECT_EQ(view.start_times[0], 7);
  EXPECT_EQ(view.start_times[1], 8);
  EXPECT_EQ(snapshot->ReadHistograms(SeriesId(0), kFirst, kLast)[0].start_ms, 7);
}

// The outcome of the same samples in the plainest words.
std::string InPlainWords(const std::map<int64_t, std::map<int64_t, double>>& streams) {
  std::map<int64_t, double> merged;  // a later start overwrites
  for (const auto& [start_ns, samples] : streams) {
    for (const auto& [time_ms, count] : samples) merged[time_ms] = count;
  }
  std::string text;
  double previous = -1;
  for (const auto& [time_ms, count] : merged) {
    if (!text.empty()) text += ' ';
    text += std::to_string(time_ms) + ':' + std::to_string(static_cast<int>(count));
    text += previous < 0 || count < previous ? 'u' : 'n';
    previous = count;
  }
  return text;
}

TEST(HeadHistograms, AreTheSameInWhateverOrderTheyCame) {
  std::mt19937 random(20250101);
  for (int round = 0; round < 50; ++round) {
    struct Operation {
      int64_t start_ns, time_ms;
      double count;
    };
    std::vector<Operation> operations;
    std::map<int64_t, std::map<int64_t, double>> model;
    for (int i = 0; i < 60; ++i) {
      const Operation operation{static_cast<int64_t>(random() % 3) * kMillisecond,
                                static_cast<int64_t>(random() % 40), 1.0 + random() % 9};
      operations.push_back(operation);
      // Of several histograms of a stream at one time that with the larger bits stays: here that
      // is the larger count.
      double& kept = model[operation.start_ns][operation.time_ms];
      kept = std::max(kept, operation.count);
    }
    const std::string expected = InPlainWords(model);
    for (int order = 0; order < 3; ++order) {
      std::shuffle(operations.begin(), operations.end(), random);
      Head head;
      for (size_t i = 0; i < operations.size();) {
        auto appender = head.StartAppend();
        for (size_t end = std::min(operations.size(), i + 1 + random() % 20); i < end; ++i) {
          appender->AppendHistogram(AddStream(appender.get(), kLabels, operations[i].start_ns),
                                    operations[i].time_ms, Counted(operations[i].count));
        }
        appender->Commit(Appender::Publish::kNow);
      }
      ASSERT_EQ(TextOf(head), expected);
    }
  }
}

}  // namespace
}  // namespace promlite::internal
