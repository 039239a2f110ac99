#include "promlite/apps/shared/feature_names.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

struct Feature {
  std::string_view name;
  // Null where the feature changes nothing: what it gave is always there.
  absl::Status (*enable)(EngineOptions* engine, OtlpOptions* otlp);
};

// Whether a feature chose what becomes of deltas.
bool IsOfFeature(OtlpOptions::Delta delta) {
  return delta == OtlpOptions::Delta::kToCumulative || delta == OtlpOptions::Delta::kKeep;
}

absl::Status EnableDelta(OtlpOptions::Delta delta, OtlpOptions* otlp) {
  if (IsOfFeature(otlp->delta) && otlp->delta != delta) {
    return absl::InvalidArgumentError(
        "cannot enable otlp-deltatocumulative and otlp-native-delta-ingestion features at the same "
        "time");
  }
  otlp->delta = delta;
  return absl::OkStatus();
}

constexpr Feature kFeatures[] = {
    {"promql-experimental-functions",
     [](EngineOptions* engine, OtlpOptions*) {
       engine->experimental_functions = true;
       return absl::OkStatus();
     }},
    {"promql-binop-fill-modifiers",
     [](EngineOptions* engine, OtlpOptions*) {
       engine->binop_fill_modifiers = true;
       return absl::OkStatus();
     }},
    {"promql-delayed-name-removal",
     [](EngineOptions* engine, OtlpOptions*) {
       engine->delayed_name_removal = true;
       return absl::OkStatus();
     }},
    {"promql-unquoted-utf8-names",
     [](EngineOptions* engine, OtlpOptions*) {
       engine->unquoted_utf8_names = true;
       return absl::OkStatus();
     }},
    {"use-start-timestamps",
     [](EngineOptions* engine, OtlpOptions*) {
       engine->use_start_timestamps = true;
       return absl::OkStatus();
     }},
    {"type-and-unit-labels",
     [](EngineOptions* engine, OtlpOptions* otlp) {
       engine->type_and_unit_labels = true;
       otlp->type_and_unit_labels = true;
       return absl::OkStatus();
     }},
    {"otlp-deltatocumulative",
     [](EngineOptions*, OtlpOptions* otlp) {
       return EnableDelta(OtlpOptions::Delta::kToCumulative, otlp);
     }},
    {"otlp-native-delta-ingestion",
     [](EngineOptions*, OtlpOptions* otlp) {
       return EnableDelta(OtlpOptions::Delta::kKeep, otlp);
     }},
    {"st-storage", nullptr},
    {"histograms-st-encoding", nullptr},
    {"xor2-encoding", nullptr},
    {"promql-duration-expr", nullptr},
    {"promql-extended-range-selectors", nullptr},
};

void DisableAll(EngineOptions* engine, OtlpOptions* otlp) {
  engine->experimental_functions = false;
  engine->binop_fill_modifiers = false;
  engine->delayed_name_removal = false;
  engine->unquoted_utf8_names = false;
  engine->use_start_timestamps = false;
  engine->type_and_unit_labels = false;
  otlp->type_and_unit_labels = false;
  if (IsOfFeature(otlp->delta)) otlp->delta = OtlpOptions::Delta::kRunningTotal;
}

}  // namespace

std::vector<std::string_view> FeatureNames() {
  std::vector<std::string_view> names;
  for (const Feature& feature : kFeatures) names.push_back(feature.name);
  return names;
}

void SetDefaultFeatures(EngineOptions* engine, OtlpOptions* otlp) {
  DisableAll(engine, otlp);
  if (engine->compatibility == Compatibility::kPrometheus2) return;
  engine->experimental_functions = true;
  engine->binop_fill_modifiers = true;
}

absl::Status EnableFeatures(std::string_view list, EngineOptions* engine, OtlpOptions* otlp) {
  for (const absl::string_view part : absl::StrSplit(Absl(list), ',')) {
    const std::string_view name = Std(absl::StripAsciiWhitespace(part));
    if (name == "none") {
      DisableAll(engine, otlp);
      continue;
    }
    const auto* feature = std::find_if(std::begin(kFeatures), std::end(kFeatures),
                                       [&](const Feature& f) { return f.name == name; });
    if (feature == std::end(kFeatures)) {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown feature \"", Absl(name), "\"", DidYouMean(name, FeatureNames())));
    }
    if (feature->enable == nullptr) continue;
    if (absl::Status status = feature->enable(engine, otlp); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace promlite::repl
