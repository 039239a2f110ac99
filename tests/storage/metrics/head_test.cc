#include "promlite/storage/metrics/head.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

std::vector<std::pair<int64_t, double>> Pairs(const SamplesView& view) {
  std::vector<std::pair<int64_t, double>> pairs;
  for (size_t i = 0; i < view.size; ++i) pairs.emplace_back(view.times[i], view.values[i]);
  return pairs;
}

using Expected = std::vector<std::pair<int64_t, double>>;

TEST(Head, IsEmptyAtFirst) {
  Head head;
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->series_count(), 0u);
  EXPECT_EQ(snapshot->sample_count(), 0u);
  EXPECT_FALSE(snapshot->MinTime().has_value());
  EXPECT_FALSE(snapshot->MaxTime().has_value());
  EXPECT_TRUE(snapshot->Select({}).empty());
  EXPECT_TRUE(snapshot->LabelNames().empty());
  EXPECT_TRUE(snapshot->LabelValues("job").empty());
  EXPECT_FALSE(snapshot->Metadata("up").has_value());
}

TEST(Head, SnapshotDoesNotSeeWhatComesAfterIt) {
  Head head;
  Add(&head, {{"__name__", "a"}}, {{1, 1}});
  const auto before = head.TakeSnapshot();
  Add(&head, {{"__name__", "a"}}, {{2, 2}});
  Add(&head, {{"__name__", "b"}, {"new", "label"}}, {{3, 3}});
  EXPECT_EQ(before->series_count(), 1u);
  EXPECT_EQ(before->sample_count(), 1u);
  EXPECT_EQ(before->MaxTime(), 1);
  EXPECT_EQ(before->LabelNames(), std::vector<std::string_view>{"__name__"});
  EXPECT_EQ(before->LabelValues("__name__"), std::vector<std::string_view>{"a"});
  EXPECT_TRUE(before->LabelValues("new").empty());
  EXPECT_FALSE(before->FindSymbol("label").has_value());
  const Matcher b = Matcher::Create(Matcher::Type::kEqual, "new", "label").value();
  EXPECT_TRUE(before->Select({&b, 1}).empty());
  SampleBuffer buffer;
  EXPECT_EQ(Pairs(ReadAll(*before, SeriesId(0), &buffer)), (Expected{{1, 1}}));
  const auto after = head.TakeSnapshot();
  EXPECT_EQ(after->series_count(), 2u);
  EXPECT_EQ(after->Select({&b, 1}).size(), 1u);
}

TEST(Head, DroppedAppenderLeavesNoTrace) {
  Head head;
  Add(&head, {{"__name__", "a"}}, {{1, 1}});
  {
    auto appender = head.StartAppend();
    const StreamId known = AddStream(appender.get(), {{"__name__", "a"}});
    const StreamId fresh = AddStream(appender.get(), {{"__name__", "given_up"}, {"l", "v"}});
    const StreamId other_start = AddStream(appender.get(), {{"__name__", "a"}}, 5 * kSecondNs);
    for (const StreamId stream : {known, fresh, other_start}) appender->Append(stream, 2, 2);
    appender->SetMetadata("a", {"counter", "", ""});
    EXPECT_EQ(appender->sample_count(), 3u);
  }
  Add(&head, {{"__name__", "b"}}, {{1, 1}});
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->series_count(), 2u);
  EXPECT_EQ(snapshot->sample_count(), 2u);
  EXPECT_EQ(snapshot->MaxTime(), 1);
  EXPECT_EQ(snapshot->LabelNames(), std::vector<std::string_view>{"__name__"});
  EXPECT_EQ(snapshot->LabelValues("__name__"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(snapshot->Streams(SeriesId(0)).size(), 1u);
  EXPECT_FALSE(snapshot->Metadata("a").has_value());
}

TEST(Head, StreamOfADroppedAppenderStaysValid) {
  Head head;
  StreamId stream;
  {
    auto appender = head.StartAppend();
    stream = AddStream(appender.get(), {{"__name__", "a"}});
  }
  auto appender = head.StartAppend();
  EXPECT_EQ(AddStream(appender.get(), {{"__name__", "a"}}), stream);
  appender->Append(stream, 1, 1);
  appender->Commit(Appender::Publish::kNow);
  EXPECT_EQ(head.TakeSnapshot()->LabelsOf(SeriesId(0)).ToString(), R"({__name__="a"})");
}

TEST(Head, CommitForLaterShowsWithTheNextOne) {
  Head head;
  const auto add_later = [&](int64_t time_ms) {
    auto appender = head.StartAppend();
    appender->Append(AddStream(appender.get(), {{"__name__", "a"}}), time_ms, 1);
    appender->Commit(Appender::Publish::kLater);
  };
  add_later(1);
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 0u);
  head.Publish();
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 1u);
  add_later(2);
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 1u);
  Add(&head, {{"__name__", "b"}}, {{3, 1}});
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 3u);
}

