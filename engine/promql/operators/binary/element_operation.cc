#include "promlite/engine/promql/operators/binary/element_operation.h"

#include <algorithm>
#include <cmath>

#include "promlite/engine/blocks/block.h"

namespace promlite::promql::internal {
namespace {

template <typename Function>
void EachElement(const double* __restrict lhs, const double* __restrict rhs, size_t n,
                 double* __restrict out, Function function) {
  for (size_t i = 0; i < n; ++i) out[i] = function(lhs[i], rhs[i]);
}

template <typename Predicate>
uint64_t EachBit(const double* lhs, const double* rhs, size_t n, Predicate predicate) {
  uint64_t bits = 0;
  for (size_t i = 0; i < n; ++i) bits |= uint64_t{predicate(lhs[i], rhs[i])} << i;
  return bits;
}

}  // namespace

ElementOperation::ElementOperation(BinaryOp op, bool return_bool)
    : arithmetic_(FindArithmetic(op)), comparison_(FindComparison(op)), return_bool_(return_bool) {}

// The C library's pow, fmod and atan2 treat zeros, infinities and NaN as Go's math package does.
ElementOperation::Arithmetic ElementOperation::FindArithmetic(BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return a + b; });
      };
    case BinaryOp::kSub:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return a - b; });
      };
    case BinaryOp::kMul:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return a * b; });
      };
    case BinaryOp::kDiv:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return a / b; });
      };
    case BinaryOp::kMod:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return std::fmod(a, b); });
      };
    case BinaryOp::kPow:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return std::pow(a, b); });
      };
    case BinaryOp::kAtan2:
      return [](const double* l, const double* r, size_t n, double* out) {
        EachElement(l, r, n, out, [](double a, double b) { return std::atan2(a, b); });
      };
    default:
      return nullptr;
  }
}

ElementOperation::Comparison ElementOperation::FindComparison(BinaryOp op) {
  switch (op) {
    case BinaryOp::kEqual:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a == b; });
      };
    case BinaryOp::kNotEqual:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a != b; });
      };
    case BinaryOp::kLess:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a < b; });
      };
    case BinaryOp::kLessOrEqual:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a <= b; });
      };
    case BinaryOp::kGreater:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a > b; });
      };
    case BinaryOp::kGreaterOrEqual:
      return [](const double* l, const double* r, size_t n) {
        return EachBit(l, r, n, [](double a, double b) { return a >= b; });
      };
    default:
      return nullptr;
  }
}

void ElementOperation::Apply(const double* lhs, const double* rhs, const double* kept, Block* out,
                             size_t row) const {
  const StepSpan span = out->span(row);
  uint64_t* presence = out->presence(row);
  if (arithmetic_ != nullptr) {
    double* values = out->values(row);
    ForEachRun(presence, span.first, span.end, [&](size_t first, size_t end) {
      arithmetic_(lhs + first, rhs + first, end - first, values + first);
    });
  } else if (comparison_ != nullptr) {
    Compare(lhs, rhs, kept, out, row);
  } else {
    ForEachWord(span.first, span.end, [&](size_t word, uint64_t) { presence[word] = 0; });
    out->span(row) = {};
  }
}

void ElementOperation::Compare(const double* lhs, const double* rhs, const double* kept, Block* out,
                               size_t row) const {
  uint64_t* presence = out->presence(row);
  double* values = out->values(row);
  const StepSpan span = out->span(row);
  ForEachWord(span.first, span.end, [&](size_t word, uint64_t mask) {
    if ((presence[word] & mask) == 0) return;
    // The word's steps within the span: cells of absent samples are compared along, and masked out.
    const size_t first = std::max<size_t>(span.first, word * 64);
    const size_t end = std::min<size_t>(span.end, word * 64 + 64);
    const uint64_t holds = comparison_(lhs + first, rhs + first, end - first) << (first % 64);
    if (return_bool_) {
      for (size_t step = first; step < end; ++step) {
        values[step] = static_cast<double>(holds >> (step % 64) & 1);
      }
    } else {
      presence[word] &= holds;
      // What holds nothing stays untouched, and so takes no memory.
      if (presence[word] != 0) std::copy(kept + first, kept + end, values + first);
    }
  });
  if (!return_bool_) out->TightenSpan(row);
}

}  // namespace promlite::promql::internal
