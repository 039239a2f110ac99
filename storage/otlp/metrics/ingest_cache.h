#ifndef PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_
#define PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/known_points.h"
#include "promlite/storage/otlp/metrics/points/histogram_point.h"
#include "promlite/storage/otlp/metrics/request_translator.h"
#include "promlite/storage/otlp/wire/request_outline.h"
#include "promlite/storage/otlp/wire/wire_point.h"

namespace promlite::internal {

// An exporter sends the same series every minute. This walks a protobuf request on the wire and
// appends the points of series that it has seen before with no label translated and no memory
// taken; each metric, or point, that is new or unusual goes through libprotobuf and the translator.
// The outcome is the same as of the translator alone.
class IngestCache {
 public:
  // Both must outlive it.
  IngestCache(const OtlpOptions* options, RequestTranslator* translator)
      : options_(options), translator_(translator) {}

  // Takes a request, for which the translator has been started, and finishes it. kUnknown: nothing
  // was done, as the request cannot be walked: it is libprotobuf's. Any other error: it is refused.
  absl::Status Ingest(std::string_view request);

  // Forgets what was learned from the last request.
  void ForgetLast();
  // To be called when metadata has been set by another way.
  void ForgetMetadata() { metadata_from_.clear(); }

 private:
  struct Metric {
    uint64_t number = 0;  // no other metric has it
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

  // Each null on an error, which the translator then has; a damaged message sets is_damaged_.
  Resource* FindResource(std::string_view bytes);
  Scope* FindScope(Resource* resource, const RequestOutline::Scope& part);
  Metric* FindMetric(Scope* scope, const MetricHeader& header);

  void IngestResource(const RequestOutline::Resource& part);
  void IngestScope(const RequestOutline::Scope& part, Resource* resource, PointTimes* times);
  void IngestMetric(std::string_view bytes, const PointTarget& target, Scope* scope,
                    PointTimes* times);
  void TranslateMetric(std::string_view bytes, const PointTarget& target, PointTimes* times);
  absl::Status IngestNumber(std::string_view bytes, const Metric& metric, const PointTarget& target,
                            PointTimes* times);
  absl::Status TranslateNumber(std::string_view bytes, const PointTarget& target,
                               PointTimes* times);
  absl::Status IngestHistogram(std::string_view bytes, const Metric& metric,
                               const PointTarget& target, PointTimes* times);
  absl::Status TranslateHistogram(std::string_view bytes, const PointTarget& target,
                                  PointTimes* times);
  void AppendKnownHistogram(const WireHistogramPoint& point, std::span<const StreamId> streams,
                            Appender* appender);
  void IngestTargetInfo(std::string_view bytes, Resource* resource, const PointTimes& times);
  void SetMetadata(const Metric& metric, Appender* appender);

  const OtlpOptions* options_;
  RequestTranslator* translator_;
  absl::flat_hash_map<std::string, std::unique_ptr<Resource>> resources_;  // by bytes
  KnownPoints points_;
  uint64_t metric_count_ = 0;
  // Whose metadata a family has: the metric that gave it last, by family name.
  absl::flat_hash_map<std::string, uint64_t> metadata_from_;

  // Of the request at hand.
  bool is_damaged_ = false;
  size_t points_before_ = 0;
  std::vector<Resource*> learned_target_infos_;

  // Memory that is used again.
  RequestOutline outline_;
  WireMetric wire_metric_;
  std::string key_;
  std::vector<uint64_t> bucket_counts_;
  std::vector<StreamId> streams_;
  otlp::NumberDataPoint number_point_;
  otlp::HistogramDataPoint histogram_point_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_
