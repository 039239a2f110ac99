#ifndef PROMLITE_TESTS_STORAGE_OTLP_STREAM_RECORDER_H_
#define PROMLITE_TESTS_STORAGE_OTLP_STREAM_RECORDER_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "promlite/storage/appender.h"
#include "promlite/storage/staleness.h"

namespace promlite::internal {

// A database for tests: everything that was appended, by series, stream and time.
class StreamRecorder : public Appender {
 public:
  using Samples = std::map<int64_t, uint64_t>;  // milliseconds, bits of the value
  using Streams = std::map<int64_t, Samples>;   // by start, nanoseconds
  using Metadata = std::map<std::string, std::vector<std::string>>;  // type, unit, help

  StreamId Stream(LabelsView labels, int64_t start_ns) override {
    EXPECT_TRUE(std::is_sorted(labels.begin(), labels.end()));
    std::vector<Labels::Label> owned;
    for (const auto& [name, value] : labels) {
      EXPECT_FALSE(value.empty()) << name;
      owned.emplace_back(name, value);
    }
    Labels key(owned);
    EXPECT_EQ(key.size(), owned.size()) << "a label stands twice in " << key.ToString();
    const auto [known, is_new] = ids_.try_emplace({key, start_ns}, streams_.size());
    if (is_new) streams_.emplace_back(key, start_ns);
    ++stream_calls_;
    return static_cast<StreamId>(known->second);
  }

  void Append(StreamId stream, int64_t timestamp_ms, double value) override {
    EXPECT_FALSE(IsStalenessMarker(value));
    Add(stream, timestamp_ms, std::bit_cast<uint64_t>(value));
  }

  void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) override {
    Add(stream, timestamp_ms, kStalenessMarkerBits);
  }

  void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) override {
    metadata_[std::string(metric_family)] = {metadata.type, metadata.unit, metadata.help};
  }

  size_t sample_count() const override { return sample_count_; }
  void Commit(Publish) override {}

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

  const std::map<Labels, Streams>& series() const { return series_; }
  const Metadata& metadata() const { return metadata_; }
  // How often a stream was asked for by its labels.
  size_t stream_calls() const { return stream_calls_; }

  // The bits of one sample; all ones if there is none.
  uint64_t BitsAt(const Labels& labels, int64_t start_ns, int64_t time) const {
    const auto found = series_.find(labels);
    if (found == series_.end()) return ~uint64_t{0};
    const auto stream = found->second.find(start_ns);
    if (stream == found->second.end()) return ~uint64_t{0};
    const auto sample = stream->second.find(time);
    return sample == stream->second.end() ? ~uint64_t{0} : sample->second;
  }

 private:
  void Add(StreamId stream, int64_t timestamp_ms, uint64_t bits) {
    ASSERT_LT(stream, streams_.size());
    const auto& [labels, start] = streams_[stream];
    uint64_t& stored = series_[labels][start][timestamp_ms];
    stored = std::max(stored, bits);
    ++sample_count_;
  }

  std::map<std::pair<Labels, int64_t>, size_t> ids_;
  std::vector<std::pair<Labels, int64_t>> streams_;
  std::map<Labels, Streams> series_;
  Metadata metadata_;
  size_t sample_count_ = 0;
  size_t stream_calls_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_STREAM_RECORDER_H_
