#ifndef PROMLITE_TESTS_TWIN_VECTORS_H_
#define PROMLITE_TESTS_TWIN_VECTORS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace promlite::twin {

using LabelMap = std::map<std::string, std::string>;

// Where a series stands among others: by what it was made from.
using Rank = std::pair<size_t, size_t>;

// A sample of an instant vector.
struct Element {
  LabelMap labels;
  double value = 0;
  // Delayed name removal: the labels of the name go at the end of the query.
  bool drop_name = false;
  Rank rank = {};
};
using Vector = std::vector<Element>;

// A series of an expression's value, its samples by step.
struct Row {
  LabelMap labels;
  bool drop_name = false;
  std::vector<std::optional<double>> values;
};

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_VECTORS_H_
