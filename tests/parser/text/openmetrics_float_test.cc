#include "promlite/parser/text/openmetrics_float.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(ParseDecimalFloat, ReadsWhatGoReads) {
  EXPECT_EQ(ParseDecimalFloat("0"), 0.0);
  EXPECT_EQ(ParseDecimalFloat("12"), 12.0);
  EXPECT_EQ(ParseDecimalFloat("+12.5"), 12.5);
  EXPECT_EQ(ParseDecimalFloat("-1e3"), -1000.0);
  EXPECT_EQ(ParseDecimalFloat("1E+3"), 1000.0);
  EXPECT_EQ(ParseDecimalFloat(".5"), 0.5);
  EXPECT_EQ(ParseDecimalFloat("5."), 5.0);
  EXPECT_EQ(ParseDecimalFloat("0.1"), 0.1);
  EXPECT_EQ(ParseDecimalFloat("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(ParseDecimalFloat("5e-324"), std::numeric_limits<double>::denorm_min());
  for (const char* text : {"Inf", "inf", "+Inf", "infinity", "+INFINITY"}) {
    EXPECT_EQ(ParseDecimalFloat(text), kInfinity) << text;
  }
  EXPECT_EQ(ParseDecimalFloat("-Inf"), -kInfinity);
  EXPECT_TRUE(std::signbit(ParseDecimalFloat("-0").value()));
}

TEST(ParseDecimalFloat, RoundsToZeroWhatIsTooSmall_AndRefusesWhatIsTooLarge) {
  EXPECT_EQ(ParseDecimalFloat("1e-400"), 0.0);
  EXPECT_EQ(ParseDecimalFloat("1e400"), std::nullopt);
  EXPECT_EQ(ParseDecimalFloat("-1e400"), std::nullopt);
}

TEST(ParseDecimalFloat, GivesEveryNanTheBitsThatPrometheusStores) {
  for (const char* text : {"NaN", "nan", "NAN"}) {
    EXPECT_EQ(std::bit_cast<uint64_t>(ParseDecimalFloat(text).value()), 0x7ff8000000000001) << text;
  }
}

TEST(ParseDecimalFloat, RefusesEverythingElse) {
  for (const char* text : {"",      "+",         "-",   ".",   "e5",    "1e",   "1e+",  "1_000",
                           "0x10",  "0x1p4",     "1,5", "1 ",  " 1",    "+nan", "-nan", "in",
                           "infin", "infinityy", "++1", "+-1", "1.2.3", "1f",   "one"}) {
    EXPECT_EQ(ParseDecimalFloat(text), std::nullopt) << text;
  }
}

// The examples of tests/golden/README.md, and Go's 'g' format: an exponent from 1e+06 and below
// 1e-4 on.
TEST(FormatOpenMetricsFloat, HasAPointOrAnExponent) {
  EXPECT_EQ(FormatOpenMetricsFloat(5), "5.0");
  EXPECT_EQ(FormatOpenMetricsFloat(10), "10.0");
  EXPECT_EQ(FormatOpenMetricsFloat(0), "0.0");
  EXPECT_EQ(FormatOpenMetricsFloat(-0.0), "0.0");
  EXPECT_EQ(FormatOpenMetricsFloat(-1), "-1.0");
  EXPECT_EQ(FormatOpenMetricsFloat(0.5), "0.5");
  EXPECT_EQ(FormatOpenMetricsFloat(0.99), "0.99");
  EXPECT_EQ(FormatOpenMetricsFloat(123456), "123456.0");
  EXPECT_EQ(FormatOpenMetricsFloat(1234567), "1.234567e+06");
  EXPECT_EQ(FormatOpenMetricsFloat(1e6), "1e+06");
  EXPECT_EQ(FormatOpenMetricsFloat(0.0001), "0.0001");
  EXPECT_EQ(FormatOpenMetricsFloat(0.00001), "1e-05");
  EXPECT_EQ(FormatOpenMetricsFloat(1e300), "1e+300");
  EXPECT_EQ(FormatOpenMetricsFloat(kInfinity), "+Inf");
  EXPECT_EQ(FormatOpenMetricsFloat(-kInfinity), "-Inf");
  EXPECT_EQ(FormatOpenMetricsFloat(std::nan("")), "NaN");
}

}  // namespace
}  // namespace promlite::internal
