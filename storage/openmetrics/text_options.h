#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_

namespace promlite {

// How OpenMetrics and Prometheus text is read.
struct TextOptions {
  // Prometheus 3 rewrites `le` of histograms and `quantile` of summaries as floats: 5 to 5.0.
  bool normalize_le = true;

  // What times are in. kByFormat: seconds in OpenMetrics, milliseconds in Prometheus text and in
  // what `promtool tsdb dump` prints; one that then lies where no data do (before 2001 if in
  // milliseconds, after the year 32,000 if in seconds) is refused, since it was meant in the other
  // unit.
  enum class TimeUnit { kByFormat, kSeconds, kMilliseconds };
  TimeUnit time_unit = TimeUnit::kByFormat;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_
