// Claude Code's events in requests of OTLP logs.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "otlp_logs.pb.h"
#include "promlite/storage/logs/api_request_log.h"
#include "promlite/storage/otlp/logs/ingester.h"
#include "promlite/storage/otlp/logs/request_json.h"
#include "promlite/tests/storage/otlp/metrics/recorded_answers.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

using Encoding = OtlpEncoding;

// Where logs come in, and what is kept of them.
class Receiver {
 public:
  explicit Receiver(OtlpOptions options = {}) : options_(std::move(options)) {}

  LogsOutcome Receive(std::string_view request, Encoding encoding = Encoding::kProtobuf) {
    LogsOutcome outcome = ingester_.Ingest(request, encoding);
    log_.Publish();
    return outcome;
  }
  std::vector<ApiRequest> Requests() const {
    return log_.Select({}, std::numeric_limits<int64_t>::min(),
                       std::numeric_limits<int64_t>::max());
  }

 private:
  OtlpOptions options_;
  ApiRequestLog log_;
  OtlpLogsIngester ingester_{&options_, &log_};
};

class Logs {
 public:
  otlp::LogRecord* Add() {
    otlp::LogRecord* record = scope_->add_log_records();
    record->set_time_unix_nano(kSecond);
    return record;
  }
  // An event with a number of its own, as each has.
  otlp::LogRecord* AddApiRequest(double cost = 0) {
    otlp::LogRecord* record = Add();
    AddAttributes({{"event.name", "api_request"}}, record);
    AddAttribute("event.sequence", record)->set_int_value(scope_->log_records_size());
    AddAttribute("cost_usd", record)->set_double_value(cost);
    return record;
  }
  static otlp::AnyValue* AddAttribute(std::string_view key, otlp::LogRecord* record) {
    otlp::KeyValue* attribute = record->add_attributes();
    attribute->set_key(std::string(key));
    return attribute->mutable_value();
  }
  std::string Bytes() const { return request_.SerializeAsString(); }
  const otlp::ExportLogsServiceRequest& request() const { return request_; }

 private:
  otlp::ExportLogsServiceRequest request_;
  otlp::ScopeLogs* scope_ = request_.add_resource_logs()->add_scope_logs();
};

// The one request of a record.
ApiRequest RequestOf(const Logs& logs) {
  static auto* const receivers = new std::vector<std::unique_ptr<Receiver>>;  // own the labels
  Receiver& receiver = *receivers->emplace_back(std::make_unique<Receiver>());
  const LogsOutcome outcome = receiver.Receive(logs.Bytes());
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  const std::vector<ApiRequest> requests = receiver.Requests();
  if (requests.size() == 1) return requests[0];
  ADD_FAILURE() << requests.size() << " requests";
  return {};
}

std::string ErrorOf(const Logs& logs) {
  Receiver receiver;
  const LogsOutcome outcome = receiver.Receive(logs.Bytes());
  EXPECT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(receiver.Requests().empty());
  return std::string(outcome.status.message());
}

constexpr std::string_view kJson = R"({"resourceLogs":[{
    "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
    "scopeLogs":[{"scope":{"name":"s","version":"1"},"logRecords":[{
      "timeUnixNano":"1795451088856000000","observedTimeUnixNano":"1795451088857000000",
      "severityNumber":9,"traceId":"00","body":{"stringValue":"claude_code.api_request"},
      "eventName":"e","attributes":[
        {"key":"session.id","value":{"stringValue":"a"}},
        {"key":"event.name","value":{"stringValue":"api_request"}},
        {"key":"model","value":{"stringValue":"m"}},
        {"key":"query_source","value":{"stringValue":"sdk"}},
        {"key":"input_tokens","value":{"intValue":465}},
        {"key":"output_tokens","value":{"intValue":"2143"}},
        {"key":"cache_read_tokens","value":{"doubleValue":7}},
        {"key":"cache_creation_tokens","value":{"stringValue":"10288"}},
        {"key":"cost_usd","value":{"stringValue":"0.07212"}}]}]}]}]})";

