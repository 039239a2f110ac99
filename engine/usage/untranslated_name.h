#ifndef PROMLITE_ENGINE_USAGE_UNTRANSLATED_NAME_H_
#define PROMLITE_ENGINE_USAGE_UNTRANSLATED_NAME_H_

#include <string>
#include <string_view>

namespace promlite::internal {

// The name of an OTLP counter, however it was translated: underscores for dots, without the
// suffixes `_total` and that of the unit ("USD"; empty: none).
std::string UntranslatedName(std::string_view metric, std::string_view unit);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_UNTRANSLATED_NAME_H_
