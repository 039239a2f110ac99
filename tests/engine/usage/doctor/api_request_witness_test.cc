// Claude Code's events beside its counters: on recorded processes of which it is known what they
// took (tests/data/captures/README.md), with all of their events, and with some.
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"

namespace promlite {
namespace {

constexpr std::string_view kCost = "claude_code_cost_usage_USD_total";
constexpr std::string_view kTokens = "claude_code_token_usage_tokens_total";
constexpr std::string_view kOneSession = R"(session_id="001c294e-4dfe-458e-b780-b42be0dd8697")";
constexpr std::string_view kNoSession = R"(session_id="")";

std::string Capture(std::string_view name) {
  return "tests/data/captures/claude-code-" + std::string(name) + ".binpb";
}

void Load(std::string_view name, Database* database) {
  const absl::Status status = database->LoadFile(Capture(name));
  ASSERT_TRUE(status.ok()) << status;
}

MetricDiagnosis Examine(const Database& database, std::string_view metric,
                        std::string_view matchers = "", DoctorOptions options = {}) {
  options.selector = std::string(metric) + "{" + std::string(matchers) + "}";
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, options);
  EXPECT_TRUE(diagnosis.ok()) << diagnosis.status();
  if (!diagnosis.ok() || diagnosis->metrics.size() != 1) {
    ADD_FAILURE() << options.selector;
    return {};
  }
  return diagnosis->metrics.front();
}

double Near(double value) { return 1e-12 * value; }

// The witness, which must exist, and whose groups must add up to it and to the counter.
Witness WitnessOf(const MetricDiagnosis& metric) {
  EXPECT_EQ(metric.no_witness, "");
  if (!metric.witness) {
    ADD_FAILURE() << metric.metric << ": no witness";
    return {};
  }
  EXPECT_EQ(metric.witness->source, "claude_code.api_request events");
  double counted = 0, told = 0;
  for (const WitnessGroup& group : metric.witness->groups) {
    counted += group.counted;
    told += group.value;
  }
  const double exact = metric.Answer(Formula::kExact).value.value_or(-1);
  EXPECT_NEAR(counted, exact, Near(exact));
  EXPECT_NEAR(told, metric.witness->value, Near(told));
  return *metric.witness;
}

void ExpectAgreement(const Database& database, std::string_view metric, std::string_view matchers,
                     double truth) {
  SCOPED_TRACE(std::string(metric) + std::string(matchers));
  const MetricDiagnosis diagnosis = Examine(database, metric, matchers);
  const Witness witness = WitnessOf(diagnosis);
  EXPECT_NEAR(witness.value, truth, Near(truth));
  EXPECT_NEAR(*diagnosis.Answer(Formula::kExact).value, truth, Near(truth));
  EXPECT_FALSE(witness.groups.empty());
  for (const WitnessGroup& group : witness.groups) {
    EXPECT_NEAR(group.value, group.counted, Near(group.counted)) << group.labels.ToString();
  }
}

TEST(ApiRequestWitness, AgreesWithParallelWriters_OfOneSession_AndOfNone) {
  Database database;
  Load("parallel.metrics", &database);
  Load("parallel.logs", &database);
  ExpectAgreement(database, kCost, kOneSession, 1.7708655);
  ExpectAgreement(database, kCost, kNoSession, 2.44331325);
  struct Truth {
    std::string type;
    double one_session, no_session;
  };
  for (const Truth& truth :
       {Truth{"input", 22974, 28683}, Truth{"output", 44717, 77295},
        Truth{"cacheRead", 2427020, 2850935}, Truth{"cacheCreation", 80822, 91349}}) {
    const std::string type = R"(, type=")" + truth.type + "\"";
    ExpectAgreement(database, kTokens, std::string(kOneSession) + type, truth.one_session);
    ExpectAgreement(database, kTokens, std::string(kNoSession) + type, truth.no_session);
  }
  ExpectAgreement(database, kTokens, kOneSession, 2575533);
  ExpectAgreement(database, kTokens, kNoSession, 3048262);
  ExpectAgreement(database, kTokens, "", 2575533 + 3048262);
}

