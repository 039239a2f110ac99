#include "promlite/storage/otlp/request_damage.h"

#include <optional>
#include <string>

#include "otlp_metrics.pb.h"
#include "promlite/storage/protobuf_field.h"

namespace promlite::internal {

namespace {

struct Damage {
  const char* at = nullptr;
  std::string_view what;
};

// Looks for damage in the fields of a message, in each field's bytes with `look`.
template <typename Look>
std::optional<Damage> LookThrough(std::string_view bytes, Look look) {
  ProtobufField field;
  while (!bytes.empty()) {
    const char* start = bytes.data();
    if (!TakeProtobufField(&bytes, &field)) return Damage{start, "not a whole protobuf field"};
    if (field.wire_type != ProtobufField::kLengthDelimited) continue;
    if (std::optional<Damage> damage = look(field.number, field.bytes)) return damage;
  }
  return std::nullopt;
}

template <typename Message>
std::optional<Damage> Decode(std::string_view bytes, std::string_view what) {
  Message message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return Damage{bytes.data(), what};
}

std::optional<Damage> InScopeMetrics(std::string_view bytes) {
  return LookThrough(bytes, [](uint32_t field, std::string_view inner) -> std::optional<Damage> {
    if (field == otlp::ScopeMetrics::kScopeFieldNumber) {
      return Decode<otlp::InstrumentationScope>(inner, "not a scope");
    }
    if (field == otlp::ScopeMetrics::kMetricsFieldNumber) {
      return Decode<otlp::Metric>(inner, "not a metric");
    }
    return std::nullopt;
  });
}

std::optional<Damage> InResourceMetrics(std::string_view bytes) {
  return LookThrough(bytes, [](uint32_t field, std::string_view inner) -> std::optional<Damage> {
    if (field == otlp::ResourceMetrics::kResourceFieldNumber) {
      return Decode<otlp::Resource>(inner, "not a resource");
    }
    if (field == otlp::ResourceMetrics::kScopeMetricsFieldNumber) return InScopeMetrics(inner);
    return std::nullopt;
  });
}

}  // namespace

absl::Status FindRequestDamage(std::string_view request) {
  const std::optional<Damage> damage =
      LookThrough(request, [](uint32_t field, std::string_view inner) -> std::optional<Damage> {
        if (field != otlp::ExportMetricsServiceRequest::kResourceMetricsFieldNumber) {
          return std::nullopt;
        }
        return InResourceMetrics(inner);
      });
  if (!damage.has_value()) return absl::OkStatus();
  std::string message = "damaged OTLP request: at byte ";
  message += std::to_string(damage->at - request.data()) + ": ";
  message += damage->what;
  return absl::InvalidArgumentError(message);
}

}  // namespace promlite::internal
