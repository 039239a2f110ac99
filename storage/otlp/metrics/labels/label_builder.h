#ifndef PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_BUILDER_H_
#define PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_BUILDER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::internal {

// Puts the labels of one series together, layer by layer. Reused from series to series: it keeps
// its memory.
class LabelBuilder {
 public:
  void Clear();

  // The value of a label; empty if there is none.
  std::string_view Get(std::string_view name) const;
  // An empty value takes the label away.
  void Set(std::string_view name, std::string_view value);
  // Adds ";value" to a label that is there.
  void Join(std::string_view name, std::string_view value);
  // Adds a label without asking whether it is there: the name stands twice then, until Set() takes
  // it away. A new value replaces one of the two only, as in Prometheus.
  void AddUnchecked(std::string_view name, std::string_view value);

  // Sorted by name. Good until the next change.
  LabelsView Sorted();
  // A name that still stands twice; absent if none does. An empty name counts as one, as in
  // Prometheus' storage. Asked after Sorted().
  std::optional<std::string_view> RepeatedName() const;

 private:
  struct Label {
    std::string name;
    std::string value;  // empty: no such label
  };
  static constexpr size_t kNone = static_cast<size_t>(-1);
  size_t Find(std::string_view name) const;
  Label& Add(std::string_view name, std::string_view value);

  std::vector<Label> labels_;  // the first size_ are in use, the others are spare memory
  size_t size_ = 0;
  bool may_repeat_ = false;
  // Positions by name, once there are so many labels that looking through them takes its time.
  absl::flat_hash_map<std::string, size_t> positions_;
  std::vector<LabelView> sorted_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_LABELS_LABEL_BUILDER_H_
