#ifndef PROMLITE_STORAGE_OTLP_METRICS_KNOWN_POINTS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_KNOWN_POINTS_H_

#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "promlite/storage/metrics/appender.h"

namespace promlite::internal {

// Which streams the points of known series go to. A point is known by the bytes of its attributes,
// its metric and its start; of the bytes only 128 bits of hash are kept (of n different points two
// share theirs with a chance of n^2 / 2^129), since the bytes themselves, a few hundred for each
// series, would be most of what a series costs. Beyond its limit it forgets all and learns anew.
class KnownPoints {
 public:
  struct Key {
    XXH128_hash_t hash = {};
    int64_t start_ns = 0;

    friend bool operator==(const Key& a, const Key& b) {
      return XXH128_isEqual(a.hash, b.hash) != 0 && a.start_ns == b.start_ns;
    }
  };
  // `metric` is any number that no other metric has.
  static Key MakeKey(uint64_t metric, std::string_view attributes, uint64_t start_ns);
  // The same for a point whose series depend on more than its attributes.
  static Key MakeKey(uint64_t metric, std::string_view attributes, std::string_view more,
                     uint64_t shape, uint64_t start_ns);

  // `most_streams`: how many streams of points may be known together.
  explicit KnownPoints(size_t most_streams)
      : most_streams_(std::min<size_t>(most_streams, std::numeric_limits<uint32_t>::max())),
        index_(0, Hash{&points_}, Equal{&points_}) {}
  KnownPoints(const KnownPoints&) = delete;
  KnownPoints& operator=(const KnownPoints&) = delete;

  // Begins a request: what is learned from here on is what ForgetLast() forgets.
  void StartRequest() { points_before_ = points_.size(); }

  // Where a point goes, and who sends it, of increments (see WriterOf()).
  struct Known {
    std::span<const StreamId> streams;
    uint64_t writer = 0;
  };
  // Without streams if the point is not known. Quick if points come in the order in which
  // they were learned. Good until the next Learn() or Forget...().
  Known Find(const Key& key);
  void Learn(const Key& key, const Known& point);

  // Forgets what was learned since the last request began.
  void ForgetLast();
  // Forgets all.
  void Forget();

 private:
  struct Point {
    Key key;
    uint64_t writer = 0;
    uint32_t first_stream = 0;
    uint32_t stream_count = 0;
  };
  // The index holds positions in points_, and finds them by key.
  struct Hash {
    using is_transparent = void;
    const std::vector<Point>* points;
    size_t operator()(const Key& key) const { return key.hash.low64 ^ HashOfStart(key.start_ns); }
    size_t operator()(uint32_t point) const { return (*this)((*points)[point].key); }
    static size_t HashOfStart(int64_t start_ns) {
      return static_cast<uint64_t>(start_ns) * 0x9e3779b97f4a7c15;
    }
  };
  struct Equal {
    using is_transparent = void;
    const std::vector<Point>* points;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t point, const Key& key) const { return (*points)[point].key == key; }
    bool operator()(const Key& key, uint32_t point) const { return (*points)[point].key == key; }
  };

  const size_t most_streams_;
  std::vector<Point> points_;
  std::vector<StreamId> streams_;
  absl::flat_hash_set<uint32_t, Hash, Equal> index_;
  size_t expected_ = 0;       // the point after the one found last
  size_t points_before_ = 0;  // that were known before the last request began
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_KNOWN_POINTS_H_
