#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_RESOURCE_LABELS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_RESOURCE_LABELS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "otlp_common.pb.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// The attributes that say which target it is; they become `job` and `instance`.
inline constexpr std::array<std::string_view, 3> kIdentifyingAttributes = {
    "service.namespace", "service.name", "service.instance.id"};

// What a resource gives to every series below it.
struct ResourceLabels {
  std::string job;        // empty: none
  std::string instance;   // empty: none
  uint64_t identity = 0;  // of all attributes
  std::vector<std::pair<std::string, std::string>> promoted;
};

// InvalidArgument if a promoted attribute's name makes no label name.
absl::StatusOr<ResourceLabels> BuildResourceLabels(const otlp::Resource& resource,
                                                   const OtlpOptions& options,
                                                   LabelNameCache* names);

// What a scope gives to every series below it, if promote_scope_metadata says so and it has a name.
struct ScopeLabels {
  uint64_t identity = 0;
  bool is_promoted = false;
  std::string name;
  std::string version;
  std::string schema_url;
  std::vector<std::pair<std::string, std::string>> attributes;
};

absl::StatusOr<ScopeLabels> BuildScopeLabels(const otlp::InstrumentationScope& scope,
                                             std::string_view schema_url,
                                             const OtlpOptions& options, LabelNameCache* names);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_RESOURCE_LABELS_H_
