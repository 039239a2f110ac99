#ifndef PROMLITE_ENGINE_OPERATORS_COUNTER_SUSPICION_H_
#define PROMLITE_ENGINE_OPERATORS_COUNTER_SUSPICION_H_

#include "promlite/engine/exec_context.h"
#include "promlite/parser/position.h"
#include "promlite/storage/symbol_table.h"

namespace promlite::internal {

// rate and increase suspect a metric of not being a counter by its name, or, where types are
// labels, by its type.
class CounterSuspicion {
 public:
  CounterSuspicion(const ExecContext& context, PositionRange position)
      : by_type_(context.options.type_and_unit_labels), position_(position) {}

  // Raises Prometheus' info if the series of these labels is suspicious.
  void Look(ExecContext& context, SymbolPairs labels) const;

 private:
  const bool by_type_;
  const PositionRange position_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_COUNTER_SUSPICION_H_
