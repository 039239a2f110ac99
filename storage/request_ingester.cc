#include "promlite/storage/request_ingester.h"

#include <memory>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {

RequestIngester::RequestIngester(Head* head, ApiRequestLog* api_requests,
                                 const DatabaseOptions& options)
    : head_(head),
      api_requests_(api_requests),
      options_(options),
      otlp_(options.otlp),
      otlp_logs_(&options_.otlp, api_requests) {}

IngestOutcome RequestIngester::Otlp(std::string_view request, OtlpEncoding encoding,
                                    Appender::Publish publish) {
  const std::lock_guard lock(mutex_);
  const DeltaCounts before = CountDeltas();
  IngestOutcome outcome = AppendOtlp(request, encoding, publish);
  const DeltaCounts after = CountDeltas();
  outcome.deltas = {.refused = after.refused - before.refused,
                    .dropped = after.dropped - before.dropped,
                    .repeated = after.repeated - before.repeated};
  return outcome;
}

IngestOutcome RequestIngester::AppendOtlp(std::string_view request, OtlpEncoding encoding,
                                          Appender::Publish publish) {
  IngestOutcome outcome;
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  try {
    outcome.status =
        otlp_.Ingest(request, encoding, appender.get(), &outcome.warnings, &outcome.lost_points);
    if (!outcome.status.ok()) {
      outcome.refused_metrics = otlp_.refused_metrics();
      return outcome;
    }
    outcome.samples = appender->sample_count();
    appender->Commit(publish);
  } catch (...) {
    // Lack of memory: the streams that the request made go with the appender.
    otlp_.ForgetStreams();
    throw;
  }
  return outcome;
}

DeltaCounts RequestIngester::CountDeltas() const {
  DeltaCounts counts = otlp_.delta_counts();
  counts.repeated = head_->repeated_increments();
  return counts;
}

DeltaCounts RequestIngester::delta_counts() {
  const std::lock_guard lock(mutex_);
  return CountDeltas();
}

LogsOutcome RequestIngester::OtlpLogs(std::string_view request, OtlpEncoding encoding,
                                      Appender::Publish publish) {
  const std::lock_guard lock(mutex_);
  LogsOutcome outcome = otlp_logs_.Ingest(request, encoding);
  if (publish == Appender::Publish::kNow) api_requests_->Publish();
  return outcome;
}

IngestOutcome RequestIngester::RemoteWrite(std::string_view body, RemoteWriteVersion version,
                                           Appender::Publish publish) {
  IngestOutcome outcome;
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  outcome.status = IngestRemoteWrite(body, version, appender.get());
  if (!outcome.status.ok()) return outcome;
  outcome.samples = appender->sample_count();
  appender->Commit(publish);
  return outcome;
}

IngestOutcome RequestIngester::Text(std::string_view text, std::optional<int64_t> scraped_ms,
                                    Appender::Publish publish) {
  IngestOutcome outcome;
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  outcome.status = IngestText(text, options_.text, appender.get(), scraped_ms);
  if (!outcome.status.ok()) return outcome;
  outcome.samples = appender->sample_count();
  appender->Commit(publish);
  return outcome;
}

size_t RequestIngester::TextPiece(std::string_view piece, TextIngester* ingester,
                                  const TextIngester::OnProblem& problem) {
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  ingester->Ingest(piece, appender.get(), problem);
  const size_t samples = appender->sample_count();
  appender->Commit(Appender::Publish::kLater);
  return samples;
}

absl::Status RequestIngester::FinishText(const TextIngester& ingester) {
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  const absl::Status status = ingester.Finish(appender.get());
  appender->Commit(Appender::Publish::kLater);
  return status;
}

void RequestIngester::Append(const Labels& labels, std::span<const Sample> samples,
                             int64_t start_ns) {
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  const std::vector<LabelView> views(labels.begin(), labels.end());
  const StreamId stream = appender->Stream(views, start_ns);
  for (const Sample& sample : samples) {
    if (IsStalenessMarker(sample.value)) {
      appender->AppendStalenessMarker(stream, sample.timestamp_ms);
    } else {
      appender->Append(stream, sample.timestamp_ms, sample.value);
    }
  }
  appender->Commit(Appender::Publish::kNow);
}

void RequestIngester::AppendHistograms(const Labels& labels,
                                       std::span<const HistogramPoint> histograms,
                                       int64_t start_ns) {
  const std::unique_ptr<Appender> appender = head_->StartAppend();
  const std::vector<LabelView> views(labels.begin(), labels.end());
  const StreamId stream = appender->Stream(views, start_ns);
  for (const HistogramPoint& point : histograms) {
    appender->AppendHistogram(stream, point.timestamp_ms, *point.histogram);
  }
  appender->Commit(Appender::Publish::kNow);
}

}  // namespace promlite::internal
