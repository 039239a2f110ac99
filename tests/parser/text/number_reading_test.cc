#include "promlite/parser/text/number_reading.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "promlite/parser/text/go_min_max.h"

namespace promlite::internal {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(ParseGoFloat, AcceptsDecimalAndHexadecimalNumbers) {
  EXPECT_EQ(ParseGoFloat("0.1"), 0.1);
  EXPECT_EQ(ParseGoFloat("-5."), -5.0);
  EXPECT_EQ(ParseGoFloat("+.5"), 0.5);
  EXPECT_EQ(ParseGoFloat("1e3"), 1000.0);
  EXPECT_EQ(ParseGoFloat("1E-3"), 0.001);
  EXPECT_EQ(ParseGoFloat("0x1p4"), 16.0);
  EXPECT_EQ(ParseGoFloat("0X.8P1"), 1.0);
}

TEST(ParseGoFloat, AcceptsUnderscoresBetweenDigitsOnly) {
  EXPECT_EQ(ParseGoFloat("1_000"), 1000.0);
  EXPECT_EQ(ParseGoFloat("0_1"), 1.0);
  EXPECT_EQ(ParseGoFloat("1e1_0"), 1e10);
  EXPECT_EQ(ParseGoFloat("0x_1p4"), 16.0);
  EXPECT_EQ(ParseGoFloat("0x1_0p1"), 32.0);
  for (const char* text : {"_1", "1_", "1__0", "1_e5", "1e_5", "1_.5", "1._5"}) {
    EXPECT_EQ(ParseGoFloat(text), std::nullopt) << text;
  }
}

TEST(ParseGoFloat, AcceptsInfinitiesWithAndNanWithoutASign) {
  for (const char* text : {"inf", "+Inf", "INFINITY", "+infinity"}) {
    EXPECT_EQ(ParseGoFloat(text), kInf) << text;
  }
  EXPECT_EQ(ParseGoFloat("-inf"), -kInf);
  EXPECT_TRUE(std::isnan(*ParseGoFloat("NaN")));
  EXPECT_TRUE(std::isnan(*ParseGoFloat("nan")));
  EXPECT_EQ(ParseGoFloat("+nan"), std::nullopt);
  EXPECT_EQ(ParseGoFloat("infi"), std::nullopt);
}

TEST(ParseGoFloat, RefusesWhatIsTooLargeAndRoundsWhatIsTooSmallToZero) {
  EXPECT_EQ(ParseGoFloat("1e400"), std::nullopt);
  EXPECT_EQ(ParseGoFloat("-1e400"), std::nullopt);
  EXPECT_EQ(ParseGoFloat("0x1p2000"), std::nullopt);
  EXPECT_EQ(ParseGoFloat("1" + std::string(400, '0')), std::nullopt);
  EXPECT_EQ(ParseGoFloat("1e99999999999999999999"), std::nullopt);
  EXPECT_EQ(ParseGoFloat("1e-400"), 0.0);
  EXPECT_EQ(ParseGoFloat("0x1p-2000"), 0.0);
  EXPECT_EQ(ParseGoFloat("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(ParseGoFloat("0e400"), 0.0);
  EXPECT_EQ(ParseGoFloat("5e-324"), 5e-324);
}

TEST(ParseGoFloat, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "+", ".", "e5", "1e", "1e+", "0x1", "0x", "1.2.3", "1 ", " 1", "abc",
                           "1f", "--1", "0b1"}) {
    EXPECT_EQ(ParseGoFloat(text), std::nullopt) << text;
  }
}

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
    EXPECT_EQ(ParseDecimalFloat(text), kInf) << text;
  }
  EXPECT_EQ(ParseDecimalFloat("-Inf"), -kInf);
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

TEST(GoMaxAndMin, LetInfinityWinOverNan) {
  EXPECT_EQ(GoMax(kInf, kNan), kInf);
  EXPECT_EQ(GoMax(kNan, kInf), kInf);
  EXPECT_TRUE(std::isnan(GoMax(-kInf, kNan)));
  EXPECT_EQ(GoMin(kNan, -kInf), -kInf);
  EXPECT_TRUE(std::isnan(GoMin(kInf, kNan)));
  EXPECT_TRUE(std::isnan(GoMin(1, kNan)));
}

TEST(GoMaxAndMin, OrderSignedZeros) {
  EXPECT_FALSE(std::signbit(GoMax(-0.0, 0.0)));
  EXPECT_FALSE(std::signbit(GoMax(0.0, -0.0)));
  EXPECT_TRUE(std::signbit(GoMin(-0.0, 0.0)));
  EXPECT_TRUE(std::signbit(GoMin(0.0, -0.0)));
}

}  // namespace
}  // namespace promlite::internal
