#ifndef PROMLITE_ENGINE_USAGE_REPORT_REPORT_ROW_SUMS_H_
#define PROMLITE_ENGINE_USAGE_REPORT_REPORT_ROW_SUMS_H_

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/usage/report/report.h"
#include "promlite/engine/usage/report/report_columns.h"
#include "promlite/engine/usage/vocabulary.h"

namespace promlite::internal {

bool IsNothing(const ReportValues& values);

// Name, agent (its place in Agents()) and model.
using ReportRowKey = std::tuple<std::string, size_t, std::string>;
using ReportRowMap = std::map<ReportRowKey, ReportValues>;

size_t PlaceOf(const usage::Agent* agent);

// Adds rows to a report, and up to its total.
class ReportRowSums {
 public:
  explicit ReportRowSums(Report* report) : report_(report) {}

  // Columns that an agent tells are 0 where it counted nothing.
  void Tell(size_t agent, ReportColumn column) { told_.insert({agent, column}); }
  // Those in which anything is counted.
  void Add(ReportRowMap rows);
  // Writes the total, and notes of columns by which agents mean different things.
  void Finish();

 private:
  void NoteInput();

  std::set<std::pair<size_t, ReportColumn>> told_;
  std::array<KahanSum, kReportColumnCount> total_;
  Report* report_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_REPORT_REPORT_ROW_SUMS_H_
