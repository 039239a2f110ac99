#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

const AttributeList kResource = {
    {"service.name", "s"}, {"service.instance.id", "i"}, {"host.arch", "amd64"}};

std::map<Labels, std::map<int64_t, double>> TargetInfos(Receiver& receiver) {
  std::map<Labels, std::map<int64_t, double>> infos;
  for (const auto& [labels, samples] : receiver.database().Merged()) {
    if (labels.MetricName() == "target_info") infos[labels] = samples;
  }
  return infos;
}

std::map<Labels, std::map<int64_t, double>> TargetInfosOf(const RequestBuilder& request,
                                                          const OtlpOptions& options = {}) {
  Receiver receiver(options);
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_TRUE(status.ok()) << status;
  return TargetInfos(receiver);
}

TEST(TargetInfo, HasTheAttributesThatDoNotIdentify_AndJobAndInstance) {
  RequestBuilder request(kResource);
  request.AddGauge("g", {{"not", "here"}});
  const Labels labels = {
      {"__name__", "target_info"}, {"host_arch", "amd64"}, {"instance", "i"}, {"job", "s"}};
  const std::map<int64_t, double> samples = {{1'000'000, 1}};
  EXPECT_EQ(TargetInfosOf(request),
            (std::map<Labels, std::map<int64_t, double>>{{labels, samples}}));

  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(receiver.database().metadata().at("target_info"),
            (std::vector<std::string>{"gauge", "", "Target metadata"}));
}

TEST(TargetInfo, OfNoTarget_IsNotWritten_WhateverItsLabels) {
  OtlpOptions options;
  options.translation_strategy = OtlpOptions::TranslationStrategy::kNoTranslation;
  RequestBuilder request({{"a", "1"}, {"a", "2"}});
  request.AddGauge("g");
  EXPECT_TRUE(TargetInfosOf(request, options).empty());
}

TEST(TargetInfo, KeepsIdentifyingAttributes_IfAsked) {
  OtlpOptions options;
  options.keep_identifying_resource_attributes = true;
  RequestBuilder request(kResource);
  request.AddGauge("g");
  const auto infos = TargetInfosOf(request, options);
  ASSERT_EQ(infos.size(), 1u);
  EXPECT_EQ(infos.begin()->first, Labels({{"__name__", "target_info"},
                                          {"host_arch", "amd64"},
                                          {"instance", "i"},
                                          {"job", "s"},
                                          {"service_instance_id", "i"},
                                          {"service_name", "s"}}));
}

TEST(TargetInfo, IsNotMade_WithoutPoints_WithoutMoreToSay_OrWithoutATarget) {
  EXPECT_TRUE(TargetInfosOf(RequestBuilder(kResource)).empty());
  RequestBuilder identity_only({{"service.name", "s"}, {"service.namespace", "n"}});
  identity_only.AddGauge("g");
  EXPECT_TRUE(TargetInfosOf(identity_only).empty());
  RequestBuilder anonymous({{"host.arch", "amd64"}});
  anonymous.AddGauge("g");
  EXPECT_TRUE(TargetInfosOf(anonymous).empty());
  // An attribute may name the job as well.
  RequestBuilder by_attribute({{"job", "j"}});
  by_attribute.AddGauge("g");
  EXPECT_EQ(TargetInfosOf(by_attribute).size(), 1u);
}

TEST(TargetInfo, TakesNeitherScopeNorPromotionNorType) {
  OtlpOptions options;
  options.promote_scope_metadata = true;
  options.promote_all_resource_attributes = true;
  options.type_and_unit_labels = true;
  options.translation_strategy = OtlpOptions::TranslationStrategy::kNoTranslation;
  AttributeList resource = kResource;
  resource.emplace_back("__type__", "x");
  RequestBuilder request(resource);
  request.scope_metrics()->mutable_scope()->set_name("scope");
  request.AddGauge("g");
  const auto infos = TargetInfosOf(request, options);
  ASSERT_EQ(infos.size(), 1u);
  EXPECT_EQ(
      infos.begin()->first,
      Labels(
          {{"__name__", "target_info"}, {"host.arch", "amd64"}, {"instance", "i"}, {"job", "s"}}));
}

TEST(TargetInfo, CollidingAttributes_AreJoined_WithAWarningForEachRequest) {
  RequestBuilder request({{"service.name", "s"}, {"a.b", "1"}, {"a_b", "2"}});
  request.AddGauge("g");
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(TargetInfos(receiver).begin()->first.Get("a_b"), "1;2");
  EXPECT_EQ(receiver.warnings(),
            std::vector<std::string>(
                2, R"(OTLP resource attributes "a.b", "a_b" collide as label "a_b" after name )"
                   R"(sanitization, values are concatenated with ';')"));
}

TEST(TargetInfo, HasASample_EveryHalfLookbackFromTheFirstPoint_AndAtTheLast) {
  RequestBuilder request(kResource);
  request.AddGauge("a")->set_time_unix_nano(1000 * kSecond + 999'999);
  request.AddGauge("b")->set_time_unix_nano(1400 * kSecond);
  request.AddExponentialHistogram("e")->set_time_unix_nano(1401 * kSecond);
  const std::map<int64_t, double> samples = {
      {1'000'000, 1}, {1'150'000, 1}, {1'300'000, 1}, {1'401'000, 1}};
  EXPECT_EQ(TargetInfosOf(request).begin()->second, samples);

  OtlpOptions options;
  options.lookback_delta_ms = 400'000;
  const std::map<int64_t, double> wider = {
      {1'000'000, 1}, {1'200'000, 1}, {1'400'000, 1}, {1'401'000, 1}};
  EXPECT_EQ(TargetInfosOf(request, options).begin()->second, wider);
  options.lookback_delta_ms = 0;  // not set: five minutes
  EXPECT_EQ(TargetInfosOf(request, options).begin()->second, samples);
}

TEST(TargetInfo, IsWrittenOnce_ForResourcesThatShareIt) {
  RequestBuilder request(kResource);
  request.AddGauge("g", {{"a", "1"}});
  otlp::ResourceMetrics* twin = request.request()->add_resource_metrics();
  *twin = request.Get().resource_metrics(0);
  std::swap(*twin->mutable_resource()->mutable_attributes(0),
            *twin->mutable_resource()->mutable_attributes(2));
  OtlpMetricsIngester ingester({});
  StreamRecorder database;
  ASSERT_TRUE(
      ingester.Ingest(request.Get().SerializeAsString(), OtlpEncoding::kProtobuf, &database).ok());
  EXPECT_EQ(database.sample_count(), 3u);  // g twice, target_info once
}

TEST(TargetInfo, PointsFarApart_AreRefused_NotWrittenForEver) {
  RequestBuilder request(kResource);
  request.AddGauge("a")->set_time_unix_nano(0);
  request.AddGauge("b")->set_time_unix_nano(1'795'451'092 * kSecond);
  Receiver receiver;
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("too far apart"), status.message().npos);
}

}  // namespace
}  // namespace promlite::internal
