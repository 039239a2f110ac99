#include "promlite/storage/otlp/request_density.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "promlite/storage/protobuf_field.h"

namespace promlite::internal {
namespace {

constexpr size_t kAlwaysFine = 100000;
constexpr size_t kLeastBytesEach = 8;
constexpr uint32_t kStartGroup = 3;
constexpr uint32_t kEndGroup = 4;

// The messages on the way from a request to its data points.
enum class Level { kRequest, kResourceMetrics, kScopeMetrics, kMetric, kData, kPoint };

// Whether a field holds messages of the next level.
bool LeadsDown(Level level, uint32_t field) {
  switch (level) {
    case Level::kRequest:
    case Level::kData:
      return field == 1;
    case Level::kResourceMetrics:
    case Level::kScopeMetrics:
      return field == 2;
    case Level::kMetric:
      return field == 5 || field == 7 || (field >= 9 && field <= 11);
    case Level::kPoint:
      break;
  }
  return false;
}

// The length-delimited fields of a message and of those below it, up to `limit`. Those of points
// (attributes, exemplars) are counted, not entered.
size_t CountFields(std::string_view message, Level level, size_t limit) {
  size_t count = 0;
  ProtobufField field;
  while (count <= limit && !message.empty()) {
    if (!TakeProtobufField(&message, &field)) {
      // libprotobuf skips groups: what stands in one is taken for what stands behind it.
      if (field.wire_type == kStartGroup || field.wire_type == kEndGroup) continue;
      break;
    }
    if (field.wire_type != ProtobufField::kLengthDelimited) continue;
    ++count;
    if (LeadsDown(level, field.number)) {
      const auto next = static_cast<Level>(static_cast<int>(level) + 1);
      count += CountFields(field.bytes, next, limit - std::min(limit, count));
    } else if (level == Level::kResourceMetrics || level == Level::kScopeMetrics) {
      // The attributes of a resource or scope.
      count += CountFields(field.bytes, Level::kPoint, limit - std::min(limit, count));
    }
  }
  return count;
}

size_t Limit(std::string_view request) {
  return std::max(kAlwaysFine, request.size() / kLeastBytesEach);
}

absl::Status TooMany(size_t limit) {
  return absl::InvalidArgumentError(
      absl::StrCat("an OTLP request with more than ", limit, " parts in so few bytes is refused"));
}

}  // namespace

absl::Status CheckProtobufDensity(std::string_view request) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  if (CountFields(request, Level::kRequest, limit) <= limit) return absl::OkStatus();
  return TooMany(limit);
}

absl::Status CheckJsonDensity(std::string_view request) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  const auto objects = static_cast<size_t>(std::count(request.begin(), request.end(), '{'));
  return objects <= limit ? absl::OkStatus() : TooMany(limit);
}

}  // namespace promlite::internal
