#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_SHARED_LABELS_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_SHARED_LABELS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/labels/labels.h"

namespace promlite::internal {

// Learns from two records of the same happenings which labels they share: those that both have
// with values in common. What only one of them has, or what has other words in each, is not shared.
class SharedLabels {
 public:
  void LookAtCounter(const Labels& labels) { Look(labels, &counters_); }
  void LookAtEvent(const Labels& labels) { Look(labels, &events_); }

  bool IsShared(std::string_view label) const;
  // Whether neither has it, so that they do not differ in it either.
  bool IsUnknown(std::string_view label) const;
  // Those shared labels that tell some of the happenings from others.
  std::vector<std::string> Telling() const;

 private:
  struct Record {
    size_t looked_at = 0;
    struct Values {
      size_t with = 0;  // how many have the label
      std::set<std::string, std::less<>> values;
    };
    std::map<std::string, Values, std::less<>> labels;
  };
  static void Look(const Labels& labels, Record* record);
  static bool Tells(const Record& record, const Record::Values& values);

  Record counters_;
  Record events_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_SHARED_LABELS_H_
