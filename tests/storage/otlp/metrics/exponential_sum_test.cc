// Sums of exponential histograms, as the Collector's deltatocumulative processor (0.163, which is
// in Prometheus 3.16) makes them.

#include "promlite/storage/otlp/metrics/points/exponential_sum.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace promlite::internal {
namespace {

// Buckets as "index:count", those that are empty left out.
struct Point {
  int32_t scale;
  double zero_threshold;
  uint64_t zero_count;
  uint64_t count;
  std::string_view positive;
  std::string_view negative;
  bool has_sum;
  double sum;
};

struct Case {
  std::vector<Point> points;
  Point sum;
};

const Case kCases[] = {
    {{{0, 0, 3, 29, "6:1 7:5 8:4 9:5 10:4", "-1:2 1:4 2:1", true, 12},
      {1, 0, 1, 15, "-6:4 -4:3", "-7:1 -5:2 -4:4", true, 51},
      {1, 0, 3, 21, "-2:1 0:5", "-7:3 -6:4 -5:5", true, 42}},
     {0, 0, 7, 65, "-3:4 -2:3 -1:1 0:5 6:1 7:5 8:4 9:5 10:4", "-4:4 -3:11 -2:4 -1:2 1:4 2:1", true,
      105}},
    {{{5, 0, 2, 23, "4:1 5:1", "-7:5 -6:5 -4:5 -3:4", true, 35},
      {5, 0, 1, 1, "", "", true, 76},
      {3, 0, 1, 10, "", "-5:3 -4:4 -2:2", true, 35}},
     {3, 0, 4, 34, "1:2", "-5:3 -4:4 -2:12 -1:9", true, 146}},
    {{{3, 0, 3, 12, "-145:2 -144:2 -143:5", "", true, 50},
      {2, 0, 3, 18, "0:2 1:1", "-13:5 -12:4 -11:2 -10:1", false, 0},
      {0, 0, 3, 20, "-33:1 -32:5 -31:2", "72:3 74:2 76:4", true, 88}},
     {0, 0, 9, 50, "-33:1 -32:5 -31:2 -19:2 -18:7 0:3", "-4:5 -3:7 72:3 74:2 76:4", false, 0}},
    {{{1, 2.5, 1, 9, "", "7:4 8:2 9:1 10:1", false, 0},
      {0, 0, 3, 16, "-6:5 -5:1 -4:2 -3:5", "", true, 49},
      {0, 0.3, 0, 2, "-8:2", "", true, 37}},
     {0, 2.5, 19, 27, "", "3:4 4:3 5:1", false, 0}},
    {{{3, 0, 2, 22, "-9:3 -8:3 -6:5 -5:1", "3:3 4:5", true, 90},
      {0, 0, 0, 2, "-3:1 -2:1", "", true, 39},
      {5, 0, 2, 18, "2:2 3:4", "6:3 7:2 8:5", true, 50}},
     {0, 0, 4, 42, "-3:1 -2:4 -1:9 0:6", "0:18", true, 179}},
    {{{1, 0, 2, 2, "", "", true, 61},
      {3, 0, 1, 6, "-163:3 -162:2", "", true, 94},
      {2, 0, 1, 16, "-139:4 -137:1", "-125:3 -124:4 -123:3", true, 29}},
     {1, 0, 4, 24, "-70:4 -69:1 -41:5", "-63:3 -62:7", true, 184}},
    {{{2, 0, 2, 8, "1:4", "3:1 4:1", true, 35},
      {0, 0, 1, 13, "9:4 10:1 11:4 12:1", "-9:2", true, 12},
      {0, 0, 1, 10, "-8:2", "7:4 8:2 9:1", false, 0}},
     {0, 0, 4, 31, "-8:2 0:4 9:4 10:1 11:4 12:1", "-9:2 0:1 1:1 7:4 8:2 9:1", false, 0}},
    {{{0, 0, 0, 8, "6:3 8:5", "", true, 98},
      {1, 1, 3, 7, "-8:3", "-2:1", true, 84},
      {0, 1, 3, 14, "0:5 2:2 3:4", "", true, 34}},
     {0, 1, 6, 29, "-4:3 0:5 2:2 3:4 6:3 8:5", "-1:1", true, 216}},
    {{{3, 0, 1, 6, "", "-168:3 -166:2", true, 83},
      {2, 0, 0, 10, "190:3", "137:3 138:4", true, 66},
      {0, 0, 3, 15, "-126:1 -125:1 -124:5", "-47:5", false, 0}},
     {-1, 0, 4, 31, "-63:2 -62:5 23:3", "-24:5 -11:5 17:7", false, 0}},
    {{{0, 0, 3, 19, "-2:4 -1:2", "9:5 10:5", true, 90},
      {2, 0, 2, 3, "", "-5:1", true, 72},
      {3, 0, 2, 7, "7:2", "-7:3", true, 35}},
     {0, 0, 7, 29, "-2:4 -1:2 0:2", "-2:1 -1:3 9:5 10:5", true, 197}},
    {{{0, 0, 0, 20, "4:4 5:4 6:2", "-9:2 -8:4 -7:2 -5:2", false, 0},
      {2, 0, 2, 12, "2:3 3:1 4:3", "-6:3", true, 95},
      {3, 0, 2, 19, "8:4 9:3 10:2", "-10:5 -8:3", true, 27}},
     {0, 0, 4, 51, "0:4 1:12 4:4 5:4 6:2", "-9:2 -8:4 -7:2 -5:2 -2:8 -1:3", false, 0}},
    {{{3, 0.3, 1, 8, "-190:2 -189:1 -188:4", "", true, 57},
      {1, 2.5, 1, 10, "", "-72:3 -71:1 -69:5", true, 15},
      {2, 0, 2, 9, "108:2", "65:3 66:1 68:1", true, 38}},
     {1, 2.8284271247461898, 11, 27, "54:2", "-72:3 -71:1 -69:5 32:3 33:1 34:1", true, 110}},
    {{{3, 0, 0, 9, "7:3", "-4:2 -3:4", true, 35},
      {1, 0, 1, 4, "-3:3", "", true, 9},
      {3, 0, 0, 13, "4:4 6:1", "-6:2 -5:2 -3:4", true, 15}},
     {1, 0, 1, 26, "-3:3 1:8", "-2:4 -1:10", true, 59}},
    {{{0, 0, 2, 10, "3:2 4:2", "-3:4", true, 33},
      {5, 0, 0, 23, "-4:5 -3:3 -2:3", "-8:1 -7:3 -6:5 -5:3", false, 0},
      {1, 0, 3, 13, "0:4 2:3 3:2", "0:1", true, 17}},
     {0, 0, 5, 46, "-1:11 0:4 1:5 3:2 4:2", "-3:4 -1:12 0:1", false, 0}},
    {{{1, 0, 0, 5, "-22:1", "35:4", true, 98},
      {3, 0, 0, 13, "-30:3 -29:3 -28:1", "-143:2 -142:3 -141:1", true, 41},
      {3, 0, 3, 5, "121:2", "", true, 98}},
     {1, 0, 3, 23, "-22:1 -8:6 -7:1 30:2", "-36:6 35:4", true, 237}},
    {{{0, 2.5, 0, 4, "0:4", "", true, 10},
      {0, 1, 3, 13, "", "-7:3 -6:5 -5:2", true, 40},
      {1, 2.5, 1, 3, "", "-2:1 1:1", true, 85}},
     {0, 2.5, 14, 20, "0:4", "-1:1 0:1", true, 135}},
    {{{3, 0, 0, 17, "-5:4 -4:1", "9:4 10:5 12:3", true, 15},
      {4, 0, 0, 13, "3:5", "-9:3 -7:5", true, 91},
      {4, 0, 3, 11, "-4:3", "9:5", true, 10}},
     {3, 0, 3, 41, "-5:4 -4:1 -2:3 1:5", "-5:3 -4:5 4:5 9:4 10:5 12:3", true, 116}},
    {{{0, 0, 3, 10, "70:2", "-74:2 -72:3", true, 29},
      {1, 0, 0, 4, "", "-130:4", true, 13},
      {1, 0, 1, 17, "65:2", "97:2 98:2 99:5 100:5", true, 16}},
     {0, 0, 4, 31, "32:2 70:2", "-74:2 -72:3 -65:4 48:2 49:7 50:5", true, 58}},
    {{{1, 0, 3, 17, "-1:4", "-9:2 -7:3 -6:5", true, 86},
      {2, 0, 3, 17, "-10:4 -8:2 -7:4 -6:1", "-2:3", true, 74},
      {2, 0, 1, 12, "-8:1 -7:1", "0:3 1:2 2:3 3:1", true, 56}},
     {1, 0, 7, 46, "-5:4 -4:8 -3:1 -1:4", "-9:2 -7:3 -6:5 -1:3 0:5 1:4", true, 216}},
    {{{3, 0, 1, 7, "-2:1", "1:5", true, 1},
      {4, 0, 3, 3, "", "", true, 84},
      {1, 0, 0, 2, "-3:2", "", true, 5}},
     {1, 0, 4, 12, "-3:2 -1:1", "0:5", true, 90}},
    {{{1, 0, 3, 8, "153:4", "-164:1", true, 79},
      {2, 0, 3, 5, "-108:2", "", true, 83},
      {3, 0, 0, 20, "121:3 122:3 123:5 124:2", "101:5 102:2", true, 50}},
     {0, 0, 6, 33, "-27:2 15:13 76:4", "-82:1 12:7", true, 212}},
    {{{3, 0, 2, 18, "-3:3 -2:3", "-2:3 0:4 1:3", true, 54},
      {2, 0, 3, 8, "0:5", "", true, 25},
      {2, 0, 2, 9, "-1:1 0:1", "3:5", true, 44}},
     {2, 0, 7, 35, "-2:3 -1:4 0:6", "-1:3 0:7 3:5", true, 123}},
    {{{5, 0, 1, 16, "7:5 8:4 9:3 10:3", "", true, 68},
      {0, 0, 0, 12, "-6:4", "-8:3 -7:5", true, 24},
      {5, 0, 1, 19, "-8:2 -6:5 -5:2", "4:5 5:4", false, 0}},
     {0, 0, 2, 47, "-6:4 -1:9 0:15", "-8:3 -7:5 0:9", false, 0}},
    {{{0, 0, 1, 4, "71:3", "", true, 16},
      {3, 0.3, 0, 5, "73:5", "", true, 43},
      {1, 0, 1, 1, "", "", false, 0}},
     {0, 0.5, 2, 10, "9:5 71:3", "", false, 0}},
};

void Parse(std::string_view text, otlp::ExponentialHistogramDataPoint::Buckets* buckets) {
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    int32_t index = 0;
    uint64_t count = 0;
    at = std::from_chars(at, end, index).ptr + 1;
    at = std::from_chars(at, end, count).ptr;
    if (at != end) ++at;
    if (buckets->bucket_counts().empty()) buckets->set_offset(index);
    while (buckets->offset() + buckets->bucket_counts_size() < index) buckets->add_bucket_counts(0);
    buckets->add_bucket_counts(count);
  }
}

