// Holds promlite against the answers that Prometheus 3.16 gave on real captures and random data:
// see README.md.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"
#include "promlite/tests/golden/ask.h"
#include "promlite/tests/golden/recording.h"

namespace promlite::golden {
namespace {

// After so many wrong answers the rest is only counted.
constexpr int kShownDifferences = 10;

void ExpectAnswersOf(const Recording& recording) {
  Database database(recording.database_options);
  const absl::Status loaded = LoadData(recording, &database);
  EXPECT_EQ(loaded.ok(), !recording.refused) << loaded.message();
  const Engine engine(&database, recording.engine_options);
  size_t wrong = 0;
  for (const Question& question : recording.questions) {
    const std::string difference = AnswerDifference(engine, question);
    if (difference.empty()) continue;
    if (++wrong <= kShownDifferences) ADD_FAILURE() << question.ToString() << "\n" << difference;
  }
  EXPECT_EQ(wrong, 0u) << "of " << recording.questions.size() << " answers are wrong";
}

class GoldenTest : public testing::TestWithParam<const char*> {
 protected:
  void ExpectAllAnswers(void (*change)(EngineOptions*)) {
    absl::StatusOr<Recording> recording = ReadRecording(GetParam());
    ASSERT_TRUE(recording.ok()) << recording.status().message();
    change(&recording->engine_options);
    ExpectAnswersOf(*recording);
  }
};

void OnOneThread(EngineOptions* options) { options->threads = 1; }

void InAnotherWay(EngineOptions* options) {
  options->threads = 3;
  options->batch_series = 2;
  options->rewrites = false;
}

TEST_P(GoldenTest, EveryAnswerIsThatOfPrometheus) { ExpectAllAnswers(OnOneThread); }

TEST_P(GoldenTest, NeitherThreadsNorBatchesNorRewritesChangeAnAnswer) {
  ExpectAllAnswers(InAnotherWay);
}

void ExpectAnswersOfScripts(void (*change)(EngineOptions*)) {
  absl::StatusOr<std::vector<Recording>> scripts = ReadScripts();
  ASSERT_TRUE(scripts.ok()) << scripts.status().message();
  ASSERT_EQ(scripts->size(), 335u);
  for (Recording& recording : *scripts) {
    SCOPED_TRACE(recording.load_commands);
    change(&recording.engine_options);
    ExpectAnswersOf(recording);
  }
}

TEST(GoldenScripts, EveryAnswerIsThatOfPrometheus) { ExpectAnswersOfScripts(OnOneThread); }

TEST(GoldenScripts, NeitherThreadsNorBatchesNorRewritesChangeAnAnswer) {
  ExpectAnswersOfScripts(InAnotherWay);
}

INSTANTIATE_TEST_SUITE_P(
    Recordings, GoldenTest,
    testing::Values("claude-code-sessions", "claude-code-sessions.start-timestamps",
                    "claude-code-parallel", "claude-code-parallel.start-timestamps",
                    "claude-code-delta.refused", "claude-code-delta.to-cumulative",
                    "claude-code-delta.native", "random", "otel-sdk-all-types.default",
                    "otel-sdk-all-types.delayed-name-removal",
                    "otel-sdk-all-types.keep-identifying", "otel-sdk-all-types.nhcb",
                    "otel-sdk-all-types.no-translation", "otel-sdk-all-types.no-utf8-with-suffixes",
                    "otel-sdk-all-types.promote-all", "otel-sdk-all-types.promote-scope",
                    "otel-sdk-all-types.promote-some", "otel-sdk-all-types.start-timestamps",
                    "otel-sdk-all-types.type-and-unit", "otel-sdk-all-types.without-suffixes",
                    "otlp-edges.default", "otlp-edges.delayed-name-removal", "otlp-edges.nhcb",
                    "otlp-edges.start-timestamps", "otlp-edges.type-and-unit",
                    "otlp-edges-delta.native", "otlp-edges-delta.to-cumulative"),
    [](const auto& info) {
      std::string name = info.param;
      for (char& c : name) c = std::isalnum(c) ? c : '_';
      return name;
    });

}  // namespace
}  // namespace promlite::golden