TEST(ApiRequestWitness, AgreesWithSessionsOneAfterTheOther) {
  Database database;
  Load("sessions.metrics", &database);
  Load("sessions.logs", &database);
  ExpectAgreement(database, kCost, "", 1.7404576499999997);
  ExpectAgreement(database, kTokens, "", 1644808);

  const Witness witness = WitnessOf(Examine(database, kTokens));
  EXPECT_EQ(witness.groups.size(), 20u);  // five sessions of one model each
  for (const WitnessGroup& group : witness.groups) {
    EXPECT_NE(group.labels.Get("model"), "");
    EXPECT_NE(group.labels.Get("session_id"), "");
    EXPECT_NE(group.labels.Get("type"), "");
    EXPECT_EQ(group.labels.size(), 3u);
  }
}

TEST(ApiRequestWitness, AgreesHoweverNamesAreTranslated) {
  using Strategy = OtlpOptions::TranslationStrategy;
  const std::map<Strategy, std::string> names = {
      {Strategy::kUnderscoreEscapingWithoutSuffixes, "claude_code_cost_usage"},
      {Strategy::kNoUtf8EscapingWithSuffixes, "claude_code.cost.usage_USD_total"},
      {Strategy::kNoTranslation, "claude_code.cost.usage"}};
  for (const auto& [strategy, name] : names) {
    DatabaseOptions options;
    options.otlp.translation_strategy = strategy;
    Database database(options);
    Load("parallel.metrics", &database);
    Load("parallel.logs", &database);
    const bool has_dots = name.find('.') != name.npos;
    DoctorOptions doctor;
    doctor.selector =
        has_dots ? "{\"" + name + R"(", "session.id"!=""})" : name + R"({session_id!=""})";
    const absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, doctor);
    ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
    ASSERT_EQ(diagnosis->metrics.size(), 1u) << name;
    const Witness witness = WitnessOf(diagnosis->metrics[0]);
    EXPECT_NEAR(witness.value, 1.7708655, 1e-12) << name;
    ASSERT_EQ(witness.groups.size(), 1u);
    EXPECT_EQ(witness.groups[0].labels.Get(has_dots ? "session.id" : "session_id"),
              "001c294e-4dfe-458e-b780-b42be0dd8697");
  }
}

// The messages of a length-prefixed capture.
std::vector<std::string> Requests(std::string_view name) {
  std::ifstream file(Capture(name), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> requests;
  for (size_t at = 0; at < bytes.size();) {
    size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[at++]);
    requests.push_back(bytes.substr(at, size));
    at += size;
  }
  return requests;
}

TEST(ApiRequestWitness, ShowsWhichSessionsEventsAreMissing) {
  Database database;
  Load("sessions.metrics", &database);
  double left_out = 0;
  std::string session;
  for (const std::string& request : Requests("sessions.logs")) {
    Database alone;
    ASSERT_TRUE(alone.IngestOtlpLogs(request).ok());
    if (left_out == 0 && !alone.ApiRequests().empty()) {
      for (const ApiRequest& event : alone.ApiRequests()) left_out += event.cost_usd;
      session = alone.ApiRequests().front().labels->Get("session_id");
      continue;
    }
    ASSERT_TRUE(database.IngestOtlpLogs(request).ok());
  }
  ASSERT_GT(left_out, 0);
  const Witness witness = WitnessOf(Examine(database, kCost));
  EXPECT_NEAR(witness.value, 1.74045765 - left_out, 1e-12);
  for (const WitnessGroup& group : witness.groups) {
    const bool is_it = group.labels.Get("session_id") == session;
    EXPECT_NEAR(group.counted - group.value, is_it ? left_out : 0, 1e-12)
        << group.labels.ToString();
  }
}

// What the SDK writes of one event.
std::string EventJson(std::string_view session, std::string_view model, int64_t time_ms,
                      std::string_view cost, int sequence) {
  return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":")" +
         std::to_string(time_ms) + R"(000000","attributes":[)" +
         R"({"key":"event.name","value":{"stringValue":"api_request"}},)" +
         R"({"key":"session.id","value":{"stringValue":")" + std::string(session) + R"("}},)" +
         R"({"key":"model","value":{"stringValue":")" + std::string(model) + R"("}},)" +
         R"({"key":"event.sequence","value":{"intValue":)" + std::to_string(sequence) + R"(}},)" +
         R"({"key":"input_tokens","value":{"intValue":3}},)" +
         R"({"key":"cost_usd","value":{"doubleValue":)" + std::string(cost) + R"(}}]}]}]}]})";
}

