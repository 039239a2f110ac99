#ifndef PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECEIVER_H_
#define PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECEIVER_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/metrics/ingester.h"
#include "promlite/tests/storage/otlp/metrics/stream_recorder.h"

namespace promlite::internal {

// An ingester with a database behind it: commits what is taken, drops what is refused.
class Receiver {
 public:
  explicit Receiver(OtlpOptions options = {},
                    OtlpMetricsIngester::Cache cache = OtlpMetricsIngester::Cache::kOn,
                    const MemoryLimits& limits = {})
      : ingester_(std::move(options), cache, limits) {}

  absl::Status Receive(std::string_view request, OtlpEncoding encoding) {
    absl::Status status = ingester_.Ingest(request, encoding, &database_, &warnings_);
    if (status.ok()) {
      database_.Commit();
    } else {
      database_.Drop();
    }
    return status;
  }
  absl::Status ReceiveProtobuf(std::string_view request) {
    return Receive(request, OtlpEncoding::kProtobuf);
  }
  absl::Status ReceiveJson(std::string_view request) {
    return Receive(request, OtlpEncoding::kJson);
  }
  absl::Status Receive(const otlp::ExportMetricsServiceRequest& request) {
    return ReceiveProtobuf(request.SerializeAsString());
  }

  OtlpMetricsIngester& ingester() { return ingester_; }
  StreamRecorder& database() { return database_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  OtlpMetricsIngester ingester_;
  StreamRecorder database_;
  std::vector<std::string> warnings_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECEIVER_H_
