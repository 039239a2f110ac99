#include "promlite/storage/otlp/metrics/known_metrics.h"

#include <utility>

#include "absl/status/status.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/key_part.h"
#include "promlite/storage/otlp/wire/parse_message.h"

namespace promlite::internal {

absl::StatusOr<KnownMetrics::Resource*> KnownMetrics::FindResource(std::string_view bytes,
                                                                   LabelNameCache* names) {
  const auto known = resources_.find(Absl(bytes));
  if (known != resources_.end()) return known->second.get();
  otlp::Resource message;
  if (!ParseMessage(bytes, &message)) return absl::DataLossError("not a resource");
  absl::StatusOr<ResourceLabels> labels = BuildResourceLabels(message, *options_, names);
  if (!labels.ok()) return labels.status();
  auto resource = std::make_unique<Resource>();
  resource->labels = *std::move(labels);
  ++size_;
  return resources_.emplace(std::string(bytes), std::move(resource)).first->second.get();
}

absl::StatusOr<KnownMetrics::Scope*> KnownMetrics::FindScope(const RequestOutline::Scope& part,
                                                             Resource* resource,
                                                             LabelNameCache* names) {
  key_.clear();
  AppendKeyPart(part.scope, &key_);
  AppendKeyPart(part.schema_url, &key_);
  const auto known = resource->scopes.find(key_);
  if (known != resource->scopes.end()) return known->second.get();
  otlp::InstrumentationScope message;
  if (!ParseMessage(part.scope, &message)) return absl::DataLossError("not a scope");
  absl::StatusOr<ScopeLabels> labels = BuildScopeLabels(message, part.schema_url, *options_, names);
  if (!labels.ok()) return labels.status();
  auto scope = std::make_unique<Scope>();
  scope->labels = *std::move(labels);
  ++size_;
  return resource->scopes.emplace(key_, std::move(scope)).first->second.get();
}

absl::StatusOr<const KnownMetrics::Metric*> KnownMetrics::FindMetric(const MetricHeader& header,
                                                                     Scope* scope) {
  key_.clear();
  AppendKeyPart(header.name, &key_);
  AppendKeyPart(header.description, &key_);
  AppendKeyPart(header.unit, &key_);
  key_.push_back(static_cast<char>(header.kind));
  key_.push_back(static_cast<char>(header.is_monotonic));
  AppendKeyPart(std::to_string(header.temporality), &key_);
  const auto known = scope->metrics.find(key_);
  if (known != scope->metrics.end()) return known->second.get();
  absl::StatusOr<MetricFamily> family = BuildMetricFamily(header, *options_);
  if (!family.ok()) return family.status();
  auto metric = std::make_unique<Metric>();
  metric->number = ++last_number_;
  metric->kind = header.kind;
  metric->family = *std::move(family);
  ++size_;
  return scope->metrics.emplace(key_, std::move(metric)).first->second.get();
}

void KnownMetrics::Forget() {
  resources_.clear();
  size_ = 0;
}

}  // namespace promlite::internal
