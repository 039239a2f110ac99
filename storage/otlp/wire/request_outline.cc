#include "promlite/storage/otlp/wire/request_outline.h"

#include "promlite/storage/otlp/wire/message_walk.h"
#include "promlite/storage/otlp/wire/otlp_fields.h"

namespace promlite::internal {

namespace {

// False if there is such a field already.
bool TakeOnce(std::string_view bytes, std::string_view* field) {
  if (field->data() != nullptr) return false;
  *field = bytes;
  return true;
}

}  // namespace

bool RequestOutline::Scan(std::string_view request) {
  resources_.clear();
  scopes_.clear();
  metrics_.clear();
  const MessageWalk walk = WalkMessage(request, [&](const ProtobufField& field) {
    return !field.IsBytes(kResourcesField) || ScanResourceMetrics(field.bytes);
  });
  return walk.is_whole();
}

bool RequestOutline::ScanResourceMetrics(std::string_view bytes) {
  Resource resource;
  resource.first_scope = scopes_.size();
  const MessageWalk walk = WalkMessage(bytes, [&](const ProtobufField& field) {
    if (field.IsBytes(kResourceField)) return TakeOnce(field.bytes, &resource.resource);
    return !field.IsBytes(kScopesField) || ScanScopeMetrics(field.bytes);
  });
  if (!walk.is_whole()) return false;
  resource.scope_count = scopes_.size() - resource.first_scope;
  resources_.push_back(resource);
  return true;
}

bool RequestOutline::ScanScopeMetrics(std::string_view bytes) {
  constexpr uint32_t kSchemaUrlField = OtlpNumber(OtlpMessage::kScopeMetrics, "schema_url");
  Scope scope;
  scope.first_metric = metrics_.size();
  const MessageWalk walk = WalkMessage(bytes, [&](const ProtobufField& field) {
    if (field.IsBytes(kScopeField)) return TakeOnce(field.bytes, &scope.scope);
    if (field.IsBytes(kLeavesField)) metrics_.push_back(field.bytes);
    if (field.IsBytes(kSchemaUrlField)) scope.schema_url = field.bytes;
    return true;
  });
  if (!walk.is_whole()) return false;
  scope.metric_count = metrics_.size() - scope.first_metric;
  scopes_.push_back(scope);
  return true;
}

}  // namespace promlite::internal