TEST(OtlpLogs, AllFieldsOfJson_AreRead) {
  otlp::ExportLogsServiceRequest request;
  ASSERT_TRUE(ReadOtlpLogsJson(kJson, &request).ok());
  ASSERT_EQ(request.resource_logs_size(), 1);
  EXPECT_EQ(request.resource_logs(0).resource().attributes(0).key(), "service.name");
  const otlp::ScopeLogs& scope = request.resource_logs(0).scope_logs(0);
  EXPECT_EQ(scope.scope().version(), "1");
  const otlp::LogRecord& record = scope.log_records(0);
  EXPECT_EQ(record.time_unix_nano(), 1795451088856000000u);
  EXPECT_EQ(record.observed_time_unix_nano(), 1795451088857000000u);
  EXPECT_EQ(record.body().string_value(), "claude_code.api_request");
  EXPECT_EQ(record.event_name(), "e");
  EXPECT_EQ(record.attributes_size(), 9);
  EXPECT_EQ(record.attributes(4).value().int_value(), 465);
}

TEST(OtlpLogs, AnEvent_BecomesARequest) {
  Receiver receiver;
  const LogsOutcome outcome = receiver.Receive(kJson, Encoding::kJson);
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_EQ(outcome.log_records, 1u);
  EXPECT_EQ(outcome.api_requests, 1u);
  const std::vector<ApiRequest> requests = receiver.Requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].time_ns, 1795451088856000000);
  EXPECT_EQ(*requests[0].labels,
            (Labels{{"session_id", "a"}, {"model", "m"}, {"query_source", "sdk"}}));
  EXPECT_EQ(requests[0].cost_usd, 0.07212);
  EXPECT_EQ(requests[0].Tokens(TokenKind::kInput), 465);
  EXPECT_EQ(requests[0].Tokens(TokenKind::kOutput), 2143);
  EXPECT_EQ(requests[0].Tokens(TokenKind::kCacheRead), 7);
  EXPECT_EQ(requests[0].Tokens(TokenKind::kCacheCreation), 10288);
}

TEST(OtlpLogs, Labels_AreNamedAsThoseOfMetrics) {
  OtlpOptions options;
  options.translation_strategy = OtlpOptions::TranslationStrategy::kNoTranslation;
  Receiver receiver(options);
  ASSERT_TRUE(receiver.Receive(kJson, Encoding::kJson).status.ok());
  EXPECT_EQ(*receiver.Requests().at(0).labels,
            (Labels{{"session.id", "a"}, {"model", "m"}, {"query_source", "sdk"}}));
}

TEST(OtlpLogs, AnEvent_IsKnownByAttributeFieldOrBody) {
  Logs logs;
  AddAttributes({{"event.name", "api_request"}, {"n", "1"}}, logs.Add());
  AddAttributes({{"event.name", "claude_code.api_request"}, {"n", "2"}}, logs.Add());
  logs.Add()->mutable_body()->set_string_value("claude_code.api_request");
  otlp::LogRecord* named = logs.Add();
  named->set_event_name("claude_code.api_request");
  AddAttributes({{"n", "3"}}, named);
  Receiver receiver;
  LogsOutcome outcome = receiver.Receive(logs.Bytes());
  EXPECT_EQ(outcome.api_requests, 4u);
  EXPECT_EQ(receiver.Requests().size(), 4u);

  Logs others;
  otlp::LogRecord* other = others.Add();
  AddAttributes({{"event.name", "api_error"}}, other);
  other->mutable_body()->set_string_value("claude_code.api_request");
  others.Add()->mutable_body()->set_string_value("api_request");
  others.Add()->set_event_name("user_prompt");
  others.Add();
  outcome = receiver.Receive(others.Bytes());
  EXPECT_TRUE(outcome.status.ok());
  EXPECT_EQ(outcome.log_records, 4u);
  EXPECT_EQ(outcome.api_requests, 0u);
}

TEST(OtlpLogs, TheTimeObserved_StandsInForTheTime) {
  Logs logs;
  otlp::LogRecord* record = logs.AddApiRequest(1);
  record->set_time_unix_nano(0);
  record->set_observed_time_unix_nano(7);
  EXPECT_EQ(RequestOf(logs).time_ns, 7);

  record->set_observed_time_unix_nano(0);
  EXPECT_EQ(ErrorOf(logs), "log record 1, an api_request: there is no time");
  record->set_time_unix_nano(uint64_t{1} << 63);
  EXPECT_EQ(ErrorOf(logs), "log record 1, an api_request: its time is after the year 2262");
}

