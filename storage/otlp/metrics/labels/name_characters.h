#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_NAME_CHARACTERS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_NAME_CHARACTERS_H_

#include <cstdint>

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

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_NAME_CHARACTERS_H_
