// The same operations on a head and on a std::map: whatever the order of arrival, the codec and the
// size of chunks, both must hold the same.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "promlite/storage/codecs/codec.h"
#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"

namespace promlite::internal {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();

uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

struct Operation {
  int series;
  int64_t start_ns;
  int64_t time_ms;
  double value;
};

// What the head must hold, in the plainest words.
class Model {
 public:
  void Apply(const Operation& operation) {
    auto& samples = series_[operation.series][operation.start_ns];
    const auto [entry, is_new] = samples.try_emplace(operation.time_ms, Bits(operation.value));
    if (!is_new) entry->second = std::max(entry->second, Bits(operation.value));
  }

  struct Merged {
    int64_t time_ms;
    uint64_t bits;
    int64_t start_ms;
    friend bool operator==(const Merged&, const Merged&) = default;
    friend void PrintTo(const Merged& m, std::ostream* out) {
      *out << m.time_ms << ": " << std::bit_cast<double>(m.bits) << " from " << m.start_ms;
    }
  };
  std::vector<Merged> Read(int series, int64_t min_ms, int64_t max_ms) const {
    std::map<int64_t, Merged> merged;  // a later start overwrites
    for (const auto& [start_ns, samples] : series_.at(series)) {
      for (const auto& [time_ms, bits] : samples) {
        if (time_ms < min_ms || time_ms > max_ms) continue;
        merged[time_ms] = {time_ms, bits, start_ns / 1'000'000};
      }
    }
    std::vector<Merged> result;
    for (const auto& [time_ms, sample] : merged) result.push_back(sample);
    return result;
  }

  const std::map<int, std::map<int64_t, std::map<int64_t, uint64_t>>>& series() const {
    return series_;
  }

 private:
  std::map<int, std::map<int64_t, std::map<int64_t, uint64_t>>> series_;
};

std::string SeriesName(int series) { return "series_" + std::to_string(series); }

void ApplyTo(Appender* appender, const Operation& operation) {
  const std::string name = SeriesName(operation.series);
  const LabelView labels[] = {{kMetricName, name}, {"job", "model"}};
  const StreamId stream = appender->Stream(labels, operation.start_ns);
  if (IsStalenessMarker(operation.value)) {
    appender->AppendStalenessMarker(stream, operation.time_ms);
  } else {
    appender->Append(stream, operation.time_ms, operation.value);
  }
}

SeriesId FindSeries(const Snapshot& snapshot, int series) {
  const Matcher name =
      Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), SeriesName(series)).value();
  const std::vector<SeriesId> found = snapshot.Select({&name, 1});
  EXPECT_EQ(found.size(), 1u);
  return found.at(0);
}

std::vector<Model::Merged> ReadSeries(const Snapshot& snapshot, SeriesId id, int64_t min_ms,
                                      int64_t max_ms, SampleBuffer* buffer) {
  const SamplesView view = snapshot.Read(id, min_ms, max_ms, Snapshot::StartTimes::kRead, buffer);
  std::vector<Model::Merged> result;
  bool has_markers = false;
  for (size_t i = 0; i < view.size; ++i) {
    result.push_back({view.times[i], Bits(view.values[i]), view.start_times[i]});
    has_markers |= IsStalenessMarker(view.values[i]);
  }
  EXPECT_EQ(view.has_staleness_markers, has_markers);
  return result;
}

// Views of one column must agree on its times.
class ColumnChecker {
 public:
  void Check(const SamplesView& view) {
    if (view.column == 0) return;
    for (size_t i = 0; i < view.size; ++i) {
      const auto [entry, is_new] =
          times_.try_emplace({view.column, view.column_offset + i}, view.times[i]);
      ASSERT_EQ(entry->second, view.times[i]);
    }
  }

 private:
  std::map<std::pair<uint64_t, size_t>, int64_t> times_;
};

