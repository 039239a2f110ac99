#include "promlite/engine/usage/doctor/api_request_witness.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {
namespace {

std::string SourceName() { return absl::StrCat(Absl(kApiRequestEvent), " events"); }

Labels GroupOf(const Labels& labels, std::string_view type,
               std::span<const std::string_view> group_labels) {
  std::vector<Labels::Label> group = {{std::string(usage::kTypeLabel), std::string(type)}};
  for (const std::string_view name : group_labels) group.emplace_back(name, labels.Get(name));
  return Labels(std::move(group));
}

}  // namespace

ApiRequestWitness::ApiRequestWitness(const Database& database, std::string_view metric,
                                     std::span<const Matcher> matchers) {
  if (usage::IsMetricOf(metric, usage::kCostUsage)) counter_ = Counter::kCost;
  if (usage::IsMetricOf(metric, usage::kTokenUsage)) counter_ = Counter::kTokens;
  if (counter_ == Counter::kNone) return;
  std::vector<Matcher> told;
  for (const Matcher& matcher : matchers) {
    if (matcher.name() == kMetricName) continue;
    if (matcher.name() == usage::kTypeLabel) {
      type_matchers_.push_back(matcher);
    } else if (IsApiRequestLabel(matcher.name())) {
      told.push_back(matcher);
    } else {
      untold_label_ = matcher.name();
    }
  }
  if (untold_label_.empty()) requests_ = database.ApiRequests(told);
  has_events_ = database.HasApiRequests();
}

std::optional<int64_t> ApiRequestWitness::FirstTime() const {
  const auto first = std::min_element(
      requests_.begin(), requests_.end(),
      [](const ApiRequest& a, const ApiRequest& b) { return a.time_ns < b.time_ns; });
  if (first == requests_.end()) return std::nullopt;
  return FloorMilliseconds(first->time_ns);
}

void ApiRequestWitness::Look(const SeriesEvidence& series) {
  if (has_events_) counted_.emplace_back(series.labels, series.truth);
}

std::vector<std::string_view> ApiRequestWitness::GroupLabels() const {
  std::vector<std::string_view> labels;
  for (const std::string_view name :
       {usage::kModelLabel, usage::kSessionLabels[0], usage::kSessionLabels[1]}) {
    const bool is_counted = std::any_of(counted_.begin(), counted_.end(), [&](const auto& series) {
      return !series.first.Get(name).empty();
    });
    const bool is_told =
        requests_.empty() ||
        std::any_of(requests_.begin(), requests_.end(),
                    [&](const ApiRequest& request) { return !request.labels->Get(name).empty(); });
    if (is_counted && is_told) labels.push_back(name);
  }
  return labels;
}

void ApiRequestWitness::Finish(const EvidenceRange& range, MetricDiagnosis* diagnosis) {
  if (!has_events_) return;
  if (!untold_label_.empty()) {
    diagnosis->no_witness =
        absl::StrCat(SourceName(), " do not tell ", untold_label_, " as the metric does");
    return;
  }
  const std::vector<std::string_view> group_labels = GroupLabels();
  Groups groups;
  for (const auto& [labels, truth] : counted_) {
    groups[GroupOf(labels, labels.Get(usage::kTypeLabel), group_labels)].counted.Add(truth);
  }
  KahanSum all, later;
  absl::flat_hash_map<std::pair<const Labels*, std::string_view>, Group*> found;
  for (const ApiRequest& request : requests_) {
    const int64_t time_ms = FloorMilliseconds(request.time_ns);
    if (time_ms <= range.after_ms) continue;
    if (time_ms > range.end_ms) {
      VisitParts(request, [&](std::string_view, double value) { later.Add(value); });
      continue;
    }
    VisitParts(request, [&](std::string_view type, double value) {
      // Nothing counted makes no series.
      if (value == 0) return;
      all.Add(value);
      Group*& group = found[{request.labels, type}];
      if (group == nullptr) group = &groups[GroupOf(*request.labels, type, group_labels)];
      group->told.Add(value);
    });
  }
  diagnosis->witness =
      Witness{SourceName(), all.Total(), range.ends_with_newest_sample ? later.Total() : 0, {}};
  for (const auto& [labels, group] : groups) {
    diagnosis->witness->groups.push_back({labels, group.counted.Total(), group.told.Total()});
  }
}

template <typename Visit>
void ApiRequestWitness::VisitParts(const ApiRequest& request, Visit visit) const {
  if (counter_ == Counter::kCost) {
    if (AcceptsType("")) visit(std::string_view(), request.cost_usd);
    return;
  }
  for (const TokenKind kind : kAllTokenKinds) {
    if (AcceptsType(TokenKindName(kind))) visit(TokenKindName(kind), request.Tokens(kind));
  }
}

bool ApiRequestWitness::AcceptsType(std::string_view type) const {
  return std::all_of(type_matchers_.begin(), type_matchers_.end(),
                     [&](const Matcher& matcher) { return matcher.Matches(type); });
}

}  // namespace promlite::internal
