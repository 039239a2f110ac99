#ifndef PROMLITE_PARSER_PROMQL_AST_H_
#define PROMLITE_PARSER_PROMQL_AST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/functions.h"
#include "promlite/parser/promql/names.h"
#include "promlite/parser/promql/value_type.h"
#include "promlite/parser/text/export.h"
#include "promlite/parser/text/position.h"

// The syntax tree of a query: immutable once Parse() has returned it, cheap to share, safe to read
// from many threads. Every node knows the bytes of the query that it was made from.
namespace promlite::internal {
class RegexMatcher;
}

namespace promlite::promql {

enum class ExprKind {
  kNumber,
  kString,
  kVectorSelector,
  kMatrixSelector,
  kSubquery,
  kCall,
  kAggregate,
  kBinary,
  kUnary,
  kParen,
};

class Expr;
using ExprPtr = std::shared_ptr<const Expr>;

// The base of all nodes. Long chains (1+1+1+...) are taken apart without recursion.
class PROMLITE_EXPORT Expr {
 public:
  virtual ~Expr() = default;
  Expr(const Expr&) = delete;
  Expr& operator=(const Expr&) = delete;

  ExprKind kind() const { return kind_; }
  virtual ValueType type() const = 0;

  PositionRange position;

 protected:
  explicit Expr(ExprKind kind) : kind_(kind) {}

  // Every node with children hands them over here when it is destroyed.
  static void Release(ExprPtr child);

 private:
  const ExprKind kind_;
};

// The node as the type that its kind() promises; the caller has looked at the kind.
template <typename Node>
const Node& As(const Expr& expr) {
  return static_cast<const Node&>(expr);
}

// ---- durations ------------------------------------------------------------------------------

// A calculated duration (Prometheus 3.4+): `step() * 2`, `max_of(5m, range())`.
struct DurationExpr {
  enum class Op {
    kNumber,  // `seconds`
    kStep,    // step()
    kRange,   // range()
    kMinOf,   // min_of(lhs, rhs)
    kMaxOf,   // max_of(lhs, rhs)
    kParen,   // (lhs)
    kNegate,  // -lhs
    kAdd,
    kSub,
    kMul,
    kDiv,
    kMod,
    kPow,
  };
  Op op = Op::kNumber;
  double seconds = 0;
  // For kNumber: written with units (`5m`), to be printed so again.
  bool has_unit = false;
  std::shared_ptr<const DurationExpr> lhs, rhs;
  PositionRange position;
};

// A range, an offset or a subquery's step: a literal, or an expression that the query's own step
// grid decides (see EvaluateDuration in duration_expression.h).
struct Duration {
  int64_t nanoseconds = 0;
  std::shared_ptr<const DurationExpr> expr;  // null for a literal

  bool IsZeroLiteral() const { return nanoseconds == 0 && expr == nullptr; }
};

// `@ 1609746000`, `@ start()`, `@ end()`.
struct AtModifier {
  enum class Kind { kNone, kTimestamp, kStart, kEnd };
  Kind kind = Kind::kNone;
  int64_t timestamp_ms = 0;  // for kTimestamp
};

// ---- selectors ------------------------------------------------------------------------------

enum class MatchOp { kEqual, kNotEqual, kRegexMatch, kRegexNoMatch };

// A matcher as written. The engine makes a storage Matcher of it.
struct LabelMatcher {
  std::string name;
  MatchOp op = MatchOp::kEqual;
  std::string value;
  // What the parser compiled `value` into, for the two operators of regular expressions.
  std::shared_ptr<const promlite::internal::RegexMatcher> regex = nullptr;
};

// Prometheus' `anchored` and `smoothed`, and promlite's `exact`.
enum class RangeModifier { kNone, kAnchored, kSmoothed, kExact };

// The modifier's keyword; empty for none.
PROMLITE_EXPORT std::string_view RangeModifierName(RangeModifier modifier);

class VectorSelector final : public Expr {
 public:
  VectorSelector() : Expr(ExprKind::kVectorSelector) {}
  ValueType type() const override { return ValueType::kVector; }