void ExpectSame(const Snapshot& snapshot, const Model& model, std::mt19937_64* random) {
  ASSERT_EQ(snapshot.series_count(), model.series().size());
  SampleBuffer buffer;
  ColumnChecker columns;
  size_t total = 0;
  for (const auto& [series, streams] : model.series()) {
    const SeriesId id = FindSeries(snapshot, series);
    const auto everything = model.Read(series, kFirst, kLast);
    ASSERT_EQ(ReadSeries(snapshot, id, kFirst, kLast, &buffer), everything);
    columns.Check(snapshot.Read(id, kFirst, kLast, Snapshot::StartTimes::kSkip, &buffer));
    EXPECT_EQ(snapshot.SeriesMinTime(id), everything.front().time_ms);
    EXPECT_EQ(snapshot.SeriesMaxTime(id), everything.back().time_ms);
    for (int i = 0; i < 8; ++i) {
      int64_t min_ms = everything[(*random)() % everything.size()].time_ms;
      int64_t max_ms = everything[(*random)() % everything.size()].time_ms;
      if (max_ms < min_ms) std::swap(min_ms, max_ms);
      if (i % 2 == 0 && min_ms < kLast) ++min_ms;
      ASSERT_EQ(ReadSeries(snapshot, id, min_ms, max_ms, &buffer),
                model.Read(series, min_ms, max_ms));
      columns.Check(snapshot.Read(id, min_ms, max_ms, Snapshot::StartTimes::kSkip, &buffer));
    }

    const std::vector<StreamSummary> summaries = snapshot.Streams(id);
    ASSERT_EQ(summaries.size(), streams.size());
    size_t index = 0;
    size_t count = 0;
    for (const auto& [start_ns, samples] : streams) {
      const StreamSummary& summary = summaries[index];
      EXPECT_EQ(summary.start_ns, start_ns);
      EXPECT_EQ(summary.first_ms, samples.begin()->first);
      EXPECT_EQ(summary.last_ms, samples.rbegin()->first);
      EXPECT_EQ(summary.samples, samples.size());
      EXPECT_EQ(Bits(summary.first_value), samples.begin()->second);
      EXPECT_EQ(Bits(summary.last_value), samples.rbegin()->second);
      std::map<int64_t, uint64_t> read;
      for (const Sample& sample : snapshot.StreamSamples(id, index)) {
        ASSERT_TRUE(read.try_emplace(sample.timestamp_ms, Bits(sample.value)).second);
      }
      ASSERT_EQ(read, samples);
      count += samples.size();
      ++index;
    }
    EXPECT_EQ(snapshot.SeriesSampleCount(id), count);
    total += count;
  }
  EXPECT_EQ(snapshot.sample_count(), total);
}

enum class Values { kCounter, kConstant, kLine, kRandomBits, kSmallSet };

double MakeValue(Values values, int64_t time, std::mt19937_64* random) {
  if ((*random)() % 37 == 0) return StalenessMarker();
  switch (values) {
    case Values::kCounter:
      return static_cast<double>(time * 3 + static_cast<int64_t>((*random)() % 3));
    case Values::kConstant:
      return 42.5;
    case Values::kLine:
      return 10.0 + 0.25 * static_cast<double>(time);
    case Values::kRandomBits:
      return std::bit_cast<double>((*random)());
    case Values::kSmallSet:
      break;
  }
  constexpr double kSet[] = {0.0,
                             -0.0,
                             1.0,
                             -1.0,
                             0.1,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::denorm_min(),
                             9007199254740993.0};
  return kSet[(*random)() % std::size(kSet)];
}

std::vector<Operation> MakeOperations(std::mt19937_64* random) {
  std::vector<Operation> operations;
  const int series = 1 + static_cast<int>((*random)() % 6);
  const int rounds = 1 + static_cast<int>((*random)() % 300);
  const auto values = static_cast<Values>((*random)() % 5);
  const int64_t origin = (*random)() % 8 == 0 ? kFirst : -1000;
  for (int round = 0; round < rounds; ++round) {
    for (int s = 0; s < series; ++s) {
      if ((*random)() % 11 == 0) continue;  // misses a round
      const int64_t start_ns =
          (*random)() % 3 == 0 ? static_cast<int64_t>((*random)() % 3) * 1'500'000'000 : 0;
      const int64_t time = round * 15 + ((*random)() % 29 == 0 ? 1 : 0);
      operations.push_back({s, start_ns, origin + time, MakeValue(values, time, random)});
      if ((*random)() % 17 == 0) {  // sent twice, perhaps with another value
        operations.push_back({s, start_ns, origin + time, MakeValue(values, time, random)});
      }
    }
  }
  if ((*random)() % 4 == 0) {
    operations.push_back({0, kFirst, kFirst, 1});
    operations.push_back({0, kLast, kLast, 2});
  }
  return operations;
}

