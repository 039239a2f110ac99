#include "promlite/storage/otlp/otlp_options.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_join.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/white_space.h"

namespace promlite {
namespace {

absl::Status CheckAttributes(const std::vector<std::string>& attributes, std::string_view key,
                             std::string_view kind) {
  std::vector<std::string> errors;
  std::set<std::string_view> seen;
  for (const std::string& listed : attributes) {
    const std::string_view attribute = internal::TrimSpace(listed);
    if (attribute.empty()) {
      errors.push_back("empty " + std::string(kind) + " OTel resource attribute");
    } else if (!seen.insert(attribute).second) {
      errors.push_back("duplicated " + std::string(kind) + " OTel resource attribute " +
                       internal::DoubleQuoted(attribute));
    }
  }
  if (errors.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("invalid '" + std::string(key) +
                                    "': " + absl::StrJoin(errors, "\n"));
}

}  // namespace

absl::Status CheckOtlpOptions(const OtlpOptions& options) {
  if (options.promote_all_resource_attributes) {
    if (!options.promote_resource_attributes.empty()) {
      return absl::InvalidArgumentError(
          "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be "
          "configured simultaneously");
    }
    return CheckAttributes(options.ignore_resource_attributes, "ignore_resource_attributes",
                           "ignored");
  }
  if (!options.ignore_resource_attributes.empty()) {
    return absl::InvalidArgumentError(
        "'ignore_resource_attributes' cannot be configured unless "
        "'promote_all_resource_attributes' is true");
  }
  return CheckAttributes(options.promote_resource_attributes, "promote_resource_attributes",
                         "promoted");
}

}  // namespace promlite
