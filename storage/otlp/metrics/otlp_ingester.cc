#include "promlite/storage/otlp/metrics/otlp_ingester.h"

#include <limits>
#include <set>
#include <utility>

#include "otlp_metrics.pb.h"
#include "promlite/parser/text/white_space.h"
#include "promlite/storage/otlp/metrics/ingest_cache.h"
#include "promlite/storage/otlp/metrics/options_check.h"
#include "promlite/storage/otlp/metrics/otlp_json.h"
#include "promlite/storage/otlp/metrics/points/delta_accumulator.h"
#include "promlite/storage/otlp/metrics/request_translator.h"
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

absl::Status Decode(std::string_view request, OtlpIngester::Encoding encoding,
                    otlp::ExportMetricsServiceRequest* message) {
  if (encoding == OtlpIngester::Encoding::kJson) return ReadOtlpJson(request, message);
  if (message->ParseFromArray(request.data(), static_cast<int>(request.size()))) {
    return absl::OkStatus();
  }
  absl::Status damage = FindRequestDamage(request);
  if (!damage.ok()) return damage;
  return absl::InvalidArgumentError("damaged OTLP request: not an ExportMetricsServiceRequest");
}

}  // namespace

struct OtlpIngester::State {
  State(OtlpOptions otlp_options, Cache cache_use)
      : options(Trimmed(std::move(otlp_options))),
        options_status(CheckOtlpOptions(options)),
        // Deltas are added up on whole requests, as in the receiver.
        uses_cache(cache_use == Cache::kOn && options.delta != OtlpOptions::Delta::kToCumulative),
        translator(&options),
        cache(&options, &translator) {}

  // Translates a request by way of the decoded message.
  absl::Status IngestMessage(std::string_view request, Encoding encoding);

  const OtlpOptions options;
  const absl::Status options_status;
  const bool uses_cache;
  RequestTranslator translator;
  IngestCache cache;
  DeltaAccumulator deltas;
};

absl::Status OtlpIngester::State::IngestMessage(std::string_view request, Encoding encoding) {
  google::protobuf::Arena arena;  // makes and unmakes the message's many parts at little cost
  auto* message = google::protobuf::Arena::CreateMessage<otlp::ExportMetricsServiceRequest>(&arena);
  if (absl::Status status = Decode(request, encoding, message); !status.ok()) return status;
  if (options.delta == OtlpOptions::Delta::kToCumulative) deltas.Accumulate(message);
  translator.Translate(*message);
  cache.ForgetMetadata();
  return translator.FinishRequest();
}

OtlpIngester::OtlpIngester(OtlpOptions options, Cache cache)
    : state_(std::make_unique<State>(std::move(options), cache)) {}

OtlpIngester::~OtlpIngester() = default;

absl::Status OtlpIngester::Ingest(std::string_view request, Encoding encoding, Appender* appender,
                                  std::vector<std::string>* warnings) {
  if (!state_->options_status.ok()) return state_->options_status;
  constexpr size_t kMostBytes = std::numeric_limits<int>::max();  // protobuf's own limit
  if (request.size() > kMostBytes) {
    return absl::InvalidArgumentError("an OTLP request of more than 2 GiB");
  }
  const absl::Status density =
      encoding == Encoding::kJson ? CheckJsonDensity(request) : CheckProtobufDensity(request);
  if (!density.ok()) return density;
  std::vector<std::string> all_warnings;
  state_->translator.StartRequest(appender, &all_warnings);
  absl::Status status = absl::UnknownError("not tried");
  if (state_->uses_cache && encoding == Encoding::kProtobuf) status = state_->cache.Ingest(request);
  if (absl::IsUnknown(status)) status = state_->IngestMessage(request, encoding);
  if (!status.ok()) return status;
  if (warnings != nullptr) AddOnce(all_warnings, warnings);
  return absl::OkStatus();
}

void OtlpIngester::ForgetStreams() { state_->cache.ForgetLast(); }

}  // namespace promlite::internal
