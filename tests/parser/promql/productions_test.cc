// Every production of the language's grammar, and the canonical text that Prometheus 3.16 prints of
// what it reads.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "promlite/parser/promql/printer.h"
#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

struct Production {
  const char* query;
  const char* printed;
};

void PrintTo(const Production& production, std::ostream* out) { *out << production.query; }

class Productions : public testing::TestWithParam<Production> {};

TEST_P(Productions, ArePrintedCanonically) {
  const auto& [query, printed] = GetParam();
  EXPECT_EQ(Print(*MustParse(query)), printed) << query;
}

INSTANTIATE_TEST_SUITE_P(Numbers, Productions,
                         testing::ValuesIn<Production>({
                             {"1", "1"},
                             {"1.", "1"},
                             {".5", "0.5"},
                             {"1e3", "1000"},
                             {"0x1F", "31"},
                             {"0755", "493"},
                             {"1_000.5", "1000.5"},
                             {"Inf", "+Inf"},
                             {"-inf", "-Inf"},
                             {"NaN", "NaN"},
                             {"5m", "5m"},
                             {"1h30m", "1h30m"},
                             {"1y2w3d4h5m6s7ms", "382d4h5m6s7ms"},
                             {"-90061s", "-1d1h1m1s"},
                         }));

INSTANTIATE_TEST_SUITE_P(Strings, Productions,
                         testing::ValuesIn<Production>({
                             {"\"a\"", "\"a\""},
                             {"'a'", "\"a\""},
                             {"`a`", "\"a\""},
                             {"\"\\x41\\u00e9\\n\"", "\"A\u00e9\\n\""},
                             {"\"\"", "\"\""},
                         }));

INSTANTIATE_TEST_SUITE_P(Selectors, Productions,
                         testing::ValuesIn<Production>({
                             {"m", "m"},
                             {"m{}", "m"},
                             {"m{a=\"b\"}", "m{a=\"b\"}"},
                             {"m{a=\"b\",}", "m{a=\"b\"}"},
                             {"m{b!=\"1\",a=~\"2\",c!~\"3\"}", "m{a=~\"2\",b!=\"1\",c!~\"3\"}"},
                             {"{a=\"b\"}", "{a=\"b\"}"},
                             {"{\"m\"}", "{__name__=\"m\"}"},
                             {"{\"m.x\",a=\"b\"}", "{__name__=\"m.x\",a=\"b\"}"},
                             {"m{\"l.x\"='b'}", "m{\"l.x\"=\"b\"}"},
                             {":m:", ":m:"},
                             {"by", "by"},
                             {"{__name__=\"m\"}", "{__name__=\"m\"}"},
                             {"{__name__=~\"m.*\"}", "{__name__=~\"m.*\"}"},
                             {"m{a=`b`}", "m{a=\"b\"}"},
                         }));

INSTANTIATE_TEST_SUITE_P(Modifiers, Productions,
                         testing::ValuesIn<Production>({
                             {"m offset 5m", "m offset 5m"},
                             {"m offset -5m", "m offset -5m"},
                             {"m offset 300", "m offset 5m"},
                             {"m offset -1.5", "m offset -1s500ms"},
                             {"m offset step()", "m offset step()"},
                             {"m offset -range()", "m offset -range()"},
                             {"m offset max_of(1m, step())", "m offset max_of(1m, step())"},
                             {"m offset -min_of(1m, 2m)", "m offset -min_of(1m, 2m)"},
                             {"m offset (1m + 30s)", "m offset (1m + 30s)"},
                             {"m offset -(1m * 2)", "m offset -(1m * 2)"},
                             {"m @ 5", "m @ 5.000"},
                             {"m @ -1.5", "m @ -1.500"},
                             {"m @ +1h", "m @ 3600.000"},
                             {"m @ start()", "m @ start()"},
                             {"m @ END()", "m @ end()"},
                             {"m @ 5 offset 1m", "m @ 5.000 offset 1m"},
                             {"m offset 1m @ 5", "m @ 5.000 offset 1m"},
                             {"m anchored", "m anchored"},
                             {"m smoothed @ 5", "m @ 5.000 smoothed"},
                             {"m[5m] smoothed offset 1m", "m[5m] smoothed offset 1m"},
                             {"m offset 0s offset 1m", "m offset 1m"},
                         }));

