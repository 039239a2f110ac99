#ifndef PROMLITE_TESTS_STORAGE_OTLP_METRICS_STREAM_RECORDER_H_
#define PROMLITE_TESTS_STORAGE_OTLP_METRICS_STREAM_RECORDER_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/storage/metrics/histogram_text.h"

namespace promlite::internal {

// A database for tests: everything that was committed, by series, stream and time. It is stricter
// than the real one: streams made by a request that is dropped must not be used again.
class StreamRecorder : public Appender {
 public:
  using Samples = std::map<int64_t, uint64_t>;  // milliseconds, bits of the value
  using Streams = std::map<int64_t, Samples>;   // by start, nanoseconds
  using Metadata = std::map<std::string, std::vector<std::string>>;  // type, unit, help

  // What was added in a series, whoever sent it: by time and start, nanoseconds, the bits of
  // values.
  using Increments = std::set<std::tuple<int64_t, int64_t, uint64_t>>;

  StreamId Stream(LabelsView labels, int64_t start_ns, StreamTemporality temporality) override {
    EXPECT_TRUE(std::is_sorted(labels.begin(), labels.end()));
    std::vector<Labels::Label> owned;
    for (const auto& [name, value] : labels) {
      EXPECT_FALSE(value.empty()) << name;
      owned.emplace_back(name, value);
    }
    Labels key(owned);
    EXPECT_EQ(key.size(), owned.size()) << "a label stands twice in " << key.ToString();
    ++stream_calls_;
    if (CollectsIncrements(temporality)) start_ns = 0;
    const Id id{key, start_ns, temporality};
    const auto [known, is_new] = ids_.try_emplace(id, streams_.size());
    if (is_new) {
      streams_.push_back({key, start_ns, true});
      made_.push_back(id);
    }
    return static_cast<StreamId>(known->second);
  }

  void Append(StreamId stream, int64_t timestamp_ms, double value) override {
    EXPECT_FALSE(IsStalenessMarker(value));
    Add(stream, timestamp_ms, std::bit_cast<uint64_t>(value));
  }

  void AppendIncrement(StreamId stream, const Increment& increment) override {
    Add(stream, TruncatedMilliseconds(increment.time_ns), std::bit_cast<uint64_t>(increment.value));
    pending_.back().increment = increment;
  }
  void NoteStartWithinMillisecond(StreamId) override {}

  void AppendHistogram(StreamId stream, int64_t timestamp_ms, const Histogram& histogram) override {
    Add(stream, timestamp_ms, 0);
    pending_.back().histogram = histogram;
  }

  void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) override {
    Add(stream, timestamp_ms, kStalenessMarkerBits);
  }

  void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) override {
    pending_metadata_[std::string(metric_family)] = {metadata.type, metadata.unit, metadata.help};
  }

  size_t sample_count() const override { return pending_.size(); }

  void Commit(Publish = Publish::kNow) override {
    for (const Pending& sample : pending_) {
      const StreamKey& key = streams_[sample.stream.number()];
      if (sample.histogram.has_value()) {
        histograms_[key.labels][key.start_ns][sample.timestamp_ms] = *sample.histogram;
        continue;
      }
      if (sample.increment.has_value()) {
        increments_[key.labels].emplace(sample.increment->time_ns, sample.increment->start_ns,
                                        sample.bits);
        continue;
      }
      uint64_t& stored = series_[key.labels][key.start_ns][sample.timestamp_ms];
      stored = std::max(stored, sample.bits);
    }
    for (auto& [family, metadata] : pending_metadata_) metadata_[family] = metadata;
    made_.clear();
    Drop();
  }

  // What dropping the appender does.
  void Drop() {
    for (const auto& key : made_) {
      streams_[ids_.at(key)].is_alive = false;
      ids_.erase(key);
    }
    made_.clear();
    pending_.clear();
    pending_metadata_.clear();
  }

  // What a query sees: the streams of a series merged, without staleness markers.
  std::map<Labels, std::map<int64_t, double>> Merged() const {
    std::map<Labels, std::map<int64_t, double>> merged;
    for (const auto& [labels, streams] : series_) {
      for (const auto& [start, samples] : streams) {
        for (const auto& [time, bits] : samples) {
          if (bits != kStalenessMarkerBits) merged[labels][time] = std::bit_cast<double>(bits);
        }
      }
    }
    return merged;
  }

  std::map<Labels, std::map<int64_t, Histogram>> MergedHistograms() const {
    std::map<Labels, std::map<int64_t, Histogram>> merged;
    for (const auto& [labels, streams] : histograms_) {
      for (const auto& [start, samples] : streams) {
        for (const auto& [time, histogram] : samples) {
          if (!histogram.IsStalenessMarker()) merged[labels][time] = histogram;
        }
      }
    }
    return merged;
  }

  // Every histogram: "{labels} start time: histogram".
  std::vector<std::string> HistogramTexts() const {
    std::vector<std::string> texts;
    for (const auto& [labels, streams] : histograms_) {
      for (const auto& [start, samples] : streams) {
        for (const auto& [time, histogram] : samples) {
          texts.push_back(labels.ToString() + " " + std::to_string(start) + " " +
                          std::to_string(time) + ": " + HistogramText(histogram));
        }
      }
    }
    return texts;
  }

  // Of numbers.
  const std::map<Labels, Streams>& series() const { return series_; }
  const std::map<Labels, Increments>& increments() const { return increments_; }
  const Metadata& metadata() const { return metadata_; }
  // How often a stream was asked for by its labels.
  size_t stream_calls() const { return stream_calls_; }

 private:
  struct StreamKey {
    Labels labels;
    int64_t start_ns = 0;
    bool is_alive = true;
  };
  struct Pending {
    StreamId stream;
    int64_t timestamp_ms = 0;
    uint64_t bits = 0;
    std::optional<Histogram> histogram;
    std::optional<Increment> increment;
  };
  using Id = std::tuple<Labels, int64_t, StreamTemporality>;

  void Add(StreamId stream, int64_t timestamp_ms, uint64_t bits) {
    ASSERT_LT(stream.number(), streams_.size());
    EXPECT_TRUE(streams_[stream.number()].is_alive) << "a stream of a request that was dropped";
    pending_.push_back({stream, timestamp_ms, bits, std::nullopt, std::nullopt});
  }

  std::map<Id, size_t> ids_;
  std::vector<StreamKey> streams_;
  std::vector<Id> made_;  // by the request at hand
  std::vector<Pending> pending_;
  Metadata pending_metadata_;
  std::map<Labels, Streams> series_;
  std::map<Labels, Increments> increments_;
  // By series, start and time.
  std::map<Labels, std::map<int64_t, std::map<int64_t, Histogram>>> histograms_;
  Metadata metadata_;
  size_t stream_calls_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_METRICS_STREAM_RECORDER_H_
