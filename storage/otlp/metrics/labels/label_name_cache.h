#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_CACHE_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_CACHE_H_

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "promlite/storage/database_options.h"

namespace promlite::internal {

// BuildLabelName() with a memory: the same few attributes come with every point.
class LabelNameCache {
 public:
  explicit LabelNameCache(const OtlpOptions* options) : options_(options) {}

  // The view is good until the next call.
  absl::StatusOr<std::string_view> Build(std::string_view attribute);

 private:
  const OtlpOptions* options_;
  absl::flat_hash_map<std::string, std::string> names_;
  std::string uncached_;  // the last name built that was too long to keep
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_CACHE_H_
