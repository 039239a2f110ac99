#include "promlite/engine/usage/doctor/api_request_witness.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/usage/doctor/counted.h"
#include "promlite/engine/usage/doctor/witness_differences.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {
namespace {

std::string SourceName() { return absl::StrCat(Absl(kApiRequestEvent), " events"); }

Labels GroupOf(const Labels& labels, std::string_view type,
               const std::vector<std::string>& group_labels) {
  std::vector<Labels::Label> group = {{std::string(usage::kTypeLabel), std::string(type)}};
  for (const std::string& name : group_labels) group.emplace_back(name, labels.Get(name));
  return Labels(std::move(group));
}

bool IsOrLooksLike(std::string_view metric, const usage::UsageCounter& counter) {
  return usage::IsMetricOf(metric, counter) || usage::LooksLikeMetricOf(metric, counter);
}

bool AcceptAll(const std::vector<Matcher>& matchers, const Labels& labels) {
  return std::all_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
    return matcher.Matches(labels.Get(matcher.name()));
  });
}

}  // namespace

ApiRequestWitness::ApiRequestWitness(const Database& database, std::string_view metric,
                                     std::span<const Matcher> matchers) {
  if (IsOrLooksLike(metric, usage::kCostUsage)) counter_ = Counter::kCost;
  if (IsOrLooksLike(metric, usage::kTokenUsage)) counter_ = Counter::kTokens;
  has_events_ = counter_ != Counter::kNone && database.HasApiRequests();
  if (!has_events_) return;
  const std::vector<ApiRequest> requests = database.ApiRequests();
  LearnLabels(database, metric, requests);
  Select(matchers, requests);
  logs_ = database.Logs();
}

void ApiRequestWitness::LearnLabels(const Database& database, std::string_view metric,
                                    const std::vector<ApiRequest>& requests) {
  absl::StatusOr<Matcher> is_metric =
      Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), std::string(metric));
  if (is_metric.ok()) {
    for (const Labels& labels : database.Series({&*is_metric, 1})) shared_.LookAtCounter(labels);
  }
  for (const ApiRequest& request : requests) shared_.LookAtEvent(*request.labels);
}

void ApiRequestWitness::Select(std::span<const Matcher> matchers,
                               const std::vector<ApiRequest>& requests) {
  std::vector<Matcher> told;
  for (const Matcher& matcher : matchers) {
    if (matcher.name() == kMetricName) continue;
    if (matcher.name() == usage::kTypeLabel) {
      type_matchers_.push_back(matcher);
    } else if (shared_.IsShared(matcher.name())) {
      told.push_back(matcher);
    } else if (!shared_.IsUnknown(matcher.name())) {
      untold_label_ = matcher.name();
    }
  }
  if (!untold_label_.empty()) return;
  for (const ApiRequest& request : requests) {
    if (AcceptAll(told, *request.labels)) requests_.push_back(request);
  }
}

std::optional<int64_t> ApiRequestWitness::FirstTime() const {
  const auto first = std::min_element(
      requests_.begin(), requests_.end(),
      [](const ApiRequest& a, const ApiRequest& b) { return a.time_ns < b.time_ns; });
  if (first == requests_.end()) return std::nullopt;
  return FloorMilliseconds(first->time_ns);
}

void ApiRequestWitness::Look(const SeriesEvidence& series) {
  if (!has_events_) return;
  counted_.push_back({series.labels, series.truth, series.counted.low, series.counted.high});
}

std::string ApiRequestWitness::SessionLabel() const {
  for (const std::string_view name : usage::kSessionLabels) {
    for (const Series& series : counted_) {
      if (!series.labels.Get(name).empty()) return std::string(name);
    }
  }
  return std::string(usage::kSessionLabels[0]);
}

bool ApiRequestWitness::TellsMore(const std::string& label) const {
  const std::string session_label = SessionLabel();
  std::map<std::pair<std::string, std::string>, std::string> values;
  const auto differs = [&](const Labels& labels) {
    std::pair<std::string, std::string> place{labels.Get(usage::kModelLabel),
                                              labels.Get(session_label)};
    const std::string_view value = labels.Get(label);
    return values.try_emplace(std::move(place), value).first->second != value;
  };
  return std::any_of(counted_.begin(), counted_.end(),
                     [&](const Series& series) { return differs(series.labels); }) ||
         std::any_of(requests_.begin(), requests_.end(),
                     [&](const ApiRequest& request) { return differs(*request.labels); });
}

std::vector<std::string> ApiRequestWitness::GroupLabels() const {
  std::vector<std::string> labels = shared_.Telling();
  std::erase_if(labels, [&](const std::string& label) { return !TellsMore(label); });
  for (const std::string_view name :
       {usage::kModelLabel, usage::kSessionLabels[0], usage::kSessionLabels[1]}) {
    const bool is_counted =
        std::any_of(counted_.begin(), counted_.end(),
                    [&](const Series& series) { return !series.labels.Get(name).empty(); });
    const bool is_told =
        requests_.empty() ||
        std::any_of(requests_.begin(), requests_.end(),
                    [&](const ApiRequest& request) { return !request.labels->Get(name).empty(); });
    const bool is_there = std::find(labels.begin(), labels.end(), name) != labels.end();
    if (is_counted && is_told && !is_there) labels.emplace_back(name);
  }
  std::erase(labels, usage::kTypeLabel);
  return labels;
}

