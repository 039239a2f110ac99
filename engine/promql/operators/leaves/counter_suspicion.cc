#include "promlite/engine/promql/operators/leaves/counter_suspicion.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {

void CounterSuspicion::Look(ExecContext& context, SymbolPairs labels) const {
  const QuerySymbols& symbols = context.symbols;
  const std::string_view name = symbols.Value(labels, symbols.metric_name());
  if (name.empty()) return;
  if (by_type_) {
    const std::string_view type = symbols.Value(labels, symbols.type());
    if (type == "counter" || type == "histogram") return;
    context.annotations.Info(
        absl::StrCat("metric might not be a counter, __type__ label is not set to \"counter\" or "
                     "\"histogram\", got ",
                     DoubleQuoted(type), ": ", DoubleQuoted(name)),
        position_);
    return;
  }
  for (const char* suffix : {"_total", "_sum", "_count", "_bucket"}) {
    if (name.ends_with(suffix)) return;
  }
  context.annotations.Info(absl::StrCat("metric might not be a counter, name does not end in "
                                        "_total/_sum/_count/_bucket: ",
                                        DoubleQuoted(name)),
                           position_);
}

}  // namespace promlite::promql::internal
