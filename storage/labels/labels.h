#ifndef PROMLITE_STORAGE_LABELS_LABELS_H_
#define PROMLITE_STORAGE_LABELS_LABELS_H_

#include <compare>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/parser/text/export.h"

namespace promlite {

inline constexpr std::string_view kMetricName = "__name__";

// The labels of a series, the metric name among them as `__name__`. Owns its strings; sorted by
// name; no name twice; a label with an empty value is an absent label, as everywhere in Prometheus.
class PROMLITE_EXPORT Labels {
 public:
  using Label = std::pair<std::string, std::string>;

  Labels() = default;
  // Of a name given twice the last value wins.
  explicit Labels(std::vector<Label> labels);
  Labels(std::initializer_list<Label> labels);

  // The value of label `name`, empty if absent. The view lives as long as the labels do.
  std::string_view Get(std::string_view name) const;
  std::string_view MetricName() const { return Get(kMetricName); }

  bool empty() const { return labels_.empty(); }
  size_t size() const { return labels_.size(); }
  std::vector<Label>::const_iterator begin() const { return labels_.begin(); }
  std::vector<Label>::const_iterator end() const { return labels_.end(); }

  // Prometheus' order: name, then value, label by label, by bytes; a set that is a prefix of
  // another is smaller.
  friend std::strong_ordering operator<=>(const Labels&, const Labels&) = default;
  friend bool operator==(const Labels&, const Labels&) = default;

  // `{__name__="up", job="node"}`, as Prometheus writes label sets in messages.
  std::string ToString() const;

 private:
  std::vector<Label> labels_;
};

// Labels that somebody else owns: sorted by name, no name twice, no empty value.
using LabelView = std::pair<std::string_view, std::string_view>;
using LabelsView = std::span<const LabelView>;

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LABELS_LABELS_H_
