#include "promlite/apps/repl/commands/catalogue.h"

#include <set>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::repl {
namespace {

using internal::Snapshot;

std::vector<std::string> Owned(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

class DatabaseCatalogue final : public Catalogue {
 public:
  explicit DatabaseCatalogue(const Database* database) : database_(database) {}

  std::vector<std::string> MetricNames() const override {
    return database_->LabelValues(kMetricName);
  }

  std::string Describe(std::string_view metric) const override {
    const auto metadata = database_->TakeSnapshot()->Metadata(metric);
    if (!metadata) return {};
    return metadata->unit.empty() ? metadata->type : metadata->type + ", " + metadata->unit;
  }

  std::vector<std::string> LabelNames(const std::vector<std::string>& metrics) const override {
    const std::shared_ptr<const Snapshot> snapshot = database_->TakeSnapshot();
    std::set<std::string_view> names;
    for (const internal::SeriesId id : SeriesOf(metrics, *snapshot)) {
      for (const auto& [name, value] : snapshot->SeriesLabels(id)) {
        names.insert(snapshot->Symbol(name));
      }
    }
    if (names.empty()) {
      const std::vector<std::string_view> all = snapshot->LabelNames();
      names.insert(all.begin(), all.end());
    }
    names.erase(kMetricName);
    return {names.begin(), names.end()};
  }

  std::vector<std::string> LabelValues(std::string_view label,
                                       const std::vector<std::string>& metrics) const override {
    const std::shared_ptr<const Snapshot> snapshot = database_->TakeSnapshot();
    std::set<std::string_view> values;
    for (const internal::SeriesId id : SeriesOf(metrics, *snapshot)) {
      for (const auto& [name, value] : snapshot->SeriesLabels(id)) {
        if (snapshot->Symbol(name) == label) values.insert(snapshot->Symbol(value));
      }
    }
    if (values.empty()) return Owned(snapshot->LabelValues(label));
    return {values.begin(), values.end()};
  }

 private:
  static std::vector<internal::SeriesId> SeriesOf(const std::vector<std::string>& metrics,
                                                  const Snapshot& snapshot) {
    std::vector<internal::SeriesId> series;
    for (const std::string& metric : metrics) {
      const absl::StatusOr<Matcher> matcher =
          Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), metric);
      if (!matcher.ok()) continue;
      const auto found = snapshot.Select(std::span(&*matcher, 1));
      series.insert(series.end(), found.begin(), found.end());
    }
    return series;
  }

  const Database* database_;
};

}  // namespace

std::unique_ptr<Catalogue> CatalogueOf(const Database* database) {
  return std::make_unique<DatabaseCatalogue>(database);
}

}  // namespace promlite::repl
