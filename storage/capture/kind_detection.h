#ifndef PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_
#define PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_

#include "absl/status/statusor.h"
#include "promlite/storage/capture/buffered_reader.h"

namespace promlite::internal {

// What a capture (decompressed, where all of it was compressed) is made of.
enum class CaptureKind {
  kPlc,             // promlite's own
  kLengthPrefixed,  // 4-byte big-endian length, then OTLP protobuf or JSON, zstd or not
  kJsonLines,       // an OTLP/JSON request a line
  kOtlpProtobuf,    // one request body
  kOtlpJson,        // one request body
  kRemoteWrite,     // one request body
  kText,            // OpenMetrics or Prometheus text: what its last line says
};

// A request, a line, a frame, decompressed: no record may be larger. No exporter comes near: the
// OpenTelemetry Collector's receivers take 4 MB (gRPC) and 20 MB (HTTP).
inline constexpr size_t kMaxRecordBytes = size_t{64} << 20;

// Tells the kind from the content; consumes nothing. InvalidArgument with a sentence for the user
// if it is none of these, or holds logs or traces.
absl::StatusOr<CaptureKind> DetectKind(BufferedReader* reader);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_KIND_DETECTION_H_
