#include "promlite/storage/database.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/save_captures.h"
#include "promlite/storage/capture_loader.h"
#include "promlite/storage/codecs/codec.h"
#include "promlite/storage/logs/api_request_log.h"
#include "promlite/storage/metrics/head.h"
#include "promlite/storage/metrics/histograms/histogram_check.h"
#include "promlite/storage/metrics/metric_summaries.h"
#include "promlite/storage/metrics/series_summaries.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"
#include "promlite/storage/otlp/json_requests.h"
#include "promlite/storage/otlp/wire/request_signal.h"
#include "promlite/storage/remote_write/ingester.h"
#include "promlite/storage/request_ingester.h"

namespace promlite {
namespace {

using internal::Appender;
using internal::LoadedCapture;
using internal::OtlpSignal;

// Runs `action`, which returns a Status: no exception leaves the library. Decoders take memory by
// what the input says.
template <typename Action>
absl::Status Guard(Action action) {
  try {
    return action();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("out of memory");
  } catch (const std::length_error&) {
    return absl::ResourceExhaustedError("out of memory");
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  }
}

std::vector<Labels> LabelsOf(const internal::Snapshot& snapshot,
                             const std::vector<internal::SeriesId>& ids) {
  std::vector<Labels> labels;
  labels.reserve(ids.size());
  for (const internal::SeriesId id : ids) labels.push_back(snapshot.LabelsOf(id));
  return labels;
}

std::vector<std::string> Owned(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::string AbsolutePath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

internal::HeadOptions HeadOptionsOf(const DatabaseOptions& options) {
  internal::HeadOptions head;
  if (options.chunk_samples > 0) head.chunk_samples = options.chunk_samples;
  head.codec = internal::FindCodec(options.chunk_codec);
  return head;
}

absl::Status CheckOptions(const DatabaseOptions& options) {
  if (options.chunk_codec.empty() || internal::FindCodec(options.chunk_codec)) {
    return absl::OkStatus();
  }
  std::string names;
  for (const internal::Codec& codec : internal::Codecs()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", Absl(codec.name));
  }
  return absl::InvalidArgumentError(absl::StrCat("chunk_codec: there is no codec \"",
                                                 options.chunk_codec, "\"; there are ", names));
}

internal::OtlpEncoding EncodingOf(Database::OtlpEncoding encoding) {
  return encoding == Database::OtlpEncoding::kJson ? internal::OtlpEncoding::kJson
                                                   : internal::OtlpEncoding::kProtobuf;
}

OtlpSignal SignalOf(std::string_view request, Database::OtlpEncoding encoding) {
  if (encoding == Database::OtlpEncoding::kProtobuf) return internal::SignalOfProtobuf(request);
  const internal::JsonSignals signals = internal::SignalsOfJson(request);
  if (signals.metrics) return OtlpSignal::kMetrics;
  if (signals.logs) return OtlpSignal::kLogs;
  return signals.traces ? OtlpSignal::kTraces : OtlpSignal::kUnknown;
}

}  // namespace

struct Database::State {
  explicit State(const DatabaseOptions& options)
      : options_status(CheckOptions(options)),
        head(HeadOptionsOf(options)),
        ingester(&head, &api_requests, options) {}

  // Guards an action that brings data in, which wrong options refuse.
  template <typename Action>
  absl::Status Accept(Action action) {
    return options_status.ok() ? Guard(action) : options_status;
  }

  const absl::Status options_status;

