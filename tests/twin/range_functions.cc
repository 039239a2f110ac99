#include "promlite/tests/twin/range_functions.h"

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "promlite/tests/twin/sums.h"

namespace promlite::twin {
namespace {

using Result = std::optional<double>;

double Seconds(int64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

bool StartReset(const Point& previous, const Point& current) {
  if (current.start == previous.start) return false;
  if (current.start == 0 || current.start >= current.t) return false;
  if (current.start < previous.t) return false;
  if (current.start > previous.t) return true;
  if (previous.start > previous.t) return false;
  return previous.start != 0 && previous.start != previous.t;
}

Result Extrapolated(const Range& range, bool counter, bool rate) {
  const std::vector<Point>& p = range.points;
  if (p.empty()) return std::nullopt;
  const Point& first = p.front();
  const Point& last = p.back();
  double result = last.v - first.v;
  for (size_t i = 1; counter && i < p.size(); ++i) {
    if (p[i].v < p[i - 1].v || StartReset(p[i - 1], p[i])) result += p[i - 1].v;
  }
  double to_start = Seconds(first.t - range.start), to_end = Seconds(range.end - last.t);
  double sampled = Seconds(last.t - first.t), average = 0;
  if (p.size() > 1) average = sampled / static_cast<double>(p.size() - 1);
  const double threshold = average * 1.1;
  if (counter && first.start != 0 && first.start > range.start && first.start < first.t) {
    to_start = 0;
    sampled = Seconds(last.t - first.start);
    result += first.v;
  } else if (p.size() == 1) {
    return std::nullopt;
  } else {
    const bool zero_first = range.prometheus2;
    if (!zero_first && to_start >= threshold) to_start = average / 2;
    if (counter && result > 0 && first.v >= 0) {
      const double to_zero = sampled * (first.v / result);
      if (to_zero < to_start) to_start = to_zero;
    }
    if (zero_first && to_start >= threshold) to_start = average / 2;
  }
  if (to_end >= threshold) to_end = average / 2;
  double factor = (sampled + to_start + to_end) / sampled;
  if (rate) factor /= range.seconds;
  return result * factor;
}

double Interpolated(const Point& a, const Point& b, int64_t t, bool counter) {
  double y1 = a.v;
  if (counter && b.v < y1) y1 = 0;
  return y1 + (b.v - y1) * static_cast<double>(t - a.t) / static_cast<double>(b.t - a.t);
}

// Whether a counter began after a time, and after that the point.
bool BeganAfter(int64_t time, const Point& point) {
  return point.start > time && point.t > time && point.start < point.t && point.start != 0;
}

// A counter before its first point: zero until it began, if that is known.
double BeforeFirst(const Range& range, const Point& first, int64_t border, bool smoothed) {
  if (!BeganAfter(range.start - range.lookback, first)) return first.v;
  if (BeganAfter(border, first) || !smoothed) return 0;
  return Interpolated({first.start, 0, 0}, first, border, true);
}

// Value and start at the left border. `i`: the last point at or before it, or else the first.
Point AtLeftBorder(const Range& range, size_t i, bool smoothed, bool counter) {
  const std::vector<Point>& p = range.points;
  if (p[i].t == range.start) return {range.start, p[i].v, p[i].start};
  Point border{range.start, p[i].v, p[i].start <= range.start ? p[i].start : 0};
  if (p[i].t > range.start) {
    if (counter) border.v = BeforeFirst(range, p[i], range.start, smoothed);
    return border;
  }
  Point point = p[i], next = p[i + 1];
  if (counter && BeganAfter(range.start, next)) {
    next = {next.start, 0, 0};
  } else if (counter && StartReset(point, next)) {
    point = {next.start, 0, 0};
    border.start = next.start;
  }
  border.v = smoothed ? Interpolated(point, next, range.start, counter) : point.v;
  return border;
}

// The same at the right border. `j`: the last point, or of `smoothed` the first at or behind it.
Point AtRightBorder(const Range& range, size_t j, bool smoothed, bool counter) {
  const std::vector<Point>& p = range.points;
  Point border{range.end, p[j].v, p[j].start <= range.end ? p[j].start : 0};
  if (p[j].t <= range.end) return border;
  if (j == 0) {
    if (counter) border.v = BeforeFirst(range, p[j], range.end, smoothed);
    return border;
  }
  Point point = p[j], previous = p[j - 1];
  if (counter && BeganAfter(range.end, point)) {
    point = {point.start, 0, 0};
    border.start = previous.start;
  } else if (counter && StartReset(previous, point)) {
    previous = {point.start, 0, 0};
  }
  border.v = smoothed ? Interpolated(previous, point, range.end, counter) : previous.v;
  return border;
}

Result Extended(const Range& range, bool counter, bool rate) {
  const std::vector<Point>& p = range.points;
  const bool smoothed = range.modifier == promql::RangeModifier::kSmoothed;
  if (p.empty()) return std::nullopt;
  size_t first = 0, last = p.size() - 1;
  for (size_t i = 0; i + 1 < p.size(); ++i) {
    if (p[i].t <= range.start) first = i;
  }
  if (smoothed) {
    while (last > 0 && p[last - 1].t >= range.end) --last;
  }
  if (p[last].t <= range.start) return std::nullopt;
  if (smoothed && p[first].t > range.end) {
    const bool began =
        BeganAfter(range.start - range.lookback, p[first]) && !BeganAfter(range.end, p[first]);
    if (!counter || !began) return std::nullopt;
  }
  const Point left = AtLeftBorder(range, first, smoothed, counter);
  const Point right = AtRightBorder(range, last, smoothed, counter);
  double result = right.v - left.v;
  if (counter) {
    double correction = 0;
    Point previous = left;
    const auto step_to = [&](const Point& point) {
      if (point.v < previous.v || StartReset(previous, point)) correction += previous.v;
      previous = point;
    };
    for (size_t i = first; i <= last; ++i) {
      if (p[i].t > range.start && p[i].t < range.end) step_to(p[i]);
    }
    step_to(right);
    result += correction;
  }
  return rate ? result / range.seconds : result;
}

// The mean of two values that does not overflow, and what rounding cut off.
std::pair<double, double> MeanOfTwo(double p, double q) {
  double v = p, c = 0;
  KahanInc(q, &v, &c);
  if (!std::isinf(v) || std::isinf(p) || std::isinf(q)) return {v / 2, c / 2};
  v = p / 2;
  c = 0;
  KahanInc(q / 2, &v, &c);
  return {v, c};
}

Result Integral(const Range& range) {
  const double strategy = range.parameters.empty() ? 2 : range.parameters[0];
  double sum = 0, c = 0;
  for (size_t i = 1; i < range.points.size(); ++i) {
    const double p = std::isnan(range.points[i - 1].v) ? 0 : range.points[i - 1].v;
    const double q = std::isnan(range.points[i].v) ? 0 : range.points[i].v;
    double v = 0, cv = 0;
    if (strategy == 0) {
      v = p;
    } else if (strategy == 1) {
      v = q;
    } else if (p != 0 || q != 0) {
      std::tie(v, cv) = MeanOfTwo(p, q);
    }
    if (v == 0 && cv == 0) continue;
    const double seconds = Seconds(range.points[i].t - range.points[i - 1].t);
    c += cv * seconds;
    KahanInc(v * seconds, &sum, &c);
  }
  return std::isinf(sum) ? sum : sum + c;
}

Result RateLike(const Range& range, bool counter, bool rate) {
  if (range.modifier == promql::RangeModifier::kNone) return Extrapolated(range, counter, rate);
  return Extended(range, counter, rate);
}

Result LastTwo(const Range& range, bool rate) {
  if (range.points.size() < 2) return std::nullopt;
  const Point& a = range.points[range.points.size() - 2];
  const Point& b = range.points.back();
  double result = b.v - a.v;
  if (rate && (b.v < a.v || StartReset(a, b))) result = b.v;
  return rate ? result / Seconds(b.t - a.t) : result;
}

// The points that resets and changes look at.
std::vector<Point> Counted(const Range& range) {
  if (range.modifier == promql::RangeModifier::kNone) return range.points;
  std::vector<Point> counted;
  bool inside = false;
  for (const Point& point : range.points) {
    if (point.t <= range.start) counted.clear();
    counted.push_back(point);
    inside |= point.t > range.start;
  }
  return inside ? counted : std::vector<Point>();
}

Result CountResets(const Range& range) {
  const std::vector<Point> p = Counted(range);
  if (p.empty()) return std::nullopt;
  double resets = 0;
  for (size_t i = 1; i < p.size(); ++i) resets += p[i].v < p[i - 1].v || StartReset(p[i - 1], p[i]);
  return resets;
}

Result CountChanges(const Range& range) {
  const std::vector<Point> p = Counted(range);
  if (p.empty()) return std::nullopt;
  double changes = 0;
  for (size_t i = 1; i < p.size(); ++i) {
    const bool both_nan = std::isnan(p[i].v) && std::isnan(p[i - 1].v);
    changes += p[i].v != p[i - 1].v && !both_nan;
  }
  return changes;
}

std::vector<double> ValuesOf(const Range& range) {
  std::vector<double> values;
  for (const Point& point : range.points) values.push_back(point.v);
  return values;
}

Result Sum(const Range& range) {
  double sum = 0, c = 0;
  for (const Point& point : range.points) KahanInc(point.v, &sum, &c);
  return std::isinf(sum) ? sum : sum + c;
}

Result Variance(const Range& range) {
  double n = 0, mean = 0, c1 = 0, aux = 0, c2 = 0;
  for (const Point& point : range.points) {
    n += 1;
    const double d = point.v - (mean + c1);
    KahanInc(d / n, &mean, &c1);
    KahanInc(d * (point.v - (mean + c1)), &aux, &c2);
  }
  return (aux + c2) / n;
}

Point Extreme(const Range& range, const std::function<bool(double, double)>& replaces) {
  Point extreme = range.points[0];
  for (const Point& point : range.points) {
    if (replaces(point.v, extreme.v) || std::isnan(extreme.v)) extreme = point;
  }
  return extreme;
}

struct Line {
  double slope = 0, intercept = 0;
};

Line Regression(const Range& range, int64_t origin) {
  double n = 0, x = 0, cx = 0, y = 0, cy = 0, xy = 0, cxy = 0, xx = 0, cxx = 0;
  const double first = range.points[0].v;
  bool constant = true;
  for (size_t i = 0; i < range.points.size(); ++i) {
    const double v = range.points[i].v, t = Seconds(range.points[i].t - origin);
    if (i > 0 && v != first) constant = false;
    n += 1;
    KahanInc(t, &x, &cx);
    KahanInc(v, &y, &cy);
    KahanInc(t * v, &xy, &cxy);
    KahanInc(t * t, &xx, &cxx);
  }
  if (constant && std::isinf(first)) return {kNaN, kNaN};
  if (constant) return {0, first};
  x += cx;
  y += cy;
  xy += cxy;
  xx += cxx;
  const double covariance = xy - x * y / n, variance = xx - x * x / n;
  const double slope = covariance / variance;
  return {slope, y / n - slope * x / n};
}

Result MedianAbsoluteDeviation(const Range& range) {
  std::vector<double> values = ValuesOf(range);
  for (const double value : values) {
    if (std::isnan(value)) return kNaN;
  }
  const double median = Quantile(0.5, values);
  for (double& value : values) value = std::fabs(value - median);
  return Quantile(0.5, values);
}

// 2.42's avg_over_time. Its compensation outlives an infinity.
double CompensatedMovingMean(const std::vector<double>& x) {
  double mean = 0, n = 0, c = 0;
  for (const double value : x) {
    n += 1;
    if (std::isinf(mean)) {
      if (std::isinf(value) && (mean > 0) == (value > 0)) continue;
      if (!std::isinf(value) && !std::isnan(value)) continue;
    }
    const double inc = value / n - mean / n, next = mean + inc;
    c += std::fabs(mean) >= std::fabs(inc) ? (mean - next) + inc : (inc - next) + mean;
    mean = next;
  }
  return std::isinf(mean) ? mean : mean + c;
}

Result Smoothed(const Range& range) {
  const std::vector<Point>& p = range.points;
  if (p.size() < 2) return std::nullopt;
  const double sf = range.parameters[0], tf = range.parameters[1];
  double s0 = 0, s1 = p[0].v, b = p[1].v - p[0].v;
  for (size_t i = 1; i < p.size(); ++i) {
    const double x = sf * p[i].v;
    if (i > 1) b = tf * (s1 - s0) + (1 - tf) * b;
    const double y = (1 - sf) * (s1 + b);
    s0 = s1;
    s1 = x + y;
  }
  return s1;
}

using Function = std::function<Result(const Range&)>;

// Functions that look at two samples at least, or at samples outside of the range.
const std::map<std::string, Function>& AnyRangeFunctions() {
  static const std::map<std::string, Function> kFunctions = {
      {"rate", [](const Range& r) { return RateLike(r, true, true); }},
      {"increase", [](const Range& r) { return RateLike(r, true, false); }},
      {"delta", [](const Range& r) { return RateLike(r, false, false); }},
      {"irate", [](const Range& r) { return LastTwo(r, true); }},
      {"idelta", [](const Range& r) { return LastTwo(r, false); }},
      {"resets", CountResets},
      {"changes", CountChanges},
      {"deriv",
       [](const Range& r) -> Result {
         if (r.points.size() < 2) return std::nullopt;
         return Regression(r, r.points[0].t).slope;
       }},
      {"predict_linear",
       [](const Range& r) -> Result {
         if (r.points.size() < 2) return std::nullopt;
         const Line line = Regression(r, r.evaluation);
         return line.slope * r.parameters[0] + line.intercept;
       }},
      {"double_exponential_smoothing", Smoothed},
  };
  return kFunctions;
}

// Functions of the samples of a range that has any.
const std::map<std::string, Function>& OverTimeFunctions() {
  static const std::map<std::string, Function> kFunctions = {
      {"sum_over_time", Sum},
      {"avg_over_time",
       [](const Range& r) {
         return r.prometheus2 ? CompensatedMovingMean(ValuesOf(r)) : Mean(ValuesOf(r));
       }},
      {"stdvar_over_time", Variance},
      {"stddev_over_time", [](const Range& r) { return std::sqrt(*Variance(r)); }},
      {"min_over_time", [](const Range& r) { return Extreme(r, std::less<>()).v; }},
      {"max_over_time", [](const Range& r) { return Extreme(r, std::greater<>()).v; }},
      {"ts_of_min_over_time",
       [](const Range& r) { return Seconds(Extreme(r, std::less_equal<>()).t); }},
      {"ts_of_max_over_time",
       [](const Range& r) { return Seconds(Extreme(r, std::greater_equal<>()).t); }},
      {"count_over_time", [](const Range& r) { return static_cast<double>(r.points.size()); }},
      {"present_over_time", [](const Range&) { return 1.0; }},
      {"first_over_time", [](const Range& r) { return r.points.front().v; }},
      {"last_over_time", [](const Range& r) { return r.points.back().v; }},
      {"ts_of_first_over_time", [](const Range& r) { return Seconds(r.points.front().t); }},
      {"ts_of_last_over_time", [](const Range& r) { return Seconds(r.points.back().t); }},
      {"quantile_over_time",
       [](const Range& r) { return Quantile(r.parameters[0], ValuesOf(r), r.prometheus2); }},
      {"integral", Integral},
      {"mad_over_time", MedianAbsoluteDeviation},
  };
  return kFunctions;
}

}  // namespace

bool HasRangeFunction(std::string_view function) {
  return OverTimeFunctions().contains(std::string(function)) ||
         AnyRangeFunctions().contains(std::string(function));
}

std::optional<double> EvaluateRangeFunction(std::string_view function, const Range& range) {
  const auto over_time = OverTimeFunctions().find(std::string(function));
  if (over_time == OverTimeFunctions().end()) {
    return AnyRangeFunctions().at(std::string(function))(range);
  }
  if (range.points.empty()) return std::nullopt;
  return over_time->second(range);
}

}  // namespace promlite::twin
