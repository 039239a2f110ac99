// Which series share a clock, seen from outside: SamplesView::column and column_offset.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "promlite/storage/metrics/head.h"
#include "promlite/tests/storage/metrics/head_builder.h"

namespace promlite::internal {
namespace {

Labels Name(const std::string& exporter, int series) {
  return {{"__name__", "m"}, {"exporter", exporter}, {"series", std::to_string(series)}};
}

// One request of an exporter: all its series at one time.
void Push(Head* head, const std::string& exporter, int series_count, int64_t time_ms,
          int first_series = 0) {
  auto appender = head->StartAppend();
  for (int series = first_series; series < series_count; ++series) {
    appender->Append(AddStream(appender.get(), Name(exporter, series)), time_ms, series);
  }
  appender->Commit(Appender::Publish::kNow);
}

struct Clocks {
  std::set<uint64_t> columns;
  size_t without = 0;  // views whose times are not a run of one column
};

Clocks ClocksOf(const Snapshot& snapshot, const std::string& exporter) {
  Clocks clocks;
  SampleBuffer buffer;
  const Matcher matcher = Matcher::Create(Matcher::Type::kEqual, "exporter", exporter).value();
  for (const SeriesId id : snapshot.Select({&matcher, 1})) {
    const SamplesView view = ReadAll(snapshot, id, &buffer);
    if (view.column == 0) {
      ++clocks.without;
    } else {
      clocks.columns.insert(view.column);
    }
  }
  return clocks;
}

TEST(ColumnSharing, ExportersThatInterleaveHaveAClockEach) {
  Head head;
  for (int64_t push = 0; push < 2000; ++push) {
    Push(&head, "a", 5, push * 1000);
    Push(&head, "b", 5, push * 1000 + 7);
    Push(&head, "c", 5, push * 1003 + 11);
  }
  std::set<uint64_t> all;
  for (const std::string exporter : {"a", "b", "c"}) {
    const Clocks clocks = ClocksOf(*head.TakeSnapshot(), exporter);
    EXPECT_EQ(clocks.columns.size(), 1u);
    EXPECT_EQ(clocks.without, 0u);
    all.insert(clocks.columns.begin(), clocks.columns.end());
  }
  EXPECT_EQ(all.size(), 3u);
}

TEST(ColumnSharing, NewSeriesJoinTheColumnThatItsRequestWrites) {
  Head head;
  for (int64_t push = 0; push < 10; ++push) Push(&head, "a", 1 + static_cast<int>(push), push);
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(ClocksOf(*snapshot, "a").columns.size(), 1u);
  SampleBuffer buffer;
  for (uint32_t id = 0; id < 10; ++id) {
    const SamplesView view = ReadAll(*snapshot, SeriesId(id), &buffer);
    EXPECT_EQ(view.column_offset, id);
    EXPECT_EQ(view.size, 10u - id);
  }
}

TEST(ColumnSharing, SeriesLoadedOneAfterTheOtherShareTheirTimes) {
  Head head;
  std::vector<Sample> samples;
  for (int i = 0; i < 3000; ++i) samples.push_back({i * 15'000, 1.0 * i});
  for (int series = 0; series < 5; ++series) Add(&head, Name("a", series), samples);
  const Clocks clocks = ClocksOf(*head.TakeSnapshot(), "a");
  EXPECT_EQ(clocks.columns.size(), 1u);
  EXPECT_EQ(clocks.without, 0u);
}

TEST(ColumnSharing, ThoseThatFallOutOfStepTogether_MoveTogether_WithTheirHistory) {
  Head head;
  // Two processes behind one collector: first in step, then not.
  for (int64_t push = 0; push < 100; ++push) {
    auto appender = head.StartAppend();
    for (int series = 0; series < 6; ++series) {
      const std::string exporter = series < 3 ? "a" : "b";
      const int64_t time_ms = push * 1000 + (series >= 3 && push >= 5 ? 1 : 0);
      appender->Append(AddStream(appender.get(), Name(exporter, series)), time_ms, 1);
    }
    appender->Commit(Appender::Publish::kNow);
  }
  const auto snapshot = head.TakeSnapshot();
  const Clocks a = ClocksOf(*snapshot, "a");
  const Clocks b = ClocksOf(*snapshot, "b");
  EXPECT_EQ(a.columns.size(), 1u);
  EXPECT_EQ(b.columns.size(), 1u);
  EXPECT_NE(a.columns, b.columns);
  EXPECT_EQ(a.without + b.without, 0u);
}

TEST(ColumnSharing, OneSeriesThatMissesAPush_DoesNotDisturbTheOthers) {
  Head head;
  for (int64_t push = 0; push < 100; ++push) {
    Push(&head, "a", 5, push, push == 50 ? 1 : 0);
  }
  const Clocks clocks = ClocksOf(*head.TakeSnapshot(), "a");
  // Whether the one that missed a push has a column of its own or none is its affair.
  EXPECT_LE(clocks.columns.size(), 2u);
  EXPECT_LE(clocks.without, 1u);
}

TEST(ColumnSharing, FilesLoadedInReverseStillShare) {
  Head head;
  for (int64_t file = 3; file >= 0; --file) {
    for (int64_t push = 0; push < 700; ++push) Push(&head, "a", 4, (file * 700 + push) * 1000);
  }
  const auto snapshot = head.TakeSnapshot();
  SampleBuffer buffer;
  std::set<uint64_t> columns;
  for (int64_t file = 0; file < 4; ++file) {
    for (uint32_t id = 0; id < 4; ++id) {
      const SamplesView view =
          snapshot->Read(SeriesId(id), file * 700'000, (file + 1) * 700'000 - 1,
                         Snapshot::StartTimes::kSkip, &buffer);
      ASSERT_EQ(view.size, 700u);
      EXPECT_NE(view.column, 0u);
      columns.insert(view.column);
    }
  }
  EXPECT_EQ(columns.size(), 4u);
}

TEST(ColumnSharing, ARetriedRequestOutOfOrder_LeavesTheSeriesInStep) {
  Head head;
  for (int64_t push = 0; push < 300; ++push) {
    if (push != 100) Push(&head, "a", 4, push);
    if (push == 103) Push(&head, "a", 4, 100);
  }
  const auto snapshot = head.TakeSnapshot();
  EXPECT_EQ(snapshot->sample_count(), 1200u);
  const Clocks clocks = ClocksOf(*snapshot, "a");
  EXPECT_EQ(clocks.columns.size(), 1u);
  EXPECT_EQ(clocks.without, 0u);
}

TEST(ColumnSharing, LoadingTheSameFileTwiceTakesNoMoreMemory) {
  Head head;
  for (int64_t push = 0; push < 1000; ++push) Push(&head, "a", 4, push);
  const MemoryStats once = head.memory_stats();
  for (int64_t push = 0; push < 1000; ++push) Push(&head, "a", 4, push);
  const MemoryStats twice = head.memory_stats();
  EXPECT_EQ(twice.samples, once.samples);
  EXPECT_EQ(twice.time_bytes, once.time_bytes);
  EXPECT_EQ(twice.value_bytes, once.value_bytes);
}

TEST(ColumnSharing, SharedTimesCostNothing) {
  Head head;
  for (int64_t push = 0; push < 1024; ++push) Push(&head, "a", 100, push * 1000);
  head.Publish();
  const MemoryStats stats = head.memory_stats();
  EXPECT_EQ(stats.samples, 102'400u);
  EXPECT_LT(static_cast<double>(stats.time_bytes) / 102'400, 0.2);
  EXPECT_LT(stats.BytesPerSample(), 0.5);  // constant values
}

}  // namespace
}  // namespace promlite::internal
