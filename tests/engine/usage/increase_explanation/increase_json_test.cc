// The JSON of an explanation, whose schema stands in the header.

#include <limits>

#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"

namespace promlite {
namespace {

using IncreaseJsonTest = ExplanationTester;

TEST_F(IncreaseJsonTest, HoldsEveryStep) {
  Add({{60, 2}, {120, 1}, {180, 3}}, 10, {{"__name__", "x"}, {"a", "\"<b>\""}});
  EXPECT_EQ(
      ToJson(Explain("sum(increase(x[3m]))", 180)),
      R"~({"status":"success","data":{"call":"increase(x[3m])","function":"increase",)~"
      R"~("compatibility":"prometheus-3","time":180,"rangeStart":0,"rangeEnd":180,)~"
      R"~("seriesLeftOut":0,"series":[{"metric":{"__name__":"x","a":"\"\u003cb\u003e\""},)~"
      R"~("samples":{"count":3,"first":[60,"2"],"last":[180,"3"]},)~"
      R"~("steps":{"sampled":120,"averageInterval":60,)~"
      R"~("start":{"distance":60,"stretch":60,"rule":"to-the-edge","toZero":80},)~"
      R"~("end":{"distance":0,"stretch":0,"rule":"to-the-edge"},)~"
      R"~("rawDifference":"1","resets":[120],"addedByResets":"2","addedFromStart":"0",)~"
      R"~("increase":"3","factor":1.5,"result":"4.5"},)~"
      R"~("formulas":{"increase":"4.5","maxMinusMin":"2","anchored":"3","smoothed":"3","exact":"5"},)~"
      R"~("writersAtATime":1,"streams":[{"start":"10.000000000","startIsKnown":true,"samples":3,)~"
      R"~("first":[60,"2"],"last":[180,"3"],"counted":"5"}]}]}})~");
}

TEST_F(IncreaseJsonTest, WithoutAResult_StepsAreNull) {
  ASSERT_TRUE(database_.Append({{"__name__", "x"}}, {{{-500, 0.25}}}).ok());
  EXPECT_EQ(ToJson(Explain("delta(x[1m])", 0)),
            R"~({"status":"success","data":{"call":"delta(x[1m])","function":"delta",)~"
            R"~("compatibility":"prometheus-3","time":0,"rangeStart":-60,"rangeEnd":0,)~"
            R"~("seriesLeftOut":0,"series":[{"metric":{"__name__":"x"},)~"
            R"~("samples":{"count":1,"first":[-0.500,"0.25"],"last":[-0.500,"0.25"]},)~"
            R"~("steps":null,"formulas":{"delta":null,"maxMinusMin":"0","anchored":"0",)~"
            R"~("smoothed":"0","exact":null},"writersAtATime":0,"streams":[]}]}})~");
}

TEST_F(IncreaseJsonTest, NumbersThatJsonDoesNotKnowAreNull) {
  Add({{60, 1}, {120, std::numeric_limits<double>::infinity()}});
  const std::string json = ToJson(Explain("increase(x[3m])", 180));
  EXPECT_NE(json.find(R"~("rawDifference":"+Inf")~"), std::string::npos) << json;
  EXPECT_NE(json.find(R"~("increase":"+Inf")~"), std::string::npos) << json;
  EXPECT_EQ(json.find(":nan"), std::string::npos) << json;
}

}  // namespace
}  // namespace promlite
