#ifndef PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDINGS_H_
#define PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDINGS_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "promlite/storage/database_options.h"

namespace promlite::internal {

// A capture, and Prometheus' recorded answers under some of the receiver's options.
struct Recording {
  std::string capture;
  std::string answers;
  std::function<void(OtlpOptions*)> set_options = [](OtlpOptions*) {};

  std::string CapturePath() const { return "tests/data/captures/" + capture + ".metrics.binpb"; }
  std::string AnswersPath() const { return "tests/golden/" + answers + ".jsonl.gz"; }
  OtlpOptions Options() const {
    OtlpOptions options;
    options.delta = OtlpOptions::Delta::kRefuse;  // as Prometheus without a feature
    set_options(&options);
    return options;
  }
};

inline void PrintTo(const Recording& recording, std::ostream* out) { *out << recording.answers; }

// All recordings of captures that there are.
inline std::vector<Recording> Recordings() {
  using Delta = OtlpOptions::Delta;
  using Strategy = OtlpOptions::TranslationStrategy;
  const std::string sessions = "claude-code-sessions";
  const std::string parallel = "claude-code-parallel";
  const std::string delta = "claude-code-delta";
  const std::string types = "otel-sdk-all-types";
  return {
      {sessions, sessions},
      {sessions, sessions + ".start-timestamps"},
      {parallel, parallel},
      {parallel, parallel + ".start-timestamps"},
      {delta, delta + ".native", [](auto* o) { o->delta = Delta::kKeep; }},
      {delta, delta + ".to-cumulative", [](auto* o) { o->delta = Delta::kToCumulative; }},
      {types, types + ".default"},
      {types, types + ".delayed-name-removal"},
      {types, types + ".start-timestamps"},
      {types, types + ".keep-identifying",
       [](auto* o) { o->keep_identifying_resource_attributes = true; }},
      {types, types + ".nhcb", [](auto* o) { o->convert_histograms_to_nhcb = true; }},
      {types, types + ".no-translation",
       [](auto* o) { o->translation_strategy = Strategy::kNoTranslation; }},
      {types, types + ".no-utf8-with-suffixes",
       [](auto* o) { o->translation_strategy = Strategy::kNoUtf8EscapingWithSuffixes; }},
      {types, types + ".without-suffixes",
       [](auto* o) { o->translation_strategy = Strategy::kUnderscoreEscapingWithoutSuffixes; }},
      {types, types + ".promote-all", [](auto* o) { o->promote_all_resource_attributes = true; }},
      {types, types + ".promote-some",
       [](auto* o) { o->promote_resource_attributes = {"service.version", "team"}; }},
      {types, types + ".promote-scope", [](auto* o) { o->promote_scope_metadata = true; }},
      {types, types + ".type-and-unit", [](auto* o) { o->type_and_unit_labels = true; }},
  };
}

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_STORAGE_OTLP_METRICS_RECORDINGS_H_
