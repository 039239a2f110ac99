#ifndef PROMLITE_STORAGE_OTLP_METRICS_OTLP_INGESTER_H_
#define PROMLITE_STORAGE_OTLP_METRICS_OTLP_INGESTER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/metrics/appender.h"

namespace promlite::internal {

// The OTLP door: takes ExportMetricsServiceRequests and stores them as the OTLP receiver of
// Prometheus 3.14 does. Samples too far in the future or out of order are taken. Not thread-safe:
// one writer at a time.
class OtlpIngester {
 public:
  enum class Encoding { kProtobuf, kJson };

  // kOn: series already seen are appended without translating their labels again. kOff, for tests:
  // every request goes the long way.
  enum class Cache { kOn, kOff };

  explicit OtlpIngester(OtlpOptions options, Cache cache = Cache::kOn);
  ~OtlpIngester();
  OtlpIngester(const OtlpIngester&) = delete;
  OtlpIngester& operator=(const OtlpIngester&) = delete;

  // Appends one request. On an error the caller must drop the appender: the receiver stores nothing
  // of a request of which it refuses anything, and goes on after an error to report them all, a
  // line each. Errors: InvalidArgument, in the receiver's words where it would refuse (and where
  // options contradict each other), with the byte where a damaged request goes wrong.
  //
  // Added to `warnings`, if given: the receiver's (attributes that collide as one label, metrics
  // without points, native histograms with a sum of no observations); none if the request is
  // refused.
  //
  // REQUIRES: all appenders are of the same head. If the appender is dropped although the status is
  // OK, ForgetStreams() must follow.
  absl::Status Ingest(std::string_view request, Encoding encoding, Appender* appender,
                      std::vector<std::string>* warnings = nullptr);

  // Forgets which streams the last request made.
  void ForgetStreams();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_OTLP_INGESTER_H_
