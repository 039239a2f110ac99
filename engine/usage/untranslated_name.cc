#include "promlite/engine/usage/untranslated_name.h"

#include <algorithm>

namespace promlite::internal {

std::string UntranslatedName(std::string_view metric, std::string_view unit) {
  std::string plain(metric);
  std::replace(plain.begin(), plain.end(), '.', '_');
  for (const std::string& suffix :
       {std::string("_total"), "_" + std::string(unit), std::string("_total")}) {
    if (plain.size() > suffix.size() && plain.ends_with(suffix)) {
      plain.resize(plain.size() - suffix.size());
    }
  }
  return plain;
}

}  // namespace promlite::internal
