#ifndef PROMLITE_STORAGE_OTLP_METRICS_KNOWN_METRICS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_KNOWN_METRICS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/metric_family.h"
#include "promlite/storage/otlp/otlp_options.h"
#include "promlite/storage/otlp/wire/metric_header.h"
#include "promlite/storage/otlp/wire/request_outline.h"

namespace promlite::internal {

// The resources, scopes and metrics that have been seen, and what they become: labels and families.
// They are known by their bytes.
class KnownMetrics {
 public:
  struct Metric {
    uint64_t number = 0;  // no other metric has it, nor had one that was forgotten
    MetricKind kind = MetricKind::kUnset;
    MetricFamily family;
  };
  struct Scope {
    ScopeLabels labels;
    absl::flat_hash_map<std::string, std::unique_ptr<Metric>> metrics;  // by header
  };
  struct Resource {
    ResourceLabels labels;
    // The stream of its target_info, if it has been found out; and then, if there is one.
    bool knows_target_info = false;
    std::optional<StreamId> target_info;
    absl::flat_hash_map<std::string, std::unique_ptr<Scope>> scopes;  // by scope and schema URL
  };

  // `options` must outlive it.
  explicit KnownMetrics(const OtlpOptions* options) : options_(options) {}

  // Each finds what is known, and else translates and learns it; what is returned stays until
  // Forget(). Errors: DataLoss, the bytes are no such message; InvalidArgument, in the receiver's
  // words, if it refuses what they say.
  absl::StatusOr<Resource*> FindResource(std::string_view bytes, LabelNameCache* names);
  absl::StatusOr<Scope*> FindScope(const RequestOutline::Scope& part, Resource* resource,
                                   LabelNameCache* names);
  absl::StatusOr<const Metric*> FindMetric(const MetricHeader& header, Scope* scope);

  // Of resources, scopes and metrics together.
  size_t size() const { return size_; }
  // Forgets all.
  void Forget();

 private:
  const OtlpOptions* options_;
  absl::flat_hash_map<std::string, std::unique_ptr<Resource>> resources_;  // by bytes
  size_t size_ = 0;
  uint64_t last_number_ = 0;
  std::string key_;  // memory that is used again
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_KNOWN_METRICS_H_