INSTANTIATE_TEST_SUITE_P(Ranges, Productions,
                         testing::ValuesIn<Production>({
                             {"m[5m]", "m[5m]"},
                             {"m[300]", "m[5m]"},
                             {"m{a=\"b\"}[1h30m]", "m{a=\"b\"}[1h30m]"},
                             {"m[5m] @ 5 offset 1m", "m[5m] @ 5.000 offset 1m"},
                             {"m[5m] anchored", "m[5m] anchored"},
                             {"m smoothed[5m]", "m[5m] smoothed"},
                         }));

INSTANTIATE_TEST_SUITE_P(Subqueries, Productions,
                         testing::ValuesIn<Production>({
                             {"m[5m:]", "m[5m:]"},
                             {"m[5m:1m]", "m[5m:1m]"},
                             {"m[300:60]", "m[5m:1m]"},
                             {"(m)[5m:]", "(m)[5m:]"},
                             {"rate(m[5m])[1h:1m]", "rate(m[5m])[1h:1m]"},
                             {"sum(m)[5m:]", "sum(m)[5m:]"},
                             {"m[5m:1m] @ 5 offset 1m", "m[5m:1m] @ 5.000 offset 1m"},
                             {"avg_over_time(m[5m:])[1h:]", "avg_over_time(m[5m:])[1h:]"},
                             {"(a + b)[5m:30s]", "(a + b)[5m:30s]"},
                             {"m[1h:1m] @ start()", "m[1h:1m] @ start()"},
                         }));

INSTANTIATE_TEST_SUITE_P(Durations, Productions,
                         testing::ValuesIn<Production>({
                             {"m[1m + 30s]", "m[1m + 30s]"},
                             {"m[1h - 1m * 2]", "m[1h - 1m * 2]"},
                             {"m[(1h - 1m) * 2]", "m[(1h - 1m) * 2]"},
                             {"m[1h / 2]", "m[1h / 2]"},
                             {"m[7 % 4]", "m[7 % 4]"},
                             {"m[2 ^ 3 ^ 2]", "m[2 ^ 3 ^ 2]"},
                             {"m[-1m + 2m]", "m[-1m + 2m]"},
                             {"m[+5m]", "m[5m]"},
                             {"m[-(1m - 2m)]", "m[-(1m - 2m)]"},
                             {"m[step()]", "m[step()]"},
                             {"m[range() / 2]", "m[range() / 2]"},
                             {"m[max_of(step(), 1m)]", "m[max_of(step(), 1m)]"},
                             {"m[MIN_OF(1m, (2m))]", "m[min_of(1m, (2m))]"},
                             {"m[5m:step() * 2]", "m[5m:step() * 2]"},
                             {"m[5m + 5m:1m - 30s]", "m[5m + 5m:1m - 30s]"},
                             {"m[step() + 5m:max_of(1s, 2s)]", "m[step() + 5m:max_of(1s, 2s)]"},
                         }));

INSTANTIATE_TEST_SUITE_P(Calls, Productions,
                         testing::ValuesIn<Production>({
                             {"time()", "time()"},
                             {"abs(m)", "abs(m)"},
                             {"clamp(m, 1, 2)", "clamp(m, 1, 2)"},
                             {"label_join(m, \"a\", \",\")", "label_join(m, \"a\", \",\")"},
                             {"label_join(m, \"a\", \",\", \"b\", \"c\")",
                              "label_join(m, \"a\", \",\", \"b\", \"c\")"},
                             {"step()", "step()"},
                             {"start()", "start()"},
                             {"max_of(1, 2)", "max_of(1, 2)"},
                             {"min_of(1, 2)", "min_of(1, 2)"},
                             {"round(m)", "round(m)"},
                             {"rate(m[5m])", "rate(m[5m])"},
                             {"quantile_over_time(0.5, m[5m:])", "quantile_over_time(0.5, m[5m:])"},
                             {"info(m, {a=\"b\"})", "info(m, {a=\"b\"})"},
                             {"abs(abs((m)))", "abs(abs((m)))"},
                         }));

