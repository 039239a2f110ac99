#include "promlite/tests/golden/compare_bodies.h"

#include <gtest/gtest.h>

namespace promlite::golden {
namespace {

std::string Vector(std::string_view result) {
  return R"({"status":"success","data":{"resultType":"vector","result":[)" + std::string(result) +
         "]}}";
}

constexpr std::string_view kA = R"({"metric":{"a":"1"},"value":[10,"0.1"]})";
constexpr std::string_view kB = R"({"metric":{"b":"1"},"value":[10,"0.2"]})";

std::string Both(std::string_view first, std::string_view second) {
  return std::string(first) + "," + std::string(second);
}

TEST(CompareBodiesTest, TheSameBodiesDoNotDiffer) {
  EXPECT_EQ(BodyDifference(Vector(kA), Vector(kA), {}), "");
}

TEST(CompareBodiesTest, LabelsMayStandInAnyOrder) {
  EXPECT_EQ(BodyDifference(Vector(R"({"metric":{"a":"1","b":"2"},"value":[10,"1"]})"),
                           Vector(R"({"metric":{"b":"2","a":"1"},"value":[10,"1"]})"), {}),
            "");
}

TEST(CompareBodiesTest, LabelsMatter) {
  EXPECT_NE(BodyDifference(Vector(kA), Vector(R"({"metric":{"a":"2"},"value":[10,"0.1"]})"), {}),
            "");
}

TEST(CompareBodiesTest, EveryDigitMatters) {
  EXPECT_NE(
      BodyDifference(Vector(kA),
                     Vector(R"({"metric":{"a":"1"},"value":[10,"0.10000000000000002"]})"), {}),
      "");
}

TEST(CompareBodiesTest, LastDigitsMayDifferUnderATolerance) {
  const std::string close = Vector(R"({"metric":{"a":"1"},"value":[10,"0.10000000000000002"]})");
  const std::string far = Vector(R"({"metric":{"a":"1"},"value":[10,"0.1000000000002"]})");
  EXPECT_EQ(BodyDifference(Vector(kA), close, {.relative = 1e-12}), "");
  EXPECT_NE(BodyDifference(Vector(kA), far, {.relative = 1e-12}), "");
}

TEST(CompareBodiesTest, LastDigitsInLabelsMayDifferUnderATolerance) {
  const std::string one = Vector(R"({"metric":{"v":"0.1"},"value":[10,"1"]})");
  const std::string close = Vector(R"({"metric":{"v":"0.10000000000000002"},"value":[10,"1"]})");
  EXPECT_EQ(BodyDifference(one, close, {.relative = 1e-12}), "");
  EXPECT_NE(BodyDifference(one, close, {}), "");
  EXPECT_NE(BodyDifference(one, Vector(R"({"metric":{"v":"0.2"},"value":[10,"1"]})"),
                           {.relative = 1e-12}),
            "");
}

TEST(CompareBodiesTest, TimestampsMatter) {
  EXPECT_NE(
      BodyDifference(Vector(kA), Vector(R"({"metric":{"a":"1"},"value":[10.001,"0.1"]})"), {}), "");
}

TEST(CompareBodiesTest, MissingAndSuperfluousSeriesAreSeen) {
  EXPECT_NE(BodyDifference(Vector(Both(kA, kB)), Vector(kA), {}), "");
  EXPECT_NE(BodyDifference(Vector(kA), Vector(Both(kA, kB)), {}), "");
  EXPECT_NE(BodyDifference(Vector(kA), Vector(Both(kA, kA)), {}), "");
}

TEST(CompareBodiesTest, AVectorsOrderMattersOnlyWhereTheQueryDefinesIt) {
  const std::string ab = Vector(Both(kA, kB)), ba = Vector(Both(kB, kA));
  EXPECT_EQ(BodyDifference(ab, ba, ToleranceFor("x")), "");
  EXPECT_NE(BodyDifference(ab, ba, ToleranceFor("sort(x)")), "");
  EXPECT_NE(BodyDifference(ab, ba, ToleranceFor("topk(2, x)")), "");
  EXPECT_NE(BodyDifference(ab, ba, ToleranceFor("sort_by_label(x, \"a\")")), "");
}

TEST(CompareBodiesTest, SeriesOfEqualValueMayStandInAnyOrder) {
  constexpr std::string_view c = R"({"metric":{"c":"1"},"value":[10,"0.1"]})";
  EXPECT_EQ(BodyDifference(Vector(Both(kA, c)), Vector(Both(c, kA)), ToleranceFor("sort(x)")), "");
}

TEST(CompareBodiesTest, ErrorTextsMatter) {
  constexpr std::string_view a = R"({"status":"error","errorType":"execution","error":"one"})";
  constexpr std::string_view b = R"({"status":"error","errorType":"execution","error":"two"})";
  EXPECT_EQ(BodyDifference(a, a, {}), "");
  EXPECT_NE(BodyDifference(a, b, {}), "");
  EXPECT_NE(BodyDifference(a, Vector(kA), {}), "");
}

TEST(CompareBodiesTest, WarningsAreASet) {
  const auto body = [](std::string_view warnings) {
    return R"({"status":"success","data":{"resultType":"vector","result":[]},"warnings":[)" +
           std::string(warnings) + "]}";
  };
  EXPECT_EQ(BodyDifference(body(R"("x","y")"), body(R"("y","x")"), {}), "");
  EXPECT_NE(BodyDifference(body(R"("x","y")"), body(R"("x")"), {}), "");
  EXPECT_NE(BodyDifference(body(R"("x")"), body(R"("x","y")"), {}), "");
  EXPECT_EQ(BodyDifference(body(R"("x","3 more warning annotations omitted")"), body(R"("z")"), {}),
            "");
}

TEST(CompareBodiesTest, OnlyFunctionsOfTheCLibraryHaveATolerance) {
  EXPECT_EQ(ToleranceFor("sum(rate(x[5m]))").relative, 0);
  EXPECT_EQ(ToleranceFor("histogram_quantile(0.9, rate(x_bucket[5m]))").relative, 0);
  EXPECT_EQ(ToleranceFor("histogram_quantile(0.9, rate(x[5m]))").relative, 1e-12);
  EXPECT_EQ(ToleranceFor("x </ 1.5").relative, 1e-12);
  EXPECT_EQ(ToleranceFor("ln(x)").relative, 1e-12);
  EXPECT_EQ(ToleranceFor("x ^ 2").relative, 1e-12);
  EXPECT_EQ(ToleranceFor("x atan2 y").relative, 1e-12);
}

}  // namespace
}  // namespace promlite::golden
