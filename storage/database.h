#ifndef PROMLITE_STORAGE_DATABASE_H_
#define PROMLITE_STORAGE_DATABASE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/loading.h"
#include "promlite/storage/logs/api_request.h"
#include "promlite/storage/logs/session_logs.h"
#include "promlite/storage/machine/memory_stats.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/metric_metadata.h"
#include "promlite/storage/metrics/metric_summary.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/series_query.h"
#include "promlite/storage/metrics/writer_overlap.h"
#include "promlite/storage/otlp/delta_counts.h"

namespace promlite {

namespace internal {
class Snapshot;
}  // namespace internal

// The times of a first and a last sample.
struct SampleTimes {
  absl::Time first;
  absl::Time last;
};

// Metrics in memory, and what Claude Code's events say of its requests. Thread-safe: readers
// (engines) see one consistent moment each and never wait for writers, nor writers for them;
// writers take turns, request by request. Whatever the input, a function that returns a Status does
// not throw: lack of memory is ResourceExhausted.
class PROMLITE_EXPORT Database {
 public:
  explicit Database(DatabaseOptions options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Loads a capture, its kind recognised from its content: OTLP as the OpenTelemetry Collector's
  // file exporter writes it (JSON lines or length-prefixed protobuf, zstd-framed too), OTLP/JSON
  // requests written in any other way (indented, in an array, wrapped in objects), single OTLP or
  // remote-write request bodies, OpenMetrics or Prometheus text, promlite's own .plc; each also
  // inside gzip or zstd. OTLP requests may be of metrics or logs; traces are passed over with a
  // warning. `path` may be a pipe, and "/dev/stdin". What a file begins with may be torn. Bad
  // records are skipped and reported; all good ones are loaded even if the status is an error
  // (NotFound: no
  // such file; InvalidArgument, or DataLoss where the compression of all of it is damaged: the
  // first problem's text). `report`, if given, is added to. Readers see the file's samples when all
  // of it is read, or something else is stored meanwhile. Beside the samples' own, takes the memory
  // of the largest record.
  absl::Status LoadFile(const std::string& path, const LoadOptions& options = {},
                        LoadReport* report = nullptr);

  // One OTLP ExportMetricsServiceRequest, translated as Prometheus 3.16's receiver does; what that
  // refuses is refused as a whole, and nothing of it stored. InvalidArgument also where a JSON
  // request has `null` for a number, as JavaScript's SDK writes NaN: without that point it is
  // stored.
  enum class OtlpEncoding { kProtobuf, kJson };
  absl::Status IngestOtlp(std::string_view request,
                          OtlpEncoding encoding = OtlpEncoding::kProtobuf);

  // One OTLP ExportLogsServiceRequest: its events `claude_code.api_request`, whose numbers the
  // doctor sets beside the counters. What else it holds is passed over. An event that is there
  // already is not added again. All good ones are, even if the status is an error:
  // InvalidArgument says which log record is bad.
  absl::Status IngestOtlpLogs(std::string_view request,
                              OtlpEncoding encoding = OtlpEncoding::kProtobuf);

  // One remote-write body of version 1.0 or 2.0, in snappy's block format, in zstd or not
  // compressed. `content_type` is the header that came with it and says the version; if it is
  // empty, the content does. All or nothing.
  absl::Status IngestRemoteWrite(std::string_view body, std::string_view content_type = {});

  // OpenMetrics text (`# EOF` as its last line; times in seconds) or Prometheus text (times in
  // milliseconds). `scraped_at` is the time of samples that have none. All or nothing.
  absl::Status IngestText(std::string_view text,
                          std::optional<absl::Time> scraped_at = std::nullopt);

  // Samples of one series, in any order; `start` is when its writer began to count, if known.
  // InvalidArgument if there is no label. A value with a staleness marker's bits is one.
  absl::Status Append(const Labels& labels, std::span<const Sample> samples,
                      absl::Time start = absl::UnixEpoch());

  // Native histograms of one series, which may also have samples of numbers: at one time the
  // histogram stays. A staleness marker among them is a histogram whose sum has its bits. All or
  // nothing: InvalidArgument if there is no label, or a histogram is one that Prometheus would
  // refuse (see histogram_check.h).
  absl::Status AppendHistograms(const Labels& labels, std::span<const HistogramPoint> histograms,
                                absl::Time start = absl::UnixEpoch());

  // Writes what LoadFile() loaded so far, request by request as it was received, to a new .plc
  // file, which appears under its name only when it is whole. A request that was refused is written
  // too: other options might take it. To spend no memory on this, the database remembers only which
  // files it loaded and reads them again: FailedPrecondition if one of them is no longer what it
  // was.
  absl::Status Save(const std::string& path) const;

  // First and last sample; the epoch if there is none.
  absl::Time MinTime() const;
  absl::Time MaxTime() const;
  // Both, of one moment; nothing if there is no sample.
  std::optional<SampleTimes> Times() const;

  // How many there are. Samples are those that were stored, before the streams of a series are
  // merged.
  size_t SeriesCount() const;
  size_t SampleCount() const;
  // What was not added up of the data points of delta temporality that came in so far.
  DeltaCounts Deltas() const;
  // Where the memory is. Waits for a writer's request to end.
  MemoryStats MeasureMemory() const;

  // Everything that is there, by metric name. Reads all samples.
  std::vector<MetricSummary> Metrics() const;
  // What was said about a metric family, by its name; nothing if nothing was.
  std::optional<MetricMetadata> Metadata(std::string_view metric_family) const;
  // All families that something was said about, sorted by name.
  std::vector<MetricFamily> MetricFamilies() const;

  // The series that all matchers accept, sorted; all series if there is no matcher.
  std::vector<Labels> Series(std::span<const Matcher> matchers = {}) const;
  std::vector<Labels> Series(const SeriesQuery& query) const;
  // Sorted: the names of the series' labels, the values that one has. Those of all series are found
  // without looking at any.
  std::vector<std::string> LabelNames(const SeriesQuery& query = {}) const;
  std::vector<std::string> LabelValues(std::string_view name, const SeriesQuery& query = {}) const;
  // The labels of the series with how many have each and each value, sorted by name.
  std::vector<LabelSummary> LabelSummaries(const SeriesQuery& query = {}) const;
  // The series, sorted, with the samples that they have in the query's time. Reads those.
  std::vector<SeriesSummary> SeriesSummaries(const SeriesQuery& query = {}) const;
  // The series, sorted, with what each writer wrote into them.
  std::vector<SeriesStreams> Streams(const SeriesQuery& query = {}) const;
  // The requests to the model that events told, in the order in which they came: those whose labels
  // all matchers accept, of times in (after, end].
  std::vector<ApiRequest> ApiRequests(std::span<const Matcher> matchers = {},
                                      absl::Time after = absl::InfinitePast(),
                                      absl::Time end = absl::InfiniteFuture()) const;
  bool HasApiRequests() const;  // any
  // How much of the events of each session came in, by its id.
  std::vector<SessionLogs> Logs() const;
  // Series that several writers wrote at the same time.
  WriterOverlap Overlaps() const;

  // For the engine.
  std::shared_ptr<const internal::Snapshot> TakeSnapshot() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_DATABASE_H_
