#ifndef PROMLITE_STORAGE_OTLP_REQUEST_DAMAGE_H_
#define PROMLITE_STORAGE_OTLP_REQUEST_DAMAGE_H_

#include <string_view>

#include "absl/status/status.h"

namespace promlite::internal {

// InvalidArgument that says at which byte a protobuf request which could not be decoded goes wrong,
// as closely as a metric.
absl::Status RequestDamage(std::string_view request);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_REQUEST_DAMAGE_H_
