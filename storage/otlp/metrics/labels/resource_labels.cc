#include "promlite/storage/otlp/metrics/labels/resource_labels.h"

#include <algorithm>

#include "promlite/storage/otlp/attribute_value.h"
#include "promlite/storage/otlp/metrics/labels/label_builder.h"
#include "promlite/storage/otlp/metrics/stream_identity.h"

namespace promlite::internal {

namespace {

const otlp::AnyValue* FindAttribute(const otlp::Resource& resource, std::string_view key) {
  for (const otlp::KeyValue& attribute : resource.attributes()) {
    if (attribute.key() == key) return &attribute.value();
  }
  return nullptr;
}

bool IsPromoted(std::string_view attribute, const OtlpOptions& options) {
  const std::vector<std::string>& listed = options.promote_all_resource_attributes
                                               ? options.ignore_resource_attributes
                                               : options.promote_resource_attributes;
  const bool is_listed = std::find(listed.begin(), listed.end(), attribute) != listed.end();
  return is_listed != options.promote_all_resource_attributes;
}

std::vector<std::pair<std::string, std::string>> Owned(LabelsView labels) {
  return {labels.begin(), labels.end()};
}

}  // namespace

absl::StatusOr<ResourceLabels> BuildResourceLabels(const otlp::Resource& resource,
                                                   const OtlpOptions& options,
                                                   LabelNameCache* names) {
  ResourceLabels labels;
  labels.identity = IdentityOf(resource.attributes());
  if (const otlp::AnyValue* name = FindAttribute(resource, "service.name"); name != nullptr) {
    labels.job = AttributeText(*name);
    const otlp::AnyValue* space = FindAttribute(resource, "service.namespace");
    if (space != nullptr) labels.job = AttributeText(*space) + "/" + labels.job;
  }
  const otlp::AnyValue* instance = FindAttribute(resource, "service.instance.id");
  if (instance != nullptr) labels.instance = AttributeText(*instance);

  LabelBuilder promoted;
  for (const otlp::KeyValue& attribute : resource.attributes()) {
    if (!IsPromoted(attribute.key(), options)) continue;
    const absl::StatusOr<std::string_view> name = names->Build(attribute.key());
    if (!name.ok()) return name.status();
    promoted.Set(*name, AttributeText(attribute.value()));
  }
  labels.promoted = Owned(promoted.Sorted());
  return labels;
}

absl::StatusOr<ScopeLabels> BuildScopeLabels(const otlp::InstrumentationScope& scope,
                                             std::string_view schema_url,
                                             const OtlpOptions& options, LabelNameCache* names) {
  ScopeLabels labels;
  labels.identity = IdentityOf(scope, schema_url);
  if (!options.promote_scope_metadata || scope.name().empty()) return labels;
  labels.is_promoted = true;
  labels.name = scope.name();
  labels.version = scope.version();
  labels.schema_url = schema_url;
  LabelBuilder attributes;
  for (const otlp::KeyValue& attribute : scope.attributes()) {
    const absl::StatusOr<std::string_view> name = names->Build("otel_scope_" + attribute.key());
    if (!name.ok()) return name.status();
    attributes.Set(*name, AttributeText(attribute.value()));
  }
  labels.attributes = Owned(attributes.Sorted());
  return labels;
}

}  // namespace promlite::internal
