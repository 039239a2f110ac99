#ifndef PROMLITE_STORAGE_OTLP_METRICS_INGESTER_H_
#define PROMLITE_STORAGE_OTLP_METRICS_INGESTER_H_

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/delta_counts.h"
#include "promlite/storage/otlp/encoding.h"
#include "promlite/storage/otlp/metrics/memory_limits.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The OTLP door: takes ExportMetricsServiceRequests and stores them as the OTLP receiver of
// Prometheus 3.16 does. What it remembers from request to request is bounded: MemoryLimits. Samples
// too far in the future or out of order are taken. Not thread-safe: one writer at a time.
class OtlpMetricsIngester {
 public:
  // kOn: series already seen are appended without translating their labels again. kOff, for tests:
  // every request goes the long way.
  enum class Cache { kOn, kOff };

  explicit OtlpMetricsIngester(OtlpOptions options, Cache cache = Cache::kOn,
                               const MemoryLimits& limits = {});
  ~OtlpMetricsIngester();
  OtlpMetricsIngester(const OtlpMetricsIngester&) = delete;
  OtlpMetricsIngester& operator=(const OtlpMetricsIngester&) = delete;

  // Appends one request. On an error the caller must drop the appender: the receiver stores nothing
  // of a request of which it refuses anything, and goes on after an error to report them all, a
  // line each. Errors: InvalidArgument, in the receiver's words where it would refuse (and where
  // options contradict each other), with the byte where a damaged request goes wrong.
  //
  // Added to `warnings`, if given: the receiver's (attributes that collide as one label, metrics
  // without points, native histograms with a sum of no observations), and the word on points of
  // delta temporality beyond MemoryLimits; none if the request is refused.
  //
  // Added to `lost_points`, if given: see ReadOtlpJson(). The request is appended without them.
  //
  // REQUIRES: all appenders are of the same head. If the appender is dropped although the status is
  // OK, ForgetStreams() must follow.
  absl::Status Ingest(std::string_view request, OtlpEncoding encoding, Appender* appender,
                      std::vector<std::string>* warnings = nullptr,
                      std::vector<std::string>* lost_points = nullptr);

  // Of all requests so far, `repeated` aside, which the head knows.
  DeltaCounts delta_counts() const;

  // The metrics of delta temporality for which the last request was refused, by name.
  const std::set<std::string>& refused_metrics() const;

  // Forgets which streams the last request made.
  void ForgetStreams();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_INGESTER_H_
