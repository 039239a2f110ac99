#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::internal {

// What stays when names are escaped to Prometheus' classic character set; the underscore is left
// out, since it is what all else is replaced by.
inline bool IsLabelNameCharacter(uint32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
         (code >= '0' && code <= '9');
}

inline bool IsMetricNameCharacter(uint32_t code) {
  return IsLabelNameCharacter(code) || code == ':';
}

// Prometheus' name of an OTLP attribute, by the options' strategy and label_name_* settings.
// InvalidArgument, in Prometheus' words, for an empty name and one of underscores only.
absl::StatusOr<std::string> BuildLabelName(std::string_view attribute, const OtlpOptions& options);

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

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_NAME_H_
