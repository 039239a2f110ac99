#ifndef PROMLITE_ENGINE_RUN_EXEC_CONTEXT_H_
#define PROMLITE_ENGINE_RUN_EXEC_CONTEXT_H_

#include "promlite/engine/blocks/query_symbols.h"
#include "promlite/engine/run/annotations.h"
#include "promlite/engine/run/query_budget.h"
#include "promlite/engine/run/query_settings.h"
#include "promlite/storage/machine/thread_pool.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What the operators of one running query share. Everything that changes while a query runs is here
// or in blocks; plan and operators are immutable.
struct ExecContext {
  const Snapshot& snapshot;
  const QuerySettings& settings;
  ThreadPool& threads;
  QuerySymbols& symbols;
  Annotations& annotations;
  QueryBudget& budget;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_EXEC_CONTEXT_H_
