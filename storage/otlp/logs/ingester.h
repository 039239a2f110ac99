#ifndef PROMLITE_STORAGE_OTLP_LOGS_INGESTER_H_
#define PROMLITE_STORAGE_OTLP_LOGS_INGESTER_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/logs/api_request_log.h"
#include "promlite/storage/otlp/encoding.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// What a request of logs held.
struct LogsOutcome {
  // InvalidArgument: of the first bad log record, and how many more there are; all others are
  // taken. Or of the request, if it could not be decoded.
  absl::Status status;
  size_t log_records = 0;
  size_t api_requests = 0;  // the good ones among them, as sent
};

// The OTLP door for ExportLogsServiceRequests: takes the events `claude_code.api_request` out of
// them; what else they hold is passed over. Not thread-safe: one writer at a time.
class OtlpLogsIngester {
 public:
  // `options` and `log` must outlive it.
  OtlpLogsIngester(const OtlpOptions* options, ApiRequestLog* log);
  ~OtlpLogsIngester();
  OtlpLogsIngester(const OtlpLogsIngester&) = delete;
  OtlpLogsIngester& operator=(const OtlpLogsIngester&) = delete;

  // Nothing is published.
  LogsOutcome Ingest(std::string_view request, OtlpEncoding encoding);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_LOGS_INGESTER_H_
