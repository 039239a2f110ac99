#include "promlite/storage/otlp/metrics/points/native_histogram_point.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/storage/metrics/staleness.h"
#include "promlite/storage/otlp/metrics/points/bucket_layout.h"

namespace promlite::internal {
namespace {

constexpr double kZeroThreshold = 1e-128;

template <typename Point>
void TakeNumbers(const Point& point, int temporality, std::string_view what,
                 IntegerHistogram* histogram, std::vector<std::string>* warnings) {
  if (temporality == kDelta) histogram->hint = CounterResetHint::kGauge;
  if ((point.flags() & kNoRecordedValue) != 0) {
    // The receiver puts the marker's bits into the count as well, which no buckets can exceed.
    histogram->sum = StalenessMarker();
    histogram->count = kStalenessMarkerBits;
    return;
  }
  if (point.has_sum()) histogram->sum = point.sum();
  histogram->count = point.count();
  if (histogram->count == 0 && histogram->sum != 0) {
    warnings->push_back(absl::StrCat(
        Absl(what), " data point has zero count, but non-zero sum: ", SixDecimals(histogram->sum)));
  }
}

// What all points have in common. `histogram` may be an error that was found before.
template <typename Point>
absl::Status Add(const PointTarget& target, const Point& point,
                 const absl::StatusOr<IntegerHistogram>& histogram) {
  if (!histogram.ok()) return histogram.status();
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  target.labels->Set(kMetricName, target.family->name);
  const absl::StatusOr<LabelsView> labels = target.labels->Get();
  if (!labels.ok()) return labels.status();
  status = CheckExemplars(point.exemplars());
  if (!status.ok()) return status;
  const absl::StatusOr<Histogram> checked = CheckedHistogram(*histogram);
  if (!checked.ok()) return checked.status();
  const StreamId stream =
      target.appender->Stream(*labels, static_cast<int64_t>(point.start_time_unix_nano()));
  target.appender->AppendHistogram(stream, ToMilliseconds(point.time_unix_nano()), *checked);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<IntegerBucket>> LayOut(
    const otlp::ExponentialHistogramDataPoint::Buckets& buckets, int scale_down) {
  const std::span<const uint64_t> counts(buckets.bucket_counts().data(),
                                         static_cast<size_t>(buckets.bucket_counts_size()));
  return LayOutBuckets(counts, buckets.offset(), scale_down, 1);
}

absl::StatusOr<IntegerHistogram> FromExponential(const otlp::ExponentialHistogramDataPoint& point,
                                                 int temporality,
                                                 std::vector<std::string>* warnings) {
  if (point.scale() < Histogram::kMinSchema) {
    return absl::InvalidArgumentError(
        "cannot convert exponential to native histogram. Scale must be >= -4, was " +
        std::to_string(point.scale()));
  }
  IntegerHistogram histogram;
  histogram.schema = std::min(point.scale(), Histogram::kMaxSchema);
  // Beyond 32 all indices are 0 or -1 anyway.
  const int scale_down = std::min(point.scale() - histogram.schema, 32);
  absl::StatusOr<std::vector<IntegerBucket>> positive = LayOut(point.positive(), scale_down);
  absl::StatusOr<std::vector<IntegerBucket>> negative = LayOut(point.negative(), scale_down);
  if (!positive.ok()) return positive.status();
  if (!negative.ok()) return negative.status();
  histogram.positive = *std::move(positive);
  histogram.negative = *std::move(negative);
  histogram.zero_threshold = kZeroThreshold;
  histogram.zero_count = point.zero_count();
  TakeNumbers(point, temporality, "exponential histogram", &histogram, warnings);
  return histogram;
}

absl::StatusOr<IntegerHistogram> FromExplicit(const otlp::HistogramDataPoint& point,
                                              int temporality, std::vector<std::string>* warnings) {
  IntegerHistogram histogram;
  histogram.schema = Histogram::kCustomBucketsSchema;
  histogram.custom_bounds.assign(point.explicit_bounds().begin(), point.explicit_bounds().end());
  const auto& counts = point.bucket_counts();
  const auto first = std::find_if(counts.begin(), counts.end(), [](uint64_t n) { return n != 0; });
  const std::span<const uint64_t> from_first(counts.data() + (first - counts.begin()),
                                             static_cast<size_t>(counts.end() - first));
  absl::StatusOr<std::vector<IntegerBucket>> buckets =
      LayOutBuckets(from_first, static_cast<int32_t>(first - counts.begin()), 0, 0);
  if (!buckets.ok()) return buckets.status();
  histogram.positive = *std::move(buckets);
  TakeNumbers(point, temporality, "histogram", &histogram, warnings);
  return histogram;
}

}  // namespace

absl::Status AddExponentialHistogramPoint(const PointTarget& target, int temporality,
                                          const otlp::ExponentialHistogramDataPoint& point,
                                          std::vector<std::string>* warnings) {
  return Add(target, point, FromExponential(point, temporality, warnings));
}

absl::Status AddCustomBucketsPoint(const PointTarget& target, int temporality,
                                   const otlp::HistogramDataPoint& point,
                                   std::vector<std::string>* warnings) {
  return Add(target, point, FromExplicit(point, temporality, warnings));
}

}  // namespace promlite::internal
