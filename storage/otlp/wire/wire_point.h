#ifndef PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_
#define PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/storage/otlp/wire/metric_header.h"

namespace promlite::internal {

// Metrics and points read from the wire as exporters write them, without an object made of them.
// What is unusual (fields of other versions, tags longer than need be, attributes in several
// places, unpacked numbers, exemplars without a value) or damaged is not read: such a message is
// libprotobuf's.

// A metric of a kind whose points can be read here.
struct WireMetric {
  MetricHeader header;                   // views into the message
  std::vector<std::string_view> points;  // bytes of each; at least one
};
bool ReadWireMetric(std::string_view bytes, WireMetric* metric);

// What points of all kinds have.
struct WirePoint {
  uint64_t start_time_unix_nano = 0;
  uint64_t time_unix_nano = 0;
  uint32_t flags = 0;
  std::string_view attributes;  // bytes of all the fields, tags and lengths among them
};

// A point of a sum or gauge.
struct WireNumberPoint : WirePoint {
  double value = 0;
};
bool ReadWireNumberPoint(std::string_view bytes, WireNumberPoint* point);

// A point of an explicit-bucket histogram.
struct WireHistogramPoint : WirePoint {
  uint64_t count = 0;
  std::optional<double> sum;
  std::string_view bucket_counts;    // eight bytes each; see LoadFixed64()
  std::string_view explicit_bounds;  // eight bytes each
};
bool ReadWireHistogramPoint(std::string_view bytes, WireHistogramPoint* point);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_
