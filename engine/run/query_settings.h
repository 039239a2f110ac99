#ifndef PROMLITE_ENGINE_RUN_QUERY_SETTINGS_H_
#define PROMLITE_ENGINE_RUN_QUERY_SETTINGS_H_

#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/run/step_grid.h"

namespace promlite::internal {

// What a query depends on besides its text and the data.
struct QuerySettings {
  const EngineOptions& options;
  // The query's own: operators inside a subquery run on another. What `@ start()`, `@ end()` and
  // durations mean is said by this one.
  StepGrid grid;
  bool is_range_query = false;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_QUERY_SETTINGS_H_
