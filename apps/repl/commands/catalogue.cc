#include "promlite/apps/repl/commands/catalogue.h"

#include <optional>
#include <utility>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/metrics/metric_metadata.h"
#include "promlite/storage/metrics/series_query.h"

namespace promlite::repl {
namespace {

class DatabaseCatalogue final : public Catalogue {
 public:
  explicit DatabaseCatalogue(const Database* database) : database_(database) {}

  std::vector<std::string> MetricNames() const override {
    return database_->LabelValues(kMetricName);
  }

  std::string Describe(std::string_view metric) const override {
    const std::optional<MetricMetadata> metadata = database_->Metadata(metric);
    if (!metadata) return {};
    return metadata->unit.empty() ? metadata->type : metadata->type + ", " + metadata->unit;
  }

  std::vector<std::string> LabelNames(const std::vector<std::string>& metrics) const override {
    std::vector<std::string> names = database_->LabelNames(SeriesOf(metrics));
    if (names.empty()) names = database_->LabelNames();
    std::erase(names, kMetricName);
    return names;
  }

  std::vector<std::string> LabelValues(std::string_view label,
                                       const std::vector<std::string>& metrics) const override {
    std::vector<std::string> values = database_->LabelValues(label, SeriesOf(metrics));
    return values.empty() ? database_->LabelValues(label) : values;
  }

 private:
  static SeriesQuery SeriesOf(const std::vector<std::string>& metrics) {
    SeriesQuery query;
    for (const std::string& metric : metrics) {
      absl::StatusOr<Matcher> matcher =
          Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), metric);
      if (matcher.ok()) query.selectors.push_back({*std::move(matcher)});
    }
    return query;
  }

  const Database* database_;
};

}  // namespace

std::unique_ptr<Catalogue> CatalogueOf(const Database* database) {
  return std::make_unique<DatabaseCatalogue>(database);
}

}  // namespace promlite::repl
