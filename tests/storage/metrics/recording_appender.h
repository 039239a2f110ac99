#ifndef PROMLITE_TESTS_STORAGE_METRICS_RECORDING_APPENDER_H_
#define PROMLITE_TESTS_STORAGE_METRICS_RECORDING_APPENDER_H_

#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/storage/metrics/histogram_text.h"

namespace promlite::internal {

// An appender that writes down what it is told, for tests of the readers.
class RecordingAppender : public Appender {
 public:
  struct Entry {
    int64_t timestamp_ms = 0;
    uint64_t bits = 0;
    bool stale = false;

    double value() const { return std::bit_cast<double>(bits); }
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  StreamId Stream(LabelsView labels, int64_t start_ns, StreamTemporality) override {
    std::vector<Labels::Label> owned(labels.begin(), labels.end());
    const std::string series = Labels(std::move(owned)).ToString();
    const auto [at, is_new] = streams_.try_emplace(series, static_cast<StreamId>(names_.size()));
    if (is_new) names_.push_back(series);
    samples[series];
    last_start_ms_[series] = start_ns / 1'000'000;
    return at->second;
  }
  void Append(StreamId stream, int64_t timestamp_ms, double value) override {
    const std::string& series = names_[stream.number()];
    samples[series].push_back({timestamp_ms, std::bit_cast<uint64_t>(value), false});
    starts_ms[series].push_back(last_start_ms_[series]);
    ++count_;
  }
  void AppendIncrement(StreamId stream, const Increment& increment) override {
    Append(stream, TruncatedMilliseconds(increment.time_ns), increment.value);
  }
  void NoteStartWithinMillisecond(StreamId) override {}
  void AppendHistogram(StreamId stream, int64_t timestamp_ms, const Histogram& histogram) override {
    histograms[names_[stream.number()]].push_back(std::to_string(timestamp_ms) + ": " +
                                                  HistogramText(histogram));
    ++count_;
  }
  void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) override {
    samples[names_[stream.number()]].push_back({timestamp_ms, kStalenessMarkerBits, true});
    ++count_;
  }
  void SetMetadata(std::string_view family, const MetricMetadata& said) override {
    metadata[std::string(family)] = said;
  }
  size_t sample_count() const override { return count_; }
  void Commit(Publish) override { committed = true; }

  // By Labels::ToString(), in the order in which they came.
  std::map<std::string, std::vector<Entry>> samples;
  std::map<std::string, std::vector<std::string>> histograms;  // "milliseconds: text"
  std::map<std::string, std::vector<int64_t>> starts_ms;  // of each number's stream; 0 = unknown
  std::map<std::string, MetricMetadata> metadata;
  bool committed = false;

 private:
  std::map<std::string, StreamId> streams_;
  std::map<std::string, int64_t> last_start_ms_;
  std::vector<std::string> names_;
  size_t count_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_METRICS_RECORDING_APPENDER_H_
