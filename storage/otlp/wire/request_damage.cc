#include "promlite/storage/otlp/wire/request_damage.h"

#include <optional>
#include <string>

#include "otlp_logs.pb.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/otlp/wire/otlp_fields.h"
#include "promlite/storage/otlp/wire/parse_message.h"

namespace promlite::internal {

namespace {

struct Damage {
  const char* at = nullptr;
  std::string_view what;
};

// Looks for damage in the fields of a message, in each field's bytes with `look`.
template <typename Look>
std::optional<Damage> LookThrough(std::string_view bytes, Look look) {
  std::optional<Damage> damage;
  const MessageWalk walk = WalkMessage(bytes, [&](const ProtobufField& field) {
    if (field.wire_type == ProtobufField::kLengthDelimited)
      damage = look(field.number, field.bytes);
    return !damage.has_value();
  });
  if (walk.end == MessageWalk::End::kDamaged) return Damage{walk.at, "not a whole protobuf field"};
  return damage;
}

template <typename Message>
std::optional<Damage> Decode(std::string_view bytes, std::string_view what) {
  Message message;
  if (ParseMessage(bytes, &message)) return std::nullopt;
  return Damage{bytes.data(), what};
}

// Of ScopeMetrics and ScopeLogs.
template <typename Leaf>
std::optional<Damage> InScope(std::string_view bytes, std::string_view what) {
  return LookThrough(bytes, [&](uint32_t field, std::string_view inner) -> std::optional<Damage> {
    if (field == kScopeField) return Decode<otlp::InstrumentationScope>(inner, "not a scope");
    if (field == kLeavesField) return Decode<Leaf>(inner, what);
    return std::nullopt;
  });
}

// Of ResourceMetrics and ResourceLogs.
template <typename Leaf>
std::optional<Damage> InResource(std::string_view bytes, std::string_view what) {
  return LookThrough(bytes, [&](uint32_t field, std::string_view inner) -> std::optional<Damage> {
    if (field == kResourceField) return Decode<otlp::Resource>(inner, "not a resource");
    if (field == kScopesField) return InScope<Leaf>(inner, what);
    return std::nullopt;
  });
}

template <typename Leaf>
absl::Status FindDamage(std::string_view request, std::string_view what) {
  const std::optional<Damage> damage =
      LookThrough(request, [&](uint32_t field, std::string_view inner) -> std::optional<Damage> {
        return field == kResourcesField ? InResource<Leaf>(inner, what) : std::nullopt;
      });
  if (!damage.has_value()) return absl::OkStatus();
  std::string message = "damaged OTLP request: at byte ";
  message += std::to_string(damage->at - request.data()) + ": ";
  message += damage->what;
  return absl::InvalidArgumentError(message);
}

}  // namespace

absl::Status FindRequestDamage(std::string_view request) {
  return FindDamage<otlp::Metric>(request, "not a metric");
}

absl::Status FindLogsDamage(std::string_view request) {
  return FindDamage<otlp::LogRecord>(request, "not a log record");
}

}  // namespace promlite::internal
