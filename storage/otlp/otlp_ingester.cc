#include "promlite/storage/otlp/otlp_ingester.h"

#include <limits>
#include <utility>

#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/delta_accumulator.h"
#include "promlite/storage/otlp/go_text.h"
#include "promlite/storage/otlp/options_check.h"
#include "promlite/storage/otlp/otlp_json.h"
#include "promlite/storage/otlp/request_translator.h"

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

absl::Status Decode(std::string_view request, OtlpIngester::Encoding encoding,
                    otlp::ExportMetricsServiceRequest* message) {
  if (encoding == OtlpIngester::Encoding::kJson) return ReadOtlpJson(request, message);
  constexpr size_t kMostBytes = std::numeric_limits<int>::max();  // protobuf's own limit
  if (request.size() <= kMostBytes &&
      message->ParseFromArray(request.data(), static_cast<int>(request.size()))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("damaged OTLP request: not an ExportMetricsServiceRequest");
}

}  // namespace

struct OtlpIngester::State {
  explicit State(OtlpOptions otlp_options)
      : options(Trimmed(std::move(otlp_options))),
        options_status(CheckOtlpOptions(options)),
        translator(&options) {}

  const OtlpOptions options;
  const absl::Status options_status;
  RequestTranslator translator;
  DeltaAccumulator deltas;
};

OtlpIngester::OtlpIngester(OtlpOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}

OtlpIngester::~OtlpIngester() = default;

absl::Status OtlpIngester::Ingest(std::string_view request, Encoding encoding, Appender* appender,
                                  std::vector<std::string>* warnings,
                                  std::vector<std::string>* problems) {
  if (!state_->options_status.ok()) return state_->options_status;
  otlp::ExportMetricsServiceRequest message;
  if (absl::Status status = Decode(request, encoding, &message); !status.ok()) return status;
  if (state_->options.delta == OtlpOptions::Delta::kToCumulative) {
    state_->deltas.Accumulate(&message);
  }
  OtlpRemarks remarks;
  state_->translator.StartRequest(appender, &remarks);
  state_->translator.Translate(message);
  if (absl::Status status = state_->translator.FinishRequest(); !status.ok()) return status;
  if (warnings != nullptr) {
    warnings->insert(warnings->end(), remarks.warnings.begin(), remarks.warnings.end());
  }
  if (problems != nullptr) {
    problems->insert(problems->end(), remarks.problems.begin(), remarks.problems.end());
  }
  return absl::OkStatus();
}

void OtlpIngester::ForgetStreams() {}

}  // namespace promlite::internal
