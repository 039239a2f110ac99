#include "promlite/storage/otlp/metrics/points/native_histogram_point.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/otlp/metrics/points/bucket_layout.h"
#include "promlite/storage/otlp/metrics/points/delta_accumulator.h"

namespace promlite::internal {
namespace {

constexpr double kZeroThreshold = 1e-128;

template <typename Point>
void TakeNumbers(const Point& point, const PointTarget& target, std::string_view what,
                 IntegerHistogram* histogram) {
  if (target.family->temporality == StreamTemporality::kDeltaAsSent) {
    histogram->hint = CounterResetHint::kGauge;
  }
  if ((point.flags() & kNoRecordedValue) != 0) {
    // The receiver puts the marker's bits into the count as well, which no buckets can exceed.
    histogram->sum = StalenessMarker();
    histogram->count = kStalenessMarkerBits;
    return;
  }
  if (point.has_sum()) histogram->sum = point.sum();
  histogram->count = point.count();
  if (histogram->count == 0 && histogram->sum != 0) {
    target.warnings->push_back(absl::StrCat(
        Absl(what), " data point has zero count, but non-zero sum: ", SixDecimals(histogram->sum)));
  }
}

template <typename Point>
absl::StatusOr<LabelsView> LabelsOf(const PointTarget& target, const Point& point) {
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  target.labels->Set(kMetricName, target.family->name);
  return target.labels->Get();
}

// What all points have in common. Either may be an error; that of the histogram is told first.
template <typename Point>
absl::Status Store(const PointTarget& target, const Point& point,
                   const absl::StatusOr<IntegerHistogram>& histogram,
                   const absl::StatusOr<LabelsView>& labels) {
  if (!histogram.ok()) return histogram.status();
  if (!labels.ok()) return labels.status();
  absl::Status status = CheckExemplars(point.exemplars());
  if (!status.ok()) return status;
  const absl::StatusOr<Histogram> checked = CheckedHistogram(*histogram);
  if (!checked.ok()) return checked.status();
  const StreamTemporality temporality = target.family->temporality;
  const StreamId stream = target.appender->Stream(
      *labels, static_cast<int64_t>(point.start_time_unix_nano()),
      CollectsIncrements(temporality) ? StreamTemporality::kCumulative : temporality);
  target.appender->AppendHistogram(stream, ToMilliseconds(point.time_unix_nano()), *checked);
  return absl::OkStatus();
}

void WarnOf(NativeDeltaSums::Outcome outcome, const PointTarget& target) {
  const auto warn = [&](std::string_view what) {
    target.warnings->push_back(absl::StrCat("native histograms of delta temporality of ",
                                            target.family->name, " ", Absl(what)));
  };
  switch (outcome) {
    case NativeDeltaSums::Outcome::kAdded:
      return;
    case NativeDeltaSums::Outcome::kBeganAnew:
      return warn("have other bounds than before: they are added up anew from there");
    case NativeDeltaSums::Outcome::kNotNewer:
      return warn("that are not newer than those added up before them are dropped");
    case NativeDeltaSums::Outcome::kBeyondLimit:
      return warn("are of more series than are added up: those of others are dropped");
  }
}

// `convert` makes a histogram of a point. Its series knows deltas of all writers as one sum.
template <typename Point, typename Convert>
absl::Status Add(const PointTarget& target, const Point& point, const Convert& convert) {
  if (!CollectsIncrements(target.family->temporality)) {
    const absl::StatusOr<IntegerHistogram> histogram = convert(point, target);
    return Store(target, point, histogram, LabelsOf(target, point));
  }
  const absl::StatusOr<LabelsView> labels = LabelsOf(target, point);
  if (!labels.ok()) return labels.status();
  const StreamId series = target.appender->Stream(*labels, 0, target.family->temporality);
  Point total = point;
  const NativeDeltaSums::Outcome outcome = target.native_sums->Add(series, &total);
  WarnOf(outcome, target);
  const bool is_added = outcome == NativeDeltaSums::Outcome::kAdded ||
                        outcome == NativeDeltaSums::Outcome::kBeganAnew;
  return is_added ? Store(target, total, convert(total, target), labels) : absl::OkStatus();
}

absl::StatusOr<std::vector<IntegerBucket>> LayOut(
    const otlp::ExponentialHistogramDataPoint::Buckets& buckets, const char* side, int scale_down) {
  const std::span<const uint64_t> counts(buckets.bucket_counts().data(),
                                         static_cast<size_t>(buckets.bucket_counts_size()));
  absl::StatusOr<std::vector<IntegerBucket>> laid_out =
      LayOutBuckets(counts, buckets.offset(), scale_down, 1);
  if (laid_out.ok()) return laid_out;
  return absl::InvalidArgumentError(absl::StrCat(side, " side: ", laid_out.status().message()));
}

absl::StatusOr<IntegerHistogram> FromExponential(const otlp::ExponentialHistogramDataPoint& point,
                                                 const PointTarget& target) {
  if (point.scale() < Histogram::kMinSchema) {
    return absl::InvalidArgumentError(
        "cannot convert exponential to native histogram. Scale must be >= -4, was " +
        std::to_string(point.scale()));
  }
  IntegerHistogram histogram;
  histogram.schema = std::min(point.scale(), Histogram::kMaxSchema);
  // Beyond 32 all indices are 0 or -1 anyway.
  const int scale_down = std::min(point.scale() - histogram.schema, 32);
  absl::StatusOr<std::vector<IntegerBucket>> positive =
      LayOut(point.positive(), "positive", scale_down);
  absl::StatusOr<std::vector<IntegerBucket>> negative =
      LayOut(point.negative(), "negative", scale_down);
  if (!positive.ok()) return positive.status();
  if (!negative.ok()) return negative.status();
  histogram.positive = *std::move(positive);
  histogram.negative = *std::move(negative);
  histogram.zero_threshold = kZeroThreshold;
  histogram.zero_count = point.zero_count();
  TakeNumbers(point, target, "exponential histogram", &histogram);
  return histogram;
}

absl::StatusOr<IntegerHistogram> FromExplicit(const otlp::HistogramDataPoint& point,
                                              const PointTarget& target) {
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
  TakeNumbers(point, target, "histogram", &histogram);
  return histogram;
}

}  // namespace

absl::Status AddExponentialHistogramPoint(const PointTarget& target,
                                          const otlp::ExponentialHistogramDataPoint& point) {
  return Add(target, point, FromExponential);
}

absl::Status AddCustomBucketsPoint(const PointTarget& target,
                                   const otlp::HistogramDataPoint& point) {
  return Add(target, point, FromExplicit);
}

}  // namespace promlite::internal
