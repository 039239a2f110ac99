// A request may go by the cache or the long way through libprotobuf: the outcome must be the same.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"
#include "promlite/tests/storage/otlp/metrics/recordings.h"

namespace promlite::internal {
namespace {

// Two receivers, one with the cache and one without, that take the same requests.
class BothRoads {
 public:
  explicit BothRoads(const OtlpOptions& options, const MemoryLimits& limits = {})
      : with_cache_(options, OtlpMetricsIngester::Cache::kOn, limits),
        without_(options, OtlpMetricsIngester::Cache::kOff) {}

  void ReceiveProtobuf(const std::string& request) {
    const absl::Status with_cache = with_cache_.ReceiveProtobuf(request);
    const absl::Status without = without_.ReceiveProtobuf(request);
    EXPECT_EQ(with_cache, without);
    ++(without.ok() ? taken : refused);
  }
  void ReceiveJson(const std::string& request) {
    EXPECT_EQ(with_cache_.ReceiveJson(request), without_.ReceiveJson(request));
  }

  void ExpectSameDatabase() {
    EXPECT_EQ(with_cache_.database().series(), without_.database().series());
    EXPECT_EQ(with_cache_.database().increments(), without_.database().increments());
    EXPECT_EQ(with_cache_.database().metadata(), without_.database().metadata());
    EXPECT_EQ(with_cache_.warnings(), without_.warnings());
    EXPECT_EQ(with_cache_.database().HistogramTexts(), without_.database().HistogramTexts());
  }

  Receiver& with_cache() { return with_cache_; }

  int taken = 0;
  int refused = 0;

 private:
  Receiver with_cache_;
  Receiver without_;
};

std::vector<std::string> AllRequests() {
  std::vector<std::string> requests;
  for (const char* capture : {"claude-code-sessions", "claude-code-parallel", "claude-code-delta",
                              "otel-sdk-all-types"}) {
    const std::vector<std::string> of_capture =
        ReadRequests("tests/data/captures/" + std::string(capture) + ".metrics.binpb");
    requests.insert(requests.end(), of_capture.begin(), of_capture.end());
  }
  return requests;
}

// Several requests in one, as a collector batches them: fields of messages in a row add up.
std::string Batch(const std::vector<std::string>& requests, size_t first, size_t count) {
  std::string batch;
  for (size_t i = first; i < std::min(first + count, requests.size()); ++i) batch += requests[i];
  return batch;
}

class IngestCacheTest : public testing::TestWithParam<Recording> {};

TEST_P(IngestCacheTest, BothRoads_GiveTheSameDatabase_WhateverTheOrderAndHoweverOftenSent) {
  BothRoads roads(GetParam().Options());
  std::vector<std::string> requests = AllRequests();
  std::mt19937 random(1);
  for (int round = 0; round < 2; ++round) {
    for (const std::string& request : requests) roads.ReceiveProtobuf(request);
    for (size_t i = 0; i < requests.size(); i += 7) roads.ReceiveProtobuf(Batch(requests, i, 7));
    std::shuffle(requests.begin(), requests.end(), random);
  }
  EXPECT_GT(roads.taken, 0);
  roads.ExpectSameDatabase();
}

TEST_P(IngestCacheTest, BothRoads_GiveTheSameDatabase_HoweverLittleIsRemembered) {
  const std::vector<std::string> requests = AllRequests();
  for (const MemoryLimits limits :
       {MemoryLimits{.known_metrics = 0, .known_streams = 0}, MemoryLimits{.known_metrics = 1},
        MemoryLimits{.known_streams = 1}, MemoryLimits{.known_metrics = 12, .known_streams = 40}}) {
    BothRoads roads(GetParam().Options(), limits);
    for (const std::string& request : requests) roads.ReceiveProtobuf(request);
    for (size_t i = 0; i < requests.size(); i += 7) roads.ReceiveProtobuf(Batch(requests, i, 7));
    EXPECT_GT(roads.taken, 0);
    roads.ExpectSameDatabase();
  }
}

INSTANTIATE_TEST_SUITE_P(All, IngestCacheTest, testing::ValuesIn(Recordings()),
                         [](const testing::TestParamInfo<Recording>& info) {
                           std::string name = info.param.answers;
                           for (char& c : name) {
                             if (c == '-' || c == '.') c = '_';
                           }
                           return name;
                         });

TEST(IngestCache, BothRoads_TakeAndRefuseTheSame_WhenBytesAreDamaged) {
  OtlpOptions options;
  options.promote_scope_metadata = true;
  options.lookback_delta_ms = int64_t{1} << 40;  // a damaged time makes few samples of target_info
  BothRoads roads(options);
  const std::vector<std::string> requests =
      ReadRequests("tests/data/captures/otel-sdk-all-types.metrics.binpb");
  std::mt19937 random(2);
  for (int i = 0; i < 3000; ++i) {
    std::string request = requests[random() % requests.size()];
    const int flips = static_cast<int>(random() % 3);
    for (int k = 0; k < flips; ++k) {
      request[random() % request.size()] ^= static_cast<char>(1u << random() % 8);
    }
    roads.ReceiveProtobuf(request);
  }
  EXPECT_GT(roads.taken, 500);
  EXPECT_GT(roads.refused, 500);
  roads.ExpectSameDatabase();
}

TEST(IngestCache, BothRoads_KeepTheLastMetadata_WhenRequestsOfOtherEncodingsCome) {
  const auto json = [](const std::string& help) {
    return R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","description":")" +
           help + R"(","gauge":{"dataPoints":[{"timeUnixNano":"1000000","asDouble":1}]}}]}]}]})";
  };
  otlp::ExportMetricsServiceRequest request;
  otlp::Metric* metric = request.add_resource_metrics()->add_scope_metrics()->add_metrics();
  metric->set_name("a");
  metric->set_description("in protobuf");
  metric->mutable_gauge()->add_data_points()->set_as_double(2);
  BothRoads roads({});
  roads.ReceiveProtobuf(request.SerializeAsString());
  roads.ReceiveJson(json("in JSON"));
  roads.ReceiveProtobuf(request.SerializeAsString());
  roads.ExpectSameDatabase();
  EXPECT_EQ(roads.with_cache().database().metadata().at("a")[2], "in protobuf");
}

