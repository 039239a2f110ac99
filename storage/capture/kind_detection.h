#ifndef PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_
#define PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "promlite/storage/capture/buffered_reader.h"

namespace promlite::internal {

// What a capture (decompressed, where all of it was compressed) is made of.
enum class CaptureKind {
  kPlc,             // promlite's own
  kLengthPrefixed,  // 4-byte big-endian length, then OTLP protobuf or JSON, zstd or not
  kJson,            // OTLP/JSON requests, one or many
  kOtlpProtobuf,    // one request body
  kRemoteWrite,     // one request body
  kText,            // OpenMetrics or Prometheus text: what its last line says
};

// A request, a line, a frame, decompressed: no record may be larger. No exporter comes near: the
// OpenTelemetry Collector's receivers take 4 MB (gRPC) and 20 MB (HTTP).
inline constexpr size_t kMaxRecordBytes = size_t{64} << 20;

struct DetectedCapture {
  CaptureKind kind = CaptureKind::kLengthPrefixed;
  std::string head_problem;  // what was passed over before the first record; empty: nothing
};

// Tells the kind from the content. Consumes what stands before the first record: a byte order mark,
// zero bytes, the rest of a record that was torn. InvalidArgument with a sentence for the user if
// it is none of these.
absl::StatusOr<DetectedCapture> DetectCapture(BufferedReader* reader);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_