TEST(Head, SeriesCommittedWithoutSamplesIsNoSeries) {
  Head head;
  Add(&head, {{"__name__", "a"}}, std::vector<Sample>());
  EXPECT_EQ(head.TakeSnapshot()->series_count(), 0u);
}

TEST(Head, OneAppenderMayCommitSeveralRequests) {
  Head head;
  auto appender = head.StartAppend();
  const StreamId stream = AddStream(appender.get(), {{"__name__", "a"}});
  appender->Append(stream, 1, 1);
  appender->Commit(Appender::Publish::kNow);
  appender->Append(stream, 2, 2);
  EXPECT_EQ(appender->sample_count(), 2u);
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 1u);
  appender->Commit(Appender::Publish::kNow);
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 2u);
}

TEST(Head, SameTimeInOneStream_LargerBitsStay) {
  const double marker = StalenessMarker();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  struct Case {
    double a;
    double b;
    double stays;
  };
  for (const Case& c : {Case{1, 2, 2}, Case{2, -1, -1}, Case{0.0, -0.0, -0.0},
                        Case{5, marker, marker}, Case{marker, nan, nan}, Case{3, 3, 3}}) {
    for (const bool swapped : {false, true}) {
      for (const bool in_one_request : {false, true}) {
        Head head;
        const Sample first{10, swapped ? c.b : c.a};
        const Sample second{10, swapped ? c.a : c.b};
        if (in_one_request) {
          Add(&head, {{"__name__", "a"}}, {first, second});
        } else {
          Add(&head, {{"__name__", "a"}}, {first});
          Add(&head, {{"__name__", "a"}}, {second});
        }
        SampleBuffer buffer;
        const auto snapshot = head.TakeSnapshot();
        const SamplesView view = ReadAll(*snapshot, SeriesId(0), &buffer);
        ASSERT_EQ(view.size, 1u);
        EXPECT_EQ(std::bit_cast<uint64_t>(view.values[0]), std::bit_cast<uint64_t>(c.stays));
        EXPECT_EQ(view.has_staleness_markers, IsStalenessMarker(c.stays));
      }
    }
  }
}

TEST(Head, SameTimeInTwoStreams_LaterStartWins_AndBothStreamsKeepTheirs) {
  for (const bool later_first : {false, true}) {
    Head head;
    const auto add = [&](int64_t start_ns, double value) {
      Add(&head, {{"__name__", "a"}}, {{10, value}, {20 + start_ns / kSecondNs, value}}, start_ns);
    };
    add(later_first ? 2 * kSecondNs : kSecondNs, later_first ? 5 : 100);
    add(later_first ? kSecondNs : 2 * kSecondNs, later_first ? 100 : 5);
    const auto snapshot = head.TakeSnapshot();
    ASSERT_EQ(snapshot->series_count(), 1u);
    SampleBuffer buffer;
    const SamplesView view = ReadAll(*snapshot, SeriesId(0), &buffer, Snapshot::StartTimes::kRead);
    EXPECT_EQ(Pairs(view), (Expected{{10, 5}, {21, 100}, {22, 5}}));
    EXPECT_EQ(std::vector<int64_t>(view.start_times, view.start_times + view.size),
              (std::vector<int64_t>{2000, 1000, 2000}));
    EXPECT_EQ(snapshot->SeriesSampleCount(SeriesId(0)), 4u);
    ASSERT_EQ(snapshot->Streams(SeriesId(0)).size(), 2u);
    EXPECT_EQ(snapshot->StreamSamples(SeriesId(0), 0)[0].value, 100);
    EXPECT_EQ(snapshot->StreamSamples(SeriesId(0), 1)[0].value, 5);
  }
}

TEST(Head, StreamsThatFollowOneAnotherAreRead_OneAfterTheOther) {
  Head head;
  for (int process = 4; process >= 0; --process) {  // loaded backwards
    std::vector<Sample> samples;
    for (int i = 0; i < 1000; ++i) samples.push_back({process * 1000 + i, 1.0 * i});
    Add(&head, {{"__name__", "a"}}, samples, (1 + process) * kSecondNs);
  }
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  const SamplesView view = ReadAll(*snapshot, SeriesId(0), &buffer, Snapshot::StartTimes::kRead);
  ASSERT_EQ(view.size, 5000u);
  for (size_t i = 0; i < view.size; ++i) {
    ASSERT_EQ(view.times[i], static_cast<int64_t>(i));
    ASSERT_EQ(view.values[i], static_cast<double>(i % 1000));
    ASSERT_EQ(view.start_times[i], static_cast<int64_t>(1 + i / 1000) * 1000);
  }
  EXPECT_TRUE(FindStreamOverlaps(*snapshot).empty());
}

