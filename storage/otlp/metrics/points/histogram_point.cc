#include "promlite/storage/otlp/metrics/points/histogram_point.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

#include "promlite/parser/text/number_printing.h"

namespace promlite::internal {

namespace {

absl::Status AddStream(const PointTarget& target, std::string_view suffix,
                       const PointMoment& moment, PointStreams* streams) {
  target.labels->Set(kMetricName, target.family->name + std::string(suffix));
  const absl::StatusOr<LabelsView> labels = target.labels->Get();
  if (!labels.ok()) return labels.status();
  streams->push_back(StreamOf(target.appender, *labels, moment));
  return absl::OkStatus();
}

size_t BucketsWithBound(const otlp::HistogramDataPoint& point) {
  return static_cast<size_t>(std::min(point.explicit_bounds_size(), point.bucket_counts_size()));
}

absl::StatusOr<PointStreams> FindStreams(const PointTarget& target,
                                         const otlp::HistogramDataPoint& point) {
  const PointMoment moment = MomentOf(point, *target.family);
  PointStreams streams;
  const auto add = [&](std::string_view suffix) {
    return AddStream(target, suffix, moment, &streams);
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

uint64_t IdentityOf(const HistogramNumbers& numbers) {
  const uint64_t buckets =
      XXH3_64bits(numbers.bucket_counts.data(), numbers.bucket_counts.size_bytes());
  return JoinIdentities({numbers.count, numbers.sum.has_value() ? 1u : 0u,
                         std::bit_cast<uint64_t>(numbers.sum.value_or(0)), buckets});
}

void AppendClassicHistogram(Appender* appender, std::span<const StreamId> streams,
                            const HistogramNumbers& numbers) {
  size_t next = 0;
  const auto append = [&](double value) {
    AppendValue(appender, streams[next++], numbers.moment, value);
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
  numbers.moment = MomentOf(point, *target.family);
  if (point.has_sum()) numbers.sum = point.sum();
  numbers.count = point.count();
  numbers.bucket_counts = {point.bucket_counts().data(), BucketsWithBound(point)};
  if (CollectsIncrements(numbers.moment.temporality)) {
    Identify(WriterOf(target, point.attributes()), IdentityOf(numbers), &numbers.moment);
  }
  AppendClassicHistogram(target.appender, *streams, numbers);
  return streams;
}

}  // namespace promlite::internal
