#ifndef PROMLITE_APPS_SHARED_OTLP_SETTINGS_H_
#define PROMLITE_APPS_SHARED_OTLP_SETTINGS_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/storage/database_options.h"

namespace promlite::repl {

// The keys of the `otlp` section of Prometheus' configuration.
std::vector<std::string_view> OtlpKeys();

// One "key=value" of that section, its value in YAML: true or false (also yes, no, on, off), a list
// as [a, "b"], a word. InvalidArgument for unknown keys and values.
absl::Status ApplyOtlpSetting(std::string_view setting, OtlpOptions* options);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_SHARED_OTLP_SETTINGS_H_
