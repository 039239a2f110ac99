#include "promlite/engine/promql/functions/info_series.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/engine/promql/plan/info_reference.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promql::internal {
namespace {

constexpr int64_t kNoSample = std::numeric_limits<int64_t>::min();

}  // namespace

bool InfoSelection::IsInfoMetric(std::string_view name) const {
  return std::all_of(names.begin(), names.end(),
                     [&](const Matcher& matcher) { return matcher.Matches(name); });
}

bool InfoSelection::AcceptsNoInfo() const {
  return std::all_of(data.begin(), data.end(),
                     [](const Matcher& matcher) { return matcher.MatchesEmpty(); });
}

absl::StatusOr<InfoSelection> ReadInfoSelection(const Call& call) {
  InfoSelection selection;
  if (call.arguments.size() > 1) {
    const Expr& argument = Unparenthesized(*call.arguments[1]);
    if (argument.kind() != ExprKind::kVectorSelector) {
      return absl::FailedPreconditionError("expected label selectors only");
    }
    absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(As<VectorSelector>(argument));
    if (!matchers.ok()) return matchers.status();
    for (Matcher& matcher : *matchers) {
      if (matcher.name() == kMetricName) {
        selection.names.push_back(std::move(matcher));
      } else {
        selection.data_labels.insert(matcher.name());
        selection.data.push_back(std::move(matcher));
      }
    }
  }
  // Names that only say what they are not mean any metric that ends in _info; none, target_info.
  const bool positive =
      std::any_of(selection.names.begin(), selection.names.end(), [](const Matcher& matcher) {
        return matcher.type() == Matcher::Type::kEqual ||
               matcher.type() == Matcher::Type::kRegexMatch;
      });
  if (!positive) {
    absl::StatusOr<Matcher> matcher =
        selection.names.empty()
            ? Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), "target_info")
            : Matcher::Create(Matcher::Type::kRegexMatch, std::string(kMetricName), ".+_info");
    if (!matcher.ok()) return matcher.status();
    selection.names.insert(selection.names.begin(), *std::move(matcher));
  }
  return selection;
}

absl::StatusOr<ReferenceTimes> InfoReferenceTimes(const FunctionCall& call) {
  const QuerySettings& settings = call.context.settings;
  const absl::StatusOr<std::optional<InfoReference>> found =
      FindInfoReference(*call.call.arguments[0], settings);
  if (!found.ok()) return found.status();
  const InfoReference reference = found->value_or(InfoReference{});
  AtModifier at;
  if (reference.at_ms) at = {AtModifier::Kind::kTimestamp, *reference.at_ms};
  return MakeReferenceTimes(call.grid, at, reference.offset_ms, settings.grid);
}

void IdentityGroups::Add(const Identity& identity) {
  if (identity.IsNone()) return;
  Values& values = values_[GroupOf(identity)];
  values.instances.insert(identity.instance);
  values.jobs.insert(identity.job);
}

bool IdentityGroups::MayHave(const Identity& identity) const {
  const Values& values = values_[GroupOf(identity)];
  return values.instances.contains(identity.instance) && values.jobs.contains(identity.job);
}

InfoSeries::InfoSeries(ExecContext& context, const InfoSelection& selection,
                       const IdentityGroups& identities, const ReferenceTimes& reference)
    : steps_(reference.steps) {
  const SymbolId instance_name = context.symbols.Intern("instance");
  const SymbolId job_name = context.symbols.Intern("job");
  std::vector<Matcher> matchers = selection.names;
  matchers.insert(matchers.end(), selection.data.begin(), selection.data.end());
  for (SeriesId id : context.snapshot.Select(matchers)) {
    const SymbolPairs labels = context.snapshot.SeriesLabels(id);
    const Identity identity = {QuerySymbols::Find(labels, instance_name),
                               QuerySymbols::Find(labels, job_name)};
    if (!identities.MayHave(identity)) continue;
    const size_t before = sample_time_.size();
    ReadTimes(context, id, reference);
    if (!status_.ok()) return;
    if (sample_time_.size() > before) AddToGroup(context.symbols, labels, identity);
  }
  chosen_.assign(group_index_.size(), kNone);
}

