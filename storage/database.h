#ifndef PROMLITE_STORAGE_DATABASE_H_
#define PROMLITE_STORAGE_DATABASE_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/labels.h"
#include "promlite/storage/load_report.h"
#include "promlite/storage/sample.h"

namespace promlite {

namespace internal {
class Head;
class Snapshot;
class OtlpIngester;
}  // namespace internal

// Options of one LoadFile().
struct LoadOptions {
  // Called now and then with the bytes of the file that have been read, and their number in all.
  std::function<void(uint64_t done, uint64_t total)> progress;
};

// Metrics in memory. Thread-safe: readers (engines) see one consistent moment each and never wait
// for writers, nor writers for them; writers come one at a time.
class Database {
 public:
  explicit Database(DatabaseOptions options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Loads a capture, its kind recognised from its content: OTLP as the OpenTelemetry Collector's
  // file exporter writes it (JSON lines or length-prefixed protobuf, zstd-framed too), single OTLP
  // or remote-write request bodies, OpenMetrics or Prometheus text with timestamps, promlite's own
  // .plc; each also inside gzip or zstd. Bad records are skipped and reported; all good ones are
  // loaded even if the status is an error (NotFound: no such file; InvalidArgument: the first
  // problem's text). `report`, if given, is added to.
  absl::Status LoadFile(const std::string& path, const LoadOptions& options = {},
                        LoadReport* report = nullptr);

  // One OTLP ExportMetricsServiceRequest, translated as Prometheus 3.14's receiver does; on an error
  // nothing of it is stored.
  enum class OtlpEncoding { kProtobuf, kJson };
  absl::Status IngestOtlp(std::string_view request, OtlpEncoding encoding = OtlpEncoding::kProtobuf);

  // One remote-write 1.0 body: a WriteRequest in snappy's block format. All or nothing.
  absl::Status IngestRemoteWrite(std::string_view body);

  // OpenMetrics text (`# EOF` as its last line; times in seconds) or Prometheus text (times in
  // milliseconds). All or nothing.
  absl::Status IngestText(std::string_view text);

  // Samples of one series, in any order; `start` is when its writer began to count, if known.
  absl::Status Append(const Labels& labels, std::span<const Sample> samples,
                      absl::Time start = absl::UnixEpoch());

  // Writes what LoadFile() loaded so far, request by request as it was received, to a new .plc file.
  absl::Status Save(const std::string& path) const;

  // First and last sample; the epoch if there is none.
  absl::Time MinTime() const;
  absl::Time MaxTime() const;

  // For the engine.
  std::shared_ptr<const internal::Snapshot> TakeSnapshot() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_DATABASE_H_