// A counter of two sessions that began at kBegin, seen each minute after.
class WitnessOfTwoSessions : public testing::Test {
 protected:
  static constexpr int64_t kBegin = 1'700'000'040'000;
  static constexpr int64_t kMinute = 60'000;

  void SetUp() override {
    for (const char* session : {"a", "b"}) {
      const std::vector<Sample> samples = {
          {kBegin + kMinute, 1}, {kBegin + 2 * kMinute, 2}, {kBegin + 3 * kMinute, 3}};
      for (const std::string_view metric : {kCost, std::string_view("claude_code_lines_total")}) {
        ASSERT_TRUE(database_
                        .Append(Labels{{"__name__", std::string(metric)},
                                       {"session_id", session},
                                       {"model", "m"},
                                       {"query_source", "main"}},
                                samples, absl::FromUnixMillis(kBegin))
                        .ok());
      }
    }
  }

  void AddEvent(std::string_view session, int64_t after_begin_ms, std::string_view cost = "1") {
    const std::string json = EventJson(session, "m", kBegin + after_begin_ms, cost, ++sequence_);
    ASSERT_TRUE(database_.IngestOtlpLogs(json, Database::OtlpEncoding::kJson).ok());
  }
  void AddAllEvents() {
    for (const char* session : {"a", "b"}) {
      for (int minute = 0; minute < 3; ++minute) AddEvent(session, minute * kMinute + 1);
    }
  }

  Database database_;
  int sequence_ = 0;
};

TEST_F(WitnessOfTwoSessions, NothingIsSaid_WithoutEvents_OrOfOtherMetrics) {
  EXPECT_FALSE(Examine(database_, kCost).witness.has_value());
  EXPECT_EQ(Examine(database_, kCost).no_witness, "");
  AddAllEvents();
  EXPECT_FALSE(Examine(database_, "claude_code_lines_total").witness.has_value());
  EXPECT_EQ(Examine(database_, "claude_code_lines_total").no_witness, "");
}

TEST_F(WitnessOfTwoSessions, AnEventTooManyOrTooFew_Shows) {
  AddAllEvents();
  EXPECT_EQ(WitnessOf(Examine(database_, kCost)).value, 6);
  AddEvent("a", kMinute, "0.25");
  const Witness witness = WitnessOf(Examine(database_, kCost));
  EXPECT_EQ(witness.value, 6.25);
  ASSERT_EQ(witness.groups.size(), 2u);
  EXPECT_EQ(witness.groups[0].labels, (Labels{{"model", "m"}, {"session_id", "a"}}));
  EXPECT_EQ(witness.groups[0].counted, 3);
  EXPECT_EQ(witness.groups[0].value, 3.25);
  EXPECT_EQ(witness.groups[1].counted, 3);
  EXPECT_EQ(witness.groups[1].value, 3);
}

TEST_F(WitnessOfTwoSessions, ASessionOfOneRecordOnly_IsAGroup) {
  AddEvent("c", kMinute, "5");
  const Witness witness = WitnessOf(Examine(database_, kCost));
  EXPECT_EQ(witness.value, 5);
  ASSERT_EQ(witness.groups.size(), 3u);
  EXPECT_EQ(witness.groups[1].value, 0);
  EXPECT_EQ(witness.groups[2].labels.Get("session_id"), "c");
  EXPECT_EQ(witness.groups[2].counted, 0);
  EXPECT_EQ(witness.groups[2].value, 5);
}

// As where a collector takes a label off the one and not off the other.
TEST_F(WitnessOfTwoSessions, ALabelOfOneRecordOnly_MakesNoGroups) {
  const std::vector<Sample> samples = {{kBegin + kMinute, 2}, {kBegin + 2 * kMinute, 4}};
  ASSERT_TRUE(database_
                  .Append(Labels{{"__name__", "claude_code_cost_usage"}, {"model", "m"}}, samples,
                          absl::FromUnixMillis(kBegin))
                  .ok());
  AddEvent("a", 1, "3");
  AddEvent("b", 1, "1");
  const Witness witness = WitnessOf(Examine(database_, "claude_code_cost_usage"));
  ASSERT_EQ(witness.groups.size(), 1u);
  EXPECT_EQ(witness.groups[0].labels, (Labels{{"model", "m"}}));
  EXPECT_EQ(witness.groups[0].counted, 4);
  EXPECT_EQ(witness.groups[0].value, 4);
}

