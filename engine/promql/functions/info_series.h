#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_SERIES_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_SERIES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql::internal {

// What the second argument of info() asks for.
struct InfoSelection {
  std::vector<Matcher> names;  // of __name__; never empty
  std::vector<Matcher> data;   // of all other labels
  absl::flat_hash_set<std::string> data_labels;

  // Whether a metric of this name is an info metric itself, and so gets no labels.
  bool IsInfoMetric(std::string_view name) const;
  // Whether a series without any info series fits.
  bool AcceptsNoInfo() const;
};
absl::StatusOr<InfoSelection> ReadInfoSelection(const Call& call);

// When info() looks for info series at each step: at the reference time of its first argument's
// selectors, if they have one in common.
absl::StatusOr<ReferenceTimes> InfoReferenceTimes(const FunctionCall& call);

// Job and instance of a series; none where it has no such label.
struct Identity {
  SymbolId instance;
  SymbolId job;

  bool IsNone() const { return instance.is_none() && job.is_none(); }

  friend bool operator==(const Identity&, const Identity&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Identity& i) {
    return H::combine(std::move(h), i.instance, i.job);
  }
};

// The identities of a vector's series, by which of their labels there are: a missing label is no
// wildcard, so info series of one kind are none of another's.
class IdentityGroups {
 public:
  void Add(const Identity& identity);
  bool empty() const {
    return std::all_of(values_.begin(), values_.end(),
                       [](const Values& values) { return values.instances.empty(); });
  }
  // Whether both labels are as some series of that kind has them, though not the same series.
  bool MayHave(const Identity& identity) const;

 private:
  struct Values {
    absl::flat_hash_set<SymbolId> instances, jobs;
  };
  static size_t GroupOf(const Identity& identity) {
    return (identity.instance.is_none() ? 0 : 2) + (identity.job.is_none() ? 0 : 1);
  }

  std::array<Values, 4> values_;
};

// The info series that any of the given identities can have, and when each of them has a sample.
class InfoSeries {
 public:
  static constexpr size_t kNone = ~size_t{0};

  // Reads them.
  InfoSeries(ExecContext& context, const InfoSelection& selection, const IdentityGroups& identities,
             const ReferenceTimes& reference);

  // Not OK if one of them has a histogram where a number belongs.
  const absl::Status& status() const { return status_; }

  SymbolPairs labels(size_t series) const { return series_.labels(series); }

  // The series of one identity, one group for each info metric (kNone: there is none).
  std::vector<size_t> GroupsOf(const Identity& identity) const;

  // Chooses the newest series of each group at a step. An error if two are equally new.
  absl::Status Choose(const ExecContext& context, size_t step);
  // The series chosen; kNone for a group without a sample at that step.
  size_t Chosen(size_t group) const { return group == kNone ? kNone : chosen_[group]; }

 private:
  void ReadTimes(ExecContext& context, SeriesId id, const ReferenceTimes& reference);
  void AddToGroup(const QuerySymbols& symbols, SymbolPairs labels, const Identity& identity);

  absl::Status status_;
  SeriesSet series_;
  size_t steps_ = 0;
  size_t metric_count_ = 0;
  std::vector<size_t> group_;         // of each series
  std::vector<int64_t> sample_time_;  // [series * steps_ + step]; kNoSample
  std::vector<size_t> chosen_;        // of each group, at the present step
  absl::flat_hash_map<SymbolId, size_t> metric_index_;
  absl::flat_hash_map<std::pair<size_t, Identity>, size_t> group_index_;  // by metric
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_SERIES_H_
