#include "promlite/engine/functions/classic_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/functions/classic_buckets.h"
#include "promlite/engine/functions/go_float.h"
#include "promlite/engine/functions/rows.h"
#include "promlite/engine/functions/sort_like_go.h"
#include "promlite/engine/go_format.h"
#include "promlite/parser/quoting.h"

namespace promlite::internal {
namespace {

// The rows of one histogram.
struct HistogramRows {
  struct Bucket {
    double upper_bound = 0;
    size_t row = 0;
  };
  std::vector<Bucket> buckets;  // by bound
  // The steps in which any bucket lives.
  RowSpan span;
};

// The histograms of a block, in order of first appearance.
struct Histograms {
  std::vector<HistogramRows> rows;
  SeriesSet series;  // labels without le, metric name included
};

PositionRange ArgumentPosition(const FunctionCall& call, size_t index) {
  return Unparenthesized(*call.call.arguments[index]).position;
}

std::string MetricNameIfDelayed(const ExecContext& context, SymbolPairs labels) {
  if (!context.options.delayed_name_removal) return "";
  return std::string(context.symbols.Value(labels, context.symbols.metric_name()));
}

void WarnOfBadBound(const FunctionCall& call, size_t argument, SymbolPairs labels) {
  ExecContext& context = call.context;
  const std::string name = MetricNameIfDelayed(context, labels);
  context.annotations.Warn(
      absl::StrCat("bucket label \"le\" is missing or has a malformed value of ",
                   DoubleQuoted(context.symbols.Value(labels, context.symbols.le())),
                   name.empty() ? "" : absl::StrCat(" for metric name ", DoubleQuoted(name))),
      ArgumentPosition(call, argument));
}

Histograms GroupBuckets(const FunctionCall& call, size_t argument) {
  const Block& in = *call.arguments[argument];
  const QuerySymbols& symbols = call.context.symbols;
  Histograms histograms;
  LabelSetBuilder labels(symbols);
  absl::flat_hash_map<std::string, size_t> index;
  for (size_t row = 0; row < in.rows(); ++row) {
    if (in.CountPresent(row) == 0) continue;
    const std::optional<double> bound =
        ParseGoFloat(symbols.Value(in.series.labels(row), symbols.le()));
    if (!bound) {
      WarnOfBadBound(call, argument, in.series.labels(row));
      continue;
    }
    labels.Reset(in.series.labels(row));
    labels.Delete(symbols.le());
    const SymbolPairs pairs = labels.pairs();
    const auto [entry, is_new] = index.try_emplace(
        std::string(reinterpret_cast<const char*>(pairs.data()), pairs.size_bytes()),
        histograms.rows.size());
    const RowSpan span = in.span(row);
    if (is_new) {
      histograms.rows.push_back({{}, span});
      histograms.series.Add(pairs);
    }
    HistogramRows& histogram = histograms.rows[entry->second];
    histogram.buckets.push_back({*bound, row});
    histogram.span = {std::min(histogram.span.first, span.first),
                      std::max(histogram.span.last, span.last)};
  }
  for (HistogramRows& histogram : histograms.rows) {
    SortLikeGo(&histogram.buckets,
               [](const auto& b, const auto& a) { return b.upper_bound < a.upper_bound; });
  }
  return histograms;
}

// Calls visit(step, buckets) for each step at which the histogram has any bucket.
template <typename Visit>
void ForEachStep(const Block& in, const HistogramRows& histogram, Visit visit) {
  std::vector<ClassicBucket> buckets;
  for (size_t step = histogram.span.first; step < histogram.span.last; ++step) {
    buckets.clear();
    for (const HistogramRows::Bucket& bucket : histogram.buckets) {
      if (in.present(bucket.row, step)) {
        buckets.push_back({bucket.upper_bound, in.values(bucket.row)[step]});
      }
    }
    if (!buckets.empty()) visit(step, std::span<ClassicBucket>(buckets));
  }
}

// Prometheus warns at every step; the same text counts once.
void WarnOfInvalidQuantiles(const FunctionCall& call, size_t argument) {
  const Block& quantiles = *call.arguments[argument];
  absl::flat_hash_set<uint64_t> seen;
  for (size_t step = 0; step < quantiles.steps(); ++step) {
    const double q = quantiles.values(0)[step];
    if (q >= 0 && q <= 1) continue;
    if (!seen.insert(std::bit_cast<uint64_t>(q)).second) continue;
    call.context.annotations.Warn(
        absl::StrCat("quantile value should be between 0 and 1, got ", GoShortest(q)),
        ArgumentPosition(call, argument));
  }
}

// How many samples Prometheus says that it repaired, given how many it did at each step. Its
// evaluator keeps what earlier steps raised, and at every later step merges that with itself.
int64_t CountAsPrometheus(const std::vector<uint64_t>& repaired_at_step) {
  uint64_t samples = 0;
  for (const uint64_t repaired : repaired_at_step) {
    samples = samples == 0 ? repaired : 2 * (samples + repaired);
  }
  return static_cast<int64_t>(samples);
}

// Quantiles, and the infos about those whose buckets had to be repaired.
class QuantileOfBuckets {
 public:
  QuantileOfBuckets(const FunctionCall& call, size_t histogram_argument)
      : call_(call), position_(ArgumentPosition(call, histogram_argument)) {}

