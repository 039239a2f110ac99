#include "promlite/engine/run/annotations.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::internal {
namespace {

std::string Rfc3339Seconds(int64_t ms) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixMillis(ms), absl::UTCTimeZone());
}

std::string At(std::string_view query, PositionRange position) {
  return absl::StrCat(" (", LineAndColumn(query, position.start), ")");
}

}  // namespace

void Annotations::Warn(std::string text, PositionRange position) {
  warnings_.insert_or_assign(std::move(text), position);
}

void Annotations::Info(std::string text, PositionRange position) {
  infos_.insert_or_assign(std::move(text), position);
}

void Annotations::ForcedMonotonicity::Widen(const ForcedMonotonicity& other) {
  min_bucket = std::min(min_bucket, other.min_bucket);
  max_bucket = std::max(max_bucket, other.max_bucket);
  max_difference = std::max(max_difference, other.max_difference);
  min_ms = std::min(min_ms, other.min_ms);
  max_ms = std::max(max_ms, other.max_ms);
}

void Annotations::InfoForcedMonotonicity(std::string_view metric_name,
                                         const ForcedMonotonicity& occurrence,
                                         PositionRange position) {
  const auto [entry, is_new] =
      monotonicity_.try_emplace(std::string(metric_name), Monotonicity{occurrence, position});
  if (is_new) return;
  entry->second.merged.Widen(occurrence);
  entry->second.merged.samples += occurrence.samples;
}

void Annotations::WarnStartTimeOverlap(std::string_view metric_name, int64_t occurrences,
                                       PositionRange position) {
  const auto entry = overlaps_.try_emplace(std::string(metric_name), Overlap{0, position}).first;
  entry->second.count += occurrences;
}

std::vector<std::string> Annotations::Warnings(std::string_view query) const {
  std::vector<std::string> texts;
  for (const auto& [text, position] : warnings_) {
    texts.push_back(absl::StrCat("PromQL warning: ", text, At(query, position)));
  }
  for (const auto& [metric, overlap] : overlaps_) {
    texts.push_back(absl::StrCat(
        "PromQL warning: sample has start time that overlaps with previous sample timestamp for "
        "metric ",
        DoubleQuoted(metric),
        overlap.count > 1 ? absl::StrCat(" (", overlap.count, " occurrences)") : std::string(),
        At(query, overlap.position)));
  }
  return texts;
}

std::vector<std::string> Annotations::Infos(std::string_view query) const {
  std::vector<std::string> texts;
  for (const auto& [text, position] : infos_) {
    texts.push_back(absl::StrCat("PromQL info: ", text, At(query, position)));
  }
  for (const auto& [metric, found] : monotonicity_) {
    const ForcedMonotonicity& m = found.merged;
    texts.push_back(absl::StrCat(
        "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see "
        "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
        metric.empty() ? std::string() : absl::StrCat(" for metric name ", DoubleQuoted(metric)),
        ", from buckets ", GoShortest(m.min_bucket), " to ", GoShortest(m.max_bucket),
        ", with a max diff of ", TwoDigits(m.max_difference), ", over ", m.samples,
        " samples from ", Rfc3339Seconds(m.min_ms), " to ", Rfc3339Seconds(m.max_ms),
        At(query, found.position)));
  }
  return texts;
}

}  // namespace promlite::internal
