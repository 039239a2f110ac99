#include "promlite/engine/usage/report/report_row_sums.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace promlite::internal {
namespace {

void AppendName(std::string* out, std::string_view name) { *out += name; }

}  // namespace

bool IsNothing(const ReportValues& values) {
  return std::all_of(values.begin(), values.end(),
                     [](std::optional<double> value) { return value.value_or(0) == 0; });
}

size_t PlaceOf(const usage::Agent* agent) { return agent - usage::Agents().data(); }

void ReportRowSums::Add(ReportRowMap rows) {
  for (auto& [key, values] : rows) {
    if (IsNothing(values)) continue;
    const auto& [name, agent, model] = key;
    for (const auto& [told_agent, column] : told_) {
      if (told_agent == agent) AddTo(&values, column, 0);
    }
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i]) total_[i].Add(*values[i]);
    }
    report_->rows.push_back({name, model, values, std::string(usage::Agents()[agent].name)});
  }
}

void ReportRowSums::Finish() {
  for (const auto& [agent, column] : told_) {
    const size_t i = static_cast<size_t>(column);
    report_->total[i] = total_[i].Total();
  }
  NoteInput();
}

// Numbers of different meanings have no sum.
void ReportRowSums::NoteInput() {
  std::set<std::string_view> with_cache;
  bool is_without_too = false;
  for (const auto& [agent, column] : told_) {
    if (column != ReportColumn::kInput) continue;
    const usage::Agent& teller = usage::Agents()[agent];
    if (teller.input_includes_cache) {
      with_cache.insert(teller.name);
    } else {
      is_without_too = true;
    }
  }
  if (with_cache.empty()) return;
  report_->notes.push_back(
      absl::StrCat("input counts what was read from the cache, too, for ",
                   absl::StrJoin(with_cache, ", ", &AppendName),
                   is_without_too ? ", but not for Claude Code, so that it has no total" : ""));
  if (is_without_too) report_->total[static_cast<size_t>(ReportColumn::kInput)].reset();
}

}  // namespace promlite::internal