  // The name written outside the braces; empty if there was none.
  std::string name;
  // Every matcher; that of a name outside the braces comes last, as `__name__="name"`.
  std::vector<LabelMatcher> matchers;
  Duration offset;
  AtModifier at;
  RangeModifier modifier = RangeModifier::kNone;
  // How its language writes the names of labels, to be printed so again.
  UnquotedNames unquoted_names = UnquotedNames::kAscii;
};

class MatrixSelector final : public Expr {
 public:
  MatrixSelector() : Expr(ExprKind::kMatrixSelector) {}
  ValueType type() const override { return ValueType::kMatrix; }

  // Carries the matchers, offset, @ and range modifier.
  std::shared_ptr<const VectorSelector> selector;
  Duration range;
};

class PROMLITE_EXPORT SubqueryExpr final : public Expr {
 public:
  SubqueryExpr() : Expr(ExprKind::kSubquery) {}
  ~SubqueryExpr() override;
  ValueType type() const override { return ValueType::kMatrix; }

  ExprPtr expr;
  Duration range;
  // Absent (`[5m:]`): the engine's default step.
  std::optional<Duration> step;
  Duration offset;
  AtModifier at;
};

// ---- everything else ------------------------------------------------------------------------

class NumberLiteral final : public Expr {
 public:
  NumberLiteral() : Expr(ExprKind::kNumber) {}
  ValueType type() const override { return ValueType::kScalar; }

  double value = 0;
  bool is_duration = false;  // written as a duration (`5m`), printed so again
};

class StringLiteral final : public Expr {
 public:
  StringLiteral() : Expr(ExprKind::kString) {}
  ValueType type() const override { return ValueType::kString; }

  std::string value;
};

class PROMLITE_EXPORT Call final : public Expr {
 public:
  Call() : Expr(ExprKind::kCall) {}
  ~Call() override;
  ValueType type() const override { return function->result; }

  const Function* function = nullptr;
  std::vector<ExprPtr> arguments;
};

enum class AggregateOp {
  kSum,
  kAvg,
  kCount,
  kMin,
  kMax,
  kGroup,
  kStddev,
  kStdvar,
  kTopk,
  kBottomk,
  kCountValues,
  kQuantile,
  kLimitk,
  kLimitRatio,
};

// The operator's keyword, such as "sum" or "count_values".
PROMLITE_EXPORT std::string_view AggregateName(AggregateOp op);

// topk, bottomk, count_values, quantile, limitk and limit_ratio take one.
PROMLITE_EXPORT bool TakesParameter(AggregateOp op);

// All of them, sorted by name.
PROMLITE_EXPORT std::span<const AggregateOp> AllAggregateOps();

class PROMLITE_EXPORT AggregateExpr final : public Expr {
 public:
  AggregateExpr() : Expr(ExprKind::kAggregate) {}
  ~AggregateExpr() override;
  ValueType type() const override { return ValueType::kVector; }

  AggregateOp op = AggregateOp::kSum;
  ExprPtr expr;
  ExprPtr parameter;  // null for operators that take none
  std::vector<std::string> grouping;
  bool without = false;
  UnquotedNames unquoted_names = UnquotedNames::kAscii;  // as VectorSelector's
};

enum class BinaryOp {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kPow,
  kAtan2,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
  kUnless,
  kTrimUpper,  // </
  kTrimLower,  // >/
};

// As written: "+", "==", "and", "</".
PROMLITE_EXPORT std::string_view BinaryOpName(BinaryOp op);
PROMLITE_EXPORT bool IsComparison(BinaryOp op);
PROMLITE_EXPORT bool IsSetOperator(BinaryOp op);

enum class MatchCardinality { kOneToOne, kManyToOne, kOneToMany, kManyToMany };

// How the samples of two vectors find each other.
struct VectorMatching {
  MatchCardinality cardinality = MatchCardinality::kOneToOne;
  bool on = false;  // `on (labels)`; otherwise `ignoring (labels)`
  std::vector<std::string> labels;
  std::vector<std::string> include;  // the labels of group_left/group_right
  // As written, before any exchange of sides: fill(v) sets both.
  std::optional<double> fill_left, fill_right;
  UnquotedNames unquoted_names = UnquotedNames::kAscii;  // as VectorSelector's
};

class PROMLITE_EXPORT BinaryExpr final : public Expr {
 public:
  BinaryExpr() : Expr(ExprKind::kBinary) {}
  ~BinaryExpr() override;
  ValueType type() const override { return result_type; }

