#ifndef PROMLITE_STORAGE_LOGS_API_REQUEST_LOG_H_
#define PROMLITE_STORAGE_LOGS_API_REQUEST_LOG_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/logs/api_request.h"
#include "promlite/storage/logs/event_sequences.h"
#include "promlite/storage/machine/stable_array.h"

namespace promlite::internal {

// A hash over all that an event says, 128 bits: equal for the same event only.
using EventDigest = std::pair<uint64_t, uint64_t>;

// The requests to the model, in the order in which they came, their label sets kept once.
// Thread-safe: writers take turns; readers take what is published, and never wait.
class ApiRequestLog {
 public:
  // A gigabyte and a half, digests among it.
  static constexpr size_t kMostRequests = size_t{1} << 24;

  // `most_requests`: smaller in tests.
  explicit ApiRequestLog(size_t most_requests = kMostRequests) : most_requests_(most_requests) {}

  // Adds a request, unless one of the same digest is there: an exporter may send an event again,
  // and no digest is ever forgotten, since such an event would count twice. `request.labels` is not
  // looked at. ResourceExhausted, and nothing is added, if the log is full.
  absl::Status Add(const ApiRequest& request, Labels labels, const EventDigest& digest);
  // Lets readers see what was added.
  void Publish();

  // Those whose labels all matchers accept, of times in (after_ms, end_ms].
  std::vector<ApiRequest> Select(std::span<const Matcher> matchers, int64_t after_ms,
                                 int64_t end_ms) const;
  // What all events, of requests or not, said of their place in their processes.
  EventSequences& sequences() { return sequences_; }
  const EventSequences& sequences() const { return sequences_; }
  bool empty() const { return published_.load(std::memory_order_acquire) == 0; }

 private:
  const size_t most_requests_;
  std::mutex mutex_;  // of writers
  absl::flat_hash_set<EventDigest> digests_;
  std::set<Labels> label_sets_;
  StableArray<ApiRequest> requests_;
  std::atomic<size_t> published_ = 0;
  EventSequences sequences_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_LOG_H_
