#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_COUNTER_SUSPICION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_COUNTER_SUSPICION_H_

#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/text/position.h"
#include "promlite/storage/labels/symbol_table.h"

namespace promlite::promql::internal {

// rate and increase suspect a metric of not being a counter by its name, or, where types are
// labels, by its type.
class CounterSuspicion {
 public:
  CounterSuspicion(const ExecContext& context, PositionRange position)
      : by_type_(context.settings.options.type_and_unit_labels), position_(position) {}

  // Raises Prometheus' info if the series of these labels is suspicious.
  void Look(ExecContext& context, SymbolPairs labels) const;

 private:
  const bool by_type_;
  const PositionRange position_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_COUNTER_SUSPICION_H_
