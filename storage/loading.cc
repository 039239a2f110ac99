#include "promlite/storage/loading.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite {

std::string LoadProblem::ToString() const {
  if (place == Place::kFile) return absl::StrCat(file, ": ", message);
  const std::string_view what = place == Place::kLine ? "line" : "record";
  std::string text =
      absl::StrCat(file, ": ", Absl(what), " ", number, " at byte ", byte_offset, ": ", message);
  if (alike == 0) return text;
  return absl::StrCat(text, " (and ", alike, " more ", Absl(what), alike == 1 ? "" : "s",
                      " of the kind)");
}

}  // namespace promlite