TEST_F(WitnessOfTwoSessions, MatchersSelectEventsToo) {
  AddAllEvents();
  AddEvent("a", kMinute, "0.5");
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, R"(session_id="b")")).value, 3);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, R"(session_id=~"a|x", model!="")")).value, 3.5);
  // The cost has no type: an absent label is empty.
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, R"(type="")")).value, 6.5);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, R"(user_email="")")).value, 6.5);
}

TEST_F(WitnessOfTwoSessions, WhereEventsSayOtherwise_ThereIsNone_AndWhy) {
  AddAllEvents();
  for (const char* matcher : {R"(query_source="main")", R"(query_source!="")"}) {
    const MetricDiagnosis metric = Examine(database_, kCost, matcher);
    EXPECT_FALSE(metric.witness.has_value()) << matcher;
  }
  EXPECT_EQ(Examine(database_, kCost, R"(query_source="main")").no_witness,
            "claude_code.api_request events do not tell query_source as the metric does");
}

TEST_F(WitnessOfTwoSessions, CountsTheEventsOfTheRange_OpenOnTheLeft) {
  AddEvent("a", kMinute, "1");
  AddEvent("a", kMinute + 1, "2");
  AddEvent("b", 3 * kMinute, "4");
  AddEvent("b", 3 * kMinute + 1, "8");
  DoctorOptions options;
  options.time = absl::FromUnixMillis(kBegin + 3 * kMinute);
  options.range = absl::Minutes(2);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, "", options)).value, 6);
}

TEST_F(WitnessOfTwoSessions, WhatIsLaterThanTheNewestSample_IsToldIfNoTimeIsAskedFor) {
  AddEvent("a", kMinute, "1");
  AddEvent("a", 3 * kMinute + 1, "0.5");
  AddEvent("c", 60 * kMinute, "0.25");
  EXPECT_EQ(WitnessOf(Examine(database_, kCost)).later, 0.75);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, R"(session_id="a")")).later, 0.5);
  DoctorOptions options;
  options.range = absl::Minutes(1);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, "", options)).later, 0.75);
  options.time = absl::FromUnixMillis(kBegin + 2 * kMinute);
  EXPECT_EQ(WitnessOf(Examine(database_, kCost, "", options)).later, 0);
}

TEST_F(WitnessOfTwoSessions, WithoutARange_AllEventsUntilTheLastSampleCount) {
  AddEvent("a", -10 * kMinute, "1");
  AddEvent("b", 3 * kMinute, "4");
  AddEvent("b", 3 * kMinute + 1, "8");
  const Witness witness = WitnessOf(Examine(database_, kCost));
  EXPECT_EQ(witness.value, 5);
  EXPECT_EQ(witness.later, 8);
  // Not those of what is not asked for.
  DoctorOptions options;
  options.selector = std::string(kCost) + R"({session_id="b"})";
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database_, {}, options);
  ASSERT_TRUE(diagnosis.ok());
  EXPECT_EQ(diagnosis->end - diagnosis->start, absl::Minutes(3));
}

// An event of any attributes, and a number if it has one.
std::string EventWith(std::string_view attributes, int64_t time_ms, int sequence) {
  return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":")" +
         std::to_string(time_ms) + R"(000000","attributes":[)" +
         R"({"key":"event.name","value":{"stringValue":"api_request"}},)" +
         R"({"key":"session.id","value":{"stringValue":"s"}},)" + std::string(attributes) +
         R"({"key":"event.sequence","value":{"intValue":)" + std::to_string(sequence) +
         R"(}}]}]}]}]})";
}

std::string Text(std::string_view key, std::string_view value) {
  return R"({"key":")" + std::string(key) + R"(","value":{"stringValue":")" + std::string(value) +
         R"("}},)";
}

std::string Number(std::string_view key, std::string_view value) {
  return R"({"key":")" + std::string(key) + R"(","value":{"doubleValue":)" + std::string(value) +
         "}},";
}

// One session, of which counters and events are added one by one.
class WitnessOfOneSession : public testing::Test {
 protected:
  static constexpr int64_t kBegin = 1'700'000'040'000;