  BinaryOp op = BinaryOp::kAdd;
  ExprPtr lhs, rhs;
  bool return_bool = false;
  // Set where both sides are instant vectors.
  std::optional<VectorMatching> matching;
  // The operator's own bytes.
  PositionRange op_position;
  // Scalar if both operands are, otherwise vector. Kept, so that asking a chain of 5,000 operands
  // does not walk it.
  ValueType result_type = ValueType::kNone;
};

enum class UnaryOp { kPlus, kMinus };

class PROMLITE_EXPORT UnaryExpr final : public Expr {
 public:
  UnaryExpr() : Expr(ExprKind::kUnary) {}
  ~UnaryExpr() override;
  ValueType type() const override { return result_type; }

  UnaryOp op = UnaryOp::kPlus;
  ExprPtr expr;
  ValueType result_type = ValueType::kNone;  // that of the operand
};

class PROMLITE_EXPORT ParenExpr final : public Expr {
 public:
  ParenExpr() : Expr(ExprKind::kParen) {}
  ~ParenExpr() override;
  ValueType type() const override { return result_type; }

  ExprPtr expr;
  ValueType result_type = ValueType::kNone;  // that of the operand
};

// How many expressions a node stands directly on, and each of them. A selector with a range stands
// on its selector; an aggregation on its operand and then its parameter.
PROMLITE_EXPORT size_t ChildCount(const Expr& expr);
PROMLITE_EXPORT const Expr& Child(const Expr& expr, size_t index);

// The expression inside any parentheses.
PROMLITE_EXPORT const Expr& Unparenthesized(const Expr& expr);

// Whether the call is one of timestamp() or its kind directly on a selector: then it is of the
// times of the selector's samples (Function::of_selector), and not of their values.
bool IsAspectOfSelector(const Call& call);

// Walks a tree without recursion, since it may be thousands of nodes high. `visitor` has
//   Enter(node)              before the node's children,
//   AfterChild(node, index)  after each of them,
//   Leave(node)              after the last.
template <typename Visitor>
void WalkTree(const Expr& root, Visitor* visitor) {
  struct Position {
    const Expr* node;
    size_t children_done;
  };
  std::vector<Position> path;
  visitor->Enter(root);
  path.push_back({&root, 0});
  while (!path.empty()) {
    Position& top = path.back();
    const Expr& node = *top.node;
    if (top.children_done < ChildCount(node)) {
      const Expr& child = Child(node, top.children_done);
      visitor->Enter(child);
      path.push_back({&child, 0});
      continue;
    }
    visitor->Leave(node);
    path.pop_back();
    if (path.empty()) break;
    const size_t index = path.back().children_done++;
    visitor->AfterChild(*path.back().node, index);
  }
}

// Calls visit(node) for every node, behind the nodes that it stands on.
template <typename Visit>
void ForEachPostOrder(const Expr& root, Visit visit) {
  struct Visitor {
    Visit& visit;
    void Enter(const Expr&) {}
    void AfterChild(const Expr&, size_t) {}
    void Leave(const Expr& node) { visit(node); }
  };
  Visitor visitor{visit};
  WalkTree(root, &visitor);
}

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_AST_H_