TEST(Head, StartTimesAreTruncatedToMilliseconds_UnknownIsZero) {
  Head head;
  Add(&head, {{"__name__", "a"}}, {{1, 1}}, 1'999'999);
  Add(&head, {{"__name__", "b"}}, {{1, 1}}, 0);
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  EXPECT_EQ(ReadAll(*snapshot, SeriesId(0), &buffer, Snapshot::StartTimes::kRead).start_times[0],
            1);
  EXPECT_EQ(ReadAll(*snapshot, SeriesId(1), &buffer, Snapshot::StartTimes::kRead).start_times[0],
            0);
  EXPECT_EQ(ReadAll(*snapshot, SeriesId(1), &buffer).start_times, nullptr);
}

TEST(Head, ReadsWholeRangeOfTimes) {
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  Head head;
  Add(&head, {{"__name__", "a"}}, {{kMax, 1}, {kMin, 2}, {0, 3}}, kMin);
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  EXPECT_EQ(Pairs(ReadAll(*snapshot, SeriesId(0), &buffer)),
            (Expected{{kMin, 2}, {0, 3}, {kMax, 1}}));
  EXPECT_EQ(Pairs(snapshot->Read(SeriesId(0), kMin, -1, Snapshot::StartTimes::kRead, &buffer)),
            (Expected{{kMin, 2}}));
  EXPECT_EQ(snapshot->Read(SeriesId(0), 1, kMax - 1, Snapshot::StartTimes::kSkip, &buffer).size,
            0u);
  EXPECT_EQ(snapshot->Read(SeriesId(0), 5, -5, Snapshot::StartTimes::kSkip, &buffer).size, 0u);
  EXPECT_EQ(snapshot->MinTime(), kMin);
  EXPECT_EQ(snapshot->MaxTime(), kMax);
}

