// Expected values are those of Prometheus' own test scripts, or follow from its documentation.

#include <gtest/gtest.h>

#include "promlite/tests/engine/promql/query_tester.h"

namespace promlite::promql::internal {
namespace {

using TimeFunctionsTest = QueryTester;

TEST_F(TimeFunctionsTest, TimeAndTimestampOfAnExpression_AreTheStepsTimes) {
  const Vectors v = {{"v", {"m 1 _ 3"}}};
  EXPECT_EQ(Evaluate("time()", v), Lines{"{} 0 1 2"});
  EXPECT_EQ(Evaluate("timestamp(v + 1)", v), Lines{"{} 0 _ 2"});
}

TEST_F(TimeFunctionsTest, WithoutAnArgument_TheStepIsTaken) {
  EXPECT_EQ(Evaluate("year()", {}), Lines{"{} 1970"});
  EXPECT_EQ(Evaluate("month()", {}), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("day_of_week()", {}), Lines{"{} 4"});
}

TEST_F(TimeFunctionsTest, PartsOfADate) {
  const Vectors v = {{"v", {"m 1136239445"}}};  // 2006-01-02 22:04:05, a Monday
  EXPECT_EQ(Evaluate("year(v)", v), Lines{"{} 2006"});
  EXPECT_EQ(Evaluate("month(v)", v), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("day_of_month(v)", v), Lines{"{} 2"});
  EXPECT_EQ(Evaluate("day_of_year(v)", v), Lines{"{} 2"});
  EXPECT_EQ(Evaluate("day_of_week(v)", v), Lines{"{} 1"});
  EXPECT_EQ(Evaluate("hour(v)", v), Lines{"{} 22"});
  EXPECT_EQ(Evaluate("minute(v)", v), Lines{"{} 4"});
}

TEST_F(TimeFunctionsTest, LeapYears) {
  // The last second of 2008 and the first of 2009.
  EXPECT_EQ(Evaluate("year(v)", {{"v", {"m 1230767999 1230768000"}}}), Lines{"{} 2008 2009"});
  // February 29 and March 1, 2016.
  const Vectors leap = {{"v", {"m 1456790399 1456790400"}}};
  EXPECT_EQ(Evaluate("month(v)", leap), Lines{"{} 2 3"});
  EXPECT_EQ(Evaluate("day_of_month(v)", leap), Lines{"{} 29 1"});
  EXPECT_EQ(Evaluate("day_of_year(v)", {{"v", {"m 1483191420 1672493820"}}}), Lines{"{} 366 365"});
  EXPECT_EQ(Evaluate("days_in_month(v)", {{"v", {"m 1454284800 1485907200"}}}), Lines{"{} 29 28"});
}

TEST_F(TimeFunctionsTest, BeforeTheEpoch_FractionsAreCutTowardsZero) {
  EXPECT_EQ(Evaluate("minute(v)", {{"v", {"m -1 -0.9 0.9"}}}), Lines{"{} 59 0 0"});
  EXPECT_EQ(Evaluate("year(v)", {{"v", {"m -1"}}}), Lines{"{} 1969"});
}

TEST_F(TimeFunctionsTest, TheQuerysOwnTimes) {
  const Vectors v = {{"v", {"m 1 2 3"}}};
  EXPECT_EQ(Evaluate("start()", v), Lines{"{} 0 0 0"});
  EXPECT_EQ(Evaluate("end()", v), Lines{"{} 2 2 2"});
  EXPECT_EQ(Evaluate("range()", v), Lines{"{} 2 2 2"});
  EXPECT_EQ(Evaluate("step()", v), Lines{"{} 1 1 1"});
  EXPECT_EQ(Evaluate("step()", {}), Lines{"{} 0"});
}

}  // namespace
}  // namespace promlite::promql::internal
