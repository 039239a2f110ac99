#include "promlite/storage/otlp/wire/request_outline.h"

#include "promlite/storage/otlp/wire/protobuf_field.h"

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
  constexpr uint32_t kResourceMetrics = 1;
  ProtobufField field;
  while (!request.empty()) {
    if (!TakeProtobufField(&request, &field)) return false;
    if (field.IsBytes(kResourceMetrics) && !ScanResourceMetrics(field.bytes)) return false;
  }
  return true;
}

bool RequestOutline::ScanResourceMetrics(std::string_view bytes) {
  constexpr uint32_t kResource = 1;
  constexpr uint32_t kScopeMetrics = 2;
  Resource resource;
  resource.first_scope = scopes_.size();
  ProtobufField field;
  while (!bytes.empty()) {
    if (!TakeProtobufField(&bytes, &field)) return false;
    if (field.IsBytes(kResource) && !TakeOnce(field.bytes, &resource.resource)) return false;
    if (field.IsBytes(kScopeMetrics) && !ScanScopeMetrics(field.bytes)) return false;
  }
  resource.scope_count = scopes_.size() - resource.first_scope;
  resources_.push_back(resource);
  return true;
}

bool RequestOutline::ScanScopeMetrics(std::string_view bytes) {
  constexpr uint32_t kScope = 1;
  constexpr uint32_t kMetrics = 2;
  constexpr uint32_t kSchemaUrl = 3;
  Scope scope;
  scope.first_metric = metrics_.size();
  ProtobufField field;
  while (!bytes.empty()) {
    if (!TakeProtobufField(&bytes, &field)) return false;
    if (field.IsBytes(kScope) && !TakeOnce(field.bytes, &scope.scope)) return false;
    if (field.IsBytes(kMetrics)) metrics_.push_back(field.bytes);
    if (field.IsBytes(kSchemaUrl)) scope.schema_url = field.bytes;
  }
  scope.metric_count = metrics_.size() - scope.first_metric;
  scopes_.push_back(scope);
  return true;
}

}  // namespace promlite::internal
