#ifndef PROMLITE_APPS_REPL_COMMANDS_CATALOGUE_H_
#define PROMLITE_APPS_REPL_COMMANDS_CATALOGUE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/storage/database.h"

namespace promlite::repl {

// The names that completion offers. Answers are sorted.
class Catalogue {
 public:
  virtual ~Catalogue() = default;

  virtual std::vector<std::string> MetricNames() const = 0;
  // What the metric's producer said it is, for display; may be empty.
  virtual std::string Describe(std::string_view metric) const = 0;
  // The label names of the metrics' series, without `__name__`; of all series if `metrics` is empty
  // or none of them exists.
  virtual std::vector<std::string> LabelNames(const std::vector<std::string>& metrics) const = 0;
  virtual std::vector<std::string> LabelValues(std::string_view label,
                                               const std::vector<std::string>& metrics) const = 0;
};

// The names of what a database holds at the moment of the call. The database outlives it.
std::unique_ptr<Catalogue> CatalogueOf(const Database* database);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_COMMANDS_CATALOGUE_H_
