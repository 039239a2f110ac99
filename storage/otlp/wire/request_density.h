#ifndef PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DENSITY_H_
#define PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DENSITY_H_

#include <string_view>

#include "absl/status/status.h"

namespace promlite::internal {

// Refuses requests that are made of next to nothing: an empty message is two bytes of protobuf or
// three of JSON, but some hundred once decoded, so that a small compressed file could take all
// memory. A message of a real request has eight bytes or more on average. InvalidArgument if there
// are more; up to a hundred thousand are always fine.
absl::Status CheckProtobufDensity(std::string_view request);  // of metrics
absl::Status CheckLogsDensity(std::string_view request);      // of logs, protobuf
absl::Status CheckJsonDensity(std::string_view request);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DENSITY_H_
