#ifndef PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_
#define PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/storage/otlp/metrics/metric_family.h"

namespace promlite::internal {

// Metrics and points read from the wire as exporters write them, without an object made of them.
// What is unusual (fields of other versions, attributes in several places, unpacked numbers,
// exemplars without a value) or damaged is not read: such a message is libprotobuf's.

// A metric of a kind whose points can be read here.
struct WireMetric {
  MetricHeader header;                   // views into the message
  std::vector<std::string_view> points;  // bytes of each; at least one
};
bool ReadWireMetric(std::string_view bytes, WireMetric* metric);

// A point of a sum or gauge.
struct WireNumberPoint {
  uint64_t start_time_unix_nano = 0;
  uint64_t time_unix_nano = 0;
  double value = 0;
  uint32_t flags = 0;
  std::string_view attributes;  // bytes of all the fields, tags and lengths among them
};
bool ReadWireNumberPoint(std::string_view bytes, WireNumberPoint* point);

// A point of an explicit-bucket histogram.
struct WireHistogramPoint {
  uint64_t start_time_unix_nano = 0;
  uint64_t time_unix_nano = 0;
  uint64_t count = 0;
  std::optional<double> sum;
  uint32_t flags = 0;
  std::string_view bucket_counts;    // eight bytes each
  std::string_view explicit_bounds;  // eight bytes each
  std::string_view attributes;
};
bool ReadWireHistogramPoint(std::string_view bytes, WireHistogramPoint* point);

// Eight bytes, least significant first.
inline uint64_t LoadFixed64(const char* bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_WIRE_POINT_H_
