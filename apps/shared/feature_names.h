#ifndef PROMLITE_APPS_SHARED_FEATURE_NAMES_H_
#define PROMLITE_APPS_SHARED_FEATURE_NAMES_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/storage/database_options.h"

namespace promlite::repl {

// The features that Prometheus turns on with --enable-feature, by its names.
std::vector<std::string_view> FeatureNames();

// The state of all features before any is named: experimental functions and fill modifiers are
// on, unless old answers are wanted.
void SetDefaultFeatures(EngineOptions* engine, OtlpOptions* otlp);

// Turns the features of a list ("a,b") on, from left to right; "none" turns all of them off.
// InvalidArgument for a name that Prometheus does not have, and for features that exclude each
// other.
absl::Status EnableFeatures(std::string_view list, EngineOptions* engine, OtlpOptions* otlp);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_SHARED_FEATURE_NAMES_H_