void ApiRequestWitness::AddCounted(const std::vector<std::string>& group_labels,
                                   Groups* groups) const {
  const std::string session_label = SessionLabel();
  for (const Series& series : counted_) {
    const std::string_view type = series.labels.Get(usage::kTypeLabel);
    Group& group = (*groups)[GroupOf(series.labels, type, group_labels)];
    group.counted.Add(series.truth);
    group.low += series.low;
    group.high += series.high;
    group.session = series.labels.Get(session_label);
    group.model = series.labels.Get(usage::kModelLabel);
    group.is_auxiliary &= series.labels.Get(usage::kQuerySourceLabel) == usage::kAuxiliarySource;
  }
}

void ApiRequestWitness::AddTold(const EvidenceRange& range,
                                const std::vector<std::string>& group_labels, Groups* groups,
                                Witness* witness) const {
  const std::string session_label = SessionLabel();
  KahanSum all, later;
  absl::flat_hash_map<std::pair<const Labels*, std::string_view>, Group*> found;
  for (const ApiRequest& request : requests_) {
    const int64_t time_ms = FloorMilliseconds(request.time_ns);
    if (time_ms <= range.after_ms) continue;
    if (time_ms > range.end_ms) {
      VisitParts(request, [&](std::string_view, double value, bool) { later.Add(value); });
      continue;
    }
    ++witness->events;
    bool tells_all = true;
    VisitParts(request, [&](std::string_view type, double value, bool is_told) {
      tells_all &= is_told;
      // Nothing counted makes no series.
      if (value == 0 && is_told) return;
      all.Add(value);
      Group*& group = found[{request.labels, type}];
      if (group == nullptr) group = &(*groups)[GroupOf(*request.labels, type, group_labels)];
      group->told.Add(value);
      ++group->events;
      group->untold += is_told ? 0 : 1;
      group->session = request.labels->Get(session_label);
      group->model = request.labels->Get(usage::kModelLabel);
    });
    if (!tells_all) ++witness->untold;
  }
  witness->value = all.Total();
  if (range.ends_with_newest_sample) witness->later = later.Total();
}

std::vector<WitnessDifference> ApiRequestWitness::DifferencesIn(const Groups& groups) const {
  UsageByModel usage;
  for (const auto& [labels, group] : groups) {
    const auto [at, is_new] = usage[group.session].try_emplace(group.model);
    ModelUsage& used = at->second;
    const double counted = group.counted.Total(), told = group.told.Total();
    used.is_auxiliary = group.is_auxiliary && (is_new || used.is_auxiliary);
    used.counted += counted;
    used.told += told;
    if (group.untold == 0 && !AreSameNumbers(counted, told))
      used.more_counted += std::max(counted - told, 0.0);
    used.events += group.events;
  }
  LostBySession lost;
  for (const SessionLogs& logs : logs_) {
    const bool is_asked_for = usage.contains(logs.session) || usage.contains("");
    if (logs.lost > 0 && is_asked_for) lost[logs.session] = logs.lost;
  }
  return FindDifferences(usage, lost, SessionLabel(), counter_ == Counter::kCost);
}

void ApiRequestWitness::Finish(const EvidenceRange& range, MetricDiagnosis* diagnosis) {
  if (!has_events_) return;
  if (!untold_label_.empty()) {
    diagnosis->no_witness =
        absl::StrCat(SourceName(), " do not tell ", untold_label_, " as the metric does");
    return;
  }
  const std::vector<std::string> group_labels = GroupLabels();
  Groups groups;
  AddCounted(group_labels, &groups);
  Witness& witness = diagnosis->witness.emplace();
  witness.source = SourceName();
  AddTold(range, group_labels, &groups, &witness);
  bool fits = true;
  for (const auto& [labels, group] : groups) {
    const double told = group.told.Total();
    witness.groups.push_back({labels, group.counted.Total(), told, group.untold});
    fits &= Counted{.low = group.low, .high = group.high}.ErrorOf(told) == 0;
  }
  witness.differences = DifferencesIn(groups);
  witness.is_whole = fits && witness.events > 0 && witness.untold == 0 &&
                     std::none_of(witness.differences.begin(), witness.differences.end(),
                                  [](const WitnessDifference& difference) {
                                    return difference.cause == DifferenceCause::kLostLogs;
                                  });
}

template <typename Visit>
void ApiRequestWitness::VisitParts(const ApiRequest& request, Visit visit) const {
  if (counter_ == Counter::kCost) {
    if (AcceptsType("")) visit(std::string_view(), request.cost_usd, request.tells_cost);
    return;
  }
  for (const TokenKind kind : kAllTokenKinds) {
    const std::string_view type = TokenKindName(kind);
    if (AcceptsType(type)) visit(type, request.Tokens(kind), request.TellsTokens(kind));
  }
}

std::optional<EventTotals> EventsAlone(const Database& database, const Diagnosis& diagnosis) {
  const bool has_counter = std::any_of(diagnosis.metrics.begin(), diagnosis.metrics.end(),
                                       [](const MetricDiagnosis& metric) {
                                         return IsOrLooksLike(metric.metric, usage::kCostUsage) ||
                                                IsOrLooksLike(metric.metric, usage::kTokenUsage);
                                       });
  if (has_counter || !database.HasApiRequests()) return std::nullopt;
  EventTotals totals;
  KahanSum cost;
  for (const ApiRequest& request : database.ApiRequests()) {
    ++totals.events;
    totals.untold += request.tells_cost ? 0 : 1;
    cost.Add(request.cost_usd);
    for (size_t i = 0; i < kTokenKindCount; ++i) totals.tokens[i] += request.tokens[i];
  }
  totals.cost_usd = cost.Total();
  return totals;
}

bool ApiRequestWitness::AcceptsType(std::string_view type) const {
  return std::all_of(type_matchers_.begin(), type_matchers_.end(),
                     [&](const Matcher& matcher) { return matcher.Matches(type); });
}

}  // namespace promlite::internal
