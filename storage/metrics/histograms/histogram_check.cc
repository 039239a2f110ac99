#include "promlite/storage/metrics/histograms/histogram_check.h"

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::internal {
namespace {

constexpr int32_t kFurthestIndex = int32_t{1} << 30;

// As Go's %v writes a number or an integer.
std::string Plain(double value) { return GoShortest(value); }
std::string Plain(int64_t value) { return std::to_string(value); }

absl::Status Refused(std::string_view details, std::string_view rule) {
  return absl::InvalidArgumentError(
      absl::StrCat(Absl(details), details.empty() ? "" : ": ", Absl(rule)));
}

absl::Status CheckBounds(const std::vector<double>& bounds, int64_t last_index) {
  double previous = -std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < bounds.size(); ++i) {
    if (std::isnan(bounds[i])) {
      return Refused("custom buckets", "histogram custom bounds must not be NaN");
    }
    if (i > 0 && bounds[i] <= previous) {
      return Refused(absl::StrCat("custom buckets: previous bound is ", SixDecimals(previous),
                                  " and current is ", SixDecimals(bounds[i])),
                     "histogram custom bounds must be in strictly increasing order");
    }
    previous = bounds[i];
  }
  if (previous == std::numeric_limits<double>::infinity()) {
    return Refused("custom buckets: last +Inf bound must not be explicitly defined",
                   "histogram custom bounds must be finite");
  }
  if (static_cast<int64_t>(bounds.size()) < last_index) {
    return Refused(absl::StrCat("custom buckets: only ", bounds.size(),
                                " custom bounds defined which is insufficient to cover total span "
                                "length of ",
                                last_index + 1),
                   "histogram custom bounds are too few");
  }
  return absl::OkStatus();
}

template <typename Buckets>
absl::Status CheckIndices(const Buckets& buckets, std::string_view side) {
  for (size_t i = 0; i < buckets.size(); ++i) {
    if (i > 0 && buckets[i].index <= buckets[i - 1].index) {
      return Refused(absl::StrCat(Absl(side), " side"), "buckets must ascend, each once");
    }
    if (std::abs(int64_t{buckets[i].index}) > kFurthestIndex) {
      return Refused(absl::StrCat(Absl(side), " side"),
                     absl::StrCat("no number lies in bucket ", buckets[i].index));
    }
  }
  return absl::OkStatus();
}

template <typename Buckets>
absl::Status CheckCounts(const Buckets& buckets, std::string_view side) {
  for (size_t i = 0; i < buckets.size(); ++i) {
    if (buckets[i].count < 0) {
      return Refused(absl::StrCat(Absl(side), " side: bucket number ", i + 1,
                                  " has observation count of ", Plain(buckets[i].count)),
                     "histogram has a bucket whose observation count is negative");
    }
  }
  return absl::OkStatus();
}

template <typename AnyHistogram>
absl::Status CheckCustomBuckets(const AnyHistogram& histogram) {
  const auto& buckets = histogram.positive;
  if (absl::Status status = CheckIndices(buckets, "positive"); !status.ok()) return status;
  if (!buckets.empty() && buckets.front().index < 0) {
    return Refused(absl::StrCat("custom buckets: span number 1 with offset ", buckets[0].index),
                   "histogram has a span whose offset is negative");
  }
  absl::Status status =
      CheckBounds(histogram.custom_bounds, buckets.empty() ? -1 : buckets.back().index);
  if (!status.ok()) return status;
  if (histogram.zero_count != 0) return Refused("custom buckets", "must have zero count of 0");
  if (histogram.zero_threshold != 0) {
    return Refused("custom buckets", "must have zero threshold of 0");
  }
  if (!histogram.negative.empty()) {
    return Refused("custom buckets", "must not have negative spans");
  }
  return absl::OkStatus();
}

template <typename AnyHistogram>
absl::Status CheckExponentialBuckets(const AnyHistogram& histogram) {
  absl::Status status = CheckIndices(histogram.positive, "positive");
  if (status.ok()) status = CheckIndices(histogram.negative, "negative");
  if (status.ok()) status = CheckCounts(histogram.negative, "negative");
  if (!status.ok()) return status;
  if constexpr (std::is_same_v<AnyHistogram, Histogram>) {
    if (histogram.zero_count < 0) {
      return Refused(
          absl::StrCat("zero bucket has observation count of ", Plain(histogram.zero_count)),
          "histogram has a bucket whose observation count is negative");
    }
  }
  if (!histogram.custom_bounds.empty()) {
    return Refused("", "histogram with exponential schema must not have custom bounds");
  }
  return absl::OkStatus();
}

template <typename AnyHistogram>
absl::Status CheckBuckets(const AnyHistogram& histogram) {
  if (histogram.schema == Histogram::kCustomBucketsSchema) return CheckCustomBuckets(histogram);
  if (histogram.schema >= Histogram::kMinSchema && histogram.schema <= Histogram::kMaxSchema) {
    return CheckExponentialBuckets(histogram);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("histogram has an invalid schema, which must be between -4 and 8 for "
                   "exponential buckets, or -53 for custom buckets, got schema ",
                   histogram.schema));
}

// Wraps, as Prometheus' sum does.
uint64_t SumOfBuckets(const IntegerHistogram& histogram) {
  uint64_t sum = histogram.zero_count;
  for (const IntegerBucket& bucket : histogram.positive) sum += static_cast<uint64_t>(bucket.count);
  for (const IntegerBucket& bucket : histogram.negative) sum += static_cast<uint64_t>(bucket.count);
  return sum;
}

absl::Status CheckSumOfBuckets(const IntegerHistogram& histogram) {
  const uint64_t sum = SumOfBuckets(histogram);
  const std::string details =
      absl::StrCat(sum, " observations found in buckets, but the Count field is ", histogram.count);
  if (std::isnan(histogram.sum)) {
    if (sum <= histogram.count) return absl::OkStatus();
    return Refused(details,
                   "histogram's observation count should be at least the number of observations "
                   "found in the buckets");
  }
  if (sum == histogram.count) return absl::OkStatus();
  return Refused(details,
                 "histogram's observation count should equal the number of observations found in "
                 "the buckets (in absence of NaN)");
}

std::vector<HistogramBucket> Converted(const std::vector<IntegerBucket>& buckets) {
  std::vector<HistogramBucket> converted;
  converted.reserve(buckets.size());
  for (const IntegerBucket& bucket : buckets) {
    converted.push_back({bucket.index, static_cast<double>(bucket.count)});
  }
  return converted;
}

}  // namespace

absl::Status CheckHistogram(const Histogram& histogram) {
  if (absl::Status status = CheckBuckets(histogram); !status.ok()) return status;
  if (histogram.count < 0) {
    return Refused(absl::StrCat("observation count is  ", Plain(histogram.count)),
                   "histogram's observation count is negative");
  }
  return CheckCounts(histogram.positive, "positive");
}

absl::StatusOr<Histogram> CheckedHistogram(const IntegerHistogram& histogram) {
  absl::Status status = CheckBuckets(histogram);
  if (status.ok()) status = CheckCounts(histogram.positive, "positive");
  if (status.ok()) status = CheckSumOfBuckets(histogram);
  if (!status.ok()) return status;
  Histogram checked;
  checked.hint = histogram.hint;
  checked.schema = histogram.schema;
  checked.zero_threshold = histogram.zero_threshold;
  checked.zero_count = static_cast<double>(histogram.zero_count);
  checked.count = static_cast<double>(histogram.count);
  checked.sum = histogram.sum;
  checked.positive = Converted(histogram.positive);
  checked.negative = Converted(histogram.negative);
  checked.custom_bounds = histogram.custom_bounds;
  return checked;
}

}  // namespace promlite::internal