std::string Text(const otlp::ExponentialHistogramDataPoint::Buckets& buckets) {
  std::string text;
  for (int i = 0; i < buckets.bucket_counts_size(); ++i) {
    if (buckets.bucket_counts(i) == 0) continue;
    text += (text.empty() ? "" : " ") + std::to_string(buckets.offset() + i) + ":" +
            std::to_string(buckets.bucket_counts(i));
  }
  return text;
}

otlp::ExponentialHistogramDataPoint Message(const Point& point) {
  otlp::ExponentialHistogramDataPoint message;
  message.set_scale(point.scale);
  message.set_zero_threshold(point.zero_threshold);
  message.set_zero_count(point.zero_count);
  message.set_count(point.count);
  Parse(point.positive, message.mutable_positive());
  Parse(point.negative, message.mutable_negative());
  if (point.has_sum) message.set_sum(point.sum);
  return message;
}

TEST(ExponentialSum, IsThatOfTheProcessor) {
  for (size_t i = 0; i < std::size(kCases); ++i) {
    SCOPED_TRACE(i);
    otlp::ExponentialHistogramDataPoint sum = Message(kCases[i].points[0]);
    for (size_t k = 1; k < kCases[i].points.size(); ++k) {
      AddExponential(Message(kCases[i].points[k]), &sum);
    }
    const Point& expected = kCases[i].sum;
    EXPECT_EQ(sum.scale(), expected.scale);
    // From exp(), of which the last digit is the C library's.
    EXPECT_DOUBLE_EQ(sum.zero_threshold(), expected.zero_threshold);
    EXPECT_EQ(sum.zero_count(), expected.zero_count);
    EXPECT_EQ(sum.count(), expected.count);
    EXPECT_EQ(Text(sum.positive()), expected.positive);
    EXPECT_EQ(Text(sum.negative()), expected.negative);
    EXPECT_EQ(sum.has_sum(), expected.has_sum);
    EXPECT_EQ(sum.sum(), expected.sum);
  }
}

