#include "promlite/engine/promql/functions/histogram_quantile.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/histograms/quantile.h"
#include "promlite/engine/promql/functions/classic_buckets.h"
#include "promlite/engine/promql/functions/histogram_rows.h"
#include "promlite/engine/promql/functions/rows.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

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

// Quantiles, and the infos about those of which there is something to say.
class Quantiles {
 public:
  Quantiles(const FunctionCall& call, size_t histogram_argument)
      : call_(call), position_(ArgumentPosition(call, histogram_argument)) {}

  double OfClassic(double q, SymbolPairs labels, size_t step, std::span<ClassicBucket> buckets) {
    MonotonicityRepair repair;
    const double quantile = BucketQuantile(q, buckets, &repair);
    if (repair.forced) Note(repair.extent, labels, step);
    return quantile;
  }

  double OfNative(double q, SymbolPairs labels, const Histogram& histogram) {
    NanEffect effect = NanEffect::kNone;
    const double quantile = HistogramQuantile(q, histogram, &effect);
    if (effect != NanEffect::kNone) {
      call_.context.annotations.Info(
          absl::StrCat("input to histogram_quantile has NaN observations, result is ",
                       effect == NanEffect::kResultIsNan ? "NaN" : "skewed higher",
                       ForMetricName(MetricNameIfDelayed(call_.context, labels))),
          position_);
    }
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

// Under delayed name removal an instant query looks for equal series at its very end only.
bool KeepsEqualSeriesApart(const FunctionCall& call) {
  return call.context.settings.options.delayed_name_removal && call.grid.steps() == 1;
}

QuantileLabels FormatQuantiles(const FunctionCall& call, size_t first_argument) {
  QuantileLabels labels;
  const bool apart = KeepsEqualSeriesApart(call);  // each argument has a row of its own
  absl::flat_hash_map<uint64_t, size_t> known;
  absl::flat_hash_map<SymbolId, size_t> by_value;
  for (size_t i = first_argument; i < call.arguments.size(); ++i) {
    std::vector<size_t>& of_argument = labels.index.emplace_back();
    if (apart) {
      known.clear();
      by_value.clear();
    }
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
absl::StatusOr<Block> AllocateQuantileRows(const FunctionCall& call, const SeriesSet& histograms,
                                           const std::vector<SymbolId>& label_values) {
  ExecContext& context = call.context;
  const SymbolId name = context.symbols.Intern(StringArgument(call.call, 1));
  const SeriesSet base = DropMetricName(histograms, context);
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

absl::StatusOr<Block> HistogramQuantileFunction(const FunctionCall& call) {
  WarnOfInvalidQuantiles(call, 0);
  const double* q = call.arguments[0]->values(0);
  const HistogramRows rows(call, 1);
  Quantiles quantiles(call, 1);
  Block out(DropMetricName(rows.series(), call.context), call.grid.steps());
  rows.ForEachNative([&](size_t i, size_t step, const Histogram& histogram) {
    out.Set(i, step, quantiles.OfNative(q[step], rows.series().labels(i), histogram));
  });
  rows.ForEachClassic([&](size_t i, size_t step, std::span<ClassicBucket> buckets) {
    out.Set(i, step, quantiles.OfClassic(q[step], rows.series().labels(i), step, buckets));
  });
  quantiles.RaiseInfos();
  return WithoutNames(call.context, std::move(out));
}

absl::StatusOr<Block> HistogramQuantilesFunction(const FunctionCall& call) {
  constexpr size_t kFirstQuantile = 2;
  for (size_t i = kFirstQuantile; i < call.arguments.size(); ++i) WarnOfInvalidQuantiles(call, i);
  const HistogramRows rows(call, 0);
  Quantiles quantiles(call, 0);
  const QuantileLabels quantile_labels = FormatQuantiles(call, kFirstQuantile);
  absl::StatusOr<Block> out = AllocateQuantileRows(call, rows.series(), quantile_labels.values);
  if (!out.ok()) return out;
  bool repeated = false;
  // calculate(q) for each quantile of a histogram at a step.
  const auto set_all = [&](size_t i, size_t step, auto calculate) {
    for (size_t k = 0; k < quantile_labels.index.size(); ++k) {
      const size_t row = quantile_labels.index[k][step] * rows.series().size() + i;
      repeated |= out->present(row, step);
      out->Set(row, step, calculate(call.arguments[kFirstQuantile + k]->values(0)[step]));
    }
  };
  rows.ForEachNative([&](size_t i, size_t step, const Histogram& histogram) {
    set_all(i, step,
            [&](double q) { return quantiles.OfNative(q, rows.series().labels(i), histogram); });
  });
  rows.ForEachClassic([&](size_t i, size_t step, std::span<ClassicBucket> buckets) {
    set_all(i, step, [&](double q) {
      return quantiles.OfClassic(q, rows.series().labels(i), step, buckets);
    });
  });
  quantiles.RaiseInfos();
  if (repeated) {
    return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
  }
  out->RemoveEmptyRows();
  // The label that tells quantiles apart may have been what told histograms apart.
  if (!KeepsEqualSeriesApart(call)) {
    if (absl::Status s = MergeEqualSeries(call.context, &*out); !s.ok()) return s;
  }
  return out;
}

absl::StatusOr<Block> HistogramFractionFunction(const FunctionCall& call) {
  const double* lower = call.arguments[0]->values(0);
  const double* upper = call.arguments[1]->values(0);
  const HistogramRows rows(call, 2);
  Block out(DropMetricName(rows.series(), call.context), call.grid.steps());
  rows.ForEachNative([&](size_t i, size_t step, const Histogram& histogram) {
    NanEffect effect = NanEffect::kNone;
    out.Set(i, step, HistogramFraction(lower[step], upper[step], histogram, &effect));
    if (effect == NanEffect::kNone) return;
    call.context.annotations.Info(
        absl::StrCat(
            "input to histogram_fraction has NaN observations, which are excluded from all "
            "fractions",
            ForMetricName(MetricNameIfDelayed(call.context, rows.series().labels(i)))),
        ArgumentPosition(call, 2));
  });
  rows.ForEachClassic([&](size_t i, size_t step, std::span<ClassicBucket> buckets) {
    out.Set(i, step, BucketFraction(lower[step], upper[step], buckets));
  });
  return WithoutNames(call.context, std::move(out));
}

}  // namespace promlite::promql::internal
