#ifndef PROMLITE_STORAGE_OTLP_OTLP_OPTIONS_H_
#define PROMLITE_STORAGE_OTLP_OTLP_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "promlite/parser/text/export.h"

namespace promlite {

// The `otlp` section of Prometheus' configuration, and the feature flags that change its receiver.
struct OtlpOptions {
  enum class TranslationStrategy {
    kUnderscoreEscapingWithSuffixes,
    kUnderscoreEscapingWithoutSuffixes,
    kNoUtf8EscapingWithSuffixes,
    kNoTranslation,
  };
  TranslationStrategy translation_strategy = TranslationStrategy::kUnderscoreEscapingWithSuffixes;
  std::vector<std::string> promote_resource_attributes;
  bool promote_all_resource_attributes = false;
  std::vector<std::string> ignore_resource_attributes;
  bool keep_identifying_resource_attributes = false;
  bool convert_histograms_to_nhcb = false;
  bool promote_scope_metadata = false;
  bool label_name_underscore_sanitization = true;
  bool label_name_preserve_multiple_underscores = true;

  // Sums and histograms of delta temporality.
  //
  // kRunningTotal: each increment is kept, whatever order and from however many writers they come.
  // To PromQL a series is their running total in the order of time; `exact`, doctor and report
  // count each increment by itself. (Native histograms are added up in the order of arrival, and
  // late ones dropped with a warning.)
  //
  // The others are Prometheus' own three, to the bit. kRefuse: the request is refused, as without a
  // feature. kToCumulative: added up in the order of arrival, late ones dropped (feature
  // otlp-deltatocumulative); `exact` counts all. kKeep: stored as they are
  // (otlp-native-delta-ingestion).
  enum class Delta { kRunningTotal, kRefuse, kToCumulative, kKeep };
  Delta delta = Delta::kRunningTotal;
  bool type_and_unit_labels = false;  // feature type-and-unit-labels
  // target_info is written every half of this, milliseconds.
  int64_t lookback_delta_ms = 5 * 60 * 1000;
};

// InvalidArgument, in Prometheus' words, if settings of the `otlp` section contradict each other.
PROMLITE_EXPORT absl::Status CheckOtlpOptions(const OtlpOptions& options);

}  // namespace promlite

#endif  // PROMLITE_STORAGE_OTLP_OTLP_OPTIONS_H_