INSTANTIATE_TEST_SUITE_P(Aggregations, Productions,
                         testing::ValuesIn<Production>({
                             {"sum(m)", "sum(m)"},
                             {"SUM(m)", "sum(m)"},
                             {"sum by (a) (m)", "sum by (a) (m)"},
                             {"sum(m) by (a)", "sum by (a) (m)"},
                             {"sum by (a, b,) (m)", "sum by (a, b) (m)"},
                             {"sum by () (m)", "sum(m)"},
                             {"sum without (a) (m)", "sum without (a) (m)"},
                             {"sum(m) without ()", "sum without () (m)"},
                             {"topk(5, m)", "topk(5, m)"},
                             {"topk by (a) (5, m)", "topk by (a) (5, m)"},
                             {"topk(5, m) by (a)", "topk by (a) (5, m)"},
                             {"count_values(\"v\", m)", "count_values(\"v\", m)"},
                             {"quantile without (a) (0.5, m)", "quantile without (a) (0.5, m)"},
                             {"sum by (\"l.x\", a) (m)", "sum by (\"l.x\", a) (m)"},
                             {"sum by (bool, on, sum, offset) (m)",
                              "sum by (bool, on, sum, offset) (m)"},
                             {"sum(sum by (a) (m))", "sum(sum by (a) (m))"},
                             {"limitk(2, m)", "limitk(2, m)"},
                             {"limit_ratio(-0.5, m)", "limit_ratio(-0.5, m)"},
                             {"avg(m)", "avg(m)"},
                             {"min(m)", "min(m)"},
                             {"max(m)", "max(m)"},
                             {"group(m)", "group(m)"},
                             {"count(m)", "count(m)"},
                             {"stddev(m)", "stddev(m)"},
                             {"stdvar(m)", "stdvar(m)"},
                             {"bottomk(1, m)", "bottomk(1, m)"},
                         }));

INSTANTIATE_TEST_SUITE_P(Operators, Productions,
                         testing::ValuesIn<Production>({
                             {"1 + 2", "1 + 2"},
                             {"a - b", "a - b"},
                             {"a * b", "a * b"},
                             {"a / b", "a / b"},
                             {"a % b", "a % b"},
                             {"a ^ b", "a ^ b"},
                             {"a atan2 b", "a atan2 b"},
                             {"a == b", "a == b"},
                             {"a != b", "a != b"},
                             {"a < b", "a < b"},
                             {"a <= b", "a <= b"},
                             {"a > b", "a > b"},
                             {"a >= b", "a >= b"},
                             {"a and b", "a and b"},
                             {"a or b", "a or b"},
                             {"a unless b", "a unless b"},
                             {"a </ 1", "a </ 1"},
                             {"a >/ 1", "a >/ 1"},
                             {"a AND b", "a and b"},
                             {"-a", "-a"},
                             {"+a", "+a"},
                             {"-(a)", "-(a)"},
                             {"--a", "--a"},
                             {"-2 ^ 2", "-2 ^ 2"},
                             {"a ^ b ^ c", "a ^ b ^ c"},
                             {"(a + b) * c", "(a + b) * c"},
                             {"((a))", "((a))"},
                             {"1 < bool 2", "1 < bool 2"},
                         }));

INSTANTIATE_TEST_SUITE_P(
    Matching, Productions,
    testing::ValuesIn<Production>({
        {"a == bool b", "a == bool b"},
        {"a + on (x) b", "a + on (x) b"},
        {"a + on () b", "a + on () b"},
        {"a + ignoring (x) b", "a + ignoring (x) b"},
        {"a + ignoring () b", "a + b"},
        {"a + on (x, y,) b", "a + on (x, y) b"},
        {"a * on (x) group_left b", "a * on (x) group_left () b"},
        {"a * on (x) group_left () b", "a * on (x) group_left () b"},
        {"a * on (x) group_left (y) b", "a * on (x) group_left (y) b"},
        {"a * ignoring (x) group_right (y, z) b", "a * ignoring (x) group_right (y, z) b"},
        {"a > bool on (x) group_left (y) b", "a > bool on (x) group_left (y) b"},
        {"a + fill (0) b", "a + fill (0) b"},
        {"a + fill (-1) b", "a + fill (-1) b"},
        {"a + fill (1m) b", "a + fill (60) b"},
        {"a + fill_left (1) b", "a + fill_left (1) b"},
        {"a + fill_right (1) b", "a + fill_right (1) b"},
        {"a + fill_left (1) fill_right (2) b", "a + fill_left (1) fill_right (2) b"},
        {"a + fill_right (2) fill_left (1) b", "a + fill_left (1) fill_right (2) b"},
        {"a + fill_left (1) fill_right (1) b", "a + fill (1) b"},
        {"a + on (x) group_left (y) fill_left (0) b", "a + on (x) group_left (y) fill_left (0) b"},
        {"a == bool on (x) fill (0) b", "a == bool on (x) fill (0) b"},
        {"a and on (x) b", "a and on (x) b"},
        {"a unless ignoring (x) b", "a unless ignoring (x) b"},
        {"a + on (\"l.x\") b", "a + on (\"l.x\") b"},
        {"fill + fill_left", "fill + fill_left"},
    }));

}  // namespace
}  // namespace promlite::promql