  double Calculate(double q, SymbolPairs labels, size_t step, std::span<ClassicBucket> buckets) {
    MonotonicityRepair repair;
    const double quantile = BucketQuantile(q, buckets, &repair);
    if (repair.forced) Note(repair.extent, labels, step);
    return quantile;
  }

  void RaiseInfos() {
    for (auto& [metric_name, repaired] : repaired_) {
      repaired.extent.samples = CountAsPrometheus(repaired.at_step);
      call_.context.annotations.InfoForcedMonotonicity(metric_name, repaired.extent, position_);
    }
  }

 private:
  struct Repaired {
    Annotations::ForcedMonotonicity extent;
    std::vector<uint64_t> at_step;
  };

  void Note(const Annotations::ForcedMonotonicity& extent, SymbolPairs labels, size_t step) {
    Annotations::ForcedMonotonicity at = extent;
    at.min_ms = at.max_ms = call_.grid.time(step);
    const auto [entry, is_new] =
        repaired_.try_emplace(std::string(MetricNameIfDelayed(call_.context, labels)));
    Repaired& repaired = entry->second;
    if (is_new) {
      repaired = {at, std::vector<uint64_t>(call_.grid.steps())};
    } else {
      repaired.extent.Widen(at);
    }
    ++repaired.at_step[step];
  }