// Reorders as loading might: not at all, backwards, halves swapped, locally, or wholly.
void Reorder(std::vector<Operation>* operations, int way, std::mt19937_64* random) {
  switch (way) {
    case 0:
      return;
    case 1:
      std::reverse(operations->begin(), operations->end());
      return;
    case 2:
      std::rotate(operations->begin(),
                  operations->begin() + static_cast<ptrdiff_t>(operations->size() / 2),
                  operations->end());
      return;
    case 3:
      for (size_t i = 0; i + 8 < operations->size(); i += 8) {
        std::shuffle(operations->begin() + static_cast<ptrdiff_t>(i),
                     operations->begin() + static_cast<ptrdiff_t>(i + 8), *random);
      }
      return;
    default:
      std::shuffle(operations->begin(), operations->end(), *random);
  }
}

class HeadModelTest : public testing::TestWithParam<std::tuple<size_t, uint32_t>> {};

TEST_P(HeadModelTest, HoldsTheSame_WhateverTheOrderOfArrival) {
  const auto [codec, chunk_samples] = GetParam();
  HeadOptions options;
  options.chunk_samples = chunk_samples;
  if (codec < Codecs().size()) options.codec = Codecs()[codec].id;
  std::mt19937_64 random(codec * 1000 + chunk_samples);
  for (int repetition = 0; repetition < 6; ++repetition) {
    std::vector<Operation> operations = MakeOperations(&random);
    for (int way = 0; way < 5; ++way) {
      SCOPED_TRACE(testing::Message() << "repetition " << repetition << ", way " << way);
      Reorder(&operations, way, &random);
      Head head(options);
      Model model;
      std::shared_ptr<const Snapshot> earlier;
      Model earlier_model;
      const size_t batch = 1 + random() % 40;
      for (size_t begin = 0; begin < operations.size(); begin += batch) {
        const size_t end = std::min(begin + batch, operations.size());
        if (random() % 10 == 0) {  // a request that is given up
          auto given_up = head.StartAppend();
          ApplyTo(given_up.get(), {100, 0, 5, 1});
          ApplyTo(given_up.get(), {0, 77, 5, 1});
        }
        {
          auto appender = head.StartAppend();
          for (size_t i = begin; i < end; ++i) {
            ApplyTo(appender.get(), operations[i]);
            model.Apply(operations[i]);
          }
          EXPECT_EQ(appender->sample_count(), end - begin);
          appender->Commit(random() % 2 == 0 ? Appender::Publish::kNow : Appender::Publish::kLater);
        }
        if (random() % 10 == 0) head.Publish();
        if (begin / batch == operations.size() / batch / 2) {
          head.Publish();
          earlier = head.TakeSnapshot();
          earlier_model = model;
        }
      }
      head.Publish();
      ExpectSame(*head.TakeSnapshot(), model, &random);
      if (earlier != nullptr) ExpectSame(*earlier, earlier_model, &random);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

std::string ParameterName(const testing::TestParamInfo<std::tuple<size_t, uint32_t>>& info) {
  const auto [codec, chunk_samples] = info.param;
  const std::string name =
      codec < Codecs().size() ? std::string(Codecs()[codec].name) : std::string("smallest");
  return name + "_" + std::to_string(chunk_samples);
}

INSTANTIATE_TEST_SUITE_P(CodecsAndChunkSizes, HeadModelTest,
                         testing::Combine(testing::Range<size_t>(0, Codecs().size() + 1),
                                          testing::Values(1, 3, 16, 120, 512)),
                         ParameterName);

}  // namespace
}  // namespace promlite::internal
