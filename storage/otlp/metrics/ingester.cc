#include "promlite/storage/otlp/metrics/ingester.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "otlp_metrics.pb.h"
#include "promlite/parser/text/white_space.h"
#include "promlite/storage/otlp/metrics/ingest_cache.h"
#include "promlite/storage/otlp/metrics/open_request.h"
#include "promlite/storage/otlp/metrics/points/delta_accumulator.h"
#include "promlite/storage/otlp/metrics/request_json.h"
#include "promlite/storage/otlp/metrics/request_translator.h"
#include "promlite/storage/otlp/otlp_options.h"
#include "promlite/storage/otlp/wire/parse_message.h"
#include "promlite/storage/otlp/wire/request_damage.h"
#include "promlite/storage/otlp/wire/request_density.h"

namespace promlite::internal {

namespace {

// Attributes are compared without the space around them.
OtlpOptions Trimmed(OtlpOptions options) {
  for (std::string& attribute : options.promote_resource_attributes) {
    attribute = std::string(TrimSpace(attribute));
  }
  for (std::string& attribute : options.ignore_resource_attributes) {
    attribute = std::string(TrimSpace(attribute));
  }
  return options;
}

// Adds the texts of one request, each once.
void AddOnce(const std::vector<std::string>& texts, std::vector<std::string>* out) {
  std::set<std::string_view> seen;
  for (const std::string& text : texts) {
    if (seen.insert(text).second) out->push_back(text);
  }
}

absl::Status Decode(std::string_view request, OtlpEncoding encoding,
                    otlp::ExportMetricsServiceRequest* message,
                    std::vector<std::string>* lost_points) {
  if (encoding == OtlpEncoding::kJson) return ReadOtlpJson(request, message, lost_points);
  if (ParseMessage(request, message)) return absl::OkStatus();
  absl::Status damage = FindRequestDamage(request);
  if (!damage.ok()) return damage;
  return absl::InvalidArgumentError("damaged OTLP request: not an ExportMetricsServiceRequest");
}

}  // namespace

struct OtlpMetricsIngester::State {
  State(OtlpOptions otlp_options, Cache cache_use, const MemoryLimits& memory_limits)
      : options(Trimmed(std::move(otlp_options))),
        options_status(CheckOtlpOptions(options)),
        // Deltas are added up on whole requests, as in the receiver.
        uses_cache(cache_use == Cache::kOn && options.delta != OtlpOptions::Delta::kToCumulative),
        limits(memory_limits),
        open_request(&options, limits),
        translator(&options, &open_request),
        cache(&options, &open_request, &translator, limits),
        deltas(limits.delta_streams) {}

  // Translates a request by way of the decoded message.
  absl::Status IngestMessage(std::string_view request, OtlpEncoding encoding,
                             std::vector<std::string>* lost_points);
  void AccumulateDeltas(otlp::ExportMetricsServiceRequest* message);

  const OtlpOptions options;
  const absl::Status options_status;
  const bool uses_cache;
  const MemoryLimits limits;
  OpenRequest open_request;
  RequestTranslator translator;
  IngestCache cache;
  DeltaAccumulator deltas;
  DeltaCounts counts;
};

absl::Status OtlpMetricsIngester::State::IngestMessage(std::string_view request,
                                                       OtlpEncoding encoding,
                                                       std::vector<std::string>* lost_points) {
  google::protobuf::Arena arena;  // makes and unmakes the message's many parts at little cost
  auto* message = google::protobuf::Arena::CreateMessage<otlp::ExportMetricsServiceRequest>(&arena);
  if (absl::Status status = Decode(request, encoding, message, lost_points); !status.ok()) {
    return status;
  }
  if (options.delta == OtlpOptions::Delta::kToCumulative) {
    translator.AppendIncrementsBeside(*message);
    AccumulateDeltas(message);
  }
  translator.Translate(*message);
  cache.ForgetMetadata();
  return open_request.Finish();
}

void OtlpMetricsIngester::State::AccumulateDeltas(otlp::ExportMetricsServiceRequest* message) {
  const DeltaAccumulator::Dropped dropped = deltas.Accumulate(message);
  counts.dropped += dropped.late + dropped.beyond_limit;
  if (dropped.beyond_limit == 0) return;
  open_request.warnings()->push_back(
      absl::StrCat("deltas of more than ", limits.delta_streams,
                   " streams are not added up: data points of others are dropped, ",
                   dropped.beyond_limit, " in this request"));
}

OtlpMetricsIngester::OtlpMetricsIngester(OtlpOptions options, Cache cache,
                                         const MemoryLimits& limits)
    : state_(std::make_unique<State>(std::move(options), cache, limits)) {}

OtlpMetricsIngester::~OtlpMetricsIngester() = default;

absl::Status OtlpMetricsIngester::Ingest(std::string_view request, OtlpEncoding encoding,
                                         Appender* appender, std::vector<std::string>* warnings,
                                         std::vector<std::string>* lost_points) {
  if (!state_->options_status.ok()) return state_->options_status;
  if (request.size() > kMostMessageBytes) {
    return absl::InvalidArgumentError("an OTLP request of more than 2 GiB");
  }
  const absl::Status density =
      encoding == OtlpEncoding::kJson ? CheckJsonDensity(request) : CheckProtobufDensity(request);
  if (!density.ok()) return density;
  std::vector<std::string> all_warnings;
  std::vector<std::string> all_lost_points;
  state_->open_request.Start(appender, &all_warnings);
  std::optional<absl::Status> status;
  if (state_->uses_cache && encoding == OtlpEncoding::kProtobuf) {
    status = state_->cache.Ingest(request);
  }
  if (!status.has_value()) status = state_->IngestMessage(request, encoding, &all_lost_points);
  state_->counts.refused += state_->open_request.refused_deltas();
  if (!status->ok()) return *status;
  if (warnings != nullptr) AddOnce(all_warnings, warnings);
  if (lost_points != nullptr) AddOnce(all_lost_points, lost_points);
  return absl::OkStatus();
}

DeltaCounts OtlpMetricsIngester::delta_counts() const { return state_->counts; }

const std::set<std::string>& OtlpMetricsIngester::refused_metrics() const {
  return state_->open_request.refused_metrics();
}

void OtlpMetricsIngester::ForgetStreams() { state_->cache.ForgetLast(); }

}  // namespace promlite::internal
