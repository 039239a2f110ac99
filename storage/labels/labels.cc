#include "promlite/storage/labels/labels.h"

#include <algorithm>

#include "promlite/parser/text/quoting.h"

namespace promlite {
namespace {

// [a-zA-Z_][a-zA-Z0-9_]*, which needs no quotes; __name__ is one of them.
bool IsPlainLabelName(std::string_view name) {
  const auto is_letter = [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || ('0' <= c && c <= '9');
  });
}

}  // namespace

Labels::Labels(std::vector<Label> labels) : labels_(std::move(labels)) {
  std::stable_sort(labels_.begin(), labels_.end(),
                   [](const Label& a, const Label& b) { return a.first < b.first; });
  size_t kept = 0;
  for (size_t i = 0; i < labels_.size(); ++i) {
    const bool overruled = i + 1 < labels_.size() && labels_[i].first == labels_[i + 1].first;
    if (overruled || labels_[i].second.empty()) continue;
    if (kept != i) labels_[kept] = std::move(labels_[i]);
    ++kept;
  }
  labels_.resize(kept);
}

Labels::Labels(std::initializer_list<Label> labels) : Labels(std::vector<Label>(labels)) {}

std::string_view Labels::Get(std::string_view name) const {
  const auto found =
      std::lower_bound(labels_.begin(), labels_.end(), name,
                       [](const Label& label, std::string_view n) { return label.first < n; });
  if (found == labels_.end() || found->first != name) return {};
  return found->second;
}

std::string Labels::ToString() const {
  std::string text = "{";
  for (const auto& [name, value] : labels_) {
    if (text.size() > 1) text += ", ";
    if (IsPlainLabelName(name)) {
      text += name;
    } else {
      internal::AppendDoubleQuoted(name, &text);
    }
    text += '=';
    internal::AppendDoubleQuoted(value, &text);
  }
  text += '}';
  return text;
}

}  // namespace promlite
