#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_

#include <memory>

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// Change labels of whole series and no samples. Series that become equal are merged, under delayed
// name removal as well; writing `__name__` keeps it from being removed later.
absl::StatusOr<Block> LabelReplace(const FunctionCall& call);
absl::StatusOr<Block> LabelJoin(const FunctionCall& call);

// Check the names of labels in a call; that of label_replace compiles its regular expression too,
// which is then in FunctionCall::prepared.
absl::StatusOr<std::unique_ptr<const PreparedCall>> PrepareLabelReplace(const Call& call);
absl::StatusOr<std::unique_ptr<const PreparedCall>> PrepareLabelJoin(const Call& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_LABEL_FUNCTIONS_H_
