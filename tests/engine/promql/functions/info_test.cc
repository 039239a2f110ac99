// Expected values are those of Prometheus' own test script.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

class InfoTest : public QueryTester {
 protected:
  void SetUp() override {
    const auto add = [&](Labels labels, double value) {
      snapshot_.Add(labels, {{0, value}, {1000, value}, {2000, value}});
    };
    add({{"__name__", "target_info"},
         {"another_data", "another info"},
         {"data", "info"},
         {"instance", "a"},
         {"job", "1"}},
        1);
    add({{"__name__", "build_info"}, {"build_data", "build"}, {"instance", "a"}, {"job", "1"}}, 1);
  }

  const Vectors vectors_ = {
      {"metric", {R"(metric{instance="a", job="1", label="value"} 0 1 2)"}},
      {"other", {R"(other{instance="a", job="2", label="value"} 0 1 2)"}},
      {"overlapping", {R"(overlapping{data="base", instance="a", job="1", label="value"} 0 1 2)"}},
      {"build_info", {R"(build_info{build_data="build", instance="a", job="1"} 1 1 1)"}},
  };
};

TEST_F(InfoTest, AddsTheLabelsOfTargetInfo) {
  EXPECT_EQ(
      Evaluate("info(metric)", vectors_),
      Lines{
          R"(metric{another_data="another info", data="info", instance="a", job="1", label="value"} 0 1 2)"});
  EXPECT_EQ(Evaluate(R"(info(metric, {data=~".+"}))", vectors_),
            Lines{R"(metric{data="info", instance="a", job="1", label="value"} 0 1 2)"});
}

TEST_F(InfoTest, WithoutAMatch_TheSeriesStaysIfTheMatchersAcceptEmptyLabels) {
  EXPECT_EQ(Evaluate("info(other)", vectors_), vectors_.at("other"));
  EXPECT_EQ(Evaluate(R"(info(other, {data=~".*"}))", vectors_), vectors_.at("other"));
  EXPECT_EQ(Evaluate(R"(info(other, {data=~".+"}))", vectors_), Lines{});
  EXPECT_EQ(Evaluate(R"(info(metric, {non_existent=~".+"}))", vectors_), Lines{});
  EXPECT_EQ(Evaluate(R"(info(metric, {__name__="non_existent"}))", vectors_),
            vectors_.at("metric"));
}

TEST_F(InfoTest, LabelsOfTheSeriesWin) {
  EXPECT_EQ(
      Evaluate("info(overlapping)", vectors_),
      Lines{
          R"(overlapping{another_data="another info", data="base", instance="a", job="1", label="value"} 0 1 2)"});
  EXPECT_EQ(Evaluate(R"(info(overlapping, {data="info"}))", vectors_), vectors_.at("overlapping"));
}

TEST_F(InfoTest, OtherInfoMetricsAreAskedForByName) {
  EXPECT_EQ(Evaluate(R"(info(metric, {__name__="build_info"}))", vectors_),
            Lines{R"(metric{build_data="build", instance="a", job="1", label="value"} 0 1 2)"});
  EXPECT_EQ(Evaluate(R"(info(metric, {__name__!="target_info"}))", vectors_),
            Lines{R"(metric{build_data="build", instance="a", job="1", label="value"} 0 1 2)"});
  EXPECT_EQ(Evaluate(R"(info(build_info, {__name__=~".+_info"}))", vectors_),
            vectors_.at("build_info"));
}

}  // namespace
}  // namespace promlite::promql::internal
