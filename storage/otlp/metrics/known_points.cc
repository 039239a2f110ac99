#include "promlite/storage/otlp/metrics/known_points.h"

#include <array>

namespace promlite::internal {

KnownPoints::Key KnownPoints::MakeKey(uint64_t metric, std::string_view attributes,
                                      uint64_t start_ns) {
  return {XXH3_128bits_withSeed(attributes.data(), attributes.size(), metric),
          static_cast<int64_t>(start_ns)};
}

KnownPoints::Key KnownPoints::MakeKey(uint64_t metric, std::string_view attributes,
                                      std::string_view more, uint64_t shape, uint64_t start_ns) {
  const XXH128_hash_t first = XXH3_128bits_withSeed(attributes.data(), attributes.size(), metric);
  const XXH128_hash_t second = XXH3_128bits(more.data(), more.size());
  const std::array<uint64_t, 5> parts = {first.low64, first.high64, second.low64, second.high64,
                                         shape};
  return {XXH3_128bits(parts.data(), sizeof(parts)), static_cast<int64_t>(start_ns)};
}

KnownPoints::Known KnownPoints::Find(const Key& key) {
  size_t found = expected_;
  if (found >= points_.size() || !(points_[found].key == key)) {
    const auto known = index_.find(key);
    if (known == index_.end()) return {};
    found = *known;
  }
  expected_ = found + 1;
  const Point& point = points_[found];
  return {std::span(streams_).subspan(point.first_stream, point.stream_count), point.writer};
}

void KnownPoints::Learn(const Key& key, const Known& point) {
  const std::span<const StreamId> streams = point.streams;
  if (index_.contains(key) || streams.size() > most_streams_) return;
  if (streams_.size() > most_streams_ - streams.size()) Forget();
  const auto position = static_cast<uint32_t>(points_.size());
  points_.push_back({key, point.writer, static_cast<uint32_t>(streams_.size()),
                     static_cast<uint32_t>(streams.size())});
  streams_.insert(streams_.end(), streams.begin(), streams.end());
  index_.insert(position);
  expected_ = points_.size();
}

void KnownPoints::ForgetLast() {
  while (points_.size() > points_before_) {
    index_.erase(static_cast<uint32_t>(points_.size() - 1));
    streams_.resize(points_.back().first_stream);
    points_.pop_back();
  }
  expected_ = 0;
}

void KnownPoints::Forget() {
  index_.clear();
  points_.clear();
  streams_.clear();
  expected_ = 0;
  points_before_ = 0;
}

}  // namespace promlite::internal
