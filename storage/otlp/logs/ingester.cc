#include "promlite/storage/otlp/logs/ingester.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "otlp_logs.pb.h"
#include "promlite/storage/otlp/logs/api_request_reader.h"
#include "promlite/storage/otlp/logs/request_json.h"
#include "promlite/storage/otlp/wire/parse_message.h"
#include "promlite/storage/otlp/wire/request_damage.h"
#include "promlite/storage/otlp/wire/request_density.h"

namespace promlite::internal {
namespace {

absl::Status Decode(std::string_view request, OtlpEncoding encoding,
                    otlp::ExportLogsServiceRequest* message) {
  if (request.size() > kMostMessageBytes) {
    return absl::InvalidArgumentError("an OTLP request of more than 2 GiB");
  }
  const bool is_json = encoding == OtlpEncoding::kJson;
  const absl::Status density = is_json ? CheckJsonDensity(request) : CheckLogsDensity(request);
  if (!density.ok()) return density;
  if (is_json) return ReadOtlpLogsJson(request, message);
  if (ParseMessage(request, message)) return absl::OkStatus();
  absl::Status damage = FindLogsDamage(request);
  if (!damage.ok()) return damage;
  return absl::InvalidArgumentError("damaged OTLP request: not an ExportLogsServiceRequest");
}

// Calls `visit` for each log record of the request.
template <typename Visit>
void VisitLogRecords(const otlp::ExportLogsServiceRequest& request, Visit visit) {
  for (const otlp::ResourceLogs& resource : request.resource_logs()) {
    for (const otlp::ScopeLogs& scope : resource.scope_logs()) {
      for (const otlp::LogRecord& record : scope.log_records()) visit(record);
    }
  }
}

}  // namespace

struct OtlpLogsIngester::State {
  State(const OtlpOptions* options, ApiRequestLog* api_request_log)
      : reader(options), log(api_request_log) {}

  // Reads a log record that is the event and adds it to the log.
  absl::Status Keep(const otlp::LogRecord& record) {
    absl::StatusOr<ApiRequestEvent> event = reader.Read(record);
    if (!event.ok()) return event.status();
    return log->Add(event->request, std::move(event->labels), event->digest);
  }

  ApiRequestReader reader;
  ApiRequestLog* const log;
};

OtlpLogsIngester::OtlpLogsIngester(const OtlpOptions* options, ApiRequestLog* log)
    : state_(std::make_unique<State>(options, log)) {}

OtlpLogsIngester::~OtlpLogsIngester() = default;

LogsOutcome OtlpLogsIngester::Ingest(std::string_view request, OtlpEncoding encoding) {
  google::protobuf::Arena arena;  // makes and unmakes the message's many parts at little cost
  auto* message = google::protobuf::Arena::CreateMessage<otlp::ExportLogsServiceRequest>(&arena);
  LogsOutcome outcome;
  outcome.status = Decode(request, encoding, message);
  if (!outcome.status.ok()) return outcome;
  std::string first_problem;
  size_t problems = 0;
  VisitLogRecords(*message, [&](const otlp::LogRecord& record) {
    ++outcome.log_records;
    if (const std::optional<EventPlace> place = PlaceOf(record)) {
      state_->log->sequences().Add(place->session, place->time_ns, place->sequence, place->hash);
    }
    if (!IsApiRequest(record)) return;
    const absl::Status status = state_->Keep(record);
    if (status.ok()) {
      ++outcome.api_requests;
    } else if (++problems == 1) {
      first_problem =
          absl::StrCat("log record ", outcome.log_records, ", an api_request: ", status.message());
    }
  });
  if (problems == 0) return outcome;
  if (problems > 1) absl::StrAppend(&first_problem, " (and ", problems - 1, " more log records)");
  outcome.status = absl::InvalidArgumentError(first_problem);
  return outcome;
}

}  // namespace promlite::internal