TEST(OtlpLogs, ANumberThatIsMissing_IsZero) {
  Logs logs;
  logs.AddApiRequest(2);
  const ApiRequest request = RequestOf(logs);
  EXPECT_EQ(request.cost_usd, 2);
  EXPECT_EQ(request.tokens, (std::array<double, kTokenKindCount>{}));
}

TEST(OtlpLogs, OfAnAttributeGivenTwice_TheLastCounts) {
  Logs logs;
  Logs::AddAttribute("cost_usd", logs.AddApiRequest(2))->set_double_value(3);
  EXPECT_EQ(RequestOf(logs).cost_usd, 3);
}

TEST(OtlpLogs, ANumberThatIsNone_IsAProblem_AndTheRecordNotTaken) {
  const auto error = [](auto set) {
    Logs logs;
    set(Logs::AddAttribute("input_tokens", logs.AddApiRequest()));
    return ErrorOf(logs);
  };
  const std::string at = "log record 1, an api_request: the attribute input_tokens is ";
  using Value = otlp::AnyValue;
  EXPECT_EQ(error([](Value* value) { value->set_int_value(-1); }), at + "negative");
  EXPECT_EQ(error([](Value* value) { value->set_string_value("-0.5"); }), at + "negative");
  EXPECT_EQ(error([](Value* value) { value->set_double_value(NAN); }), at + "not finite");
  EXPECT_EQ(error([](Value* value) { value->set_double_value(INFINITY); }), at + "not finite");
  EXPECT_EQ(error([](Value* value) { value->set_string_value("1e999"); }), at + "not finite");
  EXPECT_EQ(error([](Value* value) { value->set_string_value("nan"); }), at + "not finite");
  EXPECT_EQ(error([](Value* value) { value->set_string_value(""); }), at + "no number");
  EXPECT_EQ(error([](Value* value) { value->set_string_value("12 tokens"); }), at + "no number");
  EXPECT_EQ(error([](Value* value) { value->set_bool_value(true); }), at + "no number");
  EXPECT_EQ(error([](Value* value) { value->mutable_array_value(); }), at + "no number");
  EXPECT_EQ(error([](Value*) {}), at + "no number");
}

TEST(OtlpLogs, GoodRecordsBesideBadOnes_AreTaken) {
  Logs logs;
  logs.AddApiRequest(1);
  logs.AddApiRequest(-1);
  logs.AddApiRequest(2);
  logs.AddApiRequest(-2);
  logs.AddApiRequest(-3);
  Receiver receiver;
  const LogsOutcome outcome = receiver.Receive(logs.Bytes());
  EXPECT_EQ(outcome.status.message(),
            "log record 2, an api_request: the attribute cost_usd is negative (and 2 more log "
            "records)");
  EXPECT_EQ(outcome.api_requests, 2u);
  ASSERT_EQ(receiver.Requests().size(), 2u);
  EXPECT_EQ(receiver.Requests()[1].cost_usd, 2);
}

TEST(OtlpLogs, AnEventSentAgain_CountsOnce_InEitherEncoding) {
  otlp::ExportLogsServiceRequest request;
  ASSERT_TRUE(ReadOtlpLogsJson(kJson, &request).ok());
  Receiver receiver;
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(receiver.Receive(kJson, Encoding::kJson).api_requests, 1u);
    EXPECT_EQ(receiver.Receive(request.SerializeAsString()).api_requests, 1u);
  }
  EXPECT_EQ(receiver.Requests().size(), 1u);

  // Another one that says the same.
  Logs logs;
  logs.AddApiRequest(1);
  logs.AddApiRequest(1);
  ASSERT_TRUE(receiver.Receive(logs.Bytes()).status.ok());
  EXPECT_EQ(receiver.Requests().size(), 3u);
  // The same at another time.
  otlp::ExportLogsServiceRequest later = logs.request();
  later.mutable_resource_logs(0)->mutable_scope_logs(0)->mutable_log_records(0)->set_time_unix_nano(
      2 * kSecond);
  ASSERT_TRUE(receiver.Receive(later.SerializeAsString()).status.ok());
  EXPECT_EQ(receiver.Requests().size(), 4u);
}

