#include "promlite/storage/otlp/logs/api_request_reader.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/logs/api_request_words.h"
#include "promlite/storage/otlp/attribute_value.h"
#include "promlite/storage/otlp/key_part.h"

namespace promlite::internal {
namespace {

// The last one of the name counts; null if there is none.
const otlp::AnyValue* FindAttribute(const otlp::LogRecord& record, std::string_view name) {
  const auto found =
      std::find_if(record.attributes().rbegin(), record.attributes().rend(),
                   [&](const otlp::KeyValue& attribute) { return attribute.key() == name; });
  return found == record.attributes().rend() ? nullptr : &found->value();
}

bool IsEventName(std::string_view name) {
  return name == kApiRequestEventName || name == kApiRequestEvent;
}

// `is_told`: whether there is such a number.
absl::Status ReadNumber(const otlp::LogRecord& record, std::string_view name, double* number,
                        bool* is_told) {
  const auto refuse = [&](std::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("the attribute ", Absl(name), " is ", Absl(why)));
  };
  const otlp::AnyValue* value = FindAttribute(record, name);
  if (value == nullptr) return absl::OkStatus();
  switch (value->value_case()) {
    case otlp::AnyValue::kIntValue:
      *number = static_cast<double>(value->int_value());
      break;
    case otlp::AnyValue::kDoubleValue:
      *number = value->double_value();
      break;
    case otlp::AnyValue::kStringValue:
      if (!absl::SimpleAtod(value->string_value(), number)) return refuse("no number");
      break;
    default:
      return refuse("no number");
  }
  if (!std::isfinite(*number)) return refuse("not finite");
  if (*number < 0) return refuse("negative");
  *is_told = true;
  return absl::OkStatus();
}

std::string_view TokensAttribute(TokenKind kind) {
  switch (kind) {
    case TokenKind::kInput:
      return kInputTokensAttribute;
    case TokenKind::kOutput:
      return kOutputTokensAttribute;
    case TokenKind::kCacheRead:
      return kCacheReadTokensAttribute;
    case TokenKind::kCacheCreation:
      break;
  }
  return kCacheCreationTokensAttribute;
}

// Whether a counter may have the attribute as a label: what measures is none.
bool IsLabel(const otlp::KeyValue& attribute) {
  const otlp::AnyValue::ValueCase kind = attribute.value().value_case();
  if (kind != otlp::AnyValue::kStringValue && kind != otlp::AnyValue::kBoolValue) return false;
  const std::string_view name = attribute.key();
  if (name == kSpeedAttribute && attribute.value().string_value() == kUsualSpeed) return false;
  const bool measures = name == kCostAttribute ||
                        std::any_of(kAllTokenKinds.begin(), kAllTokenKinds.end(),
                                    [&](TokenKind k) { return name == TokensAttribute(k); });
  return !measures && std::find(kEventIdentities.begin(), kEventIdentities.end(), name) ==
                          kEventIdentities.end();
}

absl::Status ReadTime(const otlp::LogRecord& record, int64_t* time_ns) {
  const uint64_t time =
      record.time_unix_nano() != 0 ? record.time_unix_nano() : record.observed_time_unix_nano();
  if (time == 0) return absl::InvalidArgumentError("there is no time");
  if (time > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return absl::InvalidArgumentError("its time is after the year 2262");
  }
  *time_ns = static_cast<int64_t>(time);
  return absl::OkStatus();
}

// Over the time and the attributes: two requests of one process differ in event.sequence, of
// several in request_id.
EventDigest DigestOf(const otlp::LogRecord& record, int64_t time_ns) {
  std::string text = absl::StrCat(time_ns);
  for (const otlp::KeyValue& attribute : record.attributes()) {
    AppendKeyPart(attribute.SerializeAsString(), &text);
  }
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

}  // namespace

bool IsApiRequest(const otlp::LogRecord& record) {
  if (const otlp::AnyValue* name = FindAttribute(record, "event.name"); name != nullptr) {
    return IsEventName(name->string_value());
  }
  return IsEventName(record.event_name()) || record.body().string_value() == kApiRequestEvent;
}

std::optional<EventPlace> PlaceOf(const otlp::LogRecord& record) {
  const otlp::AnyValue* sequence = FindAttribute(record, kSequenceAttribute);
  EventPlace place;
  if (sequence == nullptr || !ReadTime(record, &place.time_ns).ok()) return std::nullopt;
  place.sequence = sequence->int_value();
  const bool is_number = sequence->value_case() == otlp::AnyValue::kIntValue ||
                         (sequence->value_case() == otlp::AnyValue::kStringValue &&
                          absl::SimpleAtoi(sequence->string_value(), &place.sequence));
  if (!is_number || place.sequence < 0) return std::nullopt;
  const otlp::AnyValue* session = FindAttribute(record, kSessionAttribute);
  if (session != nullptr) place.session = session->string_value();
  place.hash = DigestOf(record, place.time_ns).first;
  return place;
}

absl::StatusOr<ApiRequestEvent> ApiRequestReader::Read(const otlp::LogRecord& record) {
  ApiRequestEvent event;
  if (absl::Status status = ReadTime(record, &event.request.time_ns); !status.ok()) return status;
  ApiRequest& request = event.request;
  if (absl::Status status =
          ReadNumber(record, kCostAttribute, &request.cost_usd, &request.tells_cost);
      !status.ok()) {
    return status;
  }
  for (const TokenKind kind : kAllTokenKinds) {
    if (absl::Status status = ReadNumber(record, TokensAttribute(kind), &request.Tokens(kind),
                                         &request.tells_tokens[static_cast<size_t>(kind)]);
        !status.ok()) {
      return status;
    }
  }
  event.labels = LabelsOf(record);
  event.digest = DigestOf(record, event.request.time_ns);
  return event;
}

Labels ApiRequestReader::LabelsOf(const otlp::LogRecord& record) {
  std::map<std::string, std::string> labels;  // the last one of a name counts
  for (const otlp::KeyValue& attribute : record.attributes()) {
    if (!IsLabel(attribute)) continue;
    const absl::StatusOr<std::string_view> name = label_names_.Build(attribute.key());
    if (name.ok()) labels[std::string(*name)] = AttributeText(attribute.value());
  }
  return Labels(std::vector<Labels::Label>(labels.begin(), labels.end()));
}

}  // namespace promlite::internal
