#include "promlite/tests/twin/output.h"

#include <algorithm>
#include <string>

#include "absl/strings/string_view.h"

namespace promlite::twin {

void Fail(std::string_view message) {
  throw QueryError{
      absl::FailedPreconditionError(absl::string_view(message.data(), message.size()))};
}

void FailUnspecified(std::string_view why) {
  throw QueryError{absl::UnimplementedError(absl::string_view(why.data(), why.size()))};
}

void Output::Add(size_t step, Element element) {
  const Rank key = equal_ == EqualLabels::kMerge ? Rank() : element.rank;
  const auto [place, is_new] = entries_.try_emplace({element.labels, key});
  Entry& entry = place->second;
  if (is_new) {
    entry.row.labels = element.labels;
    entry.row.values.resize(steps_);
  }
  if (is_new || element.rank < entry.rank) {
    entry.rank = element.rank;
    entry.row.drop_name = element.drop_name;
  }
  if (entry.row.values[step]) {
    Fail("vector cannot contain metrics with the same labelset");
  }
  entry.row.values[step] = element.value;
}

std::vector<Row> Output::Finish() {
  std::vector<Entry> sorted;
  for (auto& [key, entry] : entries_) sorted.push_back(std::move(entry));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Entry& a, const Entry& b) { return a.rank < b.rank; });
  std::vector<Row> rows;
  for (Entry& entry : sorted) rows.push_back(std::move(entry.row));
  return rows;
}

}  // namespace promlite::twin
