#ifndef PROMLITE_TESTS_TWIN_TWIN_H_
#define PROMLITE_TESTS_TWIN_TWIN_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/answer/query_result.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/tests/random_queries/random_data.h"

namespace promlite::twin {

// Answers PromQL as the documentation of Prometheus describes it: one step after the other, one
// sample after the other, nothing kept from one to the next. It shares with the engine the syntax
// tree and the types of options and results, and reads the samples that the database was given.
//
// It knows numbers, not native histograms; every function but info(); no annotations and no limits.
// Errors are the beginnings of Prometheus' messages. Unimplemented is what Prometheus leaves open:
// calendars of what is no time, the natural order of absent labels.
class Twin {
 public:
  // Both outlive the twin.
  Twin(const std::vector<random_queries::StoredSeries>& data, const EngineOptions& options)
      : data_(data), options_(options) {}

  absl::StatusOr<QueryResult> Instant(const promql::Expr& expr, int64_t time_ms) const;
  // REQUIRES: an expression of type scalar or instant vector.
  absl::StatusOr<QueryResult> Range(const promql::Expr& expr, int64_t start_ms, int64_t end_ms,
                                    int64_t step_ms) const;

 private:
  const std::vector<random_queries::StoredSeries>& data_;
  const EngineOptions& options_;
};

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_TWIN_H_
