#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "promlite/engine/answer/series_name.h"
#include "promlite/engine/usage/doctor/detector.h"
#include "promlite/engine/usage/doctor/finding_tally.h"
#include "promlite/engine/usage/vocabulary.h"

namespace promlite::internal {
namespace {

bool IsIdentity(std::string_view label) {
  return std::any_of(
      usage::kIdentityLabels.begin(), usage::kIdentityLabels.end(), [&](std::string_view name) {
        return label == name ||
               (label.starts_with(name) && (label.substr(name.size()).front() == '_' ||
                                            label.substr(name.size()).front() == '.'));
      });
}

// One session under two label sets, since somebody logged in, or a new version was installed: what
// groups by session and takes one of them (`max by (session_id)`), or counts label sets, is wrong.
class SessionLabelsDetector final : public Detector {
 public:
  explicit SessionLabelsDetector(const Remedies& remedies) : remedies_(remedies) {}

  void Look(const SeriesEvidence& series) override {
    for (const std::string_view label : usage::kSessionLabels) {
      const std::string_view session = series.labels.Get(label);
      if (session.empty()) continue;
      session_label_ = QuotedIfNeeded(label);
      Session& seen = sessions_[std::string(session)];
      ++seen.series;
      seen.counted += series.truth;
      for (const auto& [name, value] : series.labels) {
        if (!IsIdentity(name)) continue;
        Value& total = seen.labels[name][value];
        ++total.series;
        total.counted += series.truth;
        if (total.series == 1) total.example = series.labels;
      }
    }
  }

  void Finish(std::vector<Finding>* findings) override {
    std::map<std::string, Finding> by_label;
    for (const auto& [id, session] : sessions_) {
      for (const auto& [label, values] : session.labels)
        AddLabel(session, label, values, &by_label);
    }
    for (auto& [label, finding] : by_label) {
      finding.kind = FindingKind::kSessionUnderSeveralLabels;
      finding.detail = label;
      finding.wrong.push_back({Formula::kMax, std::nullopt});
      finding.instead = remedies_.QueryBySession(session_label_);
      findings->push_back(std::move(finding));
    }
  }

 private:
  struct Value {
    size_t series = 0;
    double counted = 0;
    Labels example;
  };
  using Values = std::map<std::string, Value>;
  struct Session {
    size_t series = 0;
    double counted = 0;
    std::map<std::string, Values> labels;
  };

  static void AddLabel(const Session& session, const std::string& label, const Values& values,
                       std::map<std::string, Finding>* by_label) {
    size_t with_label = 0;
    double counted_with_label = 0, largest = 0;
    for (const auto& [value, total] : values) {
      with_label += total.series;
      counted_with_label += total.counted;
      largest = std::max(largest, total.counted);
    }
    // Series without the label are of one more label set.
    const size_t sets = values.size() + (with_label < session.series ? 1 : 0);
    if (sets < 2) return;
    largest = std::max(largest, session.counted - counted_with_label);
    Finding& finding = (*by_label)[label];
    ++finding.count;
    finding.series += session.series;
    finding.size += session.counted - largest;
    if (finding.count == 1) finding.example = values.begin()->second.example;
  }

  const Remedies remedies_;
  std::string session_label_;
  std::map<std::string, Session> sessions_;
};

}  // namespace

std::unique_ptr<Detector> MakeSessionLabelsDetector(const Remedies& remedies) {
  return std::make_unique<SessionLabelsDetector>(remedies);
}

}  // namespace promlite::internal
