#ifndef PROMLITE_ENGINE_PROMQL_PLAN_EQUAL_PARTS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_EQUAL_PARTS_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/engine/promql/operators/leaves/instant_selector.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// What an operator does, its inputs aside, as the structure of the nodes of the tree that it was
// made from: two of equal keys, on equal steps and inputs, have equal results. Numbers are compared
// to the bit, and no text is printed for it. Lists stand in it behind their lengths, so that the
// numbers say how the texts belong together. Refers to the tree's texts.
class OperationKey {
 public:
  void Add(uint64_t number) { numbers_.push_back(number); }
  void Add(std::string_view text) { texts_.push_back(text); }

  friend bool operator==(const OperationKey&, const OperationKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const OperationKey& key) {
    for (const std::string_view text : key.texts_) {
      h = H::combine(H::combine_contiguous(std::move(h), text.data(), text.size()), text.size());
    }
    return H::combine(std::move(h), key.numbers_, key.texts_.size());
  }

 private:
  std::vector<uint64_t> numbers_;
  std::vector<std::string_view> texts_;
};

OperationKey NumberKey(const NumberLiteral& literal);
OperationKey SelectorKey(const VectorSelector& selector, SampleAspect aspect, bool statistics_only);
OperationKey AggregateKey(const AggregateExpr& expr);
OperationKey BinaryKey(const BinaryExpr& expr);
OperationKey UnaryMinusKey();
OperationKey RepeatKey();
// Arguments that are no blocks (strings and selectors) stand in it as they are written. A function
// whose annotations count how often they were raised is equal to no other mention of it.
OperationKey CallKey(const Call& call, const EngineOptions& options);
OperationKey RangeCallKey(const RangeCall& call, const EngineOptions& options);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_EQUAL_PARTS_H_
