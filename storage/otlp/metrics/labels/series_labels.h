#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_SERIES_LABELS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_SERIES_LABELS_H_

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "otlp_common.pb.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/otlp/metrics/labels/label_builder.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/metric_family.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

using Attributes = google::protobuf::RepeatedPtrField<otlp::KeyValue>;

// The label sets of series, each built in layers of which a later one overrules the earlier: the
// attributes of the point, promoted resource attributes (only where there is no such label yet),
// `job` and `instance`, the scope's labels, __type__ and __unit__, and last what the caller sets:
// __name__, `le`, `quantile`.
class SeriesLabels {
 public:
  // `options` must outlive it.
  explicit SeriesLabels(const OtlpOptions* options) : options_(options), names_(options) {}

  // Warnings of one request go to `warnings`, one for each label in which attributes collide.
  void StartRequest(std::vector<std::string>* warnings);

  // The labels of a point, all but the name. InvalidArgument for an attribute whose name makes no
  // label name.
  absl::Status StartPoint(const Attributes& attributes, const ResourceLabels& resource,
                          const ScopeLabels& scope, const MetricFamily& family);
  // The same for target_info, which takes the resource's attributes, without those of `ignored`.
  absl::Status StartTargetInfo(const Attributes& attributes,
                               std::span<const std::string_view> ignored,
                               const ResourceLabels& resource);
  // Whether attributes collided since the last Start...(): such a set gives a warning each time.
  bool has_collision() const { return has_collision_; }

  void Set(std::string_view name, std::string_view value) { builder_.Set(name, value); }
  // The value of a label, empty if it is absent; good until the next call.
  std::string_view Value(std::string_view name) const { return builder_.Get(name); }
  // The label set as it stands, good until the next call; Set() may go on from there.
  // InvalidArgument, in Prometheus' words, for no labels at all and for a label given twice.
  absl::StatusOr<LabelsView> Get();

  LabelNameCache* names() { return &names_; }

 private:
  struct Attribute {
    std::string_view key;
    std::string_view text;
  };

  absl::Status StartWithAttributes(const Attributes& attributes,
                                   std::span<const std::string_view> ignored,
                                   std::string_view source);
  void CollectSorted(const Attributes& attributes, std::span<const std::string_view> ignored);
  absl::Status AddEscaped(std::string_view source);
  void AddUnescaped();
  void WarnOfCollision(std::string_view label, std::string_view source);
  void SetJobAndInstance(const ResourceLabels& resource);

  const OtlpOptions* options_;
  LabelNameCache names_;
  LabelBuilder builder_;
  std::vector<Attribute> attributes_;
  std::deque<std::string> texts_;  // of values that are no text; stays where it is
  bool has_collision_ = false;
  // Of the attributes at hand, once two collided: label to quoted keys.
  absl::flat_hash_map<std::string, std::string> keys_by_label_;
  absl::flat_hash_set<std::string> warned_labels_;  // in this request
  std::vector<std::string>* warnings_ = nullptr;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_SERIES_LABELS_H_
