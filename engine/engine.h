#ifndef PROMLITE_ENGINE_ENGINE_H_
#define PROMLITE_ENGINE_ENGINE_H_

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/answer/query_result.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database.h"

namespace promlite {
namespace internal {
class ThreadPool;
}

// Options of one query.
struct QueryOptions {
  // Set it to true from any thread to stop the query: it then fails with Cancelled.
  const std::atomic<bool>* cancelled = nullptr;
};

// One operator of an executed plan, for \explain. Depth 0 is the root; inputs follow their
// operator.
struct ExplainedOperator {
  int depth = 0;
  std::string description;
  size_t series = 0;    // rows of its result
  size_t samples = 0;   // samples of its result
  absl::Duration time;  // its own, without its inputs'
  bool shared = false;  // a second mention of an operator that ran once
};

struct ExplainedPlan {
  std::vector<ExplainedOperator> operators;
  QueryResult result;
};

// Answers PromQL of a database as Prometheus 3.16 does. Thread-safe; every query sees one
// consistent moment of the database. Threads are started by the first queries that need them,
// shared by all queries of an engine and its copies, and end with the last of these.
//
// Errors: InvalidArgument for a query that Prometheus refuses to run (parse and type errors, with
// ErrorPosition()); FailedPrecondition for one that fails while it runs ("multiple matches for
// labels: ..."); ResourceExhausted, DeadlineExceeded, Cancelled for the limits.
class PROMLITE_EXPORT Engine {
 public:
  // `database` outlives the engine.
  explicit Engine(const Database* database, EngineOptions options = {});

  absl::StatusOr<QueryResult> Instant(std::string_view query, absl::Time time,
                                      const QueryOptions& options = {}) const;
  // Steps start, start + step, ... <= end.
  absl::StatusOr<QueryResult> Range(std::string_view query, absl::Time start, absl::Time end,
                                    absl::Duration step, const QueryOptions& options = {}) const;

  // The same with the operators that ran, their results' sizes and times.
  absl::StatusOr<ExplainedPlan> ExplainInstant(std::string_view query, absl::Time time) const;
  absl::StatusOr<ExplainedPlan> ExplainRange(std::string_view query, absl::Time start,
                                             absl::Time end, absl::Duration step) const;

  const EngineOptions& options() const { return options_; }
  // The language that it speaks, for promql::Parse().
  promql::ParseOptions parse_options() const;

 private:
  const Database* database_;
  EngineOptions options_;
  std::shared_ptr<internal::ThreadPool> threads_;
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ENGINE_H_
