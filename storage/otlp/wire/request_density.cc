#include "promlite/storage/otlp/wire/request_density.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "promlite/storage/otlp/wire/protobuf_field.h"

namespace promlite::internal {
namespace {

constexpr size_t kAlwaysFine = 100000;
constexpr size_t kLeastBytesEach = 8;
constexpr uint32_t kStartGroup = 3;
constexpr uint32_t kEndGroup = 4;

// libprotobuf refuses messages nested deeper.
constexpr int kDeepest = 100;

// The messages on the way from a request to the values of attributes.
enum class Level {
  kMetricsRequest,
  kResourceMetrics,
  kScopeMetrics,
  kMetric,
  kNumbers,  // a gauge, a sum or a summary
  kHistogram,
  kExponentialHistogram,
  kNumberPoint,  // of a gauge, a sum or a summary
  kHistogramPoint,
  kExponentialHistogramPoint,
  kExemplar,
  kLogsRequest,
  kResourceLogs,
  kScopeLogs,
  kLogRecord,
  kResource,
  kScope,
  kKeyValue,
  kAnyValue,
  kArrayValue,
  kKeyValueList,
};

// What a length-delimited field holds, if it is to be entered.
std::optional<Level> Below(Level level, uint32_t field) {
  const auto if_field = [&](uint32_t number, Level below) {
    return field == number ? std::optional(below) : std::nullopt;
  };
  switch (level) {
    case Level::kMetricsRequest:
      return if_field(1, Level::kResourceMetrics);
    case Level::kResourceMetrics:
      return field == 1 ? Level::kResource : if_field(2, Level::kScopeMetrics);
    case Level::kScopeMetrics:
      return field == 1 ? Level::kScope : if_field(2, Level::kMetric);
    case Level::kMetric:
      if (field == 5 || field == 7 || field == 11) return Level::kNumbers;
      return field == 9 ? Level::kHistogram : if_field(10, Level::kExponentialHistogram);
    case Level::kNumbers:
      return if_field(1, Level::kNumberPoint);
    case Level::kHistogram:
      return if_field(1, Level::kHistogramPoint);
    case Level::kExponentialHistogram:
      return if_field(1, Level::kExponentialHistogramPoint);
    case Level::kNumberPoint:
      return field == 5 ? Level::kExemplar : if_field(7, Level::kKeyValue);
    case Level::kHistogramPoint:
      return field == 8 ? Level::kExemplar : if_field(9, Level::kKeyValue);
    case Level::kExponentialHistogramPoint:
      return field == 11 ? Level::kExemplar : if_field(1, Level::kKeyValue);
    case Level::kExemplar:
      return if_field(7, Level::kKeyValue);
    case Level::kLogsRequest:
      return if_field(1, Level::kResourceLogs);
    case Level::kResourceLogs:
      return field == 1 ? Level::kResource : if_field(2, Level::kScopeLogs);
    case Level::kScopeLogs:
      return field == 1 ? Level::kScope : if_field(2, Level::kLogRecord);
    case Level::kLogRecord:
      return field == 5 ? Level::kAnyValue : if_field(6, Level::kKeyValue);
    case Level::kResource:
      return if_field(1, Level::kKeyValue);
    case Level::kScope:
      return if_field(3, Level::kKeyValue);
    case Level::kKeyValue:
      return if_field(2, Level::kAnyValue);
    case Level::kAnyValue:
      return field == 5 ? Level::kArrayValue : if_field(6, Level::kKeyValueList);
    case Level::kArrayValue:
      return if_field(1, Level::kAnyValue);
    case Level::kKeyValueList:
      return if_field(1, Level::kKeyValue);
  }
  return std::nullopt;
}

// Whether a message may have any number of a field. A key has one value, and that one content: they
// are counted with the key, as the shortest attribute of use has ten bytes.
bool MayRepeat(Level level) { return level != Level::kKeyValue && level != Level::kAnyValue; }

// The length-delimited fields of a message and of those below it that may repeat, up to `limit`.
size_t CountFields(std::string_view message, Level level, size_t limit, int depth = 0) {
  size_t count = 0;
  ProtobufField field;
  while (count <= limit && !message.empty()) {
    if (!TakeProtobufField(&message, &field)) {
      // libprotobuf skips groups: what stands in one is taken for what stands behind it.
      if (field.wire_type == kStartGroup || field.wire_type == kEndGroup) continue;
      break;
    }
    if (field.wire_type != ProtobufField::kLengthDelimited) continue;
    if (MayRepeat(level)) ++count;
    const std::optional<Level> below = Below(level, field.number);
    if (below.has_value() && depth < kDeepest) {
      count += CountFields(field.bytes, *below, limit - std::min(limit, count), depth + 1);
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

absl::Status CheckDensity(std::string_view request, Level level) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  if (CountFields(request, level, limit) <= limit) return absl::OkStatus();
  return TooMany(limit);
}

}  // namespace

absl::Status CheckProtobufDensity(std::string_view request) {
  return CheckDensity(request, Level::kMetricsRequest);
}

absl::Status CheckLogsDensity(std::string_view request) {
  return CheckDensity(request, Level::kLogsRequest);
}

absl::Status CheckJsonDensity(std::string_view request) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  const auto objects = static_cast<size_t>(std::count(request.begin(), request.end(), '{'));
  return objects <= limit ? absl::OkStatus() : TooMany(limit);
}

}  // namespace promlite::internal
