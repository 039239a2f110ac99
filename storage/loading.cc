#include "promlite/storage/loading.h"

#include "absl/strings/str_cat.h"

namespace promlite {

std::string LoadProblem::ToString() const {
  if (place == Place::kFile) return absl::StrCat(file, ": ", message);
  return absl::StrCat(file, ": ", place == Place::kLine ? "line " : "record ", number, " at byte ",
                      byte_offset, ": ", message);
}

}  // namespace promlite