  void Count(std::string_view metric, double value, std::vector<Labels::Label> labels,
             bool has_start = true) {
    labels.emplace_back("__name__", metric);
    labels.emplace_back("session_id", "s");
    const std::vector<Sample> samples = {{kBegin + 1000, value}};
    ASSERT_TRUE(database_
                    .Append(Labels(std::move(labels)), samples,
                            has_start ? absl::FromUnixMillis(kBegin) : absl::UnixEpoch())
                    .ok());
  }
  void Tell(const std::string& attributes, int sequence) {
    const std::string json = EventWith(attributes, kBegin + 500, sequence);
    ASSERT_TRUE(database_.IngestOtlpLogs(json, Database::OtlpEncoding::kJson).ok());
  }
  Witness Ask(std::string_view metric, std::string_view matchers = "") {
    const MetricDiagnosis diagnosis = Examine(database_, metric, matchers);
    EXPECT_EQ(diagnosis.no_witness, "");
    return diagnosis.witness.value_or(Witness());
  }

  Database database_;
};

TEST_F(WitnessOfOneSession, WhatAnEventDoesNotTell_IsUnknown_NotZero) {
  Count(kCost, 0.3, {{"model", "m"}});
  Tell(Text("model", "m") + Number("input_tokens", "10"), 0);
  const Witness witness = Ask(kCost);
  EXPECT_EQ(witness.events, 1u);
  EXPECT_EQ(witness.untold, 1u);
  ASSERT_EQ(witness.groups.size(), 1u);
  EXPECT_EQ(witness.groups[0].untold, 1u);
  EXPECT_FALSE(witness.is_whole);
  EXPECT_TRUE(witness.differences.empty());
}

TEST_F(WitnessOfOneSession, AnyAttributeThatBothHaveInTheSameWords_IsCompared) {
  Count(kCost, 1, {{"model", "m"}, {"effort", "high"}, {"query_source", "main"}});
  Count(kCost, 2, {{"model", "m"}, {"effort", "low"}, {"query_source", "main"}});
  Tell(Text("model", "m") + Text("effort", "high") + Text("query_source", "sdk") +
           Number("cost_usd", "1"),
       0);
  Tell(Text("model", "m") + Text("effort", "low") + Text("query_source", "sdk") +
           Number("cost_usd", "2"),
       1);
  EXPECT_EQ(Ask(kCost, R"(effort="high")").value, 1);
  const Witness all = Ask(kCost);
  ASSERT_EQ(all.groups.size(), 2u);
  EXPECT_EQ(all.groups[0].labels.Get("effort"), "high");
  EXPECT_EQ(all.groups[0].value, 1);
  EXPECT_EQ(all.groups[0].labels.Get("query_source"), "");
  EXPECT_TRUE(all.is_whole);
}

TEST_F(WitnessOfOneSession, TheUsualSpeedIsNone_AsCountersHaveIt) {
  Count(kCost, 1, {{"model", "m"}});
  Count(kCost, 2, {{"model", "m"}, {"speed", "fast"}});
  Tell(Text("model", "m") + Text("speed", "normal") + Number("cost_usd", "1"), 0);
  Tell(Text("model", "m") + Text("speed", "fast") + Number("cost_usd", "2"), 1);
  EXPECT_EQ(Ask(kCost, R"(speed="fast")").value, 2);
  EXPECT_EQ(Ask(kCost, R"(speed="")").value, 1);
  EXPECT_TRUE(Ask(kCost).is_whole);
}

TEST_F(WitnessOfOneSession, CallsOnTheSideAreNamed) {
  Count(kCost, 1, {{"model", "m"}, {"query_source", "main"}});
  Count(kCost, 0.25, {{"model", "m[1m]"}, {"query_source", "auxiliary"}});
  Tell(Text("model", "m") + Number("cost_usd", "1"), 0);
  const Witness witness = Ask(kCost);
  ASSERT_EQ(witness.differences.size(), 1u);
  EXPECT_EQ(witness.differences[0].cause, DifferenceCause::kAuxiliaryCalls);
  EXPECT_EQ(witness.differences[0].size, 0.25);
  EXPECT_EQ(witness.differences[0].labels.Get("model"), "m[1m]");
}

TEST_F(WitnessOfOneSession, AnAdvisorIsNamed) {
  Count(kCost, 1, {{"model", "m"}, {"query_source", "main"}});
  Count(kCost, 0.5, {{"model", "advisor"}, {"query_source", "main"}});
  Tell(Text("model", "m") + Number("cost_usd", "1.5"), 0);
  const Witness witness = Ask(kCost);
  ASSERT_EQ(witness.differences.size(), 1u);
  EXPECT_EQ(witness.differences[0].cause, DifferenceCause::kAdvisor);
  EXPECT_EQ(witness.differences[0].labels.Get("model"), "advisor");
}

