#include "promlite/engine/promql/functions/info.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/functions/info_series.h"
#include "promlite/engine/promql/functions/rows.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {
namespace {

// Finds out which row of the result each sample of the argument belongs to. The rows are known only
// afterwards: which info series there are differs from step to step.
class Enrichment {
 public:
  Enrichment(const FunctionCall& call, const InfoSelection& selection)
      : context_(call.context),
        in_(*call.arguments[0]),
        presence_(in_),
        selection_(selection),
        rows_(in_.rows()),
        target_(in_.rows() * in_.steps()) {}

  absl::Status Prepare(const FunctionCall& call);
  absl::Status FindTargets(size_t step);
  // An error if two samples have the same place.
  absl::StatusOr<Block> Assemble();

 private:
  static constexpr uint32_t kDropped = ~uint32_t{0};

  struct Row {
    bool is_info = false;
    std::vector<size_t> groups;  // of info series, one an info metric
    // What was chosen at the step before, and where that led: most often the same again.
    bool known = false;
    std::vector<size_t> chosen;
    uint32_t target = 0;
  };

  bool AnySample(size_t step) const;
  absl::StatusOr<uint32_t> FindTarget(size_t row, const std::vector<size_t>& chosen);
  uint32_t AddSeries(SymbolPairs labels, bool drop_name);

  ExecContext& context_;
  const Block& in_;
  const SamplePresence presence_;
  const InfoSelection& selection_;
  std::vector<Row> rows_;
  std::optional<InfoSeries> info_;
  SeriesSet series_;
  absl::flat_hash_map<std::string, uint32_t> target_by_labels_;
  std::vector<uint32_t> target_;  // [row * steps + step]
};

absl::Status Enrichment::Prepare(const FunctionCall& call) {
  QuerySymbols& symbols = context_.symbols;
  const SymbolId instance_name = symbols.Intern("instance");
  const SymbolId job_name = symbols.Intern("job");
  std::vector<Identity> identities(in_.rows());
  IdentityGroups groups;
  for (size_t row = 0; row < in_.rows(); ++row) {
    const SymbolPairs labels = in_.series.labels(row);
    rows_[row].is_info = selection_.IsInfoMetric(symbols.Value(labels, symbols.metric_name()));
    const bool is_empty = in_.CountPresent(row) == 0 && in_.histograms(row).empty();
    if (rows_[row].is_info || is_empty) continue;
    identities[row] = {QuerySymbols::Find(labels, instance_name),
                       QuerySymbols::Find(labels, job_name)};
    groups.Add(identities[row]);
  }
  if (groups.empty()) return absl::OkStatus();
  absl::StatusOr<ReferenceTimes> reference = InfoReferenceTimes(call);
  if (!reference.ok()) return reference.status();
  info_.emplace(context_, selection_, groups, *reference);
  if (!info_->status().ok()) return info_->status();
  for (size_t row = 0; row < in_.rows(); ++row) {
    if (!rows_[row].is_info) rows_[row].groups = info_->GroupsOf(identities[row]);
  }
  return absl::OkStatus();
}

bool Enrichment::AnySample(size_t step) const {
  for (size_t row = 0; row < in_.rows(); ++row) {
    if (presence_.present(row, step)) return true;
  }
  return false;
}

absl::Status Enrichment::FindTargets(size_t step) {
  if (!AnySample(step)) return absl::OkStatus();
  if (info_) {
    if (absl::Status s = info_->Choose(context_, step); !s.ok()) return s;
  }
  std::vector<size_t> chosen;
  for (size_t i = 0; i < in_.rows(); ++i) {
    if (!presence_.present(i, step)) continue;
    Row& row = rows_[i];
    chosen.clear();
    for (size_t group : row.groups) chosen.push_back(info_->Chosen(group));
    if (!row.known || row.chosen != chosen) {
      absl::StatusOr<uint32_t> target = FindTarget(i, chosen);
      if (!target.ok()) return target.status();
      row.known = true;
      row.chosen = chosen;
      row.target = *target;
    }
    target_[i * in_.steps() + step] = row.target;
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> Enrichment::FindTarget(size_t row, const std::vector<size_t>& chosen) {
  const SymbolPairs base = in_.series.labels(row);
  const QuerySymbols& symbols = context_.symbols;
  LabelSetBuilder labels(symbols);
  labels.Reset(base);
  bool found = false;
  absl::flat_hash_map<SymbolId, SymbolId> added;
  for (size_t series : chosen) {
    if (series == InfoSeries::kNone) continue;
    found = true;
    for (const SymbolPair& pair : info_->labels(series)) {
      if (symbols.IsMetadata(pair.name)) continue;
      if (!selection_.data_labels.empty() &&
          !selection_.data_labels.contains(std::string(symbols.Text(pair.name)))) {
        continue;
      }
      if (!QuerySymbols::Find(base, pair.name).is_none()) continue;
      const auto [entry, is_new] = added.try_emplace(pair.name, pair.value);
      if (entry->second != pair.value) {
        return absl::FailedPreconditionError(
            absl::StrCat("conflicting label: ", Absl(symbols.Text(pair.name))));
      }
      labels.Set(pair.name, pair.value);
    }
  }
  if (!found && !rows_[row].is_info && !selection_.AcceptsNoInfo()) return kDropped;
  return AddSeries(labels.pairs(), in_.series.drop_name(row));
}

uint32_t Enrichment::AddSeries(SymbolPairs labels, bool drop_name) {
  std::string key(reinterpret_cast<const char*>(labels.data()), labels.size_bytes());
  const auto [entry, is_new] =
      target_by_labels_.try_emplace(std::move(key), static_cast<uint32_t>(series_.size()));
  if (is_new) series_.Add(labels, drop_name);
  return entry->second;
}

absl::StatusOr<Block> Enrichment::Assemble() {
  Block out(std::move(series_), in_.steps());
  bool met = false;
  for (size_t row = 0; row < in_.rows(); ++row) {
    ForEachSample(in_, row, [&](size_t step) {
      const uint32_t target = target_[row * in_.steps() + step];
      if (target == kDropped) return;
      met |= out.present(target, step) || out.histogram(target, step) != nullptr;
      out.Set(target, step, in_.values(row)[step]);
    });
    for (const HistogramCell& cell : in_.histograms(row)) {
      const uint32_t target = target_[row * in_.steps() + cell.step];
      if (target == kDropped) continue;
      met |= out.present(target, cell.step) || out.histogram(target, cell.step) != nullptr;
      out.SetHistogram(target, cell.step, cell.histogram);
    }
  }
  if (met) {
    return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
  }
  return out;
}

}  // namespace

absl::StatusOr<Block> Info(const FunctionCall& call) {
  absl::StatusOr<InfoSelection> selection = ReadInfoSelection(call.call);
  if (!selection.ok()) return selection.status();
  Enrichment enrichment(call, *selection);
  if (absl::Status s = enrichment.Prepare(call); !s.ok()) return s;
  for (size_t step = 0; step < call.grid.steps(); ++step) {
    if (absl::Status s = enrichment.FindTargets(step); !s.ok()) return s;
  }
  return enrichment.Assemble();
}

}  // namespace promlite::promql::internal