  internal::Head head;
  internal::ApiRequestLog api_requests;
  internal::RequestIngester ingester;
  std::mutex captures_mutex;
  std::vector<LoadedCapture> captures;  // guarded by captures_mutex
};

Database::Database(DatabaseOptions options) : state_(std::make_unique<State>(options)) {}
Database::~Database() = default;

absl::Status Database::LoadFile(const std::string& path, const LoadOptions& options,
                                LoadReport* report) {
  return state_->Accept([&] {
    LoadReport unread;
    internal::CaptureLoader loader(path, &state_->ingester, report != nullptr ? report : &unread);
    const uint64_t conflicts_before = state_->head.conflicting_samples();
    const absl::Status status = Guard([&] { return loader.Load(options); });
    state_->head.Publish();
    state_->api_requests.Publish();
    const uint64_t conflicts = state_->head.conflicting_samples() - conflicts_before;
    if (conflicts > 0 && report != nullptr) {
      report->warnings.push_back(absl::StrCat(path, ": ", conflicts,
                                              conflicts == 1 ? " sample bears" : " samples bear",
                                              " the series, start and time of another one with "
                                              "another value; the larger bits are kept"));
    }
    if (std::optional<LoadedCapture> loaded = loader.loaded()) {
      loaded->path = AbsolutePath(path);
      const std::lock_guard lock(state_->captures_mutex);
      state_->captures.push_back(*std::move(loaded));
    }
    return status;
  });
}

absl::Status Database::IngestOtlp(std::string_view request, OtlpEncoding encoding) {
  const OtlpSignal signal = SignalOf(request, encoding);
  if (signal == OtlpSignal::kLogs) {
    return absl::InvalidArgumentError("holds OTLP logs, not metrics");
  }
  if (signal == OtlpSignal::kTraces) {
    return absl::InvalidArgumentError("holds OTLP traces, not metrics");
  }
  return state_->Accept([&]() -> absl::Status {
    const internal::IngestOutcome outcome =
        state_->ingester.Otlp(request, EncodingOf(encoding), Appender::Publish::kNow);
    if (!outcome.status.ok() || outcome.lost_points.empty()) return outcome.status;
    return absl::InvalidArgumentError(outcome.lost_points.front());
  });
}

absl::Status Database::IngestOtlpLogs(std::string_view request, OtlpEncoding encoding) {
  const OtlpSignal signal = SignalOf(request, encoding);
  if (signal == OtlpSignal::kMetrics) {
    return absl::InvalidArgumentError("holds OTLP metrics, not logs");
  }
  if (signal == OtlpSignal::kTraces) {
    return absl::InvalidArgumentError("holds OTLP traces, not logs");
  }
  return state_->Accept([&] {
    return state_->ingester.OtlpLogs(request, EncodingOf(encoding), Appender::Publish::kNow).status;
  });
}

absl::Status Database::IngestRemoteWrite(std::string_view body, std::string_view content_type) {
  const absl::StatusOr<internal::RemoteWriteVersion> version =
      internal::RemoteWriteVersionOfType(content_type);
  if (!version.ok()) return version.status();
  return state_->Accept(
      [&] { return state_->ingester.RemoteWrite(body, *version, Appender::Publish::kNow).status; });
}

absl::Status Database::IngestText(std::string_view text, std::optional<absl::Time> scraped_at) {
  std::optional<int64_t> scraped_ms;
  if (scraped_at.has_value()) scraped_ms = absl::ToUnixMillis(*scraped_at);
  return state_->Accept(
      [&] { return state_->ingester.Text(text, scraped_ms, Appender::Publish::kNow).status; });
}

absl::Status Database::Append(const Labels& labels, std::span<const Sample> samples,
                              absl::Time start) {
  return state_->Accept([&]() -> absl::Status {
    if (labels.empty()) return absl::InvalidArgumentError("a series without labels");
    state_->ingester.Append(labels, samples, absl::ToUnixNanos(start));
    return absl::OkStatus();
  });
}

absl::Status Database::AppendHistograms(const Labels& labels,
                                        std::span<const HistogramPoint> histograms,
                                        absl::Time start) {
  return state_->Accept([&]() -> absl::Status {
    if (labels.empty()) return absl::InvalidArgumentError("a series without labels");
    for (const HistogramPoint& point : histograms) {
      absl::Status status = internal::CheckHistogram(*point.histogram);
      if (!status.ok()) return status;
    }
    state_->ingester.AppendHistograms(labels, histograms, absl::ToUnixNanos(start));
    return absl::OkStatus();
  });
}

absl::Status Database::Save(const std::string& path) const {
  return Guard([&] {
    const std::lock_guard lock(state_->captures_mutex);
    absl::Status status = internal::SaveCaptures(state_->captures, path);
    if (!status.ok()) return status;
    // A capture that was saved over is no longer there; the new file holds it, and all others.
    const std::string saved = AbsolutePath(path);
    for (const LoadedCapture& capture : state_->captures) {
      if (capture.path != saved) continue;
      const auto file = internal::InputFile::Open(saved);
      status = file.status();
      if (status.ok()) state_->captures.assign(1, {saved, (*file)->identity()});
      break;
    }
    return status;
  });
}

absl::Time Database::MinTime() const {
  return absl::FromUnixMillis(TakeSnapshot()->MinTime().value_or(0));
}

absl::Time Database::MaxTime() const {
  return absl::FromUnixMillis(TakeSnapshot()->MaxTime().value_or(0));
}

std::optional<SampleTimes> Database::Times() const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  const std::optional<int64_t> first = snapshot->MinTime(), last = snapshot->MaxTime();
  if (!first || !last) return std::nullopt;
  return SampleTimes{absl::FromUnixMillis(*first), absl::FromUnixMillis(*last)};
}

size_t Database::SeriesCount() const { return TakeSnapshot()->series_count(); }

size_t Database::SampleCount() const { return TakeSnapshot()->sample_count(); }

DeltaCounts Database::Deltas() const { return state_->ingester.delta_counts(); }

MemoryStats Database::MeasureMemory() const { return state_->head.memory_stats(); }

std::vector<MetricSummary> Database::Metrics() const {
  return internal::SummarizeMetrics(*TakeSnapshot());
}

std::optional<MetricMetadata> Database::Metadata(std::string_view metric_family) const {
  return TakeSnapshot()->Metadata(metric_family);
}

std::vector<MetricFamily> Database::MetricFamilies() const { return TakeSnapshot()->Families(); }

std::vector<Labels> Database::Series(std::span<const Matcher> matchers) const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  return LabelsOf(*snapshot, snapshot->Select(matchers));
}

