#ifndef PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DAMAGE_H_
#define PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DAMAGE_H_

#include <string_view>

#include "absl/status/status.h"

namespace promlite::internal {

// Looks for what keeps a protobuf request from being decoded, a metric at a time, so that it takes
// no more memory than one. InvalidArgument says at which byte it goes wrong, as closely as a
// metric; OK: no damage was found.
absl::Status FindRequestDamage(std::string_view request);
// The same for a request of logs, as closely as a log record.
absl::Status FindLogsDamage(std::string_view request);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_REQUEST_DAMAGE_H_
