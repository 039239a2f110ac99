#include "promlite/storage/otlp/metrics/points/delta_accumulator.h"

#include <xxhash.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/storage/otlp/key_part.h"
#include "promlite/storage/otlp/metrics/points/exponential_sum.h"
#include "promlite/storage/otlp/metrics/stream_identity.h"

namespace promlite::internal {

namespace {

std::string ScopeKey(const otlp::Resource& resource, const otlp::InstrumentationScope& scope) {
  std::string key;
  AppendAttributes(resource.attributes(), &key);
  AppendKeyPart(scope.name(), &key);
  AppendKeyPart(scope.version(), &key);
  AppendAttributes(scope.attributes(), &key);
  return key;
}

void AddPoint(const otlp::NumberDataPoint& point, otlp::NumberDataPoint* state) {
  if (point.value_case() == otlp::NumberDataPoint::kAsDouble) {
    state->set_as_double(state->as_double() + point.as_double());
  } else if (point.value_case() == otlp::NumberDataPoint::kAsInt) {
    const uint64_t sum = static_cast<uint64_t>(state->as_int()) +
                         static_cast<uint64_t>(point.as_int());  // wraps, as Go's does
    state->set_as_int(static_cast<int64_t>(sum));
  }
}

bool HasSameBounds(const otlp::HistogramDataPoint& a, const otlp::HistogramDataPoint& b) {
  return std::equal(a.explicit_bounds().begin(), a.explicit_bounds().end(),
                    b.explicit_bounds().begin(), b.explicit_bounds().end());
}
// Scales are brought together.
bool HasSameBounds(const otlp::ExponentialHistogramDataPoint&,
                   const otlp::ExponentialHistogramDataPoint&) {
  return true;
}

void AddPoint(const otlp::HistogramDataPoint& point, otlp::HistogramDataPoint* state) {
  if (!HasSameBounds(point, *state)) {
    *state = point;
    return;
  }
  const int buckets = std::min(state->bucket_counts_size(), point.bucket_counts_size());
  for (int i = 0; i < buckets; ++i) {
    state->set_bucket_counts(i, state->bucket_counts(i) + point.bucket_counts(i));
  }
  state->set_count(state->count() + point.count());
  if (state->has_sum() && point.has_sum()) {
    state->set_sum(state->sum() + point.sum());
  } else {
    state->clear_sum();
  }
}

void AddPoint(const otlp::ExponentialHistogramDataPoint& point,
              otlp::ExponentialHistogramDataPoint* state) {
  AddExponential(point, state);
}

// Makes `point` cumulative. False if it is to be dropped.
template <typename Point>
bool AddToStream(Point* state, Point* point) {
  if (state->time_unix_nano() == 0) {  // nothing has been added yet
    *state = *point;
    return true;
  }
  if (point->start_time_unix_nano() < state->start_time_unix_nano() ||
      point->time_unix_nano() <= state->time_unix_nano()) {
    return false;
  }
  const uint64_t time = point->time_unix_nano();
  AddPoint(*point, state);
  state->set_time_unix_nano(time);
  *point = *state;
  return true;
}

// Keeps the elements for which `keeps` is true, in their order.
template <typename Element>
void Filter(google::protobuf::RepeatedPtrField<Element>* elements,
            const std::function<bool(Element*)>& keeps) {
  int kept = 0;
  for (int i = 0; i < elements->size(); ++i) {
    if (keeps(elements->Mutable(i))) elements->SwapElements(kept++, i);
  }
  elements->DeleteSubrange(kept, elements->size() - kept);
}

}  // namespace

DeltaAccumulator::Dropped DeltaAccumulator::Accumulate(otlp::ExportMetricsServiceRequest* request) {
  Dropped dropped;
  for (otlp::ResourceMetrics& resource_metrics : *request->mutable_resource_metrics()) {
    for (otlp::ScopeMetrics& scope_metrics : *resource_metrics.mutable_scope_metrics()) {
      const std::string scope_key = ScopeKey(resource_metrics.resource(), scope_metrics.scope());
      Filter<otlp::Metric>(scope_metrics.mutable_metrics(), [&](otlp::Metric* metric) {
        return AccumulateMetric(scope_key, metric, &dropped);
      });
    }
  }
  return dropped;
}

bool DeltaAccumulator::AccumulateMetric(const std::string& scope_key, otlp::Metric* metric,
                                        Dropped* dropped) {
  std::string key = scope_key;
  AppendKeyPart(metric->name(), &key);
  AppendKeyPart(metric->unit(), &key);
  switch (metric->data_case()) {
    case otlp::Metric::kSum:
      key += metric->sum().is_monotonic() ? 'm' : 's';
      return AccumulateData(key, &numbers_, metric->mutable_sum(), dropped);
    case otlp::Metric::kHistogram:
      return AccumulateData(key, &histograms_, metric->mutable_histogram(), dropped);
    case otlp::Metric::kExponentialHistogram:
      return AccumulateData(key, &exponential_histograms_, metric->mutable_exponential_histogram(),
                            dropped);
    default:
      return true;
  }
}

template <typename Data, typename Point>
bool DeltaAccumulator::AccumulateData(const std::string& metric_key, Streams<Point>* streams,
                                      Data* data, Dropped* dropped) {
  if (data->aggregation_temporality() != otlp::AGGREGATION_TEMPORALITY_DELTA) return true;
  Filter<Point>(data->mutable_data_points(), [&](Point* point) {
    std::string key = metric_key;
    AppendAttributes(point->attributes(), &key);
    Point* const state = FindOrAddStream(KeyOf(key), streams);
    if (state == nullptr) {
      ++dropped->beyond_limit;
      return false;
    }
    const bool is_added = AddToStream(state, point);
    if (!is_added) ++dropped->late;
    return is_added;
  });
  return !data->data_points().empty();
}

template <typename Point>
Point* DeltaAccumulator::FindOrAddStream(const StreamKey& key, Streams<Point>* streams) {
  if (const auto known = streams->find(key); known != streams->end()) return &known->second;
  const size_t count = numbers_.size() + histograms_.size() + exponential_histograms_.size();
  return count < most_streams_ ? &(*streams)[key] : nullptr;
}

DeltaAccumulator::StreamKey DeltaAccumulator::KeyOf(const std::string& bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

NativeDeltaSums::Outcome NativeDeltaSums::Add(StreamId series, otlp::HistogramDataPoint* point) {
  return AddTo(&histograms_, series, point);
}

NativeDeltaSums::Outcome NativeDeltaSums::Add(StreamId series,
                                              otlp::ExponentialHistogramDataPoint* point) {
  return AddTo(&exponential_histograms_, series, point);
}

template <typename Point>
NativeDeltaSums::Outcome NativeDeltaSums::AddTo(absl::flat_hash_map<StreamId, Point>* sums,
                                                StreamId series, Point* point) {
  const size_t count = histograms_.size() + exponential_histograms_.size();
  if (count >= most_series_ && !sums->contains(series)) return Outcome::kBeyondLimit;
  Point& sum = (*sums)[series];
  const uint64_t time = point->time_unix_nano();
  if (sum.time_unix_nano() == 0) {  // nothing has been added yet
    sum = *point;
    return Outcome::kAdded;
  }
  if (time <= sum.time_unix_nano()) return Outcome::kNotNewer;
  const bool begins_anew = !HasSameBounds(*point, sum);
  AddPoint(*point, &sum);
  sum.set_time_unix_nano(time);
  *point = sum;
  return begins_anew ? Outcome::kBeganAnew : Outcome::kAdded;
}

}  // namespace promlite::internal
