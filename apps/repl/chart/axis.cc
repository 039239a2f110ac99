#include "promlite/apps/repl/chart/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace promlite::repl {
namespace {

// The smallest of 1, 2, 5 x 10^n that is at least `distance` (> 0).
long double NiceStep(long double distance) {
  const long double power = std::pow(10.0L, std::floor(std::log10(distance)));
  for (const long double factor : {1.0L, 2.0L, 5.0L}) {
    if (factor * power >= distance) return factor * power;
  }
  return 10 * power;
}

struct Suffix {
  double scale;
  const char* text;
};
constexpr Suffix kSuffixes[] = {{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};

constexpr int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr int64_t kTimeSteps[] = {1,
                                  2,
                                  5,
                                  10,
                                  20,
                                  50,
                                  100,
                                  200,
                                  500,
                                  kSecond,
                                  2 * kSecond,
                                  5 * kSecond,
                                  10 * kSecond,
                                  15 * kSecond,
                                  30 * kSecond,
                                  kMinute,
                                  2 * kMinute,
                                  5 * kMinute,
                                  10 * kMinute,
                                  15 * kMinute,
                                  30 * kMinute,
                                  kHour,
                                  2 * kHour,
                                  3 * kHour,
                                  6 * kHour,
                                  12 * kHour,
                                  kDay,
                                  2 * kDay,
                                  5 * kDay,
                                  10 * kDay,
                                  20 * kDay,
                                  50 * kDay,
                                  100 * kDay,
                                  200 * kDay,
                                  500 * kDay,
                                  1000 * kDay,
                                  5000 * kDay,
                                  20000 * kDay};

const char* TimeFormat(int64_t step_ms) {
  if (step_ms >= kDay) return "%Y-%m-%d";
  if (step_ms >= kMinute) return "%H:%M";
  return step_ms >= kSecond ? "%H:%M:%S" : "%H:%M:%E3S";
}

}  // namespace

size_t ValueAxis::tick_count() const {
  const long double count = (static_cast<long double>(high) - low) / step;
  return static_cast<size_t>(std::lround(static_cast<double>(count))) + 1;
}

double ValueAxis::tick(size_t index) const {
  // Counted in whole steps, so that zero is zero.
  const long double first = std::round(static_cast<long double>(low) / step);
  return static_cast<double>((first + static_cast<long double>(index)) * step);
}

std::string ValueAxis::label(size_t index) const {
  const double extreme = std::max(std::fabs(low), std::fabs(high));
  double scale = 1;
  const char* suffix = "";
  for (const Suffix& candidate : kSuffixes) {
    // Four digits are read more easily than a suffix.
    if (extreme >= candidate.scale * (candidate.scale == 1e3 ? 10 : 1)) {
      scale = candidate.scale;
      suffix = candidate.text;
      break;
    }
  }
  const double value = tick(index) / scale;
  char text[64];
  if (extreme >= 1e18 || extreme < 1e-4) {
    std::snprintf(text, sizeof(text), "%.3g", tick(index));
    return text;
  }
  const int decimals =
      std::clamp(static_cast<int>(-std::floor(std::log10(step / scale) + 1e-9)), 0, 9);
  std::snprintf(text, sizeof(text), "%.*f%s", decimals, value == 0 ? 0.0 : value,
                value == 0 ? "" : suffix);
  return text;
}

double ValueAxis::Fraction(double value) const {
  const long double from_low = static_cast<long double>(value) - low;
  return static_cast<double>(from_low / (static_cast<long double>(high) - low));
}

ValueAxis MakeValueAxis(double least, double largest, size_t ticks) {
  long double low = least, high = largest;
  if (low > 0 && low < high / 2) low = 0;
  if (high < 0 && high > low / 2) high = 0;
  if (low == high) {
    // One value: in the middle, at a distance from the edges that can be told in doubles.
    const long double around = low == 0 ? 1 : std::fabs(low) / 2;
    low -= around;
    high += around;
  }
  const long double step =
      NiceStep((high - low) / static_cast<long double>(std::max<size_t>(ticks, 2)));
  ValueAxis axis;
  const auto clamped = [](long double value) {
    return static_cast<double>(std::clamp<long double>(value, -1.7e308L, 1.7e308L));
  };
  axis.step = std::max(clamped(step), 5e-324);
  axis.low = clamped(std::floor(low / step) * step);
  axis.high = clamped(std::ceil(high / step) * step);
  if (!(axis.high > axis.low)) {
    // Neighbouring doubles: the edges are the values themselves.
    axis.low = least;
    axis.high = std::nextafter(largest, INFINITY);
    axis.step = axis.high - axis.low;
  }
  return axis;
}

std::vector<TimeTick> MakeTimeTicks(absl::Time start, absl::Time end, size_t most) {
  const int64_t first = absl::ToUnixMillis(start), last = absl::ToUnixMillis(end);
  const auto* step = std::find_if(std::begin(kTimeSteps), std::end(kTimeSteps), [&](int64_t s) {
    return (last - first) / s + 1 <= static_cast<int64_t>(most);
  });
  std::vector<TimeTick> ticks;
  if (step == std::end(kTimeSteps)) --step;
  // Upwards to the next multiple, also before 1970.
  int64_t time = first - ((first % *step) + *step) % *step;
  if (time < first) time += *step;
  for (; time <= last && ticks.size() < most; time += *step) {
    const absl::Time at = absl::FromUnixMillis(time);
    ticks.push_back({at, absl::FormatTime(TimeFormat(*step), at, absl::UTCTimeZone())});
  }
  return ticks;
}

}  // namespace promlite::repl
