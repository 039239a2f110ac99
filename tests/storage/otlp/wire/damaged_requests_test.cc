// Whatever bytes come, there is a status and no crash, and nothing of a refused request stays.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

using Encoding = OtlpEncoding;

// Damaged times must not make a million samples of target_info each.
OtlpOptions Options(OtlpOptions::Delta delta = OtlpOptions::Delta::kRefuse) {
  OtlpOptions options;
  options.delta = delta;
  options.lookback_delta_ms = int64_t{1} << 40;
  return options;
}

std::string SmallRequest() {
  RequestBuilder request({{"service.name", "s"}, {"a", "b"}});
  request.AddSum("c", {{"k", "v"}})->add_exemplars()->set_as_double(1);
  request.AddGauge("g")->set_as_int(1);
  otlp::HistogramDataPoint* histogram = request.AddHistogram("h");
  histogram->add_explicit_bounds(1);
  histogram->add_bucket_counts(1);
  request.AddSummary("s")->add_quantile_values();
  request.AddExponentialHistogram("e");
  return request.Get().SerializeAsString();
}

void ExpectRefusalWhereverCut(const std::string& request, Encoding encoding) {
  Receiver receiver(Options());
  for (const bool is_known : {false, true}) {
    for (size_t size = 1; size < request.size(); ++size) {
      const absl::Status status =
          receiver.Receive(std::string_view(request).substr(0, size), encoding);
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << size;
      EXPECT_EQ(receiver.database().series().empty(), !is_known);
    }
    ASSERT_TRUE(receiver.Receive(request, encoding).ok());  // so that the cache knows it
  }
}

TEST(DamagedRequests, AProtobufCutAnywhere_IsRefused) {
  ExpectRefusalWhereverCut(SmallRequest(), Encoding::kProtobuf);
}

TEST(DamagedRequests, AJsonCutAnywhere_IsRefused) {
  ExpectRefusalWhereverCut(ReadLines("tests/data/captures/otel-sdk-all-types.metrics.jsonl")[0],
                           Encoding::kJson);
}

TEST(DamagedRequests, AnEmptyRequest_IsARequest) {
  Receiver receiver;
  EXPECT_TRUE(receiver.ReceiveProtobuf("").ok());
  EXPECT_TRUE(receiver.ReceiveJson("{}").ok());
}

TEST(DamagedRequests, FlippedAndRandomBytes_GiveAStatus) {
  std::mt19937 random(3);
  for (const OtlpOptions::Delta delta :
       {OtlpOptions::Delta::kRefuse, OtlpOptions::Delta::kToCumulative}) {
    for (const Encoding encoding : {Encoding::kProtobuf, Encoding::kJson}) {
      const bool is_json = encoding == Encoding::kJson;
      const std::string whole =
          is_json ? ReadLines("tests/data/captures/otel-sdk-all-types.metrics.jsonl")[0]
                  : SmallRequest();
      Receiver receiver(Options(delta));
      int refused = 0;
      for (int i = 0; i < 2000; ++i) {
        std::string request = whole;
        for (int k = 0; k < 1 + i % 4; ++k) {
          request[random() % request.size()] = static_cast<char>(random());
        }
        if (i % 10 == 0) {
          for (char& c : request) c = static_cast<char>(random());
        }
        if (!receiver.Receive(request, encoding).ok()) ++refused;
      }
      EXPECT_GT(refused, 200);
    }
  }
}

// A field that holds `inner`, by hand, since libprotobuf makes no message that it would not read.
std::string Field(int number, const std::string& inner) {
  std::string out(1, static_cast<char>(number << 3 | 2));
  size_t size = inner.size();
  for (; size >= 0x80; size >>= 7) out.push_back(static_cast<char>(size | 0x80));
  out.push_back(static_cast<char>(size));
  return out + inner;
}

// A request whose only point has an attribute of so many arrays in each other.
std::string NestedRequest(int depth) {
  std::string value;
  for (int i = 0; i < depth; ++i) value = Field(5, Field(1, value));
  const std::string attribute = Field(1, "a") + Field(2, value);
  const std::string metric = Field(1, "g") + Field(5, Field(1, Field(7, attribute)));
  return Field(1, Field(2, Field(2, metric)));
}

TEST(DamagedRequests, DeepNesting_IsRefused) {
  Receiver receiver;
  EXPECT_TRUE(receiver.ReceiveProtobuf(NestedRequest(10)).ok());
  EXPECT_FALSE(receiver.ReceiveProtobuf(NestedRequest(2000)).ok());
}

TEST(DamagedRequests, TheError_SaysAtWhichByte) {
  Receiver receiver;
  const auto error = [&](const std::string& request) {
    return std::string(receiver.ReceiveProtobuf(request).message());
  };
  const std::string good = Field(1, Field(2, Field(2, Field(1, "metric"))));  // 14 bytes
  EXPECT_EQ(error(good + "x"), "damaged OTLP request: at byte 14: not a whole protobuf field");
  EXPECT_EQ(error(Field(1, Field(1, "\x0a\x05"))),
            "damaged OTLP request: at byte 4: not a resource");
  EXPECT_EQ(error(Field(1, Field(2, Field(1, "\x0a\x05")))),
            "damaged OTLP request: at byte 6: not a scope");
  EXPECT_EQ(error(Field(1, Field(2, Field(2, Field(5, "\x0a\x05"))))),
            "damaged OTLP request: at byte 6: not a metric");
  EXPECT_EQ(error(Field(1, Field(2, "\x12\x05"))),
            "damaged OTLP request: at byte 4: not a whole protobuf field");
}

TEST(DamagedRequests, ZerosAndLogs_AreNoMetrics) {
  Receiver receiver;
  EXPECT_FALSE(receiver.ReceiveProtobuf(std::string(1000, '\0')).ok());
  EXPECT_FALSE(receiver.ReceiveJson(std::string(1000, '\0')).ok());
  for (const std::string& line : ReadLines("tests/data/captures/claude-code.logs.jsonl")) {
    EXPECT_TRUE(receiver.ReceiveJson(line).ok());  // unknown fields
  }
  EXPECT_TRUE(receiver.database().series().empty());
}

}  // namespace
}  // namespace promlite::internal
