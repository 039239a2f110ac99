#include "promlite/storage/load_report.h"

#include "absl/strings/str_cat.h"

namespace promlite {

std::string LoadProblem::ToString() const {
  if (record == 0) return absl::StrCat(file, ": ", message);
  return absl::StrCat(file, ": record ", record, " at byte ", byte_offset, ": ", message);
}

}  // namespace promlite