TEST(Head, SingleStreamIsReadWithoutCopyingTimes) {
  Head head;
  std::vector<Sample> samples;
  for (int i = 0; i < 5000; ++i) samples.push_back({i * 1000, i * 0.1});
  Add(&head, {{"__name__", "a"}}, samples);
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  const SamplesView all = ReadAll(*snapshot, SeriesId(0), &buffer);
  const int64_t* const times = all.times;
  EXPECT_NE(all.column, 0u);
  const SamplesView part =
      snapshot->Read(SeriesId(0), 700'500, 3'000'000, Snapshot::StartTimes::kSkip, &buffer);
  EXPECT_EQ(part.column, all.column);
  EXPECT_EQ(part.column_offset, all.column_offset + 701);
  EXPECT_EQ(part.times, times + 701);
  EXPECT_EQ(part.size, 2300u);
}

TEST(Head, PackingMakesCountersSmall_AndKeepsThem) {
  Head head;
  std::vector<Sample> samples;
  for (int i = 0; i < 300; ++i) samples.push_back({i * 60'000, 1000.0 + 3 * i + i % 2});
  Add(&head, {{"__name__", "a"}}, samples);
  const size_t open_bytes = head.memory_stats().value_bytes;
  Add(&head, {{"__name__", "b"}}, {{1, 1}});
  auto appender = head.StartAppend();
  appender->Append(AddStream(appender.get(), {{"__name__", "b"}}), 2, 2);
  appender->Commit(Appender::Publish::kLater);
  appender.reset();
  head.Publish();
  EXPECT_LT(head.memory_stats().value_bytes, open_bytes / 2);
  Add(&head, {{"__name__", "a"}}, {{300 * 60'000, 5}});
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  const SamplesView view = ReadAll(*snapshot, SeriesId(0), &buffer);
  ASSERT_EQ(view.size, 301u);
  EXPECT_EQ(view.values[299], 1000.0 + 897 + 1);
  EXPECT_EQ(view.values[300], 5);
  EXPECT_NE(view.column, 0u);
}

// A marker among counts is a NaN, which no codec of integers writes; it is kept apart.
TEST(Head, PackingIsNotPutOffByAStalenessMarker) {
  Head head;
  std::vector<Sample> samples;
  for (int i = 0; i < 128; ++i) samples.push_back({i * 15'000, 1000.0 + i % 7});
  samples[64].value = StalenessMarker();
  Add(&head, {{"__name__", "a"}}, samples);
  auto appender = head.StartAppend();
  appender->Append(AddStream(appender.get(), {{"__name__", "b"}}), 1, 1);
  appender->Commit(Appender::Publish::kLater);
  appender.reset();
  head.Publish();
  // A head, one marker's place, eight bytes and one byte a value: see storage/codecs/integers.h.
  EXPECT_LE(head.memory_stats().value_bytes, 3 * 128u);
}

TEST(Head, HeldSnapshotKeepsOnlyWhatItSees) {
  Head head;
  Add(&head, {{"__name__", "a"}}, {{0, 1}});
  auto held = head.TakeSnapshot();
  for (int i = 1; i < 2000; ++i) Add(&head, {{"__name__", "a"}}, {{i, 1.0 * i}});
  const size_t retired = head.memory_stats().retired_bytes;
  EXPECT_GT(retired, 0u);
  EXPECT_LT(retired, 50'000u);
  held.reset();
  EXPECT_LT(head.memory_stats().retired_bytes, retired);
}

TEST(Head, MetadataBelongsToTheVersion_LatestWins) {
  Head head;
  const auto set = [&](const MetricMetadata& metadata) {
    auto appender = head.StartAppend();
    appender->SetMetadata("family", metadata);
    appender->Commit(Appender::Publish::kNow);
  };
  set({"counter", "tokens", "Tokens used."});
  const auto first = head.TakeSnapshot();
  set({"gauge", "", "Changed."});
  EXPECT_EQ(first->Metadata("family")->type, "counter");
  EXPECT_EQ(first->Metadata("family")->unit, "tokens");
  EXPECT_EQ(head.TakeSnapshot()->Metadata("family")->help, "Changed.");
}

TEST(Head, LabelsOfAnySizeAreKept) {
  Head head;
  std::vector<Labels::Label> many;
  for (int i = 0; i < 20'000; ++i) many.emplace_back("label_" + std::to_string(i), "v");
  many.emplace_back("long", std::string(1 << 20, 'x'));
  const Labels labels(many);
  Add(&head, labels, {{1, 1}});
  Add(&head, Labels(), {{1, 2}});
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->LabelsOf(SeriesId(0)), labels);
  EXPECT_TRUE(snapshot->LabelsOf(SeriesId(1)).empty());
  EXPECT_EQ(snapshot->LabelNames().size(), 20'001u);
}

TEST(Head, ManyStreamsOfOneSeriesAreFoundAndMerged) {
  Head head;
  constexpr int kStreams = 3000;
  auto appender = head.StartAppend();
  for (int i = 0; i < kStreams; ++i) {
    const StreamId stream = AddStream(appender.get(), {{"__name__", "a"}}, (1 + i) * kSecondNs);
    appender->Append(stream, i * 10, i);
    appender->Append(stream, i * 10 + 15, i);
  }
  appender->Commit(Appender::Publish::kNow);
  for (int i = 0; i < kStreams; ++i) {
    EXPECT_EQ(AddStream(appender.get(), {{"__name__", "a"}}, (1 + i) * kSecondNs),
              static_cast<StreamId>(i));
  }
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->Streams(SeriesId(0)).size(), static_cast<size_t>(kStreams));
  SampleBuffer buffer;
  EXPECT_EQ(ReadAll(*snapshot, SeriesId(0), &buffer).size, 2u * kStreams);
}

TEST(StreamOverlap, CountsWritersAtTheSameTime_NotOneAfterTheOther) {
  Head head;
  Add(&head, {{"__name__", "a"}}, {{0, 1}, {100, 2}}, 1);
  Add(&head, {{"__name__", "a"}}, {{50, 1}, {60, 2}, {100, 3}}, 2);
  Add(&head, {{"__name__", "a"}}, {{100, 9}, {200, 9}}, 3);
  Add(&head, {{"__name__", "a"}}, {{300, 9}, {400, 9}}, 4);
  Add(&head, {{"__name__", "b"}}, {{0, 1}, {10, 1}}, 1);
  Add(&head, {{"__name__", "b"}}, {{11, 1}, {20, 1}}, 2);
  const std::vector<StreamOverlap> overlaps = FindStreamOverlaps(*head.TakeSnapshot());
  ASSERT_EQ(overlaps.size(), 1u);
  EXPECT_EQ(overlaps[0].series, SeriesId(0));
  EXPECT_EQ(overlaps[0].writers, 3u);  // at 100
  EXPECT_EQ(overlaps[0].since_ms, 50);
  EXPECT_EQ(overlaps[0].collisions, 2u);
}

}  // namespace
}  // namespace promlite::internal