// How often the streams of a capture are looked up by their labels when it is sent once more.
size_t LookupsWhenKnown(const MemoryLimits& limits) {
  Receiver receiver({}, OtlpMetricsIngester::Cache::kOn, limits);
  const std::vector<std::string> requests =
      ReadRequests("tests/data/captures/claude-code-sessions.metrics.binpb");
  for (const std::string& request : requests) EXPECT_TRUE(receiver.ReceiveProtobuf(request).ok());
  const size_t calls = receiver.database().stream_calls();
  for (const std::string& request : requests) EXPECT_TRUE(receiver.ReceiveProtobuf(request).ok());
  return receiver.database().stream_calls() - calls;
}

TEST(IngestCache, KnownSeries_AreNotLookedUpByTheirLabels) { EXPECT_EQ(LookupsWhenKnown({}), 0u); }

TEST(IngestCache, WhatIsBeyondTheLimits_IsForgotten) {
  EXPECT_GT(LookupsWhenKnown({.known_streams = 3}), 0u);
  EXPECT_GT(LookupsWhenKnown({.known_metrics = 3}), 0u);
}

TEST(IngestCache, StreamsOfADroppedRequest_AreForgotten_WhenTheCallerSaysSo) {
  const std::string request =
      ReadRequests("tests/data/captures/claude-code-sessions.metrics.binpb")[0];
  // With a small limit it forgets in the middle of the request.
  for (const size_t known_streams : {kMostKnownStreams, size_t{3}}) {
    Receiver receiver({}, OtlpMetricsIngester::Cache::kOn, {.known_streams = known_streams});
    ASSERT_TRUE(
        receiver.ingester().Ingest(request, OtlpEncoding::kProtobuf, &receiver.database()).ok());
    receiver.database().Drop();
    receiver.ingester().ForgetStreams();
    // The recorder fails this test where a stream of the dropped request is used.
    ASSERT_TRUE(receiver.ReceiveProtobuf(request).ok());
    EXPECT_FALSE(receiver.database().series().empty());
    EXPECT_FALSE(receiver.database().metadata().empty());
  }
}

}  // namespace
}  // namespace promlite::internal
