#include "promlite/storage/otlp/metrics/labels/label_name.h"

#include <utility>

#include "absl/status/status.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/storage/otlp/metrics/metric_name.h"

namespace promlite::internal {

namespace {

// Of the cache: beyond this the attributes are no longer the same few.
constexpr size_t kMostNames = 4096;
constexpr size_t kLongestAttribute = 256;  // bytes

bool HasOnlyUnderscores(std::string_view name) { return name.find_first_not_of('_') == name.npos; }

// Each rune that is no letter or digit becomes one underscore, the underscore itself included.
std::string EscapedEachRune(std::string_view name) {
  std::string escaped;
  while (!name.empty()) {
    const DecodedRune next = DecodeRune(name);
    name.remove_prefix(next.bytes);
    escaped.push_back(IsLabelNameCharacter(next.rune) ? static_cast<char>(next.rune) : '_');
  }
  return escaped;
}

// Runs of underscores become one, but for those around a reserved name such as __name__.
std::string CollapseUnderscores(std::string_view name) {
  const bool is_reserved = name.size() >= 4 && name.starts_with("__") && name.ends_with("__");
  if (is_reserved) name = name.substr(2, name.size() - 4);
  std::string collapsed = is_reserved ? "__" : "";
  char previous = 0;
  for (const char c : EscapedEachRune(name)) {
    if (c != '_' || previous != '_') collapsed.push_back(c);
    previous = c;
  }
  if (is_reserved) collapsed += "__";
  return collapsed;
}

}  // namespace

absl::StatusOr<std::string> BuildLabelName(std::string_view attribute, const OtlpOptions& options) {
  if (attribute.empty()) return absl::InvalidArgumentError("label name is empty");
  if (EscapingOf(options.translation_strategy) == Escaping::kNone) {
    if (HasOnlyUnderscores(attribute)) {
      return absl::InvalidArgumentError("label name " + DoubleQuoted(attribute) +
                                        " contains only underscores");
    }
    return std::string(attribute);
  }
  std::string name = options.label_name_preserve_multiple_underscores
                         ? EscapedEachRune(attribute)
                         : CollapseUnderscores(attribute);
  if (name[0] >= '0' && name[0] <= '9') {
    name.insert(0, "key_");
  } else if (options.label_name_underscore_sanitization && name.starts_with('_') &&
             !name.starts_with("__")) {
    name.insert(0, "key");
  }
  if (HasOnlyUnderscores(name)) {
    return absl::InvalidArgumentError("normalization for label name " + DoubleQuoted(attribute) +
                                      " resulted in invalid name " + DoubleQuoted(name));
  }
  return name;
}

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
