// Selectors and range functions as a query uses them: through plan, storage and annotations.

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/database.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promql::internal {
namespace {

using Texts = std::vector<std::string>;

// `{labels} value @seconds ...`, a line a series.
Texts TextOf(const QueryResult& result) {
  Texts lines;
  for (const ResultSeries& series : result.series) {
    std::string line = series.labels.ToString();
    for (const Sample& sample : series.samples) {
      char text[64];
      std::snprintf(text, sizeof text, " %.15g@%.15g", sample.value,
                    static_cast<double>(sample.timestamp_ms) / 1000);
      line += text;
    }
    lines.push_back(line);
  }
  return lines;
}

class SelectorTest : public ::testing::Test {
 protected:
  // A sample every 10 seconds from 0 on.
  void Add(const Labels& labels, const std::vector<double>& values) {
    std::vector<Sample> samples;
    for (size_t i = 0; i < values.size(); ++i) {
      samples.push_back({static_cast<int64_t>(i) * 10'000, values[i]});
    }
    AddSamples(labels, samples);
  }

  void AddSamples(const Labels& labels, const std::vector<Sample>& samples) {
    const absl::Status status = database_.Append(labels, samples);
    ASSERT_TRUE(status.ok()) << status;
  }

  Texts Instant(const std::string& query, double seconds) {
    return Take(Engine(&database_, options_).Instant(query, Time(seconds)));
  }

  Texts Range(const std::string& query, double start, double end, double step) {
    return Take(
        Engine(&database_, options_).Range(query, Time(start), Time(end), absl::Seconds(step)));
  }

  Database database_;
  EngineOptions options_;
  // Of the last query.
  Texts warnings_, infos_;

 private:
  static absl::Time Time(double seconds) { return absl::UnixEpoch() + absl::Seconds(seconds); }

  Texts Take(absl::StatusOr<QueryResult> result) {
    warnings_.clear();
    infos_.clear();
    if (!result.ok()) return {std::string(result.status().message())};
    warnings_ = result->warnings;
    infos_ = result->infos;
    return TextOf(*result);
  }
};

TEST_F(SelectorTest, AFixedTimeHoldsInTheParameterOfAnAggregation) {
  Add({{"__name__", "k"}}, {1, 2, 3});
  Add({{"__name__", "x"}, {"a", "1"}}, {1, 1, 1});
  Add({{"__name__", "x"}, {"a", "2"}}, {2, 2, 2});
  const std::string least = "{__name__=\"x\", a=\"1\"} 1@0 1@10 1@20";
  const std::string most = "{__name__=\"x\", a=\"2\"} 2@0 2@10 2@20";
  EXPECT_EQ(Range("topk(scalar(k @ start()), x)", 0, 20, 10), Texts({most}));
  EXPECT_EQ(Range("topk(scalar(k @ 10), x)", 0, 20, 10), Texts({least, most}));
  EXPECT_EQ(Range("bottomk(scalar(k @ 0), x)", 0, 20, 10), Texts({least}));
  // As in Prometheus, the operand tells how often the whole is evaluated.
  EXPECT_EQ(Range("topk(scalar(k), x @ 0)", 0, 20, 10), Texts({most}));
}

TEST_F(SelectorTest, AFixedSubqueryIsReadByACallThatChangesFromStepToStep) {
  Add({{"__name__", "k"}}, {1, 2, 3});
  // The line 1 + t / 10, ten seconds on.
  EXPECT_EQ(Range("predict_linear(k[30s:10s] @ 20, 10)", 0, 20, 10), Texts({"{} 2@0 3@10 4@20"}));
  EXPECT_EQ(Range("count_over_time(predict_linear(k[30s:10s] @ 20, 10)[20s:10s])", 0, 20, 10),
            Texts({"{} 2@0 2@10 2@20"}));
  EXPECT_EQ(Range("quantile_over_time(scalar(k) / 2 - 0.5, k[30s:10s] @ 20)", 0, 20, 10),
            Texts({"{} 1@0 2@10 3@20"}));
}

TEST_F(SelectorTest, RangesSkipStalenessMarkers_InstantsStopAtThem) {
  const double stale = StalenessMarker();
  Add({{"__name__", "middle"}}, {1, 2, stale, 4});
  Add({{"__name__", "at_the_end"}}, {1, 2, 3, stale});
  Add({{"__name__", "at_the_start"}}, {stale, 2, 3, 4});
  EXPECT_EQ(Instant("sum_over_time(middle[1m])", 30), Texts({"{} 7@30"}));
  EXPECT_EQ(Instant("sum_over_time(at_the_end[1m])", 30), Texts({"{} 6@30"}));
  EXPECT_EQ(Instant("sum_over_time(at_the_start[1m])", 30), Texts({"{} 9@30"}));
  EXPECT_EQ(Instant("middle", 29), Texts());
  EXPECT_EQ(Instant("at_the_end", 29), Texts({"{__name__=\"at_the_end\"} 3@29"}));
  EXPECT_EQ(Instant("at_the_end", 30), Texts());
  EXPECT_EQ(Instant("middle[1m]", 30), Texts({"{__name__=\"middle\"} 1@0 2@10 4@30"}));
}

TEST_F(SelectorTest, OnlyMarkers_AreNoSamples) {
  Add({{"__name__", "x"}}, {StalenessMarker(), StalenessMarker()});
  EXPECT_EQ(Instant("count_over_time(x[1m])", 30), Texts());
  EXPECT_EQ(Instant("x[1m]", 30), Texts());
}

TEST_F(SelectorTest, FunctionsDropTheName_FirstAndLastKeepIt) {
  Add({{"__name__", "x"}, {"a", "b"}}, {1, 2, 3});
  EXPECT_EQ(Instant("max_over_time(x[1m])", 30), Texts({"{a=\"b\"} 3@30"}));
  EXPECT_EQ(Instant("last_over_time(x[1m])", 30), Texts({"{__name__=\"x\", a=\"b\"} 3@30"}));
  EXPECT_EQ(Instant("first_over_time(x[1m])", 30), Texts({"{__name__=\"x\", a=\"b\"} 1@30"}));
}

TEST_F(SelectorTest, Rate_SuspectsNamesThatNoCounterHas) {
  Add({{"__name__", "visitors"}}, {1, 2, 3});
  Add({{"__name__", "visits_total"}}, {1, 2, 3});
  const std::string info =
      "PromQL info: metric might not be a counter, name does not end in "
      "_total/_sum/_count/_bucket: \"visitors\"";
  Instant("sum(rate(visitors[1m]))", 30);
  EXPECT_EQ(infos_, Texts({info + " (1:10)"}));
  Instant("1 + increase(((visitors[1m])))", 30);
  EXPECT_EQ(infos_, Texts({info + " (1:16)"}));
  // A subquery has lost its place.
  Instant("sum(rate(visitors[1m:10s]))", 30);
  EXPECT_EQ(infos_, Texts({info + " (1:1)"}));
  for (const char* query : {"rate(visits_total[1m])", "delta(visitors[1m])", "irate(visitors[1m])",
                            "rate(visitors[1m] offset 1h)"}) {
    Instant(query, 30);
    EXPECT_EQ(infos_, Texts()) << query;
  }
}

TEST_F(SelectorTest, Rate_SuspectsByTypeWhereTypesAreLabels) {
  options_.type_and_unit_labels = true;
  Add({{"__name__", "x_total"}, {"__type__", "gauge"}}, {1, 2, 3});
  Add({{"__name__", "y"}, {"__type__", "counter"}}, {1, 2, 3});
  Instant("rate(x_total[1m]) + rate(y[1m])", 30);
  EXPECT_EQ(infos_,
            Texts({"PromQL info: metric might not be a counter, __type__ label is not set to "
                   "\"counter\" or \"histogram\", got \"gauge\": \"x_total\" (1:6)"}));
}

TEST_F(SelectorTest, QuantileOverTime_WarnsWhereThereAreSamples) {
  Add({{"__name__", "x"}}, {1, 2, 3});
  const std::string warning = "PromQL warning: quantile value should be between 0 and 1, got ";
  EXPECT_EQ(Instant("quantile_over_time(-1, x[1m])", 30), Texts({"{} -inf@30"}));
  EXPECT_EQ(warnings_, Texts({warning + "-1 (1:20)"}));
  Instant("1 + quantile_over_time((NaN), x[1m])", 30);
  EXPECT_EQ(warnings_, Texts({warning + "NaN (1:25)"}));
  Instant("quantile_over_time(7, x[1m])", 3000);
  EXPECT_EQ(warnings_, Texts());
  // The quantile is the time: valid at 0, and of the invalid ones only 10 meets a sample.
  Range("quantile_over_time(time(), x[1s])", 0, 12, 1);
  EXPECT_EQ(warnings_, Texts({warning + "10 (1:20)"}));
  Range("quantile_over_time(scalar(x) / 2, x[10s])", 0, 20, 10);
  EXPECT_EQ(warnings_, Texts({warning + "1.5 (1:20)"}));
}

TEST_F(SelectorTest, DoubleExponentialSmoothing_ChecksItsFactors_WhereThereAreSamples) {
  options_.experimental_functions = true;
  Add({{"__name__", "x"}}, {1, 2, 3});
  EXPECT_EQ(Instant("double_exponential_smoothing(x[1m], 1, 0.5)", 30),
            Texts({"invalid smoothing factor. Expected: 0 < sf < 1, got: 1.000000"}));
  EXPECT_EQ(Instant("double_exponential_smoothing(x[1m], 0.5, -Inf)", 30),
            Texts({"invalid trend factor. Expected: 0 < tf < 1, got: -Inf"}));
  EXPECT_EQ(Instant("double_exponential_smoothing(x[1m], 1, 0.5)", 3000), Texts());
}

TEST_F(SelectorTest, Modifiers_AreRefusedByOtherFunctions) {
  EXPECT_EQ(Instant("deriv(x[3m] smoothed)", 60),
            Texts({"smoothed modifier can only be used with: delta, increase, rate - not with "
                   "deriv"}));
  EXPECT_EQ(Instant("absent_over_time(x[3m] anchored)", 60),
            Texts({"anchored modifier can only be used with: changes, delta, increase, rate, "
                   "resets - not with absent_over_time"}));
}

TEST_F(SelectorTest, Prometheus2_KnowsNoExtendedRanges) {
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(Instant("rate(x[3m] anchored)", 60),
            Texts({"1:6: parse error: anchored modifier is experimental and not enabled"}));
  EXPECT_EQ(Instant("x smoothed", 60),
            Texts({"1:1: parse error: smoothed modifier is experimental and not enabled"}));
}

TEST_F(SelectorTest, NamesOfLettersAndDots_NeedNoQuotes_WhereTheFeatureIsOn) {
  Add({{"__name__", "http.requests"}, {"région", "eu"}}, {1});
  EXPECT_EQ(Instant("http.requests{région=\"eu\"}", 0),
            Texts({"1:5: parse error: unexpected character: '.'"}));
  options_.unquoted_utf8_names = true;
  EXPECT_EQ(Instant("http.requests{région=\"eu\"}", 0),
            Instant("{\"http.requests\", \"région\"=\"eu\"}", 0));
  EXPECT_EQ(Instant("sum by (région) (http.requests)", 0), Texts({"{\"région\"=\"eu\"} 1@0"}));
}

TEST_F(SelectorTest, Smoothed_DoesNotMoveTimestamps) {
  Add({{"__name__", "x"}}, {1, 2, 3});
  EXPECT_EQ(Instant("x smoothed", 15), Texts({"{__name__=\"x\"} 2.5@15"}));
  EXPECT_EQ(Instant("timestamp(x smoothed)", 15), Texts({"{} 10@15"}));
}

TEST_F(SelectorTest, ABareRange_EndsInMadePoints_UnderAModifier) {
  Add({{"__name__", "x"}}, {0, 10, 20, 30});
  EXPECT_EQ(Instant("x[12s] anchored", 25), Texts({"{__name__=\"x\"} 10@13 20@20 20@25"}));
  EXPECT_EQ(Instant("x[12s] smoothed", 25), Texts({"{__name__=\"x\"} 13@13 20@20 25@25"}));
  EXPECT_EQ(Instant("x[10s] anchored", 20), Texts({"{__name__=\"x\"} 10@10 20@20"}));
  EXPECT_EQ(Instant("x[10s] anchored", 200), Texts());
}

// start(), end(), step() and range() have become numbers before Prometheus looks for what is the
// same at every step: the sort below happens once, and warns of nothing.
TEST_F(SelectorTest, TheQuerysOwnTimes_AreTheSameAtEveryStep) {
  options_.experimental_functions = true;
  Add({{"__name__", "x"}}, {1, 2, 3});
  for (const char* function : {"start()", "end()", "step()", "range()", "max_of(1, step())"}) {
    Range(std::string("sort((x @ 10) > bool ") + function + ")", 0, 20, 10);
    EXPECT_EQ(warnings_, Texts()) << function;
  }
  EXPECT_EQ(Range("sort((x @ 10) + range())", 0, 20, 10), Texts({"{} 22@0 22@10 22@20"}));
  // Of a subquery, too, even if its range is longer than its one step.
  EXPECT_EQ(Instant("sum_over_time(sort(x @ 10)[15s:10s])", 24), Texts({"{} 4@24"}));
  EXPECT_EQ(warnings_, Texts());
  EXPECT_EQ(Instant("sum_over_time(sort(x @ 10)[12s:10s])", 25), Texts({"{} 2@25"}));
  EXPECT_EQ(warnings_, Texts());
  Range("sort((x @ 10) > bool time())", 0, 20, 10);
  EXPECT_EQ(warnings_.size(), 1);
}

TEST_F(SelectorTest, WithinASubqueryWithoutSteps_NothingIsEvaluated) {
  Add({{"__name__", "x"}}, {1, 2, 3});
  EXPECT_EQ(Instant("sum_over_time(quantile(2, x)[1s:10s])", 25), Texts());
  EXPECT_EQ(warnings_, Texts());
  // A subquery in it could have steps by itself, for what is the same at every step.
  EXPECT_EQ(Instant("sum_over_time(sum_over_time(quantile(2, x @ 10)[1m:10s])[1s:10s])", 25),
            Texts());
  EXPECT_EQ(warnings_, Texts());
  Instant("sum_over_time(sum_over_time(quantile(2, x @ 10)[1m:10s])[10s:10s])", 25);
  EXPECT_EQ(warnings_.size(), 1);
}

// Prometheus fetches for @ and offset, then looks at the time of @ alone.
TEST_F(SelectorTest, TimestampOfASelector_WithAtAndOffset_LooksFromTheTimeOfAt) {
  AddSamples({{"__name__", "x"}}, {{0, 1}, {100'000, 2}, {400'000, 3}});
  EXPECT_EQ(Instant("timestamp(x @ 200)", 900), Texts({"{} 100@900"}));
  EXPECT_EQ(Instant("timestamp(x @ 200 offset -100s)", 900), Texts({"{} 100@900"}));
  EXPECT_EQ(Instant("timestamp(x @ 200 offset -200s)", 900), Texts());
  EXPECT_EQ(Instant("timestamp(x @ 250 offset 150s)", 900), Texts({"{} 100@900"}));
  EXPECT_EQ(Instant("timestamp(x @ 250 offset 200s)", 900), Texts({"{} 0@900"}));
  EXPECT_EQ(Instant("timestamp(x @ 310 offset 300s)", 900), Texts());
  EXPECT_EQ(Instant("timestamp(x offset -100s)", 300), Texts({"{} 400@300"}));
  EXPECT_EQ(Instant("x @ 200 offset -200s", 900), Texts({"{__name__=\"x\"} 3@900"}));
}

TEST_F(SelectorTest, Prometheus2_ClosesRangesOnTheLeft) {
  Add({{"__name__", "x"}}, {1, 2, 3});
  EXPECT_EQ(Instant("count_over_time(x[10s])", 20), Texts({"{} 1@20"}));
  EXPECT_EQ(Instant("x", 320), Texts());
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(Instant("count_over_time(x[10s])", 20), Texts({"{} 2@20"}));
  EXPECT_EQ(Instant("x", 320), Texts({"{__name__=\"x\"} 3@320"}));
  EXPECT_EQ(Instant("x[10s]", 20), Texts({"{__name__=\"x\"} 2@10 3@20"}));
}

TEST_F(SelectorTest, TheEndsOfTime_AreNoTrouble) {
  const int64_t first = std::numeric_limits<int64_t>::min();
  const int64_t last = std::numeric_limits<int64_t>::max();
  AddSamples({{"__name__", "x"}}, {{first, 1}, {first + 1, 2}, {0, 3}, {last - 1, 4}, {last, 5}});
  for (const char* modifier :
       {"@ 9223372036854774", "@ -9223372036854774", "offset 292y", "offset -292y",
        "@ 9223372036854774 offset -292y", "@ -9223372036854774 offset 292y"}) {
    for (const char* query :
         {"x ", "timestamp(x ", "rate(x[1m] ", "rate(x[290y] ", "max_over_time(x[290y] ",
          "predict_linear(x[290y] ", "increase(x[290y] anchored ", "increase(x[290y] smoothed ",
          "changes(x[290y] anchored ", "x[290y] ", "x[290y] smoothed ", "max_over_time(x[1m:10s] ",
          "max_over_time(x[290y:1y] ", "x smoothed "}) {
      std::string text = std::string(query) + modifier;
      if (text.starts_with("predict_linear")) text += ", 1";
      if (text.find('(') != std::string::npos) text += ")";
      for (const double seconds : {-9.2e15, 0.0, 9.2e15}) Instant(text, seconds);
      if (text.find('(') != std::string::npos) Range(text, -9.2e15, 9.2e15, 1e15);
    }
  }
  options_.lookback_delta = absl::InfiniteDuration();
  EXPECT_EQ(Instant("x", 1), Texts({"{__name__=\"x\"} 3@1"}));
}

TEST_F(SelectorTest, ASubqueryOfTooManySteps_IsAnError) {
  Add({{"__name__", "x"}}, {1, 2, 3});
  for (const char* query :
       {"max_over_time(x[100y:1ms])", "rate(x[100y:1ms])", "sum(max_over_time(x[100y:1ms]))",
        "max_over_time(vector(1)[100y:1ms])", "max_over_time(rate(x[1m])[100y:1ms])",
        "sum(x)[100y:1ms]", "rate(x[10y:10ms])"}) {
    EXPECT_EQ(Instant(query, 30), Texts({"query processing would use too much memory"})) << query;
  }
  EXPECT_EQ(Instant("max_over_time(x[1h:1s])", 30), Texts({"{} 3@30"}));
}

}  // namespace
}  // namespace promlite::promql::internal
