#include "promlite/storage/otlp/wire/request_density.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/otlp/wire/otlp_fields.h"

namespace promlite::internal {
namespace {

constexpr size_t kAlwaysFine = 100000;
constexpr size_t kLeastBytesEach = 8;

// libprotobuf refuses messages nested deeper.
constexpr int kDeepest = 100;

// Whether the fields of a message are counted: of those on the way from a request to the values of
// attributes. The others are a few numbers each.
bool IsEntered(OtlpMessage message) {
  return message != OtlpMessage::kNone && message != OtlpMessage::kBuckets &&
         message != OtlpMessage::kValueAtQuantile;
}

// Whether a message may have any number of a field. A key has one value, and that one content: they
// are counted with the key, as the shortest attribute of use has ten bytes.
bool MayRepeat(OtlpMessage message) {
  return message != OtlpMessage::kKeyValue && message != OtlpMessage::kAnyValue;
}

// The length-delimited fields of a message and of those below it that may repeat; little more than
// `limit` if there are more than that.
size_t CountFields(std::string_view bytes, OtlpMessage message, size_t limit, int depth = 0) {
  size_t count = 0;
  WalkMessage<GroupTags::kArePassedOver>(bytes, [&](const ProtobufField& field) {
    if (field.wire_type != ProtobufField::kLengthDelimited) return true;
    if (MayRepeat(message)) ++count;
    const OtlpMessage content = OtlpContent(message, field.number);
    if (IsEntered(content) && depth < kDeepest) {
      count += CountFields(field.bytes, content, limit - std::min(limit, count), depth + 1);
    }
    return count <= limit;
  });
  return count;
}

size_t Limit(std::string_view request) {
  return std::max(kAlwaysFine, request.size() / kLeastBytesEach);
}

absl::Status TooMany(size_t limit) {
  return absl::InvalidArgumentError(
      absl::StrCat("an OTLP request with more than ", limit, " parts in so few bytes is refused"));
}

absl::Status CheckDensity(std::string_view request, OtlpMessage message) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  if (CountFields(request, message, limit) <= limit) return absl::OkStatus();
  return TooMany(limit);
}

}  // namespace

absl::Status CheckProtobufDensity(std::string_view request) {
  return CheckDensity(request, OtlpMessage::kExportMetricsServiceRequest);
}

absl::Status CheckLogsDensity(std::string_view request) {
  return CheckDensity(request, OtlpMessage::kExportLogsServiceRequest);
}

absl::Status CheckJsonDensity(std::string_view request) {
  const size_t limit = Limit(request);
  if (request.size() < 2 * kAlwaysFine) return absl::OkStatus();
  const auto objects = static_cast<size_t>(std::count(request.begin(), request.end(), '{'));
  return objects <= limit ? absl::OkStatus() : TooMany(limit);
}

}  // namespace promlite::internal
