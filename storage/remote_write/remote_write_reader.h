#ifndef PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_WRITE_READER_H_
#define PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_WRITE_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/appender.h"

namespace promlite::internal {

// Reads a remote-write 1.0 body: a WriteRequest in snappy's block format. Each series must have a
// metric name and its label names in ascending order, none empty or twice. Values keep their bits,
// so staleness markers stay what they are. On an error the appender must be dropped.
absl::Status ReadRemoteWrite(std::string_view body, Appender* appender);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_WRITE_READER_H_
