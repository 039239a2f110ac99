#ifndef PROMLITE_TESTS_RANDOM_QUERIES_RESULT_TEXT_H_
#define PROMLITE_TESTS_RANDOM_QUERIES_RESULT_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "promlite/engine/answer/query_result.h"

namespace promlite::random_queries {

struct TextOptions {
  bool annotations = true;
  // The order of a vector's series; otherwise they are sorted.
  bool order = true;
};

// Everything that an answer says, an error included, a line a series: answers are the same to the
// bit if their texts are. A NaN is a NaN, whatever its bits.
std::string TextOf(const absl::StatusOr<QueryResult>& answer, const TextOptions& options = {});

}  // namespace promlite::random_queries

#endif  // PROMLITE_TESTS_RANDOM_QUERIES_RESULT_TEXT_H_