TEST(OtlpLogs, RequestsCutAnywhere_AreRefused) {
  Logs logs;
  logs.AddApiRequest(1);
  const std::string protobuf = logs.Bytes();
  Receiver receiver;
  for (const auto& [request, encoding] :
       {std::pair(protobuf, Encoding::kProtobuf), std::pair(std::string(kJson), Encoding::kJson)}) {
    for (size_t size = 1; size < request.size(); ++size) {
      const LogsOutcome outcome =
          receiver.Receive(std::string_view(request).substr(0, size), encoding);
      EXPECT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument) << size;
      EXPECT_FALSE(outcome.status.message().empty());
    }
  }
  EXPECT_TRUE(receiver.Requests().empty());
  EXPECT_EQ(receiver.Receive("\x0a\x02\x12\x01").status.message(),
            "damaged OTLP request: at byte 2: not a whole protobuf field");
}

TEST(OtlpLogs, FlippedBytes_GiveAStatus) {
  std::mt19937 random(5);
  const std::vector<std::string> recorded =
      ReadRequests("tests/data/captures/claude-code-sessions.logs.binpb");
  Receiver receiver;
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string request =
        i % 2 == 0 ? recorded[static_cast<size_t>(i) % recorded.size()] : std::string(kJson);
    for (int k = 0; k < 1 + i % 4; ++k) {
      request[random() % request.size()] = static_cast<char>(random());
    }
    const LogsOutcome outcome =
        receiver.Receive(request, i % 2 == 0 ? Encoding::kProtobuf : Encoding::kJson);
    EXPECT_TRUE(outcome.status.ok() || absl::IsInvalidArgument(outcome.status)) << outcome.status;
    if (!outcome.status.ok()) ++refused;
  }
  EXPECT_GT(refused, 100);
}

// A value within a value, and so on.
std::string Nested(int depth) {
  otlp::AnyValue value;
  for (int i = 0; i < depth; ++i) {
    otlp::AnyValue outer;
    *outer.mutable_array_value()->add_values() = std::move(value);
    value = std::move(outer);
  }
  Logs logs;
  *Logs::AddAttribute("deep", logs.AddApiRequest()) = std::move(value);
  return logs.Bytes();
}

TEST(OtlpLogs, ValuesNestedTooDeep_AreRefused) {
  Receiver receiver;
  EXPECT_TRUE(receiver.Receive(Nested(20)).status.ok());
  EXPECT_TRUE(absl::IsInvalidArgument(receiver.Receive(Nested(200)).status));
  std::string json = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":)";
  for (int i = 0; i < 200; ++i) json += R"({"arrayValue":{"values":[)";
  EXPECT_TRUE(absl::IsInvalidArgument(receiver.Receive(json, Encoding::kJson).status));
}

// Two bytes of protobuf, three of JSON, but some hundred of memory each.
TEST(OtlpLogs, RequestsMadeOfEmptyParts_AreRefused) {
  constexpr int kParts = 1'000'000;
  Logs records, values, in_body;
  otlp::ArrayValue* array = Logs::AddAttribute("empty", values.Add())->mutable_array_value();
  otlp::KeyValueList* list = in_body.Add()->mutable_body()->mutable_kvlist_value();
  std::string json = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{})";
  for (int i = 0; i < kParts; ++i) {
    records.Add()->Clear();
    array->add_values();
    list->add_values();
    json += ",{}";
  }
  Receiver receiver;
  for (const Logs* logs : {&records, &values, &in_body}) {
    const absl::Status status = receiver.Receive(logs->Bytes()).status;
    EXPECT_NE(status.message().find("parts in so few bytes is refused"), std::string::npos)
        << status;
  }
  const absl::Status status = receiver.Receive(json + "]}]}]}", Encoding::kJson).status;
  EXPECT_NE(status.message().find("parts in so few bytes is refused"), std::string::npos) << status;
}

// A long prompt is text, whatever its bytes would say as protobuf.
TEST(OtlpLogs, LongText_IsNotTakenForParts) {
  Logs logs;
  std::string text;
  for (int i = 0; i < 500'000; ++i) text += std::string("\x0a\x00", 2);
  AddAttributes({{"prompt", text}}, logs.AddApiRequest(1));
  Receiver receiver;
  EXPECT_TRUE(receiver.Receive(logs.Bytes()).status.ok());
}

}  // namespace
}  // namespace promlite::internal
