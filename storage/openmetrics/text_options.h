#ifndef PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_
#define PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_

namespace promlite {

// How OpenMetrics and Prometheus text is read.
struct TextOptions {
  // Prometheus 3 rewrites `le` of histograms and `quantile` of summaries as floats: 5 to 5.0.
  bool normalize_le = true;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_OPENMETRICS_TEXT_OPTIONS_H_
