#include "promlite/apps/promqltest/custom_bucket_histograms.h"

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/answer/json.h"

namespace promlite::promqltest {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The samples of one classic histogram at one time.
struct Classic {
  std::map<double, double> buckets;  // cumulative counts by bound
  std::optional<double> count;
  double sum = 0;
};

enum class Part { kBucket, kSum, kCount };

std::optional<Part> PartOf(std::string_view name, std::string* base) {
  static constexpr std::pair<std::string_view, Part> kSuffixes[] = {
      {"_bucket", Part::kBucket}, {"_sum", Part::kSum}, {"_count", Part::kCount}};
  for (const auto& [suffix, part] : kSuffixes) {
    if (!name.ends_with(suffix)) continue;
    *base = name.substr(0, name.size() - suffix.size());
    return part;
  }
  return std::nullopt;
}

Labels BaseLabels(const Labels& labels, const std::string& base) {
  std::vector<Labels::Label> kept = {{std::string(kMetricName), base}};
  for (const Labels::Label& label : labels) {
    if (label.first != kMetricName && label.first != "le") kept.push_back(label);
  }
  return Labels(std::move(kept));
}

void Take(Part part, double bound, double value, Classic* classic) {
  switch (part) {
    case Part::kBucket:
      classic->buckets.emplace(bound, value);
      break;
    case Part::kSum:
      classic->sum = value;
      break;
    case Part::kCount:
      classic->count = value;
      break;
  }
}

// As Prometheus compacts such a histogram: empty buckets go, but for gaps of no more than two among
// whole counts.
void RemoveBucketsAsPrometheus(bool whole_counts, std::vector<HistogramBucket>* buckets) {
  constexpr size_t kMaxGap = 2;
  std::vector<HistogramBucket> kept;
  size_t gap = 0;
  for (size_t i = 0; i < buckets->size(); ++i) {
    if ((*buckets)[i].count == 0) {
      ++gap;
      continue;
    }
    if (whole_counts && !kept.empty() && gap <= kMaxGap) {
      kept.insert(kept.end(), buckets->begin() + static_cast<ptrdiff_t>(i - gap),
                  buckets->begin() + static_cast<ptrdiff_t>(i));
    }
    kept.push_back((*buckets)[i]);
    gap = 0;
  }
  *buckets = std::move(kept);
}

absl::StatusOr<Histogram> Convert(Classic classic) {
  Histogram histogram;
  histogram.schema = Histogram::kCustomBucketsSchema;
  histogram.sum = classic.sum;
  if (!classic.count && classic.buckets.empty()) {
    return absl::InvalidArgumentError("count must be provided when no buckets are present");
  }
  const double highest = classic.buckets.empty() ? 0 : classic.buckets.rbegin()->second;
  histogram.count = classic.count.value_or(highest);
  classic.buckets.emplace(kInfinity, histogram.count);
  double before = 0;
  int32_t index = 0;
  bool whole_counts = true;
  for (const auto& [bound, count] : classic.buckets) {
    if (count < before) {
      return absl::InvalidArgumentError(absl::StrCat("count is not cumulative: le=", bound));
    }
    if (bound != kInfinity) histogram.custom_bounds.push_back(bound);
    histogram.positive.push_back({index++, count - before});
    whole_counts &= count == std::round(count);
    before = count;
  }
  RemoveBucketsAsPrometheus(whole_counts, &histogram.positive);
  if (before != histogram.count) {
    return absl::InvalidArgumentError(
        absl::StrCat("count mismatch: ", histogram.count, " != le=+Inf count=", before));
  }
  return histogram;
}

}  // namespace

absl::StatusOr<std::map<Labels, std::vector<HistogramPoint>>> CustomBucketHistograms(
    const std::vector<SeriesDescription>& series, absl::Duration gap) {
  std::map<Labels, std::map<int64_t, Classic>> classics;
  for (const SeriesDescription& described : series) {
    std::string base;
    const std::optional<Part> part = PartOf(described.labels.Get(kMetricName), &base);
    if (!part) continue;
    double bound = 0;
    if (*part == Part::kBucket) {
      const std::optional<double> le = ParseSampleValue(described.labels.Get("le"));
      if (!le || std::isnan(*le)) continue;
      bound = *le;
    }
    std::map<int64_t, Classic>& by_time = classics[BaseLabels(described.labels, base)];
    for (size_t i = 0; i < described.items.size(); ++i) {
      const SequenceItem& item = described.items[i];
      if (item.omitted || item.histogram) continue;
      const int64_t time_ms = absl::ToInt64Milliseconds(static_cast<int64_t>(i) * gap);
      Take(*part, bound, item.value, &by_time[time_ms]);
    }
  }
  std::map<Labels, std::vector<HistogramPoint>> histograms;
  for (auto& [labels, by_time] : classics) {
    for (auto& [time_ms, classic] : by_time) {
      absl::StatusOr<Histogram> histogram = Convert(std::move(classic));
      if (!histogram.ok()) return histogram.status();
      histograms[labels].push_back(
          {time_ms, std::make_shared<const Histogram>(*std::move(histogram))});
    }
  }
  return histograms;
}

}  // namespace promlite::promqltest
