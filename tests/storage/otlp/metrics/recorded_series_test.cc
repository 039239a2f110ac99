// Captures, each with the receiver's options under which Prometheus 3.16 took them: the same
// series, labels and samples must come out.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"
#include "promlite/tests/storage/otlp/metrics/recordings.h"

namespace promlite::internal {
namespace {

class RecordedSeriesTest : public testing::TestWithParam<Recording> {};

TEST_P(RecordedSeriesTest, SeriesAndSamples_AreThoseOfPrometheus) {
  Receiver receiver(GetParam().Options());
  for (const std::string& request : ReadRequests(GetParam().CapturePath())) {
    const absl::Status status = receiver.ReceiveProtobuf(request);
    ASSERT_TRUE(status.ok()) << status;
  }

  const RecordedSeries recorded = ReadRecordedSeries(GetParam().AnswersPath());
  ASSERT_FALSE(recorded.floats.empty());
  const auto stored = receiver.database().Merged();
  for (const auto& [labels, samples] : recorded.floats) {
    const auto found = stored.find(labels);
    ASSERT_NE(found, stored.end()) << "not stored: " << labels.ToString();
    EXPECT_EQ(found->second, samples) << labels.ToString();
  }
  for (const auto& [labels, samples] : stored) {
    EXPECT_TRUE(recorded.floats.contains(labels)) << "too much: " << labels.ToString();
  }
  std::map<Labels, std::map<int64_t, ShownHistogram>> histograms;
  for (const auto& [labels, samples] : receiver.database().MergedHistograms()) {
    for (const auto& [time, histogram] : samples) histograms[labels][time] = Show(histogram);
  }
  EXPECT_TRUE(histograms == recorded.histograms);
  EXPECT_EQ(histograms.empty(), GetParam().capture != "otel-sdk-all-types");
}

INSTANTIATE_TEST_SUITE_P(All, RecordedSeriesTest, testing::ValuesIn(Recordings()),
                         [](const testing::TestParamInfo<Recording>& info) {
                           std::string name = info.param.answers;
                           for (char& c : name) {
                             if (c == '-' || c == '.') c = '_';
                           }
                           return name;
                         });

TEST(RecordedRefusals, DeltaTemporality_IsRefusedInPrometheusWords_AndNamesTheSetting) {
  const std::map<std::string, int> recorded =
      ReadRecordedRefusals("tests/golden/claude-code-delta.refused.jsonl.gz");
  ASSERT_EQ(recorded.size(), 4u);

  OtlpOptions options;
  options.delta = OtlpOptions::Delta::kRefuse;
  Receiver receiver(options);
  std::map<std::string, int> refused;
  for (const std::string& request :
       ReadRequests("tests/data/captures/claude-code-delta.metrics.binpb")) {
    const absl::Status status = receiver.ReceiveProtobuf(request);
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const std::string words(status.message());
    const size_t last_line = words.rfind('\n');
    EXPECT_NE(words.find("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative", last_line),
              words.npos)
        << words;
    ++refused[words.substr(0, last_line)];
  }
  EXPECT_EQ(refused, recorded);
  EXPECT_TRUE(receiver.database().series().empty());
}

}  // namespace
}  // namespace promlite::internal
