#include "promlite/parser/text/number_printing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The same numbers as strconv.FormatFloat (formats 'f' and 'g'), json.Marshal and fmt's %f of Go
// 1.26 write them; the API's are strconv's 'e' below 1e-6 and from 1e21 on.
struct Printed {
  double value;
  std::string fixed, shortest, api, json, six_decimals;
};

TEST(NumberPrinting, IsGos) {
  const Printed numbers[] = {
      {-2000000, "-2000000", "-2e+06", "-2000000", "-2000000", "-2000000.000000"},
      {-999999, "-999999", "-999999", "-999999", "-999999", "-999999.000000"},
      {-1e6, "-1000000", "-1e+06", "-1000000", "-1000000", "-1000000.000000"},
      {-123456789.5, "-123456789.5", "-1.234567895e+08", "-123456789.5", "-123456789.5",
       "-123456789.500000"},
      {-0.0001, "-0.0001", "-0.0001", "-0.0001", "-0.0001", "-0.000100"},
      {-0.00001, "-0.00001", "-1e-05", "-0.00001", "-0.00001", "-0.000010"},
      {1e-6, "0.000001", "1e-06", "0.000001", "0.000001", "0.000001"},
      {9.99e-7, "0.000000999", "9.99e-07", "9.99e-07", "9.99e-7", "0.000001"},
      {1e20, "100000000000000000000", "1e+20", "100000000000000000000", "100000000000000000000",
       "100000000000000000000.000000"},
      {1e21, "1000000000000000000000", "1e+21", "1e+21", "1e+21", "1000000000000000000000.000000"},
      {123456789012345680000.0, "123456789012345680000", "1.2345678901234568e+20",
       "123456789012345680000", "123456789012345680000", "123456789012345683968.000000"},
      {5e-324, "0." + std::string(323, '0') + "5", "5e-324", "5e-324", "5e-324", "0.000000"},
      {1e100, "1" + std::string(100, '0'), "1e+100", "1e+100", "1e+100",
       "1000000000000000015902891109759918046836080856394528138978132755774783877217038106081346998"
       "5856815104.000000"},
      {0.1 + 0.2, "0.30000000000000004", "0.30000000000000004", "0.30000000000000004",
       "0.30000000000000004", "0.300000"},
      {0, "0", "0", "0", "0", "0.000000"},
      {-0.0, "-0", "-0", "-0", "-0", "-0.000000"},
  };
  for (const Printed& number : numbers) {
    EXPECT_EQ(GoFixed(number.value), number.fixed);
    EXPECT_EQ(GoShortest(number.value), number.shortest);
    EXPECT_EQ(ApiNumber(number.value), number.api);
    EXPECT_EQ(GoJsonNumber(number.value), number.json);
    EXPECT_EQ(SixDecimals(number.value), number.six_decimals);
  }
}

TEST(NumberPrinting, NamesWhatIsNotFinite) {
  for (const auto print :
       {GoFixed, GoShortest, ApiNumber, OpenMetricsNumber, SixDecimals, TwoDigits}) {
    EXPECT_EQ(print(kInfinity), "+Inf");
    EXPECT_EQ(print(-kInfinity), "-Inf");
    EXPECT_EQ(print(std::nan("")), "NaN");
  }
}

// fmt.Sprintf("%.2g", ...) of Go 1.26.
TEST(NumberPrinting, RoundsToTwoDigits) {
  EXPECT_EQ(TwoDigits(0), "0");
  EXPECT_EQ(TwoDigits(150), "1.5e+02");
  EXPECT_EQ(TwoDigits(-0.000123), "-0.00012");
  EXPECT_EQ(TwoDigits(9.96), "10");
  EXPECT_EQ(TwoDigits(1.7976931348623157e308), "1.8e+308");
}

TEST(NumberPrinting, HasTheFewestDigits) {
  EXPECT_EQ(GoFixed(0.1), "0.1");
  EXPECT_EQ(GoFixed(-1e-10), "-0.0000000001");
  EXPECT_EQ(GoFixed(1.5e15), "1500000000000000");
  EXPECT_EQ(GoShortest(999999), "999999");
  EXPECT_EQ(GoShortest(1e6), "1e+06");
  EXPECT_EQ(GoShortest(1234567.5), "1.2345675e+06");
  EXPECT_EQ(GoShortest(0.0001), "0.0001");
  EXPECT_EQ(GoShortest(-0.00001), "-1e-05");
  EXPECT_EQ(GoShortest(1e100), "1e+100");
}

TEST(GoFixed, IsShortestWithoutAnExponent) {
  EXPECT_EQ(GoFixed(0.005), "0.005");
  EXPECT_EQ(GoFixed(10), "10");
  EXPECT_EQ(GoFixed(1000000), "1000000");
  EXPECT_EQ(GoFixed(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(GoFixed(1e23), "100000000000000000000000");
  EXPECT_EQ(GoFixed(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(GoFixed(5e-324), "0." + std::string(323, '0') + "5");
  EXPECT_EQ(GoFixed(-2.5), "-2.5");
  EXPECT_EQ(GoFixed(std::numeric_limits<double>::infinity()), "+Inf");
}

// The examples of tests/golden/README.md, and Go's 'g' format: an exponent from 1e+06 and below
// 1e-4 on.
TEST(OpenMetricsNumber, HasAPointOrAnExponent) {
  EXPECT_EQ(OpenMetricsNumber(5), "5.0");
  EXPECT_EQ(OpenMetricsNumber(10), "10.0");
  EXPECT_EQ(OpenMetricsNumber(0), "0.0");
  EXPECT_EQ(OpenMetricsNumber(-0.0), "0.0");
  EXPECT_EQ(OpenMetricsNumber(-1), "-1.0");
  EXPECT_EQ(OpenMetricsNumber(0.5), "0.5");
  EXPECT_EQ(OpenMetricsNumber(0.99), "0.99");
  EXPECT_EQ(OpenMetricsNumber(123456), "123456.0");
  EXPECT_EQ(OpenMetricsNumber(1234567), "1.234567e+06");
  EXPECT_EQ(OpenMetricsNumber(1e6), "1e+06");
  EXPECT_EQ(OpenMetricsNumber(0.0001), "0.0001");
  EXPECT_EQ(OpenMetricsNumber(0.00001), "1e-05");
  EXPECT_EQ(OpenMetricsNumber(1e300), "1e+300");
  EXPECT_EQ(OpenMetricsNumber(kInfinity), "+Inf");
  EXPECT_EQ(OpenMetricsNumber(-kInfinity), "-Inf");
  EXPECT_EQ(OpenMetricsNumber(std::nan("")), "NaN");
}

}  // namespace
}  // namespace promlite::internal
