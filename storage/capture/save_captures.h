#ifndef PROMLITE_STORAGE_CAPTURE_SAVE_CAPTURES_H_
#define PROMLITE_STORAGE_CAPTURE_SAVE_CAPTURES_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "promlite/storage/capture/byte_source.h"

namespace promlite::internal {

// A file that was loaded, and what it was then.
struct LoadedCapture {
  std::string path;  // absolute
  FileIdentity identity;
  int64_t scraped_ms = 0;  // the time of its samples that have none, milliseconds; 0 = not known
  std::shared_ptr<const InputFile> copy;  // of a pipe, which cannot be read again; null: of a file
};

// Writes the records of the captures, one after another, to a new .plc file. Records that cannot be
// taken out of their file are left out. FailedPrecondition, and nothing is written, if a file has
// changed.
absl::Status SaveCaptures(std::span<const LoadedCapture> captures, const std::string& path);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_SAVE_CAPTURES_H_
