#include "promlite/storage/logs/api_request_log.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {

absl::Status ApiRequestLog::Add(const ApiRequest& request, Labels labels,
                                const EventDigest& digest) {
  const std::lock_guard lock(mutex_);
  if (digests_.contains(digest)) return absl::OkStatus();
  if (requests_.size() >= most_requests_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("no more than ", most_requests_, " are kept, and there are so many"));
  }
  // All that may lack memory comes before the digest: an event without its request would be missing
  // for good.
  digests_.reserve(digests_.size() + 1);
  ApiRequest kept = request;
  kept.labels = &*label_sets_.insert(std::move(labels)).first;
  requests_.Add(kept);
  digests_.insert(digest);
  return absl::OkStatus();
}

void ApiRequestLog::Publish() {
  const std::lock_guard lock(mutex_);
  published_.store(requests_.size(), std::memory_order_release);
}

std::vector<ApiRequest> ApiRequestLog::Select(std::span<const Matcher> matchers, int64_t after_ms,
                                              int64_t end_ms) const {
  absl::flat_hash_map<const Labels*, bool> accepted;
  const auto accept = [&](const Labels* labels) {
    const auto [found, is_new] = accepted.try_emplace(labels);
    if (is_new) {
      found->second = std::all_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
        return matcher.Matches(labels->Get(matcher.name()));
      });
    }
    return found->second;
  };
  std::vector<ApiRequest> selected;
  const size_t count = published_.load(std::memory_order_acquire);
  for (size_t i = 0; i < count; ++i) {
    const ApiRequest& request = requests_[i];
    const int64_t time_ms = FloorMilliseconds(request.time_ns);
    if (time_ms > after_ms && time_ms <= end_ms && accept(request.labels)) {
      selected.push_back(request);
    }
  }
  return selected;
}

}  // namespace promlite::internal
