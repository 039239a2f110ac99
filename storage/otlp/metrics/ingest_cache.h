#ifndef PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_
#define PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/known_metrics.h"
#include "promlite/storage/otlp/metrics/known_points.h"
#include "promlite/storage/otlp/metrics/memory_limits.h"
#include "promlite/storage/otlp/metrics/open_request.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"
#include "promlite/storage/otlp/metrics/request_translator.h"
#include "promlite/storage/otlp/otlp_options.h"
#include "promlite/storage/otlp/wire/request_outline.h"
#include "promlite/storage/otlp/wire/wire_point.h"

namespace promlite::internal {

// An exporter sends the same series every minute. This walks a protobuf request on the wire and
// appends the points of series that it has seen before with no label translated and no memory
// taken; each metric, or point, that is new or unusual goes through libprotobuf and the translator.
// The outcome is the same as of the translator alone, whatever is remembered: see MemoryLimits.
class IngestCache {
 public:
  // The pointers must outlive it.
  IngestCache(const OtlpOptions* options, OpenRequest* request, RequestTranslator* translator,
              const MemoryLimits& limits)
      : options_(options),
        request_(request),
        translator_(translator),
        most_metrics_(limits.known_metrics),
        metrics_(options),
        points_(limits.known_streams) {}

  // Takes the bytes of the request that has been started, and finishes it. None: nothing was done,
  // as they cannot be walked: they are libprotobuf's. An error: the request is refused.
  std::optional<absl::Status> Ingest(std::string_view bytes);

  // Forgets what was learned from the last request.
  void ForgetLast();
  // To be called when metadata has been set by another way.
  void ForgetMetadata() { metadata_from_.clear(); }

 private:
  using Resource = KnownMetrics::Resource;
  using Scope = KnownMetrics::Scope;
  using Metric = KnownMetrics::Metric;

  void StartRequest();

  // Each returns DataLoss if bytes in it cannot be decoded, with which the request ends. What the
  // receiver refuses is told to the open request, and the walk goes on.
  absl::Status IngestResources();
  absl::Status IngestResource(const RequestOutline::Resource& part);
  absl::Status IngestScope(const RequestOutline::Scope& part, Resource* resource,
                           PointTimes* times);
  absl::Status IngestMetric(std::string_view bytes, const PointTarget& target, Scope* scope,
                            PointTimes* times);
  absl::Status IngestPoints(std::span<const std::string_view> points, const Metric& metric,
                            PointTarget target, PointTimes* times);
  absl::Status TranslateMetric(std::string_view bytes, const PointTarget& target,
                               PointTimes* times);
  absl::Status IngestTargetInfo(std::string_view bytes, Resource* resource,
                                const PointTimes& times);
  absl::Status KeepRefusal(const absl::Status& status);

  // Both return what the receiver refuses as well, as InvalidArgument.
  // `Point` is the point on the wire, `scratch` room for it decoded.
  template <typename Point, typename Message>
  absl::Status IngestPoint(std::string_view bytes, const Metric& metric, const PointTarget& target,
                           Message* scratch, PointTimes* times);
  absl::StatusOr<std::optional<StreamId>> FindTargetInfo(std::string_view bytes,
                                                         Resource* resource);

  static void AppendPoint(const WireNumberPoint& point, const KnownPoints::Known& known,
                          const PointTarget& target);
  void AppendPoint(const WireHistogramPoint& point, const KnownPoints::Known& known,
                   const PointTarget& target);
  void SetMetadata(const Metric& metric, Appender* appender);

  const OtlpOptions* const options_;
  OpenRequest* const request_;
  RequestTranslator* const translator_;
  const size_t most_metrics_;
  KnownMetrics metrics_;
  KnownPoints points_;
  // Whose metadata a family has: the known metric that gave it last, by family name.
  absl::flat_hash_map<std::string, uint64_t> metadata_from_;
  std::vector<Resource*> learned_target_infos_;  // of the last request

  // Memory that is used again; what it holds is passed on as an argument.
  RequestOutline outline_;
  WireMetric wire_metric_;
  std::vector<uint64_t> bucket_counts_;
  otlp::NumberDataPoint number_point_;
  otlp::HistogramDataPoint histogram_point_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_INGEST_CACHE_H_
