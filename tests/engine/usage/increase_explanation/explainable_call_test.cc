// Which call of a query is explained, and what is said where none can be.

#include "promlite/parser/text/position.h"
#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"

namespace promlite {
namespace {

class ExplainableCallTest : public ExplanationTester {
 protected:
  absl::Status Error(const std::string& query) {
    return ExplainIncrease(database_, options_, query, absl::FromUnixSeconds(300)).status();
  }
  // The error, and in brackets the part of the query that it is about.
  std::string ErrorText(const std::string& query) {
    const absl::Status status = Error(query);
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    const std::optional<PositionRange> place = ErrorPosition(status);
    std::string text(status.message());
    if (place) text += " [" + query.substr(place->start, place->end - place->start) + "]";
    return text;
  }
};

TEST_F(ExplainableCallTest, CallInsideOtherThingsIsFound) {
  for (const char* query :
       {"increase(x[5m])", "((increase((x[5m]))))", "sum by (job) (increase(x[5m]))",
        "topk(3, -increase(x[5m]) * 2) > 1", "sum(increase(x[5m])) / count(increase(x[5m]))",
        "histogram_quantile(0.9, sum by (le) (increase(x[5m])))"}) {
    EXPECT_EQ(Explain(query, 300).function, "increase") << query;
  }
  EXPECT_EQ(Explain("max(delta(x{a=\"b\"}[1h] offset 5m))", 0).call,
            "delta(x{a=\"b\"}[1h] offset 5m)");
  EXPECT_EQ(Explain("rate(x[5m])", 0).function, "rate");
}

TEST_F(ExplainableCallTest, WhatCannotBeExplainedIsSaid) {
  const std::string what =
      "only rate, increase and delta of a selector can be explained, such as increase(x[5m])";
  EXPECT_EQ(ErrorText("x"), what + " [x]");
  EXPECT_EQ(ErrorText("irate(x[5m]) + 1"), what + " [irate(x[5m]) + 1]");
  EXPECT_EQ(ErrorText("sum(rate(x[5m:1m]))"),
            "rate(x[5m:1m]) is of a subquery: " + what + " [rate(x[5m:1m])]");
  EXPECT_EQ(ErrorText("max_over_time(rate(x[5m])[1h:1m])"),
            "a subquery evaluates rate(x[5m]) at many times: ask for it alone, at one of them "
            "[rate(x[5m])]");
  EXPECT_EQ(ErrorText("sum(increase(x[5m] exact))"),
            "there is no extrapolation to explain under exact: ask without it, its answer is shown "
            "beside [increase(x[5m] exact)]");
  EXPECT_EQ(ErrorText("delta(x[5m] smoothed)"),
            "there is no extrapolation to explain under smoothed: ask without it, its answer is "
            "shown beside [delta(x[5m] smoothed)]");
  EXPECT_EQ(ErrorText("rate(x[5m]) / rate(y[5m])"),
            "only one call can be explained at a time: ask for rate(x[5m]) or for rate(y[5m]) "
            "[rate(y[5m])]");
}

TEST_F(ExplainableCallTest, BadQueriesAreErrorsOfTheParser) {
  EXPECT_EQ(Error("increase(x[5m]").message(), "1:15: parse error: unclosed left parenthesis");
  EXPECT_TRUE(absl::IsInvalidArgument(Error("increase(x)")));
  EXPECT_TRUE(absl::IsInvalidArgument(Error("")));
}

}  // namespace
}  // namespace promlite
