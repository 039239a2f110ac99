#include "promlite/storage/otlp/metrics/points/histogram_point.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "promlite/parser/text/number_printing.h"

namespace promlite::internal {

namespace {

absl::Status AddStream(const PointTarget& target, std::string_view suffix, int64_t start_ns,
                       PointStreams* streams) {
  target.labels->Set(kMetricName, target.family->name + std::string(suffix));
  const absl::StatusOr<LabelsView> labels = target.labels->Get();
  if (!labels.ok()) return labels.status();
  streams->push_back(target.appender->Stream(*labels, start_ns));
  return absl::OkStatus();
}

size_t BucketsWithBound(const otlp::HistogramDataPoint& point) {
  return static_cast<size_t>(std::min(point.explicit_bounds_size(), point.bucket_counts_size()));
}

absl::StatusOr<PointStreams> FindStreams(const PointTarget& target,
                                         const otlp::HistogramDataPoint& point) {
  const auto start_ns = static_cast<int64_t>(point.start_time_unix_nano());
  PointStreams streams;
  const auto add = [&](std::string_view suffix) {
    return AddStream(target, suffix, start_ns, &streams);
  };
  if (point.has_sum()) {
    if (absl::Status status = add("_sum"); !status.ok()) return status;
  }
  if (absl::Status status = add("_count"); !status.ok()) return status;
  for (size_t i = 0; i < BucketsWithBound(point); ++i) {
    target.labels->Set("le", GoFixed(point.explicit_bounds(static_cast<int>(i))));
    if (absl::Status status = add("_bucket"); !status.ok()) return status;
  }
  target.labels->Set("le", "+Inf");
  if (absl::Status status = add("_bucket"); !status.ok()) return status;
  return streams;
}

}  // namespace

void AppendClassicHistogram(Appender* appender, std::span<const StreamId> streams,
                            const HistogramNumbers& numbers) {
  size_t next = 0;
  const auto append = [&](double value) {
    AppendValue(appender, streams[next++], numbers.timestamp_ms, value, numbers.is_stale);
  };
  if (numbers.sum.has_value()) append(*numbers.sum);
  append(static_cast<double>(numbers.count));
  uint64_t cumulative = 0;
  for (const uint64_t count : numbers.bucket_counts) {
    cumulative += count;
    append(static_cast<double>(cumulative));
  }
  append(static_cast<double>(numbers.count));
}

absl::StatusOr<PointStreams> AddHistogramPoint(const PointTarget& target,
                                               const otlp::HistogramDataPoint& point) {
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  absl::StatusOr<PointStreams> streams = FindStreams(target, point);
  if (!streams.ok()) return streams;
  status = CheckExemplars(point.exemplars());
  if (!status.ok()) return status;

  HistogramNumbers numbers;
  numbers.timestamp_ms = ToMilliseconds(point.time_unix_nano());
  numbers.is_stale = (point.flags() & kNoRecordedValue) != 0;
  if (point.has_sum()) numbers.sum = point.sum();
  numbers.count = point.count();
  numbers.bucket_counts = {point.bucket_counts().data(), BucketsWithBound(point)};
  AppendClassicHistogram(target.appender, *streams, numbers);
  return streams;
}

}  // namespace promlite::internal
