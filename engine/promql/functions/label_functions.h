#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// Change labels of whole series and no samples. Series that become equal are merged, under delayed
// name removal as well; writing `__name__` keeps it from being removed later.
absl::StatusOr<Block> LabelReplace(const FunctionCall& call);
absl::StatusOr<Block> LabelJoin(const FunctionCall& call);

// The names of labels and the regular expression in their calls.
absl::Status CheckLabelReplace(const Call& call);
absl::Status CheckLabelJoin(const Call& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_
