#include "promlite/storage/otlp/metrics/labels/series_labels.h"

#include <algorithm>
#include <array>
#include <optional>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/storage/otlp/attribute_value.h"
#include "promlite/storage/otlp/metrics/metric_name.h"

namespace promlite::internal {

void SeriesLabels::StartRequest(std::vector<std::string>* warnings) {
  warned_labels_.clear();
  warnings_ = warnings;
}

absl::Status SeriesLabels::StartPoint(const Attributes& attributes, const ResourceLabels& resource,
                                      const ScopeLabels& scope, const MetricFamily& family) {
  static constexpr std::array<std::string_view, 1> kIgnored = {kMetricName};
  absl::Status status = StartWithAttributes(attributes, kIgnored, "data point");
  if (!status.ok()) return status;
  for (const auto& [name, value] : resource.promoted) {
    if (builder_.Get(name).empty()) builder_.Set(name, value);
  }
  SetJobAndInstance(resource);
  if (scope.is_promoted) {
    for (const auto& [name, value] : scope.attributes) builder_.Set(name, value);
    builder_.Set("otel_scope_name", scope.name);
    builder_.Set("otel_scope_version", scope.version);
    builder_.Set("otel_scope_schema_url", scope.schema_url);
  }
  if (options_->type_and_unit_labels) {
    if (family.type_label != "unknown") builder_.Set("__type__", family.type_label);
    if (!family.metadata.unit.empty()) builder_.Set("__unit__", family.unit_label);
  }
  return absl::OkStatus();
}

absl::Status SeriesLabels::StartTargetInfo(const Attributes& attributes,
                                           std::span<const std::string_view> ignored,
                                           const ResourceLabels& resource) {
  absl::Status status = StartWithAttributes(attributes, ignored, "resource");
  if (!status.ok()) return status;
  SetJobAndInstance(resource);
  if (options_->type_and_unit_labels) builder_.Set("__type__", "");
  return absl::OkStatus();
}

absl::StatusOr<LabelsView> SeriesLabels::Get() {
  const LabelsView labels = builder_.Sorted();
  if (labels.empty()) return absl::InvalidArgumentError("empty labelset: invalid sample");
  if (const std::optional<std::string_view> repeated = builder_.RepeatedName(); repeated) {
    return absl::InvalidArgumentError("label name \"" + std::string(*repeated) +
                                      "\" is not unique: invalid sample");
  }
  return labels;
}

absl::Status SeriesLabels::StartWithAttributes(const Attributes& attributes,
                                               std::span<const std::string_view> ignored,
                                               std::string_view source) {
  builder_.Clear();
  has_collision_ = false;
  keys_by_label_.clear();
  CollectSorted(attributes, ignored);
  if (EscapingOf(options_->translation_strategy) == Escaping::kUnderscores) {
    return AddEscaped(source);
  }
  AddUnescaped();
  return absl::OkStatus();
}

void SeriesLabels::CollectSorted(const Attributes& attributes,
                                 std::span<const std::string_view> ignored) {
  attributes_.clear();
  texts_.clear();
  for (const otlp::KeyValue& attribute : attributes) {
    if (std::find(ignored.begin(), ignored.end(), attribute.key()) != ignored.end()) continue;
    std::string_view text;
    if (attribute.value().value_case() == otlp::AnyValue::kStringValue) {
      text = attribute.value().string_value();
    } else {
      text = texts_.emplace_back(AttributeText(attribute.value()));
    }
    attributes_.push_back({attribute.key(), text});
  }
  const auto by_key = [](const Attribute& a, const Attribute& b) { return a.key < b.key; };
  if (!std::is_sorted(attributes_.begin(), attributes_.end(), by_key)) {
    std::stable_sort(attributes_.begin(), attributes_.end(), by_key);
  }
}

absl::Status SeriesLabels::AddEscaped(std::string_view source) {
  for (const Attribute& attribute : attributes_) {
    const absl::StatusOr<std::string_view> name = names_.Build(attribute.key);
    if (!name.ok()) return name.status();
    if (builder_.Get(*name).empty()) {
      builder_.Set(*name, attribute.text);
    } else {
      builder_.Join(*name, attribute.text);
      WarnOfCollision(std::string(*name), source);
    }
  }
  return absl::OkStatus();
}

void SeriesLabels::AddUnescaped() {
  for (size_t i = 0; i < attributes_.size();) {
    size_t end = i;
    bool is_absent = false;  // one empty value takes all of that name away
    for (; end < attributes_.size() && attributes_[end].key == attributes_[i].key; ++end) {
      is_absent = is_absent || attributes_[end].text.empty();
    }
    for (; i < end; ++i) {
      if (!is_absent) builder_.AddUnchecked(attributes_[i].key, attributes_[i].text);
    }
  }
}

void SeriesLabels::WarnOfCollision(std::string_view label, std::string_view source) {
  has_collision_ = true;
  if (warned_labels_.contains(Absl(label))) return;
  if (keys_by_label_.empty()) {
    for (const Attribute& attribute : attributes_) {
      const absl::StatusOr<std::string_view> name = names_.Build(attribute.key);
      if (!name.ok()) continue;
      std::string& keys = keys_by_label_[Absl(*name)];
      if (!keys.empty()) keys += ", ";
      keys += DoubleQuoted(attribute.key);
    }
  }
  warned_labels_.emplace(label);
  std::string warning = "OTLP ";
  warning += source;
  warning += " attributes " + keys_by_label_[Absl(label)] + " collide as label " +
             DoubleQuoted(label) + " after name sanitization, values are concatenated with ';'";
  warnings_->push_back(std::move(warning));
}

void SeriesLabels::SetJobAndInstance(const ResourceLabels& resource) {
  if (!resource.job.empty()) builder_.Set("job", resource.job);
  if (!resource.instance.empty()) builder_.Set("instance", resource.instance);
}

}  // namespace promlite::internal
