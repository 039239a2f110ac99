#ifndef PROMLITE_TESTS_GOLDEN_COMPARE_BODIES_H_
#define PROMLITE_TESTS_GOLDEN_COMPARE_BODIES_H_

#include <string>
#include <string_view>

namespace promlite::golden {

// What may differ between two right answers to a query.
struct Tolerance {
  // Relative. 1e-12 where functions of the C library take part, whose last digits differ from Go's;
  // otherwise 0: every digit must be the same.
  double relative = 0;
  // The order of an instant vector is part of the answer: "none", its values' order (ties are
  // free), or the order of the series.
  enum class VectorOrder { kFree, kByValue, kBySeries };
  VectorOrder vector_order = VectorOrder::kFree;
};

// What README.md of this folder grants `query`.
Tolerance ToleranceFor(std::string_view query);

// Compares two bodies of Prometheus' HTTP API: status, type, labels, timestamps, values, error
// texts, and warnings and infos as sets. Returns the first difference in words, or "" if there is
// none.
std::string BodyDifference(std::string_view expected, std::string_view actual,
                           const Tolerance& tolerance);

}  // namespace promlite::golden

#endif  // PROMLITE_TESTS_GOLDEN_COMPARE_BODIES_H_