// Appends the time of the series' sample at each step; nothing if there is none at any.
void InfoSeries::ReadTimes(ExecContext& context, SeriesId id, const ReferenceTimes& reference) {
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.settings.options.lookback_delta);
  const int64_t after_ms = reference.first_ms - lookback_ms;
  if (steps_ == 0 || context.snapshot.SeriesMaxTime(id) <= after_ms ||
      context.snapshot.SeriesMinTime(id) > reference.last_ms()) {
    return;
  }
  SampleBuffer buffer;
  const SamplesView samples = context.snapshot.Read(id, after_ms + 1, reference.last_ms(),
                                                    Snapshot::StartTimes::kSkip, &buffer);
  std::vector<HistogramSample> histograms;
  if (context.snapshot.HasHistograms(id)) {
    histograms = context.snapshot.ReadHistograms(id, after_ms + 1, reference.last_ms());
  }
  if (samples.size == 0 && histograms.empty()) return;
  const size_t begin = sample_time_.size();
  sample_time_.resize(begin + steps_, kNoSample);
  bool any = false;
  size_t passed = 0, histograms_passed = 0;
  for (size_t step = 0; step < steps_; ++step) {
    const int64_t at = reference.at(step);
    while (passed < samples.size && samples.times[passed] <= at) ++passed;
    while (histograms_passed < histograms.size() &&
           histograms[histograms_passed].timestamp_ms <= at) {
      ++histograms_passed;
    }
    if (histograms_passed > 0) {
      const HistogramSample& newest = histograms[histograms_passed - 1];
      const bool counts = newest.timestamp_ms > at - lookback_ms &&
                          (passed == 0 || samples.times[passed - 1] < newest.timestamp_ms);
      if (counts && newest.histogram->IsStalenessMarker()) continue;
      if (counts) {
        status_ = absl::FailedPreconditionError(
            absl::StrCat("this should be an info metric, with float samples: ",
                         context.symbols.ToString(context.snapshot.SeriesLabels(id))));
        return;
      }
    }
    if (passed == 0 || samples.times[passed - 1] <= at - lookback_ms) continue;
    if (IsStalenessMarker(samples.values[passed - 1])) continue;
    sample_time_[begin + step] = samples.times[passed - 1];
    any = true;
  }
  if (!any) sample_time_.resize(begin);
}

void InfoSeries::AddToGroup(const QuerySymbols& symbols, SymbolPairs labels,
                            const Identity& identity) {
  const SymbolId name = QuerySymbols::Find(labels, symbols.metric_name());
  const auto [metric, is_new] = metric_index_.try_emplace(name, metric_count_);
  if (is_new) ++metric_count_;
  const auto group =
      group_index_.try_emplace(std::make_pair(metric->second, identity), group_index_.size());
  group_.push_back(group.first->second);
  series_.Add(labels);
}

std::vector<size_t> InfoSeries::GroupsOf(const Identity& identity) const {
  std::vector<size_t> groups(metric_count_, kNone);
  for (size_t metric = 0; metric < metric_count_; ++metric) {
    const auto found = group_index_.find(std::make_pair(metric, identity));
    if (found != group_index_.end()) groups[metric] = found->second;
  }
  return groups;
}

absl::Status InfoSeries::Choose(const ExecContext& context, size_t step) {
  std::fill(chosen_.begin(), chosen_.end(), kNone);
  for (size_t series = 0; series < group_.size(); ++series) {
    const int64_t time = sample_time_[series * steps_ + step];
    if (time == kNoSample) continue;
    size_t& chosen = chosen_[group_[series]];
    if (chosen == kNone) {
      chosen = series;
      continue;
    }
    const int64_t chosen_time = sample_time_[chosen * steps_ + step];
    if (chosen_time == time) {
      return absl::FailedPreconditionError(
          absl::StrCat("found duplicate series for info metric: existing ",
                       context.symbols.ToString(labels(chosen)), " @ ", chosen_time, ", new ",
                       context.symbols.ToString(labels(series)), " @ ", time));
    }
    if (chosen_time < time) chosen = series;
  }
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
