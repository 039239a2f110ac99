// Which labels a series gets, and which of several wins.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/tests/storage/otlp/metrics/receiver.h"
#include "promlite/tests/storage/otlp/metrics/request_builder.h"

namespace promlite::internal {
namespace {

using Strategy = OtlpOptions::TranslationStrategy;

// The labels of the only series besides target_info.
Labels OnlySeries(Receiver& receiver) {
  std::vector<Labels> found;
  for (const auto& [labels, streams] : receiver.database().series()) {
    if (labels.MetricName() != "target_info") found.push_back(labels);
  }
  EXPECT_EQ(found.size(), 1u);
  return found.empty() ? Labels() : found[0];
}

Labels LabelsOf(const RequestBuilder& request, const OtlpOptions& options = {}) {
  Receiver receiver(options);
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_TRUE(status.ok()) << status;
  return OnlySeries(receiver);
}

std::string ErrorOf(const RequestBuilder& request, const OtlpOptions& options = {}) {
  Receiver receiver(options);
  const absl::Status status = receiver.Receive(request.Get());
  EXPECT_TRUE(receiver.database().series().empty());
  return std::string(status.message());
}

TEST(SeriesLabels, AttributesThatCollide_AreJoinedInOrderOfTheirKeys_WithOneWarning) {
  Receiver receiver;
  RequestBuilder request;
  for (int i = 0; i < 2; ++i) {
    request.AddGauge("g", {{"a_b", "3"}, {"a.b", "2"}, {"a-b", "1"}, {"c", "x"}});
  }
  for (int round = 1; round <= 2; ++round) {
    ASSERT_TRUE(receiver.Receive(request.Get()).ok());
    EXPECT_EQ(OnlySeries(receiver), Labels({{"__name__", "g"}, {"a_b", "1;2;3"}, {"c", "x"}}));
    EXPECT_EQ(receiver.warnings(),
              std::vector<std::string>(
                  static_cast<size_t>(round),
                  R"(OTLP data point attributes "a-b", "a.b", "a_b" collide as label "a_b" after )"
                  R"(name sanitization, values are concatenated with ';')"));
  }
}

TEST(SeriesLabels, AnEmptyFirstValue_DoesNotCollide) {
  RequestBuilder request;
  request.AddGauge("g", {{"a.b", ""}, {"a_b", "2"}, {"d", ""}});
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(OnlySeries(receiver), Labels({{"__name__", "g"}, {"a_b", "2"}}));
  EXPECT_TRUE(receiver.warnings().empty());
}

TEST(SeriesLabels, TheNameAttribute_IsIgnored) {
  RequestBuilder request;
  request.AddGauge("g", {{"__name__", "other"}});
  EXPECT_EQ(LabelsOf(request), Labels({{"__name__", "g"}}));
}

TEST(SeriesLabels, JobAndInstance_ComeFromTheService_AndOverrule) {
  const AttributeList attributes = {{"job", "mine"}, {"instance", "mine"}};
  RequestBuilder full(
      {{"service.name", "s"}, {"service.namespace", "n"}, {"service.instance.id", "i"}});
  full.AddGauge("g", attributes);
  EXPECT_EQ(LabelsOf(full), Labels({{"__name__", "g"}, {"instance", "i"}, {"job", "n/s"}}));

  RequestBuilder name_only({{"service.name", "s"}});
  name_only.AddGauge("g", attributes);
  EXPECT_EQ(LabelsOf(name_only), Labels({{"__name__", "g"}, {"instance", "mine"}, {"job", "s"}}));

  RequestBuilder namespace_only({{"service.namespace", "n"}});
  namespace_only.AddGauge("g", attributes);
  EXPECT_EQ(LabelsOf(namespace_only),
            Labels({{"__name__", "g"}, {"instance", "mine"}, {"job", "mine"}}));
}

TEST(SeriesLabels, PromotedAttributes_FillGapsOnly) {
  RequestBuilder request(
      {{"service.name", "s"}, {"host.name", "h"}, {"team", "core"}, {"secret", "x"}});
  request.AddGauge("g", {{"team", "own"}});
  OtlpOptions some;
  some.promote_resource_attributes = {"host.name", "team", "absent"};
  EXPECT_EQ(LabelsOf(request, some),
            Labels({{"__name__", "g"}, {"host_name", "h"}, {"job", "s"}, {"team", "own"}}));

  OtlpOptions all;
  all.promote_all_resource_attributes = true;
  all.ignore_resource_attributes = {"secret"};
  EXPECT_EQ(LabelsOf(request, all), Labels({{"__name__", "g"},
                                            {"host_name", "h"},
                                            {"job", "s"},
                                            {"service_name", "s"},
                                            {"team", "own"}}));
}

TEST(SeriesLabels, OfPromotedAttributesThatCollide_TheLastWins) {
  RequestBuilder request({{"a.b", "1"}, {"a_b", "2"}});
  request.AddGauge("g");
  OtlpOptions options;
  options.promote_all_resource_attributes = true;
  EXPECT_EQ(LabelsOf(request, options), Labels({{"__name__", "g"}, {"a_b", "2"}}));
}

TEST(SeriesLabels, ScopeLabels_OverruleAttributes_IfTheScopeHasAName) {
  OtlpOptions options;
  options.promote_scope_metadata = true;
  RequestBuilder request;
  request.AddGauge("g", {{"otel.scope.name", "a"}, {"otel_scope_version", "a"}, {"x", "y"}});
  otlp::InstrumentationScope* scope = request.scope_metrics()->mutable_scope();
  scope->set_version("1");
  AddAttributes({{"k.v", "w"}}, scope);
  request.scope_metrics()->set_schema_url("u");
  EXPECT_EQ(
      LabelsOf(request, options),
      Labels(
          {{"__name__", "g"}, {"otel_scope_name", "a"}, {"otel_scope_version", "a"}, {"x", "y"}}));

  scope->set_name("s");
  EXPECT_EQ(LabelsOf(request, options), Labels({{"__name__", "g"},
                                                {"otel_scope_k_v", "w"},
                                                {"otel_scope_name", "s"},
                                                {"otel_scope_schema_url", "u"},
                                                {"otel_scope_version", "1"},
                                                {"x", "y"}}));
  scope->clear_version();  // an empty label takes the attribute's away
  EXPECT_EQ(LabelsOf(request, options).Get("otel_scope_version"), "");
}

TEST(SeriesLabels, TypeAndUnit_AreLabels_IfAsked) {
  OtlpOptions options;
  options.type_and_unit_labels = true;
  RequestBuilder gauge;
  gauge.AddGauge("g", {{"__type__", "x"}, {"__unit__", "y"}}, "By/s");
  EXPECT_EQ(LabelsOf(gauge, options), Labels({{"__name__", "g_bytes_per_second"},
                                              {"__type__", "gauge"},
                                              {"__unit__", "bytes_per_second"}}));
  RequestBuilder without_unit;
  without_unit.AddSum("c", {{"__unit__", "y"}});
  EXPECT_EQ(LabelsOf(without_unit, options),
            Labels({{"__name__", "c_total"}, {"__type__", "counter"}, {"__unit__", "y"}}));

  // A delta that is kept has no type, so that the attribute stays.
  options.delta = OtlpOptions::Delta::kKeep;
  RequestBuilder delta;
  delta.AddSum("c", {{"__type__", "x"}}, otlp::AGGREGATION_TEMPORALITY_DELTA);
  EXPECT_EQ(LabelsOf(delta, options), Labels({{"__name__", "c_total"}, {"__type__", "x"}}));
}

TEST(SeriesLabels, BadNames_RefuseTheRequest) {
  RequestBuilder empty;
  empty.AddGauge("g", {{"", "x"}});
  EXPECT_EQ(ErrorOf(empty), "label name is empty");
  RequestBuilder underscores;
  underscores.AddGauge("g", {{"..", "x"}});
  underscores.AddGauge("h", {{"--", "x"}});
  EXPECT_EQ(ErrorOf(underscores),
            "normalization for label name \"..\" resulted in invalid name \"__\"\n"
            "normalization for label name \"--\" resulted in invalid name \"__\"");
  RequestBuilder resource({{"__", "x"}, {"service.name", "s"}});
  resource.AddGauge("g");
  OtlpOptions promoted;
  promoted.promote_all_resource_attributes = true;
  EXPECT_EQ(ErrorOf(resource, promoted),
            "normalization for label name \"__\" resulted in invalid name \"__\"");
  promoted.translation_strategy = Strategy::kNoTranslation;
  EXPECT_EQ(ErrorOf(resource, promoted), "label name \"__\" contains only underscores");
  // target_info takes the resource's attributes whether they are promoted or not.
  EXPECT_EQ(ErrorOf(resource),
            "normalization for label name \"__\" resulted in invalid name \"__\"");
}

TEST(SeriesLabels, Utf8_KeepsNamesUnchecked_AndRefusesOnesGivenTwice) {
  OtlpOptions options;
  options.translation_strategy = Strategy::kNoTranslation;
  RequestBuilder request;
  request.AddGauge("g.x", {{"a.b", "1"}, {"a_b", "2"}, {"__", "3"}, {"é", "4"}});
  EXPECT_EQ(LabelsOf(request, options),
            Labels({{"__", "3"}, {"__name__", "g.x"}, {"a.b", "1"}, {"a_b", "2"}, {"é", "4"}}));
  RequestBuilder repeated;
  repeated.AddGauge("g", {{"a", "1"}, {"a", "2"}});
  EXPECT_EQ(ErrorOf(repeated, options), "label name \"a\" is not unique: invalid sample");
  // Prometheus' storage compares each name with the one before it, the first one with nothing.
  RequestBuilder unnamed;
  unnamed.AddGauge("g", {{"", "1"}, {"a", "2"}});
  EXPECT_EQ(ErrorOf(unnamed, options), "label name \"\" is not unique: invalid sample");
  RequestBuilder overruled({{"service.name", "s"}});
  overruled.AddGauge("g", {{"job", "1"}, {"job", "2"}});
  EXPECT_EQ(ErrorOf(overruled, options), "label name \"job\" is not unique: invalid sample");
  RequestBuilder absent({{"service.name", "s"}});
  absent.AddGauge("g", {{"job", "1"}, {"b", "1"}, {"b", ""}});
  EXPECT_EQ(LabelsOf(absent, options), Labels({{"__name__", "g"}, {"job", "s"}}));
  RequestBuilder nameless;
  nameless.AddGauge("");
  EXPECT_EQ(ErrorOf(nameless, options), "empty labelset: invalid sample");
}

TEST(SeriesLabels, ManyAttributes_AreTakenInLinearTime) {
  RequestBuilder request;
  AttributeList attributes;
  for (int i = 0; i < 50000; ++i) {
    attributes.emplace_back("a." + std::to_string(i), "x");
    attributes.emplace_back("a_" + std::to_string(i), "y");
  }
  attributes.resize(99999);
  request.AddGauge("g", attributes);
  Receiver receiver;
  ASSERT_TRUE(receiver.Receive(request.Get()).ok());
  EXPECT_EQ(OnlySeries(receiver).size(), 50001u);
  EXPECT_EQ(receiver.warnings().size(), 49999u);
}

}  // namespace
}  // namespace promlite::internal
