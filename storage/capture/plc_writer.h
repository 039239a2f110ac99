#ifndef PROMLITE_STORAGE_CAPTURE_PLC_WRITER_H_
#define PROMLITE_STORAGE_CAPTURE_PLC_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {

// Writes a new .plc file. It grows beside its destination and takes its place in Finish(), so that
// no half-written file ever bears the name; without Finish() nothing remains.
class PlcWriter {
 public:
  static absl::StatusOr<std::unique_ptr<PlcWriter>> Create(std::string path);
  ~PlcWriter();
  PlcWriter(const PlcWriter&) = delete;
  PlcWriter& operator=(const PlcWriter&) = delete;

  // A request as received, or a piece of text.
  absl::Status Append(RecordKind kind, int64_t received_ms, std::string_view request);
  absl::Status Finish();

 private:
  PlcWriter(std::string path, std::string temporary, int fd);
  absl::Status Flush();

  const std::string path_;
  const std::string temporary_;
  int fd_;
  std::string buffer_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_PLC_WRITER_H_
