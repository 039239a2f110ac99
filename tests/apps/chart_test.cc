#include "promlite/apps/repl/chart/chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "promlite/apps/repl/chart/axis.h"
#include "promlite/apps/repl/chart/canvas.h"
#include "promlite/apps/repl/chart/sparkline.h"
#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<Sample> EverySecond(const std::vector<double>& values) {
  std::vector<Sample> samples;
  for (size_t i = 0; i < values.size(); ++i) {
    samples.push_back({static_cast<int64_t>(i) * 1000, values[i]});
  }
  return samples;
}

std::string SparklineOf(const std::vector<double>& values, size_t cells) {
  const absl::Time end = absl::UnixEpoch() + absl::Seconds(values.empty() ? 0 : values.size() - 1);
  return Sparkline(EverySecond(values), absl::UnixEpoch(), end, cells);
}

TEST(SparklineTest, HeightsRunFromTheLeastToTheLargest) {
  EXPECT_EQ(SparklineOf({0, 1, 2, 3, 4, 5, 6, 7}, 8), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(SparklineOf({-5, 5}, 2), "▁█");
}

TEST(SparklineTest, OneValueIsALineAtHalfHeight) { EXPECT_EQ(SparklineOf({3, 3, 3}, 3), "▄▄▄"); }

TEST(SparklineTest, MissingSamplesAndNaNs_AreBlanks) {
  EXPECT_EQ(SparklineOf({0, kNaN, 1, kInfinity}, 4), "▁ █ ");
  EXPECT_EQ(SparklineOf({}, 3), "   ");
}

TEST(SparklineTest, SamplesOfOneCell_AreAveraged) {
  // Means 1, 3 (of 2 and 4) and 5.
  EXPECT_EQ(SparklineOf({1, 1, 2, 4, 5, 5}, 3), "▁▅█");
}

TEST(SparklineTest, ExtremesMayBeFartherApartThanDoublesGo) {
  EXPECT_EQ(SparklineOf({-1.7e308, 1.7e308}, 2), "▁█");
}

TEST(ValueAxisTest, TicksAreRoundNumbers) {
  const ValueAxis axis = MakeValueAxis(0.3, 9.2, 5);
  EXPECT_EQ(axis.low, 0);
  EXPECT_EQ(axis.high, 10);
  EXPECT_EQ(axis.step, 2);
  EXPECT_EQ(axis.tick_count(), 6u);
  EXPECT_EQ(axis.label(5), "10");
  EXPECT_EQ(axis.Fraction(5), 0.5);
}

TEST(ValueAxisTest, ItBeginsAtZero_OnlyWhereThatCostsLittle) {
  EXPECT_EQ(MakeValueAxis(40, 100, 4).low, 0);
  EXPECT_EQ(MakeValueAxis(90, 100, 5).low, 90);
  EXPECT_EQ(MakeValueAxis(-100, -40, 4).high, 0);
}

TEST(ValueAxisTest, LabelsAreShort) {
  EXPECT_EQ(MakeValueAxis(0, 1e6, 2).label(1), "0.5M");
  EXPECT_EQ(MakeValueAxis(0, 0.5, 5).label(1), "0.1");
  EXPECT_EQ(MakeValueAxis(0, 5000, 5).label(5), "5000");
  EXPECT_EQ(MakeValueAxis(0, 50000, 5).label(5), "50k");
  EXPECT_EQ(MakeValueAxis(0, 1e-7, 1).label(0), "0");
}

TEST(ValueAxisTest, AnyTwoDoubles_HaveAnAxis) {
  const double values[] = {0,        5e-324,  -5e-324, 1,        1 + 2.3e-16,
                           -1.7e308, 1.7e308, 1e300,   -3.3e-10, 12345.678};
  for (const double least : values) {
    for (const double largest : values) {
      if (!(least <= largest)) continue;
      const ValueAxis axis = MakeValueAxis(least, largest, 4);
      EXPECT_LT(axis.low, axis.high) << least << " " << largest;
      EXPECT_GT(axis.step, 0) << least << " " << largest;
      EXPECT_LE(axis.tick_count(), 20u) << least << " " << largest;
      for (size_t i = 0; i < axis.tick_count(); ++i) EXPECT_FALSE(axis.label(i).empty());
    }
  }
}

TEST(TimeTicksTest, TicksAreRoundTimes) {
  const absl::Time start = absl::FromUnixSeconds(1780315200 + 100);  // 12:01:40
  const std::vector<TimeTick> ticks = MakeTimeTicks(start, start + absl::Hours(1), 8);
  ASSERT_EQ(ticks.size(), 6u);
  EXPECT_EQ(ticks[0].label, "12:10");
  EXPECT_EQ(ticks[5].label, "13:00");
}

TEST(TimeTicksTest, LabelsAreAsExactAsTheDistanceAsks) {
  const absl::Time start = absl::FromUnixSeconds(1780315200);
  EXPECT_EQ(MakeTimeTicks(start, start + absl::Seconds(10), 4)[1].label, "12:00:05");
  EXPECT_EQ(MakeTimeTicks(start, start + absl::Milliseconds(20), 4)[1].label, "12:00:00.010");
  EXPECT_EQ(MakeTimeTicks(start, start + absl::Hours(24 * 4), 5)[0].label, "2026-06-02");
  EXPECT_EQ(MakeTimeTicks(start, start, 5).size(), 1u);
}

TEST(TimeTicksTest, TimesBefore1970_HaveTicks) {
  const absl::Time start = absl::FromUnixSeconds(-90);
  const std::vector<TimeTick> ticks = MakeTimeTicks(start, absl::UnixEpoch(), 4);
  ASSERT_FALSE(ticks.empty());
  EXPECT_EQ(ticks.front().time, absl::FromUnixSeconds(-90));
}

TEST(CanvasTest, DotsBecomeBrailleCharacters) {
  Canvas canvas(2, 1);
  canvas.Dot(0, 0, 0);
  canvas.Dot(3, 3, 0);
  canvas.Dot(4, 0, 0);   // outside
  canvas.Dot(-1, 0, 0);  // outside
  EXPECT_EQ(canvas.Row(0, {LineStyle()}), "⠁⢀");
}

TEST(CanvasTest, ALineConnectsItsEnds) {
  Canvas canvas(2, 1);
  canvas.Line(0, 3, 3, 0, 0);
  EXPECT_EQ(canvas.Row(0, {LineStyle()}), "⡠⠊");
}

TEST(CanvasTest, WithoutColours_LinesHaveMarkers) {
  Canvas canvas(3, 1);
  canvas.Dot(0, 0, 0);
  canvas.Dot(4, 0, 1);
  EXPECT_EQ(canvas.Row(0, {{Color::kNone, '*'}, {Color::kNone, '+'}}), "* +");
}

ChartOptions Seconds(int64_t seconds) {
  ChartOptions options;
  options.start = absl::UnixEpoch();
  options.end = absl::UnixEpoch() + absl::Seconds(seconds);
  options.step = absl::Seconds(1);
  options.width = 30;
  options.height = 4;
  return options;
}

TEST(LineChartTest, OneLine_InBrailleBetweenTwoAxes) {
  ChartOptions options = Seconds(2);
  options.unit = "USD/s";
  // Zero lies in the middle of -1 to 1: between the 8th and the 9th of 16 rows of dots.
  EXPECT_EQ(DrawLineChart({{"up", EverySecond({0, 0, 0})}}, options),
            "USD/s\n"
            " 1 ┤\n"
            "   │\n"
            " 0 ┤" +
                Repeat("⠉", 26) +
                "\n"
                "-1 ┤\n"
                "   └┬" +
                Repeat("─", 24) +
                "┬\n"
                "    00:00:00          00:00:02\n"
                "1970-01-01T00:00:00Z to 1970-01-01T00:00:02Z, a point every 1s\n"
                "⣿ up  min 0, max 0, last 0\n");
}

TEST(LineChartTest, SeveralLines_DifferWithoutColours) {
  const std::string chart =
      DrawLineChart({{"a", EverySecond({0, 0, 0})}, {"b", EverySecond({9, 9, 9})}}, Seconds(2));
  EXPECT_NE(chart.find("* a  min 0"), std::string::npos) << chart;
  EXPECT_NE(chart.find("+ b  min 9"), std::string::npos) << chart;
  EXPECT_EQ(chart.find('\x1b'), std::string::npos);
}

TEST(LineChartTest, Colours_AreUsedWhereThereAreAny) {
  ChartOptions options = Seconds(2);
  options.colors = true;
  const std::string chart = DrawLineChart({{"a", EverySecond({1, 2, 3})}}, options);
  EXPECT_NE(chart.find("\x1b[36m"), std::string::npos);
}

TEST(LineChartTest, GapsAreNotJoined) {
  // Two points far apart: nothing is drawn between them.
  const std::vector<Sample> samples = {{0, 5}, {10'000, 5}};
  const std::string chart = DrawLineChart({{"a", samples}}, Seconds(10));
  size_t drawn = 0;
  for (size_t i = 0; i < chart.size();) {
    const char32_t c = NextCharacter(chart, &i);
    drawn += c >= 0x2800 && c <= 0x28FF && c != 0x28FF;
  }
  EXPECT_EQ(drawn, 2u) << chart;
}

TEST(LineChartTest, WhatIsLeftOut_IsSaid) {
  std::vector<ChartLine> lines;
  for (int i = 0; i < 12; ++i) {
    lines.push_back({"line " + std::to_string(i), EverySecond({1.0 * i, kNaN})});
  }
  const std::string chart = DrawLineChart(lines, Seconds(1));
  EXPECT_NE(chart.find("only the 10 highest of 12 series are drawn\n"), std::string::npos) << chart;
  EXPECT_NE(chart.find("12 points are NaN or infinite and not drawn\n"), std::string::npos);
  EXPECT_EQ(chart.find("line 1 "), std::string::npos);
  EXPECT_NE(chart.find("line 11 "), std::string::npos);
}

TEST(LineChartTest, WithoutFiniteValues_ThereIsNothingToDraw) {
  EXPECT_EQ(DrawLineChart({{"a", EverySecond({kInfinity})}}, Seconds(1)),
            "nothing to draw: no value is finite\n"
            "1 point is NaN or infinite and not drawn\n");
}

TEST(BarChartTest, BarsAreAsLongAsTheirValues) {
  ChartOptions options;
  options.width = 20;
  // 20 cells, of which 2 stand for names and 3 for values, with the blanks between: 15 for bars.
  EXPECT_EQ(DrawBarChart({{"a", 10}, {"b", 5}}, options),
            "a ███████████████ 10\n"
            "b ███████▌         5\n");
}

TEST(BarChartTest, NegativeBars_StandToTheLeftOfZero) {
  ChartOptions options;
  options.width = 15;
  EXPECT_EQ(DrawBarChart({{"a", 5}, {"b", -5}}, options),
            "a      █████  5\n"
            "b █████      -5\n");
}

TEST(BarChartTest, ValuesThatAreNotFinite_HaveNoBar) {
  ChartOptions options;
  options.width = 16;
  EXPECT_EQ(DrawBarChart({{"a", 1}, {"b", kNaN}}, options),
            "a ██████████   1\n"
            "b            NaN\n");
}

}  // namespace
}  // namespace promlite::repl
