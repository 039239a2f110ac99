#ifndef PROMLITE_STORAGE_OTLP_LOGS_API_REQUEST_READER_H_
#define PROMLITE_STORAGE_OTLP_LOGS_API_REQUEST_READER_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "otlp_logs.pb.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/logs/api_request.h"
#include "promlite/storage/logs/api_request_log.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// Whether a log record is the event `claude_code.api_request`: by its attribute `event.name`, its
// field event_name, or its body.
bool IsApiRequest(const otlp::LogRecord& record);

// The place of an event in its process; nothing if it tells none.
struct EventPlace {
  std::string_view session;  // of the record; empty: it tells none
  int64_t time_ns = 0;
  int64_t sequence = 0;
  uint64_t hash = 0;  // over all that it says
};
std::optional<EventPlace> PlaceOf(const otlp::LogRecord& record);

// A request to the model, as its event tells it.
struct ApiRequestEvent {
  ApiRequest request;  // without labels
  Labels labels;
  EventDigest digest;
};

// Reads the events `claude_code.api_request`. Not thread-safe.
class ApiRequestReader {
 public:
  // `options` must outlive it.
  explicit ApiRequestReader(const OtlpOptions* options) : label_names_(options) {}

  // Numbers may be integers, doubles or text; one that is missing is unknown. InvalidArgument if
  // one is no number, negative or not finite, and if there is no time.
  absl::StatusOr<ApiRequestEvent> Read(const otlp::LogRecord& record);

 private:
  Labels LabelsOf(const otlp::LogRecord& record);

  LabelNameCache label_names_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_LOGS_API_REQUEST_READER_H_