  const FunctionCall& call_;
  const PositionRange position_;
  std::map<std::string, Repaired> repaired_;  // by metric name
};

// A number as a label value of OpenMetrics: never without point or exponent.
std::string FormatOpenMetrics(double value) {
  if (value == 0) return "0.0";
  std::string text = GoShortest(value);
  if (std::isfinite(value) && text.find_first_of("e.") == std::string::npos) text += ".0";
  return text;
}

// What the results of histogram_quantiles are told apart by: each quantile's label value, for every
// step, and which rows they make.
struct QuantileLabels {
  std::vector<std::vector<size_t>> index;  // [argument][step], into `values`
  std::vector<SymbolId> values;            // in order of first appearance
};

QuantileLabels FormatQuantiles(const FunctionCall& call, size_t first_argument) {
  QuantileLabels labels;
  absl::flat_hash_map<uint64_t, size_t> known;
  absl::flat_hash_map<SymbolId, size_t> by_value;
  for (size_t i = first_argument; i < call.arguments.size(); ++i) {
    std::vector<size_t>& of_argument = labels.index.emplace_back();
    const double* quantiles = call.arguments[i]->values(0);
    for (size_t step = 0; step < call.arguments[i]->steps(); ++step) {
      const auto [entry, is_new] = known.try_emplace(std::bit_cast<uint64_t>(quantiles[step]));
      if (is_new) {
        const SymbolId value = call.context.symbols.Intern(FormatOpenMetrics(quantiles[step]));
        const auto [place, is_new_value] = by_value.try_emplace(value, labels.values.size());
        if (is_new_value) labels.values.push_back(value);
        entry->second = place->second;
      }
      of_argument.push_back(entry->second);
    }
  }
  return labels;
}

// A row for each quantile's label value and each histogram, in that order.
absl::StatusOr<Block> AllocateQuantileRows(const FunctionCall& call, const Histograms& histograms,
                                           const std::vector<SymbolId>& label_values) {
  ExecContext& context = call.context;
  const SymbolId name = context.symbols.Intern(StringArgument(call.call, 1));
  const SeriesSet base = DropMetricName(histograms.series, context);
  // As many rows as there are quantiles over all steps: the budget is asked before there are any.
  const size_t steps = call.grid.steps();
  const auto bytes =
      static_cast<int64_t>(label_values.size() * base.size() * steps * sizeof(double));
  if (absl::Status s = context.budget.Hold(0, bytes); !s.ok()) return s;
  (void)context.budget.Hold(0, -bytes);
  LabelSetBuilder labels(context.symbols);
  SeriesSet series;
  for (SymbolId value : label_values) {
    for (size_t i = 0; i < base.size(); ++i) {
      labels.Reset(base.labels(i));
      labels.Set(name, value);
      series.Add(labels.pairs(), base.drop_name(i));
    }
  }
  return Block(std::move(series), steps);
}

}  // namespace

absl::StatusOr<Block> HistogramQuantile(const FunctionCall& call) {
  WarnOfInvalidQuantiles(call, 0);
  const double* quantiles = call.arguments[0]->values(0);
  const Block& in = *call.arguments[1];
  const Histograms histograms = GroupBuckets(call, 1);
  QuantileOfBuckets quantile(call, 1);
  Block out(DropMetricName(histograms.series, call.context), in.steps());
  for (size_t i = 0; i < histograms.rows.size(); ++i) {
    const SymbolPairs labels = histograms.series.labels(i);
    ForEachStep(in, histograms.rows[i], [&](size_t step, std::span<ClassicBucket> buckets) {
      out.Set(i, step, quantile.Calculate(quantiles[step], labels, step, buckets));
    });
  }
  quantile.RaiseInfos();
  return WithoutNames(call.context, std::move(out));
}

absl::StatusOr<Block> HistogramQuantiles(const FunctionCall& call) {
  constexpr size_t kFirstQuantile = 2;
  for (size_t i = kFirstQuantile; i < call.arguments.size(); ++i) WarnOfInvalidQuantiles(call, i);
  const Block& in = *call.arguments[0];
  const Histograms histograms = GroupBuckets(call, 0);
  QuantileOfBuckets quantile(call, 0);
  const QuantileLabels quantile_labels = FormatQuantiles(call, kFirstQuantile);
  absl::StatusOr<Block> out = AllocateQuantileRows(call, histograms, quantile_labels.values);
  if (!out.ok()) return out;
  bool repeated = false;
  for (size_t i = 0; i < histograms.rows.size(); ++i) {
    const SymbolPairs labels = histograms.series.labels(i);
    ForEachStep(in, histograms.rows[i], [&](size_t step, std::span<ClassicBucket> buckets) {
      for (size_t q = 0; q < quantile_labels.index.size(); ++q) {
        const size_t row = quantile_labels.index[q][step] * histograms.rows.size() + i;
        repeated |= out->present(row, step);
        out->Set(row, step,
                 quantile.Calculate(call.arguments[kFirstQuantile + q]->values(0)[step], labels,
                                    step, buckets));
      }
    });
  }
  quantile.RaiseInfos();
  if (repeated) {
    return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
  }
  out->RemoveEmptyRows();
  return WithoutNames(call.context, *std::move(out));
}

absl::StatusOr<Block> HistogramFraction(const FunctionCall& call) {
  const double* lower = call.arguments[0]->values(0);
  const double* upper = call.arguments[1]->values(0);
  const Block& in = *call.arguments[2];
  const Histograms histograms = GroupBuckets(call, 2);
  Block out(DropMetricName(histograms.series, call.context), in.steps());
  for (size_t i = 0; i < histograms.rows.size(); ++i) {
    ForEachStep(in, histograms.rows[i], [&](size_t step, std::span<ClassicBucket> buckets) {
      out.Set(i, step, BucketFraction(lower[step], upper[step], buckets));
    });
  }
  return WithoutNames(call.context, std::move(out));
}

absl::StatusOr<Block> OfHistogramSamplesOnly(const FunctionCall& call) {
  return Block(call.grid.steps());
}

}  // namespace promlite::internal
