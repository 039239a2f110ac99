#ifndef PROMLITE_TESTS_TWIN_OUTPUT_H_
#define PROMLITE_TESTS_TWIN_OUTPUT_H_

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "promlite/tests/twin/vectors.h"

namespace promlite::twin {

// What stops an evaluation. It never leaves the twin.
struct QueryError {
  absl::Status status;
};
[[noreturn]] void Fail(std::string_view message);
// Prometheus leaves open what the answer is.
[[noreturn]] void FailUnspecified(std::string_view why);

// What becomes of samples with equal labels.
enum class EqualLabels {
  kMerge,  // one series, unless two are at the same step: an error
  kApart,  // they are told apart by where they come from
};

// Collects the samples of an expression step by step, into series in the order of their ranks.
class Output {
 public:
  Output(size_t steps, EqualLabels equal) : steps_(steps), equal_(equal) {}

  void Add(size_t step, Element element);
  // Series that got a sample.
  std::vector<Row> Finish();

 private:
  struct Entry {
    Rank rank;
    Row row;
  };

  const size_t steps_;
  const EqualLabels equal_;
  std::map<std::pair<LabelMap, Rank>, Entry> entries_;
};

}  // namespace promlite::twin

#endif  // PROMLITE_TESTS_TWIN_OUTPUT_H_
