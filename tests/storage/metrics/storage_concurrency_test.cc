#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "promlite/storage/metrics/head.h"

namespace promlite::internal {
namespace {

constexpr int kRounds = 1500;
constexpr int kReaders = 2;

// Round r adds a sample (r, r) to series 0 to r % 40 (so new series appear all the time) and, every
// seventh round, one at time -r to series 0: out of order. All in one request.
void WriteRounds(Head* head) {
  for (int round = 1; round <= kRounds; ++round) {
    auto appender = head->StartAppend();
    const int series_count = 1 + std::min(round / 8, 60);
    for (int series = 0; series < series_count; ++series) {
      const std::string number = std::to_string(series);
      const LabelView labels[] = {{kMetricName, "rounds"}, {"series", number}};
      const StreamId stream = appender->Stream(labels, 0);
      appender->Append(stream, round, round);
      if (series == 0 && round % 7 == 0) appender->Append(stream, -round, round);
    }
    const bool later = round % 5 == 0 && round != kRounds;
    appender->Commit(later ? Appender::Publish::kLater : Appender::Publish::kNow);
    if (round % 50 == 0) {
      appender.reset();
      head->Publish();
    }
  }
}

// Checks that the snapshot shows whole rounds only. Returns the number of the last one.
int CheckOneMoment(const Snapshot& snapshot) {
  const Matcher matchers[] = {
      Matcher::Create(Matcher::Type::kRegexMatch, "series", "[0-9]+").value()};
  const std::vector<SeriesId> series = snapshot.Select(matchers);
  EXPECT_EQ(series.size(), snapshot.series_count());
  if (series.empty()) return 0;
  const auto last = static_cast<int>(snapshot.MaxTime().value());
  EXPECT_EQ(series.size(), 1u + static_cast<size_t>(std::min(last / 8, 60)));
  EXPECT_EQ(snapshot.LabelValues("series").size(), series.size());
  SampleBuffer buffer;
  size_t samples = 0;
  for (const SeriesId id : series) {
    const Labels labels = snapshot.LabelsOf(id);
    const int number = std::stoi(std::string(labels.Get("series")));
    const SamplesView view =
        snapshot.Read(id, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                      Snapshot::StartTimes::kSkip, &buffer);
    const int first_round = number == 0 ? 1 : number * 8;
    const size_t late = number == 0 ? static_cast<size_t>(last / 7) : 0;
    EXPECT_EQ(view.size, static_cast<size_t>(last - first_round + 1) + late);
    samples += view.size;
    for (size_t i = 0; i < view.size; ++i) {
      const int64_t expected = i < late ? -7 * static_cast<int64_t>(late - i)
                                        : first_round + static_cast<int64_t>(i - late);
      EXPECT_EQ(view.times[i], expected);
      EXPECT_EQ(view.values[i], static_cast<double>(std::abs(expected)));
    }
  }
  EXPECT_EQ(snapshot.sample_count(), samples);
  return last;
}

TEST(StorageConcurrency, EverySnapshotIsOneMoment_WhileAWriterAppends) {
  HeadOptions options;
  options.chunk_samples = 64;
  auto head = std::make_unique<Head>(options);
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < kReaders; ++reader) {
    readers.emplace_back([&] {
      int last = 0;
      std::shared_ptr<const Snapshot> kept;
      int kept_last = 0;
      while (!done.load()) {
        const std::shared_ptr<const Snapshot> snapshot = head->TakeSnapshot();
        const int seen = CheckOneMoment(*snapshot);
        EXPECT_GE(seen, last);
        last = seen;
        if (kept == nullptr || seen > kept_last + 200) {
          if (kept != nullptr) {
            EXPECT_EQ(CheckOneMoment(*kept), kept_last);
          }
          kept = snapshot;
          kept_last = seen;
        }
      }
    });
  }
  WriteRounds(head.get());
  done.store(true);
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(CheckOneMoment(*head->TakeSnapshot()), kRounds);
}

TEST(StorageConcurrency, WritersTakeTurns) {
  Head head;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 3; ++writer) {
    writers.emplace_back([&head, writer] {
      const std::string name = "writer_" + std::to_string(writer);
      for (int i = 0; i < 200; ++i) {
        auto appender = head.StartAppend();
        const LabelView labels[] = {{kMetricName, name}};
        appender->Append(appender->Stream(labels, 0), i, i);
        appender->Commit(Appender::Publish::kNow);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(head.TakeSnapshot()->sample_count(), 600u);
  EXPECT_EQ(head.TakeSnapshot()->series_count(), 3u);
}

TEST(StorageConcurrency, SnapshotOutlivesItsHead) {
  auto head = std::make_unique<Head>();
  WriteRounds(head.get());
  const std::shared_ptr<const Snapshot> snapshot = head->TakeSnapshot();
  head.reset();
  EXPECT_EQ(CheckOneMoment(*snapshot), kRounds);
}

// Round r adds a native histogram of r observations at time r, and every seventh round one more at
// time -r: out of order.
void WriteHistogramRounds(Head* head) {
  for (int round = 1; round <= kRounds; ++round) {
    auto appender = head->StartAppend();
    const LabelView labels[] = {{kMetricName, "histogram_rounds"}};
    const StreamId stream = appender->Stream(labels, 0);
    Histogram histogram;
    histogram.count = round;
    histogram.positive = {{1, histogram.count}};
    appender->AppendHistogram(stream, round, histogram);
    if (round % 7 == 0) appender->AppendHistogram(stream, -round, histogram);
    appender->Commit(Appender::Publish::kNow);
  }
}

void CheckHistogramRounds(const Snapshot& snapshot) {
  if (snapshot.series_count() == 0) return;
  const std::vector<HistogramSample> samples = snapshot.ReadHistograms(
      SeriesId(0), std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
  const int64_t last = snapshot.MaxTime().value();
  const int64_t late = last / 7;
  ASSERT_EQ(samples.size(), static_cast<size_t>(last + late));
  EXPECT_EQ(snapshot.sample_count(), samples.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    const int64_t behind = static_cast<int64_t>(i) - late;
    const int64_t time = behind < 0 ? 7 * behind : behind + 1;
    ASSERT_EQ(samples[i].timestamp_ms, time);
    ASSERT_EQ(samples[i].histogram->count, static_cast<double>(std::abs(time)));
    ASSERT_EQ(samples[i].histogram->positive.at(0).count, samples[i].histogram->count);
  }
}

TEST(StorageConcurrency, HistogramsToo_ShowOneMoment_WhileAWriterAppends) {
  auto head = std::make_unique<Head>();
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < kReaders; ++reader) {
    readers.emplace_back([&] {
      while (!done.load()) CheckHistogramRounds(*head->TakeSnapshot());
    });
  }
  WriteHistogramRounds(head.get());
  done.store(true);
  for (std::thread& reader : readers) reader.join();
  const std::shared_ptr<const Snapshot> last = head->TakeSnapshot();
  head.reset();
  CheckHistogramRounds(*last);
  EXPECT_EQ(last->MaxTime(), kRounds);
}

}  // namespace
}  // namespace promlite::internal