std::vector<Labels> Database::Series(const SeriesQuery& query) const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  return LabelsOf(*snapshot, internal::FindSeries(*snapshot, query));
}

std::vector<std::string> Database::LabelNames(const SeriesQuery& query) const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  return Owned(internal::FindLabelNames(*snapshot, query));
}

std::vector<std::string> Database::LabelValues(std::string_view name,
                                               const SeriesQuery& query) const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  return Owned(internal::FindLabelValues(*snapshot, name, query));
}

std::vector<LabelSummary> Database::LabelSummaries(const SeriesQuery& query) const {
  return internal::SummarizeLabels(*TakeSnapshot(), query);
}

std::vector<SeriesSummary> Database::SeriesSummaries(const SeriesQuery& query) const {
  return internal::SummarizeSeries(*TakeSnapshot(), query);
}

std::vector<SeriesStreams> Database::Streams(const SeriesQuery& query) const {
  return internal::ListStreams(*TakeSnapshot(), query);
}

std::vector<ApiRequest> Database::ApiRequests(std::span<const Matcher> matchers, absl::Time after,
                                              absl::Time end) const {
  return state_->api_requests.Select(matchers, absl::ToUnixMillis(after), absl::ToUnixMillis(end));
}

std::vector<SessionLogs> Database::Logs() const {
  return state_->api_requests.sequences().Sessions();
}

bool Database::HasApiRequests() const { return !state_->api_requests.empty(); }

WriterOverlap Database::Overlaps() const {
  const std::shared_ptr<const internal::Snapshot> snapshot = TakeSnapshot();
  WriterOverlap overlap;
  for (const internal::StreamOverlap& found : internal::FindStreamOverlaps(*snapshot)) {
    overlap.series.push_back({snapshot->LabelsOf(found.series), found.writers, found.collisions});
    overlap.most_writers = std::max(overlap.most_writers, found.writers);
    overlap.collisions += found.collisions;
  }
  return overlap;
}

std::shared_ptr<const internal::Snapshot> Database::TakeSnapshot() const {
  return state_->head.TakeSnapshot();
}

}  // namespace promlite
