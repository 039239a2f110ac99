// Captures, each with the receiver's options under which Prometheus 3.14 took them: the same
// series, labels and samples must come out.

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "promlite/storage/otlp/otlp_ingester.h"
#include "promlite/tests/storage/otlp/recorded_answers.h"
#include "promlite/tests/storage/otlp/stream_recorder.h"

namespace promlite::internal {
namespace {

using Strategy = OtlpOptions::TranslationStrategy;

struct Recording {
  std::string capture;
  std::string answers;
  std::function<void(OtlpOptions*)> set_options = [](OtlpOptions*) {};
};

void PrintTo(const Recording& recording, std::ostream* out) { *out << recording.answers; }

const std::string kSessions = "claude-code-sessions";
const std::string kParallel = "claude-code-parallel";
const std::string kDelta = "claude-code-delta";
const std::string kAllTypes = "otel-sdk-all-types";

std::vector<Recording> Recordings() {
  return {
      {kSessions, kSessions},
      {kSessions, kSessions + ".start-timestamps"},
      {kParallel, kParallel},
      {kParallel, kParallel + ".start-timestamps"},
      {kDelta, kDelta + ".native", [](auto* o) { o->delta = OtlpOptions::Delta::kKeep; }},
      {kDelta, kDelta + ".to-cumulative",
       [](auto* o) { o->delta = OtlpOptions::Delta::kToCumulative; }},
      {kAllTypes, kAllTypes + ".default"},
      {kAllTypes, kAllTypes + ".delayed-name-removal"},
      {kAllTypes, kAllTypes + ".start-timestamps"},
      {kAllTypes, kAllTypes + ".keep-identifying",
       [](auto* o) { o->keep_identifying_resource_attributes = true; }},
      {kAllTypes, kAllTypes + ".nhcb", [](auto* o) { o->convert_histograms_to_nhcb = true; }},
      {kAllTypes, kAllTypes + ".no-translation",
       [](auto* o) { o->translation_strategy = Strategy::kNoTranslation; }},
      {kAllTypes, kAllTypes + ".no-utf8-with-suffixes",
       [](auto* o) { o->translation_strategy = Strategy::kNoUtf8EscapingWithSuffixes; }},
      {kAllTypes, kAllTypes + ".without-suffixes",
       [](auto* o) { o->translation_strategy = Strategy::kUnderscoreEscapingWithoutSuffixes; }},
      {kAllTypes, kAllTypes + ".promote-all",
       [](auto* o) { o->promote_all_resource_attributes = true; }},
      {kAllTypes, kAllTypes + ".promote-some",
       [](auto* o) { o->promote_resource_attributes = {"service.version", "team"}; }},
      {kAllTypes, kAllTypes + ".promote-scope", [](auto* o) { o->promote_scope_metadata = true; }},
      {kAllTypes, kAllTypes + ".type-and-unit", [](auto* o) { o->type_and_unit_labels = true; }},
  };
}

class RecordedSeriesTest : public testing::TestWithParam<Recording> {};

TEST_P(RecordedSeriesTest, SeriesAndSamples_AreThoseOfPrometheus) {
  OtlpOptions options;
  GetParam().set_options(&options);
  OtlpIngester ingester(options);
  StreamRecorder appender;
  std::vector<std::string> problems;
  for (const std::string& request :
       ReadRequests("tests/data/captures/" + GetParam().capture + ".metrics.binpb")) {
    const absl::Status status =
        ingester.Ingest(request, OtlpIngester::Encoding::kProtobuf, &appender, nullptr, &problems);
    ASSERT_TRUE(status.ok()) << status;
  }

  const RecordedSeries recorded =
      ReadRecordedSeries("tests/golden/" + GetParam().answers + ".jsonl.gz");
  ASSERT_FALSE(recorded.floats.empty());
  const auto stored = appender.Merged();
  for (const auto& [labels, samples] : recorded.floats) {
    const auto found = stored.find(labels);
    ASSERT_NE(found, stored.end()) << "not stored: " << labels.ToString();
    EXPECT_EQ(found->second, samples) << labels.ToString();
  }
  for (const auto& [labels, samples] : stored) {
    EXPECT_TRUE(recorded.floats.contains(labels)) << "too much: " << labels.ToString();
  }
  EXPECT_EQ(problems.empty(), recorded.histograms.empty());
}

INSTANTIATE_TEST_SUITE_P(All, RecordedSeriesTest, testing::ValuesIn(Recordings()),
                         [](const testing::TestParamInfo<Recording>& info) {
                           std::string name = info.param.answers;
                           for (char& c : name) {
                             if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
                           }
                           return name;
                         });

TEST(RecordedRefusals, DeltaTemporality_IsRefusedInPrometheusWords_AndNamesTheSetting) {
  const std::map<std::string, int> recorded =
      ReadRecordedRefusals("tests/golden/claude-code-delta.refused.jsonl.gz");
  ASSERT_EQ(recorded.size(), 4u);

  OtlpIngester ingester({});
  StreamRecorder appender;
  std::map<std::string, int> refused;
  for (const std::string& request :
       ReadRequests("tests/data/captures/claude-code-delta.metrics.binpb")) {
    const absl::Status status =
        ingester.Ingest(request, OtlpIngester::Encoding::kProtobuf, &appender);
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const std::string words(status.message());
    const size_t last_line = words.rfind('\n');
    EXPECT_NE(words.find("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative", last_line),
              words.npos)
        << words;
    ++refused[words.substr(0, last_line)];
  }
  EXPECT_EQ(refused, recorded);
}

}  // namespace
}  // namespace promlite::internal
