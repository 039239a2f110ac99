#include "promlite/storage/otlp/metrics/labels/target_info.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"

namespace promlite::internal {

namespace {

constexpr std::string_view kTargetInfo = "target_info";
constexpr uint64_t kMostSamples = 1'000'000;  // of a request

// How many attributes say more than which target it is.
int CountDescriptive(const otlp::Resource& resource) {
  int count = resource.attributes_size();
  for (const std::string_view identifying : kIdentifyingAttributes) {
    for (const otlp::KeyValue& attribute : resource.attributes()) {
      if (attribute.key() != identifying) continue;
      --count;
      break;
    }
  }
  return count;
}

// Half the lookback: then an instant vector finds a sample at any time between the first and the
// last.
uint64_t IntervalNanoseconds(int64_t lookback_delta_ms) {
  constexpr int64_t kDefaultLookback = 5 * 60 * 1000;
  constexpr int64_t kLongestLookback =
      std::numeric_limits<int64_t>::max() / kNanosecondsPerMillisecond;
  if (lookback_delta_ms <= 0) lookback_delta_ms = kDefaultLookback;
  const int64_t lookback_ms = std::min(lookback_delta_ms, kLongestLookback);
  return static_cast<uint64_t>(lookback_ms * kNanosecondsPerMillisecond / 2);
}

}  // namespace

void TargetInfo::StartRequest(Appender* appender) {
  appender_ = appender;
  has_metadata_ = false;
  samples_ = 0;
  written_.clear();
}

absl::StatusOr<std::optional<StreamId>> TargetInfo::Stream(const otlp::Resource& resource,
                                                           const ResourceLabels& labels,
                                                           SeriesLabels* series) {
  if (CountDescriptive(resource) == 0) return std::nullopt;
  std::span<const std::string_view> ignored = kIdentifyingAttributes;
  if (options_->keep_identifying_resource_attributes) ignored = {};
  absl::Status status = series->StartTargetInfo(resource.attributes(), ignored, labels);
  if (!status.ok()) return status;
  // Without a target nothing is written, so labels given twice do no harm.
  if (series->Value("job").empty() && series->Value("instance").empty()) return std::nullopt;
  series->Set(kMetricName, kTargetInfo);
  const absl::StatusOr<LabelsView> info = series->Get();
  if (!info.ok()) return info.status();
  return appender_->Stream(*info, 0);
}

absl::Status TargetInfo::Append(StreamId stream, const PointTimes& times) {
  const auto earliest = static_cast<int64_t>(times.earliest);
  const auto latest = static_cast<int64_t>(times.latest);
  const uint64_t interval_ns = IntervalNanoseconds(options_->lookback_delta_ms);
  uint64_t before_latest = 0;
  if (earliest < latest) {
    const uint64_t span = static_cast<uint64_t>(latest) - static_cast<uint64_t>(earliest);
    before_latest = (span - 1) / interval_ns + 1;
  }
  if (before_latest >= kMostSamples - samples_) {
    return absl::InvalidArgumentError(
        "the data points of a resource lie too far apart in time: target_info would need more than "
        "a million samples");
  }
  samples_ += before_latest + 1;
  if (!has_metadata_) {
    appender_->SetMetadata(kTargetInfo, {"gauge", "", "Target metadata"});
    has_metadata_ = true;
  }
  for (uint64_t i = 0; i < before_latest; ++i) {
    const auto time_ns = static_cast<int64_t>(times.earliest + i * interval_ns);
    // Rounded down, where the times of points are truncated.
    AppendOnce(stream, FloorMilliseconds(time_ns));
  }
  AppendOnce(stream, FloorMilliseconds(latest));
  return absl::OkStatus();
}

void TargetInfo::AppendOnce(StreamId stream, int64_t timestamp_ms) {
  if (written_.emplace(stream, timestamp_ms).second) appender_->Append(stream, timestamp_ms, 1);
}

}  // namespace promlite::internal
