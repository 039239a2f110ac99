#include "promlite/storage/otlp/metrics/labels/label_name_cache.h"

#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/metrics/labels/label_name.h"

namespace promlite::internal {

namespace {

// Beyond this the attributes are no longer the same few.
constexpr size_t kMostNames = 4096;
constexpr size_t kLongestAttribute = 256;  // bytes

}  // namespace

absl::StatusOr<std::string_view> LabelNameCache::Build(std::string_view attribute) {
  if (const auto known = names_.find(Absl(attribute)); known != names_.end()) {
    return std::string_view(known->second);
  }
  absl::StatusOr<std::string> name = BuildLabelName(attribute, *options_);
  if (!name.ok()) return name.status();
  if (attribute.size() > kLongestAttribute) {
    uncached_ = *std::move(name);
    return std::string_view(uncached_);
  }
  if (names_.size() >= kMostNames) names_.clear();
  const auto added = names_.emplace(std::string(attribute), *std::move(name)).first;
  return std::string_view(added->second);
}

}  // namespace promlite::internal
