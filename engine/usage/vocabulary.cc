#include "promlite/engine/usage/vocabulary.h"

#include <algorithm>

namespace promlite::usage {
namespace {

std::string WithoutSuffixes(std::string_view metric, std::string_view unit) {
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

}  // namespace

bool IsMetricOf(std::string_view metric, const UsageCounter& counter) {
  return WithoutSuffixes(metric, counter.unit) == counter.name;
}

}  // namespace promlite::usage