TEST_F(WitnessOfOneSession, TheFirstTryOfABrokenStreamIsNamed) {
  Count(kTokens, 15, {{"model", "m"}, {"type", "input"}});
  Tell(Text("model", "m") + Number("input_tokens", "10") + Number("output_tokens", "0") +
           Number("cache_read_tokens", "0") + Number("cache_creation_tokens", "0"),
       0);
  const Witness witness = Ask(kTokens);
  ASSERT_EQ(witness.differences.size(), 1u);
  EXPECT_EQ(witness.differences[0].cause, DifferenceCause::kBrokenStream);
  EXPECT_EQ(witness.differences[0].size, 5);
}

TEST_F(WitnessOfOneSession, LostLogsAreTold_AndNothingElseIsGuessed) {
  Count(kTokens, 15, {{"model", "m"}, {"type", "input"}});
  Tell(Text("model", "m") + Number("input_tokens", "5"), 0);
  Tell(Text("model", "m") + Number("input_tokens", "6"), 4);
  const Witness witness = Ask(kTokens);
  ASSERT_EQ(witness.differences.size(), 1u);
  EXPECT_EQ(witness.differences[0].cause, DifferenceCause::kLostLogs);
  EXPECT_EQ(witness.differences[0].events, 3u);
  EXPECT_FALSE(witness.is_whole);
}

TEST_F(WitnessOfOneSession, DecidesWhatStartsLeaveOpen) {
  Count(kCost, 1, {{"model", "m"}}, false);
  Tell(Text("model", "m") + Number("cost_usd", "1"), 0);
  const Verdict verdict = Examine(database_, kCost).verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kRight);
  EXPECT_TRUE(verdict.is_decided_by_witness);
  EXPECT_EQ(verdict.value, 1);
  EXPECT_EQ(verdict.formula, Formula::kMax);
}

TEST_F(WitnessOfOneSession, DecidesNothing_WhereLogsAreLost_OrItSaysMoreThanIsPossible) {
  Count(kCost, 2, {{"model", "m"}}, false);
  Tell(Text("model", "m") + Number("cost_usd", "1"), 3);
  EXPECT_EQ(Examine(database_, kCost).verdict.kind, VerdictKind::kAtMost);
}

TEST_F(WitnessOfOneSession, ACounterUnderAnotherName_IsNamed_AndSetBesideTheEvents) {
  for (const char* metric :
       {"x_claude_code_cost_usage_USD_total", "claude_code_cost_usage_usd_total",
        "claude_code_claude_code_cost_usage_USD_total"}) {
    Count(metric, 1, {{"model", "m"}});
  }
  Tell(Text("model", "m") + Number("cost_usd", "1"), 0);
  for (const char* metric :
       {"x_claude_code_cost_usage_USD_total", "claude_code_cost_usage_usd_total",
        "claude_code_claude_code_cost_usage_USD_total"}) {
    EXPECT_EQ(Ask(metric).value, 1) << metric;
    EXPECT_EQ(Examine(database_, metric).resembles, "claude_code_cost_usage") << metric;
  }
  Count(kCost, 1, {{"model", "m"}});
  EXPECT_EQ(Examine(database_, kCost).resembles, "");
}

TEST(EventsAloneTest, AreTold_AndThatMetricsAreMissing) {
  Database database;
  const std::string told =
      EventWith(Text("model", "m") + Number("cost_usd", "0.25") + Number("input_tokens", "10"),
                1'700'000'000'000, 0);
  const std::string untold = EventWith(Text("model", "m"), 1'700'000'000'001, 1);
  for (const std::string& json : {told, untold}) {
    ASSERT_TRUE(database.IngestOtlpLogs(json, Database::OtlpEncoding::kJson).ok());
  }
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database);
  ASSERT_TRUE(diagnosis.ok());
  ASSERT_TRUE(diagnosis->events_alone.has_value());
  EXPECT_FALSE(diagnosis->Healthy());
  EXPECT_EQ(diagnosis->events_alone->events, 2u);
  EXPECT_EQ(diagnosis->events_alone->untold, 1u);
  EXPECT_EQ(diagnosis->events_alone->cost_usd, 0.25);
  EXPECT_EQ(diagnosis->events_alone->tokens[0], 10);
}

}  // namespace
}  // namespace promlite
