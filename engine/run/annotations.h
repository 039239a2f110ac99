#ifndef PROMLITE_ENGINE_RUN_ANNOTATIONS_H_
#define PROMLITE_ENGINE_RUN_ANNOTATIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/text/position.h"

namespace promlite::internal {

// What a query has to say besides its result. An annotation is its text, without the prefix
// ("PromQL warning: ") and with the place of the node that raised it; the same text is kept once,
// with the place that raised it last (those that count occurrences: first), as in Prometheus.
// Not thread-safe: raised between the parallel parts.
class Annotations {
 public:
  void Warn(std::string text, PositionRange position);
  void Info(std::string text, PositionRange position);

  // The info of histogram_quantile that a classic histogram's buckets were not monotonic.
  // Occurrences of the same place and metric merge: extremes of the buckets, the largest
  // difference, the number of samples, first and last time (milliseconds).
  struct ForcedMonotonicity {
    double min_bucket = 0, max_bucket = 0, max_difference = 0;
    int64_t min_ms = 0, max_ms = 0;
    int64_t samples = 1;

    // Takes in the extremes of another; not its samples.
    void Widen(const ForcedMonotonicity& other);
  };
  // `metric_name` empty: not named.
  void InfoForcedMonotonicity(std::string_view metric_name, const ForcedMonotonicity& occurrence,
                              PositionRange position);

  // The warning of rate and increase that start timestamps overlap with the sample before;
  // occurrences (ranges that hold such a sample) are counted.
  void WarnStartTimeOverlap(std::string_view metric_name, int64_t occurrences,
                            PositionRange position);

  // Complete texts, "PromQL warning: ... (line:column)", sorted.
  std::vector<std::string> Warnings(std::string_view query) const;
  std::vector<std::string> Infos(std::string_view query) const;

 private:
  struct Monotonicity {
    ForcedMonotonicity merged;
    PositionRange position;
  };
  struct Overlap {
    int64_t count = 0;
    PositionRange position;
  };
  std::map<std::string, PositionRange> warnings_;
  std::map<std::string, PositionRange> infos_;
  std::map<std::string, Monotonicity> monotonicity_;  // by metric name
  std::map<std::string, Overlap> overlaps_;           // by metric name
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_ANNOTATIONS_H_
