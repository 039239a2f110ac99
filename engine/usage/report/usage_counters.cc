#include "promlite/engine/usage/report/usage_counters.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::usage {
namespace {

constexpr size_t kMostNamed = 5;

std::string Named(const std::vector<std::string>& metrics) {
  const size_t count = std::min(metrics.size(), kMostNamed);
  std::string text = absl::StrJoin(metrics.begin(), metrics.begin() + count, ", ");
  if (count < metrics.size()) absl::StrAppend(&text, " and ", metrics.size() - count, " more");
  return text;
}

// Of an expression that is known to compile.
Matcher MatcherOf(Matcher::Type type, const std::string& label, const std::string& value) {
  return Matcher::Create(type, label, value).value();
}

class Finder {
 public:
  explicit Finder(const Database& database)
      : database_(database),
        metrics_(database.LabelValues(kMetricName)),
        labels_(database.LabelNames()) {}

  UsageCounters Find() {
    for (const Agent& agent : Agents()) {
      for (const AgentCounter& counter : agent.counters) FindCounter(agent, counter);
    }
    NameUnknown();
    return std::move(counters_);
  }

 private:
  void FindCounter(const Agent& agent, const AgentCounter& counter) {
    std::vector<std::string> exact, alike;
    for (const std::string& metric : metrics_) {
      if (IsMetricOf(metric, counter.counter)) exact.push_back(metric);
      if (LooksLikeMetricOf(metric, counter.counter)) alike.push_back(metric);
    }
    if (!alike.empty()) RemarkAlike(counter, alike, exact.empty());
    std::vector<std::string>& metrics = exact.empty() ? alike : exact;
    if (metrics.empty()) return RemarkNative(counter);
    if (exact.size() > 1) {
      counters_.remarks.push_back(
          absl::StrCat("counted under each of its names, twice if they are of the same processes: ",
                       Named(exact)));
    }
    FoundCounter found{&agent, &counter, metrics, "", LabelOf(counter.model_label), std::nullopt};
    if (counter.kinds.size() > 1) found.kind_label = LabelOf(counter.kind_label);
    if (!counter.condition_label.empty()) {
      found.condition = MatcherOf(Matcher::Type::kEqual, LabelOf(counter.condition_label),
                                  std::string(counter.condition_value));
    }
    if (agent.is_shared && !LimitToOthers(&found)) return;
    counters_.found.push_back(std::move(found));
  }

  void RemarkAlike(const AgentCounter& counter, const std::vector<std::string>& alike,
                   bool is_counted) {
    counters_.remarks.push_back(absl::StrCat(
        is_counted ? "counted as " : "not counted, since there is ", Absl(counter.counter.name),
        is_counted ? ", since named alike: " : " and it is only named alike: ", Named(alike)));
  }

  // A native histogram has no series of its sum, and no exact count.
  void RemarkNative(const AgentCounter& counter) {
    if (counter.counter.series.empty()) return;
    const UsageCounter histogram = {counter.counter.name, counter.counter.unit};
    for (const std::string& metric : metrics_) {
      if (!IsMetricOf(metric, histogram)) continue;
      counters_.remarks.push_back(absl::StrCat("not counted, since a native histogram: ", metric));
    }
  }

  // The name as it was sent, if only that is there.
  std::string LabelOf(std::string_view translated) const {
    std::string found(translated);
    for (const std::string& label : labels_) {
      if (label == translated) return label;
      if (TranslatedName(label) == translated) found = label;
    }
    return found;
  }

  std::set<std::string> JobsOf(const std::vector<std::string>& metrics) const {
    std::set<std::string> jobs;
    for (const std::string& metric : metrics) {
      const std::vector<Matcher> matchers = {
          MatcherOf(Matcher::Type::kEqual, std::string(kMetricName), metric)};
      for (const Labels& series : database_.Series(matchers)) {
        jobs.insert(std::string(series.Get(kJobLabel)));
      }
    }
    return jobs;
  }

  // To the processes that have no counter which was found before. False if there is none.
  bool LimitToOthers(FoundCounter* found) const {
    std::set<std::string> jobs = JobsOf(found->metrics);
    for (const FoundCounter& known : counters_.found) {
      for (const std::string& job : JobsOf(known.metrics)) jobs.erase(job);
    }
    if (jobs.empty()) return false;
    const auto escape = [](std::string* out, const std::string& job) {
      for (const char c : job) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) *out += '\\';
        *out += c;
      }
    };
    found->condition = MatcherOf(Matcher::Type::kRegexMatch, std::string(kJobLabel),
                                 absl::StrJoin(jobs, "|", escape));
    return true;
  }

  void NameUnknown() {
    std::vector<std::string> unknown;
    for (const std::string& metric : metrics_) {
      const std::optional<MetricMetadata> metadata = database_.Metadata(metric);
      if (LooksLikeUsage(metric, metadata && metadata->type == "counter")) {
        unknown.push_back(metric);
      }
    }
    if (unknown.empty()) return;
    counters_.remarks.push_back(absl::StrCat(
        "not counted, since of no agent that is known, but usage by its name: ", Named(unknown)));
  }

  const Database& database_;
  const std::vector<std::string> metrics_;
  const std::vector<std::string> labels_;
  UsageCounters counters_;
};

}  // namespace

UsageCounters FindUsageCounters(const Database& database) { return Finder(database).Find(); }

}  // namespace promlite::usage
