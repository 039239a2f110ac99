#include "promlite/engine/promql/functions/histogram_rows.h"

#include <cmath>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/functions/sort_like_go.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/number_reading.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {
namespace {

void WarnOfBadBound(const FunctionCall& call, size_t argument, SymbolPairs labels) {
  ExecContext& context = call.context;
  context.annotations.Warn(
      absl::StrCat("bucket label \"le\" is missing or has a malformed value of ",
                   DoubleQuoted(context.symbols.Value(labels, context.symbols.le())),
                   ForMetricName(MetricNameIfDelayed(context, labels))),
      ArgumentPosition(call, argument));
}

std::string BytesOf(SymbolPairs labels) {
  return {reinterpret_cast<const char*>(labels.data()), labels.size_bytes()};
}

StepSpan Hull(StepSpan a, StepSpan b) {
  return {std::min(a.first, b.first), std::max(a.end, b.end)};
}

}  // namespace

HistogramRows::HistogramRows(const FunctionCall& call, size_t argument)
    : in_(*call.arguments[argument]) {
  const QuerySymbols& symbols = call.context.symbols;
  SeriesSet classic_series;
  LabelSetBuilder labels(symbols);
  absl::flat_hash_map<std::string, size_t> index;
  for (size_t row = 0; row < in_.rows(); ++row) {
    if (!in_.histograms(row).empty()) {
      native_.push_back({row, {}});
      series_.Add(in_.series.labels(row));
    }
    if (in_.CountPresent(row) == 0) continue;
    const std::optional<double> bound =
        ParseGoFloat(symbols.Value(in_.series.labels(row), symbols.le()));
    if (!bound || std::isnan(*bound)) {
      WarnOfBadBound(call, argument, in_.series.labels(row));
      continue;
    }
    labels.Reset(in_.series.labels(row));
    labels.Delete(symbols.le());
    const auto [entry, is_new] = index.try_emplace(BytesOf(labels.pairs()), classic_.size());
    if (is_new) {
      classic_.push_back({{{}, in_.span(row)}, {}});
      classic_series.Add(labels.pairs());
    }
    ClassicRows& rows = classic_[entry->second].rows;
    rows.buckets.push_back({*bound, row});
    rows.span = Hull(rows.span, in_.span(row));
  }
  for (Classic& classic : classic_) {
    SortLikeGo(&classic.rows.buckets,
               [](const auto& b, const auto& a) { return b.upper_bound < a.upper_bound; });
  }
  for (size_t i = 0; i < classic_series.size(); ++i) series_.Add(classic_series.labels(i));
  if (!native_.empty() && !classic_.empty()) FindConflicts(call, argument);
}

bool HistogramRows::HasBucket(const ClassicRows& rows, size_t step) const {
  return std::any_of(rows.buckets.begin(), rows.buckets.end(),
                     [&](const ClassicRows::Bucket& b) { return in_.present(b.row, step); });
}

void HistogramRows::FindConflicts(const FunctionCall& call, size_t argument) {
  absl::flat_hash_map<std::string, size_t> classic_index;
  for (size_t i = 0; i < classic_.size(); ++i) {
    classic_index.emplace(BytesOf(series_.labels(native_.size() + i)), i);
  }
  for (size_t i = 0; i < native_.size(); ++i) {
    const auto found = classic_index.find(BytesOf(series_.labels(i)));
    if (found == classic_index.end()) continue;
    Classic& classic = classic_[found->second];
    for (const HistogramCell& cell : in_.histograms(native_[i].row)) {
      if (!HasBucket(classic.rows, cell.step)) continue;
      native_[i].conflicts.push_back(cell.step);
      classic.conflicts.push_back(cell.step);
    }
    if (native_[i].conflicts.empty()) continue;
    std::sort(classic.conflicts.begin(), classic.conflicts.end());
    call.context.annotations.Warn(
        absl::StrCat("vector contains a mix of classic and native histograms",
                     ForMetricName(MetricNameIfDelayed(call.context, series_.labels(i)))),
        ArgumentPosition(call, argument));
  }
}

PositionRange ArgumentPosition(const FunctionCall& call, size_t index) {
  return Unparenthesized(*call.call.arguments[index]).position;
}

std::string MetricNameIfDelayed(const ExecContext& context, SymbolPairs labels) {
  if (!context.settings.options.delayed_name_removal) return "";
  return std::string(context.symbols.Value(labels, context.symbols.metric_name()));
}

std::string ForMetricName(const std::string& name) {
  return name.empty() ? "" : absl::StrCat(" for metric name ", DoubleQuoted(name));
}

}  // namespace promlite::promql::internal