// The processor itself panics where a negative scale meets a threshold that is a power of two.
TEST(ExponentialSum, WidensZeroBucketsOfCoarseScales) {
  // Scale -1: (1/4, 1] is bucket -1, (1, 4] bucket 0, (4, 16] bucket 1.
  for (const double threshold : {2.0, 3.0, 4.0}) {
    otlp::ExponentialHistogramDataPoint sum = Message({-1, 0, 1, 7, "-1:1 0:2 1:3", "", false, 0});
    AddExponential(Message({-1, threshold, 0, 0, "", "", false, 0}), &sum);
    EXPECT_EQ(sum.zero_count(), 4u) << threshold;
    EXPECT_EQ(Text(sum.positive()), "1:3") << threshold;
    EXPECT_DOUBLE_EQ(sum.zero_threshold(), 4) << threshold;
  }
}

TEST(ExponentialSum, OfNonsense_EndsSoon) {
  constexpr int32_t kMax = std::numeric_limits<int32_t>::max();
  constexpr int32_t kMin = std::numeric_limits<int32_t>::min();
  otlp::ExponentialHistogramDataPoint low = Message({kMin, 0, 0, 1, "", "", false, 0});
  low.mutable_positive()->set_offset(kMin);
  low.mutable_positive()->add_bucket_counts(1);
  otlp::ExponentialHistogramDataPoint high = Message({kMax, 0, 0, 1, "", "", false, 0});
  high.mutable_positive()->set_offset(kMax);
  high.mutable_positive()->add_bucket_counts(1);
  for (const double threshold : {0.0, -1.0, 1e300, std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN()}) {
    high.set_zero_threshold(threshold);
    otlp::ExponentialHistogramDataPoint sum = low;
    AddExponential(high, &sum);
    EXPECT_EQ(sum.count(), 2u);
    sum = high;
    sum.set_scale(low.scale());
    AddExponential(low, &sum);
    EXPECT_EQ(sum.count(), 2u);
  }
}

}  // namespace
}  // namespace promlite::internal
