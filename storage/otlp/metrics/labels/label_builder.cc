#include "promlite/storage/otlp/metrics/labels/label_builder.h"

#include <algorithm>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/appender.h"

namespace promlite::internal {

namespace {

constexpr size_t kLookThrough = 32;

}  // namespace

void LabelBuilder::Clear() {
  size_ = 0;
  may_repeat_ = false;
  positions_.clear();
}

size_t LabelBuilder::Find(std::string_view name) const {
  if (!positions_.empty()) {
    const auto found = positions_.find(Absl(name));
    return found == positions_.end() ? kNone : found->second;
  }
  for (size_t i = 0; i < size_; ++i) {
    if (labels_[i].name == name) return i;
  }
  return kNone;
}

LabelBuilder::Label& LabelBuilder::Add(std::string_view name, std::string_view value) {
  if (size_ == labels_.size()) labels_.emplace_back();
  Label& label = labels_[size_++];
  label.name.assign(name);
  label.value.assign(value);
  if (size_ == kLookThrough) {
    for (size_t i = 0; i < size_; ++i) positions_.emplace(labels_[i].name, i);
  } else if (size_ > kLookThrough) {
    positions_.emplace(label.name, size_ - 1);
  }
  return label;
}

std::string_view LabelBuilder::Get(std::string_view name) const {
  const size_t position = Find(name);
  return position == kNone ? std::string_view() : labels_[position].value;
}

void LabelBuilder::Set(std::string_view name, std::string_view value) {
  const size_t position = Find(name);
  if (position == kNone) {
    if (!value.empty()) Add(name, value);
    return;
  }
  labels_[position].value.assign(value);
  if (!may_repeat_ || !value.empty()) return;
  for (size_t i = position + 1; i < size_; ++i) {
    if (labels_[i].name == name) labels_[i].value.clear();
  }
}

void LabelBuilder::Join(std::string_view name, std::string_view value) {
  std::string& joined = labels_[Find(name)].value;
  joined.push_back(';');
  joined += value;
}

void LabelBuilder::AddUnchecked(std::string_view name, std::string_view value) {
  may_repeat_ = may_repeat_ || Find(name) != kNone;
  Add(name, value);
}

LabelsView LabelBuilder::Sorted() {
  sorted_.clear();
  for (size_t i = 0; i < size_; ++i) {
    if (!labels_[i].value.empty()) sorted_.emplace_back(labels_[i].name, labels_[i].value);
  }
  std::sort(sorted_.begin(), sorted_.end());
  return sorted_;
}

std::optional<std::string_view> LabelBuilder::RepeatedName() const {
  if (!sorted_.empty() && sorted_.front().first.empty()) return "";
  return may_repeat_ ? RepeatedLabelName(sorted_) : std::nullopt;
}

}  // namespace promlite::internal
