#ifndef PROMLITE_STORAGE_REQUEST_INGESTER_H_
#define PROMLITE_STORAGE_REQUEST_INGESTER_H_

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/logs/api_request_log.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/openmetrics/ingester.h"
#include "promlite/storage/otlp/encoding.h"
#include "promlite/storage/otlp/logs/ingester.h"
#include "promlite/storage/otlp/metrics/ingester.h"
#include "promlite/storage/remote_write/ingester.h"

namespace promlite::internal {

// What became of one request.
struct IngestOutcome {
  absl::Status status;  // if not OK, nothing of the request is stored
  std::vector<std::string> warnings;
  size_t samples = 0;
  DeltaCounts deltas;
  std::set<std::string> refused_metrics;  // for whose delta temporality the request was refused
  std::vector<std::string> lost_points;   // that could not be read, though the request could
};

// The door through which requests of all formats come into a head and, of OTLP logs, into the log
// of API requests. Thread-safe: requests come in one at a time, each as a whole.
class RequestIngester {
 public:
  RequestIngester(Head* head, ApiRequestLog* api_requests, const DatabaseOptions& options);

  IngestOutcome Otlp(std::string_view request, OtlpEncoding encoding, Appender::Publish publish);
  LogsOutcome OtlpLogs(std::string_view request, OtlpEncoding encoding, Appender::Publish publish);
  IngestOutcome RemoteWrite(std::string_view body, RemoteWriteVersion version,
                            Appender::Publish publish);
  // A whole exposition, all or nothing.
  IngestOutcome Text(std::string_view text, std::optional<int64_t> scraped_ms,
                     Appender::Publish publish);

  // A piece of an exposition: its good lines. Returns the number of samples.
  size_t TextPiece(std::string_view piece, TextIngester* ingester,
                   const TextIngester::OnProblem& problem);
  // After the last piece.
  absl::Status FinishText(const TextIngester& ingester);

  void Append(const Labels& labels, std::span<const Sample> samples, int64_t start_ns);
  void AppendHistograms(const Labels& labels, std::span<const HistogramPoint> histograms,
                        int64_t start_ns);

  // Of all requests so far.
  DeltaCounts delta_counts();

  const TextOptions& text_options() const { return options_.text; }

 private:
  IngestOutcome AppendOtlp(std::string_view request, OtlpEncoding encoding,
                           Appender::Publish publish);
  DeltaCounts CountDeltas() const;  // REQUIRES: mutex_ is held, and no appender there

  Head* const head_;
  ApiRequestLog* const api_requests_;
  const DatabaseOptions options_;
  std::mutex mutex_;
  OtlpMetricsIngester otlp_;    // guarded by mutex_
  OtlpLogsIngester otlp_logs_;  // guarded by mutex_
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REQUEST_INGESTER_H_
