#include "promlite/storage/metrics/writer_overlap.h"

#include "absl/strings/str_cat.h"

namespace promlite {

std::string WriterOverlap::Warning() const {
  if (series.empty()) return "";
  std::string warning = absl::StrCat(
      series.size(), " series ", series.size() == 1 ? "was" : "were", " written by up to ",
      most_writers,
      " writers at the same time: every formula of Prometheus is wrong on such a series, since one "
      "writer's samples look like resets of another's counter");
  if (collisions > 0) {
    absl::StrAppend(&warning, "; of samples that bear the same time only one is kept, ", collisions,
                    collisions == 1 ? " is hidden" : " are hidden");
  }
  return warning;
}

}  // namespace promlite
