#ifndef PROMLITE_APPS_REPL_OUTPUT_RESULT_LABELS_H_
#define PROMLITE_APPS_REPL_OUTPUT_RESULT_LABELS_H_

#include <string>
#include <vector>

#include "promlite/engine/answer/query_result.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::repl {

// The names of all labels of the series, sorted, `__name__` first.
std::vector<std::string> LabelNamesOf(const std::vector<ResultSeries>& series);

// The labels that every one of the series has with the same value; none if there are fewer than
// two.
Labels CommonLabels(const std::vector<ResultSeries>& series);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_RESULT_LABELS_H_
