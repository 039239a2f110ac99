#ifndef PROMLITE_STORAGE_METRICS_METRIC_METADATA_H_
#define PROMLITE_STORAGE_METRICS_METRIC_METADATA_H_

#include <string>

namespace promlite {

// What a metric family's producer said about it.
struct MetricMetadata {
  std::string type;  // "counter", "gauge", "histogram", "summary", ..., "unknown"
  std::string unit;  // as built into the name, such as "tokens"; may be empty
  std::string help;
};

// A metric family that something was said about. The name is that of its samples, but without the
// suffixes of a histogram's or summary's series (`x_bucket`, `x_sum`, `x_count`).
struct MetricFamily {
  std::string name;
  MetricMetadata metadata;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_METRIC_METADATA_H_
